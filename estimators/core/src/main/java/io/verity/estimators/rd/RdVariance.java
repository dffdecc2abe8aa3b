package io.verity.estimators.rd;

/** How the residuals behind the standard errors are made. */
public enum RdVariance {
    /**
     * Differences to the nearest neighbours on the same side, \( \sqrt{J/(J+1)}\,(y_i - \bar y_{J(i)}) \), all ties included
     * (Calonico, Cattaneo and Titiunik 2014, Econometrica, doi:10.3982/ECTA11757).
     */
    NN,
    /** Residuals of the local polynomial as they are. */
    HC0,
    /** Residuals times \( \sqrt{n/(n-k)} \), n rows in the window, k coefficients. */
    HC1,
    /** Residuals over \( \sqrt{1-l_i} \), \( l_i \) the leverage. */
    HC2,
    /** Residuals over \( 1-l_i \). */
    HC3,
    /** Sums over clusters, with the factor \( \frac{n-1}{n-k}\frac{g}{g-1} \) for g clusters. */
    CR1
}
