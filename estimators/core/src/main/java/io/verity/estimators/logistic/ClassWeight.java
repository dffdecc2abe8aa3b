package io.verity.estimators.logistic;

/** How much the two classes count. */
public enum ClassWeight {
    /** Every row counts with its case weight. */
    NONE,
    /** The rows of class k count \( n / (K n_k) \) times their case weight, so that all classes weigh the same. */
    BALANCED
}
