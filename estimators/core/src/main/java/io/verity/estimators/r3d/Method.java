package io.verity.estimators.r3d;

/** How the two average quantile curves are estimated and made monotone. */
public enum Method {
    /** Local polynomials quantile by quantile, each with its own bandwidth if wanted, then rearranged (Section 2.5.1). */
    SIMPLE,
    /** Local Frechet regression: one bandwidth, then projection on nondecreasing curves (Section 2.5.2). */
    FRECHET
}
