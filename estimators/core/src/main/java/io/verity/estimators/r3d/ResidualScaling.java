package io.verity.estimators.r3d;

/** How residuals make up for the share of the noise that the fit has absorbed; l is the leverage of a unit. */
public enum ResidualScaling {
    /** As they are (the paper): bands are too narrow in small samples. */
    HC0,
    /** Divided by \( \sqrt{1-l} \): unbiased variances under equal noise. The default. */
    HC2,
    /** Divided by \( 1-l \): on the safe side. */
    HC3;

    private static final double LARGEST = 1 - 1e-8;

    double factor(double leverage) {
        double rest = 1 - Math.min(Math.max(leverage, 0), LARGEST);
        return switch (this) {
            case HC0 -> 1;
            case HC2 -> 1 / Math.sqrt(rest);
            case HC3 -> 1 / rest;
        };
    }
}
