package io.verity.estimators.probe;

import io.verity.stats.Arguments;
import io.verity.stats.linalg.DenseBackend;
import org.ejml.data.DMatrixRMaj;

/**
 * What ridge probes are compared with, each on the columns as given and the rows named. {@link Directions} has the variants that
 * standardise first; {@link Gcs} is the Gaussian concept subspace, {@link Selection#KFOLD} ridge with cross-validation, and
 * {@link Directions#ridge} with C = 100 stands in for logistic regression without a penalty.
 */
public final class Baselines {
    private Baselines() {}

    /**
     * Difference of means: \( w = m_1 - m_0 \), \( b = -w^\top(m_0+m_1)/2 \). The direction of ridge logistic regression as its
     * penalty grows, on balanced classes.
     *
     * @param x states
     * @param y 0 or 1 per row
     * @param rows which rows are used
     * @return the rule
     * @throws IllegalArgumentException if labels are not 0 and 1, or their number differs from the rows
     * @throws io.verity.estimators.logistic.SingleClassException if the rows belong to one class
     */
    public static LinearProbe differenceOfMeans(DMatrixRMaj x, int[] y, int[] rows) {
        Rows.checkTwoClasses(x.numRows, y);
        Means means = Means.of(x, y, rows);
        double[] d = means.difference();
        return LinearProbe.of(d, -Rows.dot(d, means.middle()));
    }

    /**
     * Difference of means with the threshold that makes fewest mistakes on the rows themselves; among equals the one nearest to half
     * way.
     *
     * @param x states
     * @param y 0 or 1 per row
     * @param rows which rows are used
     * @return the rule
     * @throws IllegalArgumentException if labels are not 0 and 1, or their number differs from the rows
     * @throws io.verity.estimators.logistic.SingleClassException if the rows belong to one class
     */
    public static LinearProbe differenceOfMeansBestThreshold(DMatrixRMaj x, int[] y, int[] rows) {
        LinearProbe middle = differenceOfMeans(x, y, rows);
        double[] scores = middle.scores(x, rows);
        return LinearProbe.of(middle.weights(), middle.intercept() - Thresholds.best(scores, Rows.select(y, rows)));
    }

    /**
     * Linear discriminant analysis: \( w = \Sigma^{-1}(m_1-m_0) \), \( b = -w^\top(m_0+m_1)/2 + \log(n_1/n_0) \), with
     * \( \Sigma = (1-a)S_w + a\,\frac{\mathrm{tr} S_w}{p} I \) and the pooled covariance inside classes \( S_w \), divisor n.
     *
     * @param x states
     * @param y 0 or 1 per row
     * @param rows which rows are used
     * @param shrinkage a in [0, 1]
     * @param backend does the dense products
     * @return the rule
     * @throws IllegalArgumentException if labels are not 0 and 1, their number differs from the rows, or a is outside [0, 1]
     * @throws io.verity.stats.EstimationException if the covariance is singular: with a = 0 and as many columns as rows it is
     */
    public static LinearProbe lda(DMatrixRMaj x, int[] y, int[] rows, double shrinkage, DenseBackend backend) {
        Rows.checkTwoClasses(x.numRows, y);
        return Lda.fit(backend, x, y, rows, shrinkage);
    }

    /**
     * Linear discriminant analysis with the shrinkage of Ledoit and Wolf (2004), of the rows minus their class means.
     *
     * @param x states
     * @param y 0 or 1 per row
     * @param rows which rows are used
     * @param backend does the dense products
     * @return the rule
     * @throws IllegalArgumentException if labels are not 0 and 1, or their number differs from the rows
     * @throws io.verity.stats.EstimationException if the rows do not vary inside classes
     */
    public static LinearProbe ldaLedoitWolf(DMatrixRMaj x, int[] y, int[] rows, DenseBackend backend) {
        Rows.checkTwoClasses(x.numRows, y);
        return Lda.fit(backend, x, y, rows);
    }

    /**
     * Linear support vector machine with squared hinge loss: the minimum of
     * \( \sum_i \max(0, 1-\tilde y_i f_i)^2 + \frac\lambda2|w|^2 \), intercept unpenalised. The penalty is on the weights of the columns
     * as given, whatever their scales, and the minimum is exact for these.
     *
     * @param x states
     * @param y 0 or 1 per row
     * @param rows which rows are used
     * @param lambda penalty in the sum unit, positive
     * @param backend does the dense products
     * @return the rule; its "probability" is only a monotone function of the score
     * @throws IllegalArgumentException if labels are not 0 and 1, their number differs from the rows, or lambda is not positive
     * @throws io.verity.estimators.logistic.SingleClassException if the rows belong to one class
     */
    public static LinearProbe squaredHinge(DMatrixRMaj x, int[] y, int[] rows, double lambda, DenseBackend backend) {
        Rows.checkTwoClasses(x.numRows, y);
        Arguments.positive("lambda", lambda);
        Means.of(x, y, rows); // both classes
        return SquaredHinge.fit(backend, Rows.select(x, rows), Rows.select(y, rows), lambda);
    }
}
