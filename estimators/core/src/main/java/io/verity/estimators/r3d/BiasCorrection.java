package io.verity.estimators.r3d;

/** How the smoothing bias is dealt with. */
public enum BiasCorrection {
    /**
     * Estimate with a polynomial of a higher order than the one the bandwidth was chosen for (the default, order 2 with pilot
     * order 1): equal to explicit correction with equal bandwidths (Calonico, Cattaneo and Titiunik 2014, Remark 7).
     */
    HIGHER_ORDER,
    /** None: the polynomial has the pilot order, and the bands ignore the bias. */
    CONVENTIONAL,
    /** The pilot order, minus the bias estimated with a bandwidth b of its own (Calonico, Cattaneo and Titiunik 2014). */
    CCT
}
