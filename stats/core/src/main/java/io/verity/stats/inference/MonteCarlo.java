package io.verity.stats.inference;

import io.verity.stats.Arguments;
import io.verity.stats.quantiles.QuantileType;
import io.verity.stats.quantiles.Quantiles;
import java.util.Arrays;

/** Standard errors that estimates carry because they come from finitely many replicates. */
public final class MonteCarlo {
    private MonteCarlo() {}

    /**
     * @param moments of the replicates
     * @return standard error of their mean, \( s/\sqrt n \); NaN with fewer than two replicates
     */
    public static double errorOfMean(Moments moments) {
        return moments.standardDeviation() / Math.sqrt((double) moments.count());
    }

    /**
     * Standard error of the sample standard deviation by the delta method,
     * \( \sqrt{(m_4 - s^4 (n-3)/(n-1))/n} / (2 s) \).
     *
     * @param moments of the replicates
     * @return standard error; 0 for constant replicates, NaN with fewer than four
     */
    public static double errorOfStandardDeviation(Moments moments) {
        long n = moments.count();
        if (n < 4) {
            return Double.NaN;
        }
        double variance = moments.variance();
        if (variance == 0) {
            return 0;
        }
        double ofVariance = (moments.fourthCentralMoment() - variance * variance * (n - 3) / (n - 1)) / n;
        return Math.sqrt(Math.max(0, ofVariance) / variance) / 2;
    }

    /**
     * @param proportion share of successes, in [0, 1]
     * @param trials number of trials, at least 1
     * @return \( \sqrt{p(1-p)/n} \)
     */
    public static double errorOfProportion(double proportion, long trials) {
        Arguments.require(proportion >= 0 && proportion <= 1, "a proportion must lie in [0, 1], but is %s", proportion);
        Arguments.require(trials >= 1, "trials must be at least 1, but are %d", trials);
        return Math.sqrt(proportion * (1 - proportion) / trials);
    }

    /**
     * Standard error of a sample quantile from the spread of the order statistics: half the distance between the quantiles
     * at \( q \pm \sqrt{q(1-q)/n} \), which needs no density estimate.
     *
     * @param sorted replicates in ascending order, at least one
     * @param probability q in [0, 1]
     * @return standard error; 0 at the ends, where this formula says nothing
     */
    public static double errorOfQuantile(double[] sorted, double probability) {
        Arguments.require(sorted.length > 0, "there is no value to take a quantile of");
        double reach = errorOfProportion(probability, sorted.length);
        double lower = Quantiles.ofSorted(sorted, Math.max(0, probability - reach), QuantileType.TYPE7);
        double upper = Quantiles.ofSorted(sorted, Math.min(1, probability + reach), QuantileType.TYPE7);
        return 0.5 * (upper - lower);
    }

    /**
     * @param values replicates in any order
     * @return a sorted copy
     * @throws IllegalArgumentException if a value is NaN or infinite
     */
    public static double[] sorted(double[] values) {
        Arguments.allFinite("values", values);
        double[] copy = values.clone();
        Arrays.sort(copy);
        return copy;
    }
}
