package io.verity.papers.r3d;

import io.verity.simulations.claims.Source;

/** The papers and programs that the claims come from. */
final class Sources {
    static final Source VAN_DIJCKE = new Source(
            "D. Van Dijcke",
            "Regression Discontinuity Design with Distribution-Valued Outcomes",
            "arXiv 2504.03992",
            "main text",
            false);

    static final Source R3D_PACKAGE =
            new Source("D. Van Dijcke", "R3D: R package, version 0.1.0", "R3D 0.1.0", "residuals of the bands", false);

    static final Source CALONICO = new Source(
            "S. Calonico, M. D. Cattaneo, R. Titiunik",
            "Robust Nonparametric Confidence Intervals for Regression-Discontinuity Designs",
            "doi 10.3982/ECTA11757",
            "Theorem 1",
            false);

    private Sources() {}
}
