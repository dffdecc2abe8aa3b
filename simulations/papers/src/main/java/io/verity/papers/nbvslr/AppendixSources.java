package io.verity.papers.nbvslr;

import io.verity.simulations.claims.Source;

/** The papers behind the claims about losses. */
final class AppendixSources {
    static final Source CROSS_ENTROPY = new Source(
            "A. Mao, M. Mohri, Y. Zhong",
            "Cross-Entropy Loss Functions: Theoretical Analysis and Applications",
            "arXiv 2304.07288",
            "main text",
            false);

    static final Source BOUNDS = new Source(
            "P. Awasthi, A. Mao, M. Mohri, Y. Zhong",
            "H-Consistency Bounds for Surrogate Loss Minimizers",
            "arXiv 2205.08017",
            "main text",
            false);

    static final Source Z_LOSS = new Source(
            "A. de Brébisson, P. Vincent",
            "The Z-loss: a shift and scale invariant classification loss belonging to the Spherical Family",
            "arXiv 1604.08859",
            "main text",
            false);

    static final Source ANY_LOSS = new Source(
            "D. Han, N. Moniz, N. V. Chawla",
            "AnyLoss: Transforming Classification Metrics into Loss Functions",
            "arXiv 2405.14745",
            "main text",
            false);

    static final Source DICE = new Source(
            "X. Li, X. Sun, Y. Meng, J. Liang, F. Wu, J. Li",
            "Dice Loss for Data-imbalanced NLP Tasks",
            "arXiv 1911.02855",
            "main text",
            false);

    static final Source ENS_LOSS = new Source(
            "B. Dai",
            "EnsLoss: Stochastic Calibrated Loss Ensembles for Preventing Overfitting in Classification",
            "arXiv 2409.00908",
            "main text",
            false);

    private AppendixSources() {}
}
