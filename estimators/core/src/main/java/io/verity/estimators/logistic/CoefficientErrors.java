package io.verity.estimators.logistic;

import io.verity.stats.Arguments;
import io.verity.stats.inference.Interval;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * A coefficient and what is known of its error.
 *
 * @param estimate of the weight or intercept
 * @param standardError NaN where none was computed
 * @param z estimate / standard error; NaN with a penalty
 * @param p two-sided, of a standard normal z; NaN with a penalty
 */
public record CoefficientErrors(double estimate, double standardError, double z, double p) {
    private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

    static CoefficientErrors of(double estimate, double standardError, boolean tested) {
        double z = tested ? estimate / standardError : Double.NaN;
        return new CoefficientErrors(estimate, standardError, z, 2 * NORMAL.survivalProbability(Math.abs(z)));
    }

    /**
     * Wald's interval. With a penalty it is centred at a biased estimate, so it covers less often than its level says.
     *
     * @param level such as 0.95
     * @return estimate \( \pm \) normal quantile times standard error
     * @throws IllegalArgumentException if the level is not between 0 and 1, or no standard error was computed
     */
    public Interval interval(double level) {
        Arguments.require(level > 0 && level < 1, "the level must lie between 0 and 1, but is %s", level);
        Arguments.require(!Double.isNaN(standardError), "there is no interval without a standard error");
        double half = NORMAL.inverseSurvivalProbability((1 - level) / 2) * standardError;
        return new Interval(estimate - half, estimate + half);
    }
}
