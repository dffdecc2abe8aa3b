package io.verity.estimators.r3d;

/** How draws of the limit process are made. Given the data both have the same law, \( N(0, \psi^\top\psi) \). */
public enum BootstrapEngine {
    /** Through a factor of the covariance on the grid: as many normal numbers per draw as grid points. The default. */
    FACTOR,
    /** Through one normal multiplier per unit, as the paper writes it. */
    MULTIPLIER
}
