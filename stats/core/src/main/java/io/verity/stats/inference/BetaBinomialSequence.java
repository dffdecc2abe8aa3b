package io.verity.stats.inference;

import io.verity.stats.Arguments;
import org.apache.commons.math3.analysis.solvers.BrentSolver;
import org.apache.commons.math3.special.Beta;

/**
 * Beta-binomial mixture martingale for a success probability (Robbins 1970).
 *
 * <p>For S successes in t trials and a prior Beta(a, b) fixed before the data,
 * \[ \log M_t(p) = \log B(a + S, b + t - S) - \log B(a, b) - S \log p - (t - S) \log(1 - p). \]
 * Under success probability p, \( M_t(p) \) is a non-negative martingale with mean 1, so by Ville's inequality it ever
 * reaches \( 1/\alpha \) with probability at most \( \alpha \). The confidence set \( \{p : M_t(p) &lt; 1/\alpha\} \) is an
 * interval around S/t, and whether it lies inside or outside [low, high] needs the two ends only.
 */
public final class BetaBinomialSequence implements ConfidenceSequence {
    private final double a;
    private final double b;
    private final double low;
    private final double high;
    private final double threshold;
    private final double logPrior;
    private long successes;
    private long trials;

    /**
     * @param a first parameter of the prior
     * @param b second parameter of the prior
     * @param low lower end of the acceptance set; not tested when at most 0
     * @param high upper end of the acceptance set; not tested when at least 1
     * @param alpha error probability
     * @throws IllegalArgumentException if a or b is not positive, alpha is not in (0, 1), or low is not below high
     */
    public BetaBinomialSequence(double a, double b, double low, double high, double alpha) {
        this.a = Arguments.positive("a", a);
        this.b = Arguments.positive("b", b);
        Arguments.require(low < high, "acceptance set must not be empty, but is [%s, %s]", low, high);
        this.low = low;
        this.high = high;
        this.threshold = -StrictMath.log(Arguments.fraction("alpha", alpha));
        this.logPrior = Beta.logBeta(a, b);
    }

    /**
     * @param low lower end of the acceptance set
     * @param high upper end of the acceptance set
     * @param alpha error probability
     * @return the sequence with the uniform prior
     */
    public static BetaBinomialSequence uniform(double low, double high, double alpha) {
        return new BetaBinomialSequence(1, 1, low, high, alpha);
    }

    /**
     * @param centre the expected success probability, in (0, 1)
     * @param low lower end of the acceptance set
     * @param high upper end of the acceptance set
     * @param alpha error probability
     * @return the sequence with prior Beta(50 centre, 50 (1 - centre)): valid for any truth, shorter when the centre is right
     */
    public static BetaBinomialSequence centred(double centre, double low, double high, double alpha) {
        Arguments.fraction("centre", centre);
        return new BetaBinomialSequence(50 * centre, 50 * (1 - centre), low, high, alpha);
    }

    /**
     * @param value 1 for a success, 0 for a failure
     * @throws IllegalArgumentException if the value is anything else
     */
    @Override
    public void add(double value) {
        Arguments.require(value == 0 || value == 1, "a trial must give 0 or 1, but gave %s", value);
        add(value == 1 ? 1 : 0, 1);
    }

    /**
     * @param moreSuccesses successes among the trials
     * @param moreTrials further trials
     */
    public void add(long moreSuccesses, long moreTrials) {
        Arguments.require(
                moreSuccesses >= 0 && moreSuccesses <= moreTrials,
                "successes must lie between 0 and the number of trials, but are %d of %d",
                moreSuccesses,
                moreTrials);
        successes += moreSuccesses;
        trials += moreTrials;
    }

    @Override
    public long count() {
        return trials;
    }

    @Override
    public double mean() {
        return (double) successes / trials;
    }

    /**
     * @param p a success probability in [0, 1]
     * @return log M_t(p)
     */
    public double logCapital(double p) {
        return logCapital(p, (double) successes, (double) failures());
    }

    private long failures() {
        return trials - successes;
    }

    private double logCapital(double p, double s, double f) {
        double likelihood = (s == 0 ? 0 : s * StrictMath.log(p)) + (f == 0 ? 0 : f * StrictMath.log1p(-p));
        return Beta.logBeta(a + s, b + f) - logPrior - likelihood;
    }

    @Override
    public Decision decision() {
        return decide((double) successes, (double) failures());
    }

    private Decision decide(double s, double f) {
        double p = s / (s + f);
        boolean lowRejected = low > 0 && logCapital(low, s, f) >= threshold;
        boolean highRejected = high < 1 && logCapital(high, s, f) >= threshold;
        if ((lowRejected && p < low) || (highRejected && p > high)) {
            return Decision.OUTSIDE;
        }
        boolean aboveLow = low <= 0 || (lowRejected && p > low);
        boolean belowHigh = high >= 1 || (highRejected && p < high);
        return aboveLow && belowHigh && s + f > 0 ? Decision.INSIDE : Decision.OPEN;
    }

    /** @return the confidence interval \( \{p : M_t(p) &lt; 1/\alpha\} \), ends to 1e-14 */
    public Interval interval() {
        if (trials == 0) {
            return new Interval(0, 1);
        }
        double p = mean();
        double lower = successes == 0 ? 0 : end(0, p);
        double upper = successes == trials ? 1 : end(1, p);
        return new Interval(lower, upper);
    }

    /** Halves the distance to an end of [0, 1] until the capital is large enough, then solves between. */
    private double end(double far, double mean) {
        double kept = mean;
        double rejected = 0.5 * (far + mean);
        while (logCapital(rejected) < threshold) {
            kept = rejected;
            rejected = 0.5 * (far + rejected);
            if (rejected == kept) {
                return far;
            }
        }
        return new BrentSolver(1e-14, 1e-15)
                .solve(1000, p -> logCapital(p) - threshold, Math.min(kept, rejected), Math.max(kept, rejected));
    }

    @Override
    public long needed(long most) {
        double p = mean();
        return Search.smallest(trials, most, n -> decide(p * n, (1 - p) * n) != Decision.OPEN);
    }

    @Override
    public double[] state() {
        return new double[] {successes, trials};
    }

    @Override
    public void restore(double... state) {
        Arguments.require(
                state.length == 2 && state[0] >= 0 && state[0] <= state[1],
                "the state of a beta-binomial sequence is (successes, trials)");
        successes = (long) state[0];
        trials = (long) state[1];
    }
}
