package io.verity.estimators.largestep;

/** Why a run ended. */
public enum Status {
    /** Every margin is positive. */
    SEPARATED,
    /** The iterations allowed are used up. */
    MAX_ITER,
    /** The loss or the gradient norm fell below the level asked for. */
    TOLERANCE,
    /** The iterate left the range of double precision. */
    OVERFLOW
}
