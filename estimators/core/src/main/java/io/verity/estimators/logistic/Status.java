package io.verity.estimators.logistic;

/** How a fit ended. */
public enum Status {
    /** The gradient is within the tolerance. */
    CONVERGED,
    /** Rounding keeps the gradient above the tolerance: three line searches in a row made no progress. */
    STALLED,
    /** The iterations were used up. */
    MAX_ITERATIONS
}
