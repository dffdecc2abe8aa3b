package io.verity.estimators.r3d;

/** Hypotheses about the effect on a range of quantiles (Section 2.6). */
public enum TestKind {
    /** No effect at any quantile. Statistic: the largest absolute effect. */
    NULLITY,
    /** The same effect at every quantile. Statistic: the largest deviation from the mean effect. */
    HOMOGENEITY,
    /** Equal Gini coefficients of the two average distributions. Statistic: their absolute difference. */
    GINI
}
