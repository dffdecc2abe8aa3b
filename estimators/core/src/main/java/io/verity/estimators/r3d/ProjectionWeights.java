package io.verity.estimators.r3d;

/** The weights of the grid points in the projection on nondecreasing curves. */
public enum ProjectionWeights {
    /** Ones (Appendix ); the projection then keeps the plain mean over the grid. */
    UNIT,
    /** Trapezoid widths, which approximate the integral over an unequally spaced grid. */
    GRID
}
