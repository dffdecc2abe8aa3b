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

    private Sources() {}
}
