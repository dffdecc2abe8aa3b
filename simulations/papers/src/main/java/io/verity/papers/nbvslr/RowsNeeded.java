package io.verity.papers.nbvslr;

import io.verity.stats.Arguments;
import io.verity.stats.inference.Interval;
import io.verity.stats.inference.Moments;
import io.verity.stats.random.RandomStream;
import java.util.Arrays;

/**
 * The number of rows at which a mean error first falls to a target, with its bootstrap distribution. Between two sizes the
 * logarithm of the mean error is taken as linear in the logarithm of the rows. Infinite when no size of the grid reaches the
 * target; the first size when that one reaches it already. Immutable.
 */
final class RowsNeeded {
    private final double value;
    private final double[] draws;

    private RowsNeeded(double value, double[] draws) {
        this.value = value;
        this.draws = draws;
    }

    /**
     * Resamples the errors at each size, which come from independent training sets.
     *
     * @param sizes ascending
     * @param errors repeats at each size
     * @param target error to reach
     * @param resamples of the bootstrap
     * @param stream where the resampled indices come from
     */
    static RowsNeeded of(double[] sizes, double[][] errors, double target, int resamples, RandomStream stream) {
        Arguments.require(sizes.length == errors.length, "%d sizes but errors at %d", sizes.length, errors.length);
        double[] means = new double[sizes.length];
        for (int i = 0; i < sizes.length; i++) {
            means[i] = Arrays.stream(errors[i]).sum() / errors[i].length;
        }
        double value = crossing(sizes, means, target);
        double[] draws = new double[resamples];
        for (int b = 0; b < resamples; b++) {
            for (int i = 0; i < sizes.length; i++) {
                int n = errors[i].length;
                double sum = 0;
                for (int r = 0; r < n; r++) {
                    sum += errors[i][stream.nextInt(n)];
                }
                means[i] = sum / n;
            }
            draws[b] = crossing(sizes, means, target);
        }
        return new RowsNeeded(value, draws);
    }

    /**
     * The same when only means and their standard errors are kept: resamples are normal draws about the means.
     *
     * @param standardErrors of the means
     */
    static RowsNeeded ofMeans(
            double[] sizes,
            double[] means,
            double[] standardErrors,
            double target,
            int resamples,
            RandomStream stream) {
        double[] draws = new double[resamples];
        double[] drawn = new double[means.length];
        for (int b = 0; b < resamples; b++) {
            for (int i = 0; i < means.length; i++) {
                drawn[i] = Math.max(0, Math.fma(standardErrors[i], stream.nextGaussian(), means[i]));
            }
            draws[b] = crossing(sizes, drawn, target);
        }
        return new RowsNeeded(crossing(sizes, means, target), draws);
    }

    /** Where the curve first falls to the target. */
    static double crossing(double[] sizes, double[] means, double target) {
        for (int i = 0; i < sizes.length; i++) {
            if (means[i] > target) {
                continue;
            }
            if (i == 0) {
                return sizes[0];
            }
            // No logarithm of a mean without any error: linear in the error there.
            double share = means[i] > 0
                    ? StrictMath.log(means[i - 1] / target) / StrictMath.log(means[i - 1] / means[i])
                    : (means[i - 1] - target) / means[i - 1];
            return sizes[i - 1] * StrictMath.exp(share * StrictMath.log(sizes[i] / sizes[i - 1]));
        }
        return Double.POSITIVE_INFINITY;
    }

    double value() {
        return value;
    }

    /** Standard deviation of the bootstrap distribution; infinite when a resample does not reach the target. */
    double standardError() {
        return finite() ? Moments.of(draws).standardDeviation() : Double.POSITIVE_INFINITY;
    }

    /** Standard error of the logarithm. */
    double logStandardError() {
        return finite()
                ? Moments.of(Arrays.stream(draws).map(StrictMath::log).toArray())
                        .standardDeviation()
                : Double.POSITIVE_INFINITY;
    }

    /** Whether the target was reached on the grid and in every resample. */
    boolean finite() {
        return Double.isFinite(value) && Arrays.stream(draws).allMatch(Double::isFinite);
    }

    /** Percentile interval, between order statistics, so that ends may be infinite. */
    Interval percentile(double level) {
        double tail = 0.5 * (1 - Arguments.fraction("level", level));
        double[] sorted = draws.clone();
        Arrays.sort(sorted);
        int outside = (int) Math.floor(tail * sorted.length);
        return new Interval(sorted[outside], sorted[sorted.length - 1 - outside]);
    }

    double[] draws() {
        return draws.clone();
    }
}
