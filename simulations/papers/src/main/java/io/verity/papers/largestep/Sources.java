package io.verity.papers.largestep;

import io.verity.simulations.claims.Source;

/** The papers that the claims come from. */
final class Sources {
    static final Source TYURIN = new Source(
            "A. Tyurin",
            "From Logistic Regression to the Perceptron Algorithm: Exploring Gradient Descent with Large Step Sizes",
            "arXiv 2412.08424",
            "main text",
            false);

    static final Source WU_2023 = new Source(
            "J. Wu, V. Braverman, J. D. Lee",
            "Implicit Bias of Gradient Descent for Logistic Regression at the Edge of Stability",
            "arXiv 2305.11788",
            "abstract",
            false);

    static final Source WU_2024 = new Source(
            "J. Wu, P. L. Bartlett, M. Telgarsky, B. Yu",
            "Large Stepsize Gradient Descent for Logistic Loss: Non-Monotonicity of the Loss Improves Optimization"
                    + " Efficiency",
            "arXiv 2402.15926",
            "abstract",
            false);

    static final Source ZHANG = new Source(
            "R. Zhang, J. Wu, L. Lin, P. L. Bartlett",
            "Minimax Optimal Convergence of Gradient Descent in Logistic Regression via Large and Adaptive Stepsizes",
            "arXiv 2504.04105",
            "abstract",
            false);

    static final Source MENG = new Source(
            "S. Y. Meng, A. Orvieto, D. Y. Cao, C. De Sa",
            "Gradient Descent on Logistic Regression with Non-Separable Data and Large Step Sizes",
            "arXiv 2406.05033",
            "abstract",
            false);

    static final Source SOUDRY = new Source(
            "D. Soudry, E. Hoffer, M. S. Nacson, S. Gunasekar, N. Srebro",
            "The Implicit Bias of Gradient Descent on Separable Data",
            "JMLR 19(70), 2018",
            "Theorem 3",
            false);

    static final Source NESTEROV = new Source(
            "Y. Nesterov",
            "Introductory Lectures on Convex Optimization",
            "doi 10.1007/978-1-4419-8853-9",
            "descent lemma (Lemma 1.2.3)",
            false);

    static final Source TYURIN_2025 = new Source(
            "A. Tyurin", "Gradient Descent as a Perceptron Algorithm", "arXiv 2512.11587", "abstract", false);

    private Sources() {}
}
