package io.verity.estimators.logistic;

/** What to do with linearly separable data when there is no penalty. */
public enum SeparablePolicy {
    /** Refuse with a {@link SeparableDataException}. */
    ERROR,
    /** Fit with the small penalty \( \lambda = 10^{-6} \), whose direction is close to the maximal margin's. */
    RIDGE_LIMIT
}
