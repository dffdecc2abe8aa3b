package io.verity.estimators.smile;

import io.verity.estimators.logistic.Penalty;
import io.verity.stats.Arguments;
import java.util.Arrays;
import smile.classification.LogisticRegression;

/**
 * Smile's logistic regression (limited-memory BFGS) in our conventions. Its {@code lambda} was measured to be ours: the penalty
 * is \( \frac\lambda2 \|w\|^2 \) beside the <em>sum</em> of the losses, and the intercept, its last coefficient, is not penalised.
 * It stops when its objective hardly falls, so its coefficients agree with exact ones to about six digits. No case weights.
 */
public final class SmileLogistic {
    private static final double TOLERANCE = 1e-12;
    private static final int MAX_ITERATIONS = 5000;

    private SmileLogistic() {}

    /**
     * A binary fit.
     *
     * @param weights p entries
     * @param intercept b
     * @param logLikelihood less the penalty: Smile's own figure is \( -J \)
     */
    @SuppressWarnings("ArrayRecordComponent") // a column; two fits are never compared
    public record Fit(double[] weights, double intercept, double logLikelihood) {}

    /**
     * @param x n rows of p entries
     * @param y n labels, 0 or 1
     * @param penalty its strength
     * @return the fit
     * @throws IllegalArgumentException if there are no rows, or X and y differ in rows
     */
    public static Fit fit(double[][] x, int[] y, Penalty penalty) {
        Arguments.require(
                x.length > 0 && x.length == y.length, "X has %d rows but y has %d labels", x.length, y.length);
        LogisticRegression.Binomial fit =
                LogisticRegression.binomial(x, y, penalty.lambda(), TOLERANCE, MAX_ITERATIONS);
        double[] coefficients = fit.coefficients();
        int p = coefficients.length - 1;
        return new Fit(Arrays.copyOf(coefficients, p), coefficients[p], fit.loglikelihood());
    }
}
