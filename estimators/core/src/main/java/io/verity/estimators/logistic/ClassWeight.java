package io.verity.estimators.logistic;

/** How much the two classes count. */
public enum ClassWeight {
    /** Every row counts with its case weight. */
    NONE,
    /** The rows of class k count \( n / (K n_k) \) times their case weight, \( n_k \) rows being of that class: without case
     * weights all classes weigh the same. */
    BALANCED
}
