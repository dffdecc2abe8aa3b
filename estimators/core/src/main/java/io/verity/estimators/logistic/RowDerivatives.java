package io.verity.estimators.logistic;

import org.jspecify.annotations.Nullable;

/**
 * Derivatives of the losses of a fit's rows with respect to its linear scores: one score for two classes, K - 1 (those of the classes
 * less that of a baseline) for K. Scores a and b count from 0.
 */
interface RowDerivatives {
    /** Number of scores. */
    int scores();

    /** \( c_i \, \partial^2 \ell_i / \partial f_a \partial f_b \), without cancellation on the diagonal. */
    double[] curvature(int a, int b);

    /**
     * Product of the slopes \( c_i \, \partial \ell_i / \partial f \) over the number of equal rows: the weight of a class counts
     * twice, that number once.
     */
    double[] squaredSlopes(int a, int b);

    /** Second derivative of the penalty by a column's weights in the two scores. */
    double penalty(int a, int b);

    /** The class that the score belongs to, where there are several; null otherwise. */
    @Nullable Integer classOf(int a);
}
