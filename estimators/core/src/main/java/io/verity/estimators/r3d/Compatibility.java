package io.verity.estimators.r3d;

/** Whether to compute what is right or what another program computes. */
public enum Compatibility {
    /** Verity's own rules. */
    NONE,
    /**
     * The rules of the R package R3D 0.1.0, with its known defects: the bandwidth from a slope in place of a curvature,
     * residuals kept only where the intercept weight is positive (bands 3 to 5 % too narrow), the treatment's residuals
     * weighted with the outcome's weights, and a Gini test that cannot reject. For comparison only.
     */
    R_PACKAGE
}
