package io.verity.stats.inference;

import io.verity.stats.Arguments;
import io.verity.stats.quantiles.QuantileType;
import io.verity.stats.quantiles.Quantiles;
import io.verity.stats.random.RandomStream;
import java.util.Arrays;
import java.util.function.ToDoubleFunction;

/**
 * Nonparametric bootstrap (Efron 1979): the statistic over samples of the same size drawn with replacement.
 */
public final class Bootstrap {
    private final double[] draws;

    private Bootstrap(double[] draws) {
        this.draws = draws;
    }

    /**
     * @param data observations, at least one
     * @param statistic a function of a sample of the same size; must not change its argument's meaning by order
     * @param draws number of resamples, at least 1
     * @param stream where the indices come from; {@link RandomStream#BOOTSTRAP} is the purpose meant for it
     * @return the bootstrap distribution
     * @throws IllegalArgumentException if there are no data, too few draws, or the statistic of a resample is not finite
     */
    public static Bootstrap of(double[] data, ToDoubleFunction<double[]> statistic, int draws, RandomStream stream) {
        Arguments.require(data.length > 0, "there are no data to resample");
        Arguments.atLeast("draws", draws, 1);
        double[] results = new double[draws];
        double[] sample = new double[data.length];
        for (int b = 0; b < draws; b++) {
            for (int i = 0; i < sample.length; i++) {
                sample[i] = data[stream.nextInt(data.length)];
            }
            results[b] = statistic.applyAsDouble(sample);
        }
        Arguments.allFinite("bootstrap statistics", results);
        Arrays.sort(results);
        return new Bootstrap(results);
    }

    /** @return standard deviation of the bootstrap distribution */
    public double standardError() {
        return Moments.of(draws).standardDeviation();
    }

    /**
     * @param level in (0, 1)
     * @return interval between the \( (1 \mp \text{level})/2 \) quantiles of the bootstrap distribution
     */
    public Interval percentile(double level) {
        double tail = 0.5 * (1 - Arguments.fraction("level", level));
        return new Interval(
                Quantiles.ofSorted(draws, tail, QuantileType.TYPE7),
                Quantiles.ofSorted(draws, 1 - tail, QuantileType.TYPE7));
    }

    /** @return the bootstrap statistics in ascending order */
    public double[] draws() {
        return draws.clone();
    }
}
