package io.verity.stats.inference;

import io.verity.stats.Arguments;
import org.apache.commons.math3.analysis.UnivariateFunction;
import org.apache.commons.math3.analysis.solvers.BrentSolver;

/**
 * Hedged betting capital for the mean of a bounded quantity (Waudby-Smith and Ramdas, "Estimating means of bounded random
 * variables by betting", JRSS-B 2024, arXiv 2010.09686).
 *
 * <p>Values are mapped to [0, 1] by the stated range. For a candidate mean m, with c = 1/2,
 * \[ \lambda_t = \sqrt{\frac{2 \log(2/\alpha)}{v_{t-1}\, t \log(1 + t)}}, \qquad
 *    \log K^+_t = \sum \log\bigl(1 + \min(\lambda, c/m)(x - m)\bigr), \qquad
 *    \log K^-_t = \sum \log\bigl(1 - \min(\lambda, c/(1 - m))(x - m)\bigr), \]
 * where \( v_{t-1} \) is the running variance of the values before t, started with one pseudo-observation (1/2 with
 * variance 1/4). Both capitals are non-negative martingales when m is the mean; m is rejected when either reaches
 * \( 2/\alpha \). \( K^+ \) falls and \( K^- \) rises with m, so the confidence set is an interval whose position relative to
 * [low, high] needs the capitals of the two ends only.
 */
public final class BettingSequence implements ConfidenceSequence {
    private static final double C = 0.5;

    private final double rangeLow;
    private final double width;
    private final double threshold;
    private final double bet;
    private final Capital low;
    private final Capital high;
    private final Spread spread = new Spread();

    /**
     * @param rangeLow smallest possible value
     * @param rangeHigh largest possible value
     * @param low lower end of the acceptance set; not tested when at most {@code rangeLow}
     * @param high upper end of the acceptance set; not tested when at least {@code rangeHigh}
     * @param alpha error probability
     * @throws IllegalArgumentException if a range is empty or not finite, or alpha is not in (0, 1)
     */
    public BettingSequence(double rangeLow, double rangeHigh, double low, double high, double alpha) {
        Arguments.finite("rangeLow", rangeLow);
        Arguments.finite("rangeHigh", rangeHigh);
        Arguments.require(rangeLow < rangeHigh, "the range must not be empty, but is [%s, %s]", rangeLow, rangeHigh);
        Arguments.require(low < high, "acceptance set must not be empty, but is [%s, %s]", low, high);
        this.rangeLow = rangeLow;
        this.width = rangeHigh - rangeLow;
        this.threshold = StrictMath.log(2 / Arguments.fraction("alpha", alpha));
        this.bet = 2 * threshold;
        this.low = new Capital((low - rangeLow) / width);
        this.high = new Capital((high - rangeLow) / width);
    }

    @Override
    public void add(double value) {
        double x = (value - rangeLow) / width;
        Arguments.require(
                x >= 0 && x <= 1, "a value must lie in [%s, %s], but is %s", rangeLow, rangeLow + width, value);
        double lambda = spread.lambda(bet);
        low.stake(lambda, x);
        high.stake(lambda, x);
        spread.add(x);
    }

    @Override
    public long count() {
        return spread.count;
    }

    @Override
    public double mean() {
        return spread.count == 0 ? Double.NaN : rangeLow + width * spread.sum / spread.count;
    }

    @Override
    public Decision decision() {
        if ((low.testable() && low.logDown() >= threshold) || (high.testable() && high.logUp() >= threshold)) {
            return Decision.OUTSIDE;
        }
        boolean aboveLow = low.m <= 0 || (low.testable() && low.logUp() >= threshold);
        boolean belowHigh = high.m >= 1 || (high.testable() && high.logDown() >= threshold);
        return aboveLow && belowHigh && spread.count > 0 ? Decision.INSIDE : Decision.OPEN;
    }

    /**
     * Second-order forecast: a bet \( \lambda \) on a mean at distance d with variance v earns
     * \( \lambda d - \lambda^2 (v + d^2)/2 \) per value. Taken in steps of a thousandth of the count, over which bets hardly
     * change.
     */
    @Override
    public long needed(long most) {
        double v = spread.variance();
        Forecast forecast = new Forecast(spread.sum / spread.count, v);
        long n = spread.count;
        while (n < most && forecast.decision() == Decision.OPEN) {
            long step = Math.min(most - n, 1 + n / 1000);
            n += step;
            forecast.step(Math.sqrt(bet / (v * n * StrictMath.log(1.0 + n))), (double) step);
        }
        return n;
    }

    /**
     * The confidence interval after all given values, where the monotone capitals reach the threshold, to 1e-12 of the range.
     *
     * @param values in index order
     * @param rangeLow smallest possible value
     * @param rangeHigh largest possible value
     * @param alpha error probability
     * @return interval within the range
     * @throws IllegalArgumentException if a value lies outside the range
     */
    public static Interval interval(double[] values, double rangeLow, double rangeHigh, double alpha) {
        double[] x = new double[values.length];
        double[] lambda = new double[values.length];
        double threshold = StrictMath.log(2 / Arguments.fraction("alpha", alpha));
        Spread spread = new Spread();
        for (int t = 0; t < x.length; t++) {
            x[t] = (values[t] - rangeLow) / (rangeHigh - rangeLow);
            Arguments.require(
                    x[t] >= 0 && x[t] <= 1,
                    "a value must lie in [%s, %s], but value %d is %s",
                    rangeLow,
                    rangeHigh,
                    t + 1,
                    values[t]);
            lambda[t] = spread.lambda(2 * threshold);
            spread.add(x[t]);
        }
        // The first capital falls with m and is at most 1 at m = 1; the second is its mirror image.
        double lower = end(m -> logCapital(x, lambda, m, 1) - threshold);
        double upper = 1 - end(m -> logCapital(x, lambda, 1 - m, -1) - threshold);
        return new Interval(rangeLow + (rangeHigh - rangeLow) * lower, rangeLow + (rangeHigh - rangeLow) * upper);
    }

    /** Root of a falling function that is negative at 1; 0 when it is negative at 0 too. */
    private static double end(UnivariateFunction excess) {
        return excess.value(0) <= 0 ? 0 : new BrentSolver(1e-12, 1e-12).solve(1000, excess, 0, 1);
    }

    /** Log of the capital that bets on a mean above m (sign 1) or below it (sign -1). */
    private static double logCapital(double[] x, double[] lambda, double m, int sign) {
        double most = C / (sign > 0 ? m : 1 - m);
        double capital = 1;
        double exponent = 0;
        for (int t = 0; t < x.length; t++) {
            capital *= 1 + sign * Math.min(lambda[t], most) * (x[t] - m);
            if (capital < 0x1p-512 || capital > 0x1p512) {
                int e = Math.getExponent(capital);
                capital = Math.scalb(capital, -e);
                exponent += e;
            }
        }
        return StrictMath.log(capital) + exponent * StrictMath.log(2);
    }

    @Override
    public double[] state() {
        return new double[] {
            spread.count,
            spread.sum,
            spread.squares,
            low.up,
            low.upExponent,
            low.down,
            low.downExponent,
            high.up,
            high.upExponent,
            high.down,
            high.downExponent
        };
    }

    @Override
    public void restore(double... state) {
        Arguments.require(state.length == 11 && state[0] >= 0, "the state of a betting sequence has 11 numbers");
        spread.count = (long) state[0];
        spread.sum = state[1];
        spread.squares = state[2];
        low.restore(state, 3);
        high.restore(state, 7);
    }

    /** Running mean and variance of the values so far, started with one pseudo-observation. */
    private static final class Spread {
        private long count;
        private double sum;
        private double squares = 0.25;

        double variance() {
            return squares / (count + 1);
        }

        /** @return the bet on the next value, a function of the earlier ones only */
        double lambda(double bet) {
            double t = count + 1;
            return Math.sqrt(bet / (variance() * t * StrictMath.log(1 + t)));
        }

        void add(double x) {
            count++;
            sum += x;
            double fromMean = x - (0.5 + sum) / (count + 1);
            squares += fromMean * fromMean;
        }
    }

    /** The two capitals against one candidate mean, as products with their binary exponents kept apart. */
    private static final class Capital {
        private final double m;
        private final double mostUp;
        private final double mostDown;
        private double up = 1;
        private double upExponent;
        private double down = 1;
        private double downExponent;

        Capital(double m) {
            this.m = m;
            this.mostUp = C / m;
            this.mostDown = C / (1 - m);
        }

        /** @return false for an end at or beyond the range, which no value can contradict */
        boolean testable() {
            return m > 0 && m < 1;
        }

        void stake(double lambda, double x) {
            if (!testable()) {
                return;
            }
            up *= 1 + Math.min(lambda, mostUp) * (x - m);
            down *= 1 - Math.min(lambda, mostDown) * (x - m);
            if (up < 0x1p-512 || up > 0x1p512) {
                int e = Math.getExponent(up);
                up = Math.scalb(up, -e);
                upExponent += e;
            }
            if (down < 0x1p-512 || down > 0x1p512) {
                int e = Math.getExponent(down);
                down = Math.scalb(down, -e);
                downExponent += e;
            }
        }

        double logUp() {
            return StrictMath.log(up) + upExponent * StrictMath.log(2);
        }

        double logDown() {
            return StrictMath.log(down) + downExponent * StrictMath.log(2);
        }

        void restore(double[] state, int from) {
            up = state[from];
            upExponent = state[from + 1];
            down = state[from + 2];
            downExponent = state[from + 3];
        }
    }

    /** The four log-capitals, moved on by their expected growth. */
    private final class Forecast {
        private final double[] logs;
        private final double x;
        private final double v;

        Forecast(double x, double v) {
            this.logs = new double[] {low.logUp(), low.logDown(), high.logUp(), high.logDown()};
            this.x = x;
            this.v = v;
        }

        void step(double lambda, double values) {
            logs[0] += values * growth(Math.min(lambda, low.mostUp), x - low.m);
            logs[1] += values * growth(Math.min(lambda, low.mostDown), low.m - x);
            logs[2] += values * growth(Math.min(lambda, high.mostUp), x - high.m);
            logs[3] += values * growth(Math.min(lambda, high.mostDown), high.m - x);
        }

        private double growth(double lambda, double d) {
            return lambda * d - 0.5 * lambda * lambda * (v + d * d);
        }

        Decision decision() {
            boolean belowLow = low.testable() && logs[1] >= threshold;
            boolean aboveHigh = high.testable() && logs[2] >= threshold;
            if (belowLow || aboveHigh) {
                return Decision.OUTSIDE;
            }
            boolean aboveLow = low.m <= 0 || (low.testable() && logs[0] >= threshold);
            boolean belowHigh = high.m >= 1 || (high.testable() && logs[3] >= threshold);
            return aboveLow && belowHigh ? Decision.INSIDE : Decision.OPEN;
        }
    }
}
