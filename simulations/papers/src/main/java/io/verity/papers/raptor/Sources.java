package io.verity.papers.raptor;

import io.verity.simulations.claims.Source;

/** The papers that the claims come from. */
final class Sources {
    static final Source RAPTOR = new Source(
            "Z. Gao, Y. Zhu, Q. Zeng, X. Zhao, Z. Wang, F. Ruan, K. Ding",
            "RAPTOR: Ridge-Adaptive Logistic Probes",
            "arXiv 2602.00158",
            "main text",
            false);

    static final Source SALEHI = new Source(
            "F. Salehi, E. Abbasi, B. Hassibi",
            "The Impact of Regularization on High-dimensional Logistic Regression",
            "arXiv 1906.03761",
            "Theorem 1, ridge penalty",
            false);

    static final Source CANDES = new Source(
            "E. J. Candes, P. Sur",
            "The Phase Transition for the Existence of the Maximum Likelihood Estimate in High-dimensional Logistic Regression",
            "arXiv 1804.09753",
            "Theorem 2.1, no intercept",
            false);

    private Sources() {}
}
