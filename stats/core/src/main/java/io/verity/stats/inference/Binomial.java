package io.verity.stats.inference;

import io.verity.stats.Arguments;
import org.apache.commons.statistics.distribution.BetaDistribution;
import org.apache.commons.statistics.distribution.NormalDistribution;

/** Fixed-sample confidence intervals for a success probability after S successes in n trials. */
public final class Binomial {
    private Binomial() {}

    /**
     * Exact interval of Clopper and Pearson (1934): the \( \alpha/2 \) quantile of Beta(S, n - S + 1) and the
     * \( 1 - \alpha/2 \) quantile of Beta(S + 1, n - S), with \( \alpha = 1 - \) level; covers at least with the stated level.
     *
     * @param successes S
     * @param trials n, at least 1
     * @param level in (0, 1)
     * @return interval within [0, 1]
     * @throws IllegalArgumentException if S is not between 0 and n, n is 0, or the level is not in (0, 1)
     */
    public static Interval clopperPearson(long successes, long trials, double level) {
        double tail = 0.5 * (1 - check(successes, trials, level));
        long failures = trials - successes;
        double lower = successes == 0
                ? 0
                : BetaDistribution.of((double) successes, failures + 1.0).inverseCumulativeProbability(tail);
        double upper = failures == 0
                ? 1
                : BetaDistribution.of(successes + 1.0, (double) failures).inverseSurvivalProbability(tail);
        return new Interval(lower, upper);
    }

    /**
     * Score interval of Wilson (1927): the p with \( |S/n - p| \le z \sqrt{p(1-p)/n} \), that is
     * \[ \frac{\hat p + z^2/2n \pm z \sqrt{\hat p(1-\hat p)/n + z^2/4n^2}}{1 + z^2/n}. \]
     *
     * @param successes S
     * @param trials n, at least 1
     * @param level in (0, 1)
     * @return interval within [0, 1]
     * @throws IllegalArgumentException if S is not between 0 and n, n is 0, or the level is not in (0, 1)
     */
    public static Interval wilson(long successes, long trials, double level) {
        double tail = 0.5 * (1 - check(successes, trials, level));
        double z = NormalDistribution.of(0, 1).inverseSurvivalProbability(tail);
        double n = trials;
        double p = successes / n;
        double centre = p + z * z / (2 * n);
        double reach = z * Math.sqrt(p * (1 - p) / n + z * z / (4 * n * n));
        double scale = 1 + z * z / n;
        double lower = successes == 0 ? 0 : Math.max(0, (centre - reach) / scale);
        double upper = successes == trials ? 1 : Math.min(1, (centre + reach) / scale);
        return new Interval(lower, upper);
    }

    private static double check(long successes, long trials, double level) {
        Arguments.require(trials >= 1, "trials must be at least 1, but are %d", trials);
        Arguments.require(
                successes >= 0 && successes <= trials,
                "successes must lie between 0 and %d, but are %d",
                trials,
                successes);
        return Arguments.fraction("level", level);
    }
}
