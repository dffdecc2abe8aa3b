package io.verity.papers.nbvslr;

import io.verity.simulations.claims.Source;

/** The papers that the claims come from. */
final class Sources {
    static final Source ZHENG = new Source(
            "C. Zheng, G. Wu, F. Bao, Y. Cao, C. Li, J. Zhu",
            "Revisiting Discriminative vs. Generative Classifiers: Theory and Implications",
            "arXiv 2302.02334",
            "main text",
            false);

    static final Source NG_JORDAN = new Source(
            "A. Y. Ng, M. I. Jordan",
            "On Discriminative vs. Generative Classifiers: A Comparison of Logistic Regression and Naive Bayes",
            "NIPS 14, 2001",
            "main text",
            false);

    static final Source MAO = new Source(
            "A. Mao, M. Mohri, Y. Zhong",
            "Cross-Entropy Loss Functions: Theoretical Analysis and Applications",
            "arXiv 2304.07288",
            "Theorem 3.1",
            false);

    static final Source AWASTHI = new Source(
            "P. Awasthi, A. Mao, M. Mohri, Y. Zhong",
            "H-Consistency Bounds for Surrogate Loss Minimizers",
            "arXiv 2205.08017",
            "binary margin losses",
            false);

    static final Source AWASTHI_MULTICLASS = new Source(
            "P. Awasthi, A. Mao, M. Mohri, Y. Zhong",
            "Multi-Class H-Consistency Bounds",
            "NeurIPS 35, 2022",
            "hinge losses",
            false);

    static final Source CHARACTERIZATION = new Source(
            "A. Mao, M. Mohri, Y. Zhong",
            "H-Consistency Bounds: Characterization and Extensions",
            "NeurIPS 36, 2023",
            "a formula for bounded scores, as it circulates",
            false);

    private Sources() {}
}
