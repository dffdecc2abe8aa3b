package io.verity.estimators.logistic.theory;

import io.verity.estimators.logistic.theory.ScalarSystem.Point;
import io.verity.stats.Arguments;
import io.verity.stats.EstimationException;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.apache.commons.math3.optim.MaxEval;
import org.apache.commons.math3.optim.nonlinear.scalar.GoalType;
import org.apache.commons.math3.optim.univariate.BrentOptimizer;
import org.apache.commons.math3.optim.univariate.SearchInterval;
import org.apache.commons.math3.optim.univariate.UnivariateObjectiveFunction;
import org.jspecify.annotations.Nullable;

/**
 * Ridge-penalised logistic regression in the proportional limit n/p to delta: what its direction, norm, accuracy, losses and
 * stability tend to, as a function of the signal strength kappa, of n/p, and of the penalty in the mean unit.
 *
 * <p>The system is that of Salehi, Abbasi and Hassibi (arXiv 1906.03761); the line beyond which no maximum-likelihood
 * estimate exists is from Candes and Sur, "The phase transition for the existence of the maximum likelihood estimate in
 * high-dimensional logistic regression" (arXiv 1804.09753).
 */
public final class RidgeLogisticTheory {
    private static final int COARSE_POINTS = 25;
    private static final double DECADES = 4;

    private RidgeLogisticTheory() {}

    /**
     * @param kappa signal strength, the norm of the teacher; at least 0
     * @param delta n/p, positive
     * @param lambdaMean penalty in the mean unit, at least 0
     * @return the limit and its predictions
     * @throws IllegalArgumentException if an argument is out of range
     * @throws EstimationException if there is no penalty and no finite limit (n/p at or below {@link #mleThreshold}), or the
     *     arguments are so extreme that double precision does not hold the solution
     */
    public static FixedPoint solve(double kappa, double delta, double lambdaMean) {
        return solve(kappa, delta, lambdaMean, null);
    }

    /**
     * The limit along a grid of penalties, each solved from its stronger neighbour.
     *
     * @param kappa signal strength, at least 0
     * @param delta n/p, positive
     * @param lambdasMean penalties in the mean unit, in any order
     * @return one limit per penalty, in the order given
     * @throws IllegalArgumentException if an argument is out of range
     * @throws EstimationException as for {@link #solve}
     */
    public static List<FixedPoint> curve(double kappa, double delta, double... lambdasMean) {
        Integer[] order = new Integer[lambdasMean.length];
        Arrays.setAll(order, k -> k);
        Arrays.sort(order, Comparator.comparingDouble(k -> -lambdasMean[k]));
        FixedPoint[] points = new FixedPoint[lambdasMean.length];
        FixedPoint previous = null;
        for (int k : order) {
            previous = solve(kappa, delta, lambdasMean[k], previous);
            points[k] = previous;
        }
        return List.of(points);
    }

    private static FixedPoint solve(double kappa, double delta, double lambdaMean, @Nullable FixedPoint near) {
        Arguments.nonNegative("kappa", kappa);
        Arguments.positive("n/p", delta);
        Arguments.nonNegative("lambdaMean", lambdaMean);
        if (lambdaMean == 0) {
            double threshold = mleThreshold(kappa);
            if (delta <= threshold) {
                throw new EstimationException(
                        String.format(
                                Locale.ROOT,
                                "no finite limit: n/p=%s <= %.3f for kappa=%s",
                                delta,
                                threshold,
                                new BigDecimal(Double.toString(kappa))
                                        .stripTrailingZeros()
                                        .toPlainString()),
                        "use lambdaMean > 0");
            }
        }
        ScalarSystem system = new ScalarSystem(kappa, delta, lambdaMean);
        Point start = near == null || kappa == 0 ? null : new Point(near.mu() / kappa, near.sigma(), near.gamma());
        return FixedPoint.of(system, FixedPointSolver.solve(system, start));
    }

    /**
     * Accuracy on new rows of the classifier sign(w.x), which depends on w only through its cosine to the teacher.
     *
     * @param kappa signal strength, at least 0
     * @param cosine between w and the teacher, in [-1, 1]
     * @return its exact accuracy
     * @throws IllegalArgumentException if an argument is out of range
     */
    public static double accuracy(double kappa, double cosine) {
        Arguments.nonNegative("kappa", kappa);
        Arguments.require(cosine >= -1 && cosine <= 1, "cosine must lie in [-1, 1], but is %s", cosine);
        return Teacher.accuracy(kappa, cosine / Math.sqrt((1 - cosine) * (1 + cosine)));
    }

    /**
     * @param kappa signal strength, at least 0
     * @return the n/p above which the maximum-likelihood estimate exists: 2 for kappa = 0, 2.899 for kappa = 2
     * @throws IllegalArgumentException if kappa is negative or not finite
     */
    public static double mleThreshold(double kappa) {
        return Teacher.mleThreshold(Arguments.nonNegative("kappa", kappa));
    }

    /**
     * @param kappa signal strength, at least 0
     * @param delta n/p, positive
     * @return the limit of an infinite penalty, the difference of the class means
     * @throws IllegalArgumentException if an argument is out of range
     */
    public static MeanDifferenceLimit infinitePenalty(double kappa, double delta) {
        Arguments.nonNegative("kappa", kappa);
        Arguments.positive("n/p", delta);
        return new MeanDifferenceLimit(kappa, delta, Teacher.meanLength(kappa));
    }

    /**
     * The limit at the penalty with the highest accuracy, which has the highest cosine and disjoint-sample stability too.
     * The peak is flat: the penalty is meaningful to a factor of about two, its location is computed to about 1e-6.
     *
     * @param kappa signal strength, positive
     * @param delta n/p, positive
     * @return the limit there; its penalty is {@link FixedPoint#lambdaMean}
     * @throws IllegalArgumentException if an argument is out of range; without signal every penalty has accuracy 1/2
     */
    public static FixedPoint bestPenalty(double kappa, double delta) {
        Arguments.require(
                kappa > 0 && Double.isFinite(kappa),
                "kappa must be a positive finite number, but is %s: without signal every penalty has accuracy 1/2",
                kappa);
        Arguments.positive("n/p", delta);
        double middle = -StrictMath.log10(delta * kappa * kappa); // the Bayesian penalty 1 / (delta kappa^2)
        double[] grid = new double[COARSE_POINTS];
        double stride = 2 * DECADES / (COARSE_POINTS - 1);
        Arrays.setAll(grid, k -> StrictMath.pow(10, middle - DECADES + stride * k));
        List<FixedPoint> coarse = curve(kappa, delta, grid);
        int best = 0;
        for (int k = 1; k < grid.length; k++) {
            best = coarse.get(k).cosine() > coarse.get(best).cosine() ? k : best;
        }
        FixedPoint near = coarse.get(best);
        double centre = middle - DECADES + stride * best;
        double found = new BrentOptimizer(1e-9, 1e-9)
                .optimize(
                        new MaxEval(200),
                        GoalType.MAXIMIZE,
                        new UnivariateObjectiveFunction(x ->
                                solve(kappa, delta, StrictMath.pow(10, x), near).cosine()),
                        new SearchInterval(centre - stride, centre + stride, centre))
                .getPoint();
        return solve(kappa, delta, StrictMath.pow(10, found), near);
    }
}
