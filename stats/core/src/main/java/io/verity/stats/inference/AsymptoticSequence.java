package io.verity.stats.inference;

import io.verity.stats.Arguments;

/**
 * Asymptotic confidence sequence for the mean of an unbounded quantity (Waudby-Smith, Arbour, Sinha, Kennedy, Ramdas,
 * "Time-uniform central limit theory and asymptotic confidence sequences", Ann. Statist. 2024, arXiv 2103.06476):
 * \[ \bar x_t \pm s_t \sqrt{\frac{2 (t \rho^2 + 1)}{t^2 \rho^2} \log\frac{\sqrt{t \rho^2 + 1}}{\alpha}}, \qquad
 *    \rho^2 = \frac{L + \log L + 1}{t^*}, \quad L = -2 \log \alpha, \]
 * from 200 values on, narrowest about \( t^* \). Its error probability is a limit, and is exceeded with skewed values:
 * when \( |g| / \sqrt t > 0.05 \) for the sample skewness g, means of blocks of 20 values take the values' place, and 200
 * blocks are needed.
 */
public final class AsymptoticSequence implements ConfidenceSequence {
    /** Values (or blocks) needed before the first decision. */
    public static final int FIRST = 200;
    /** Values in a block when the values are skewed. */
    public static final int BLOCK = 20;

    private static final double MOST_SKEWNESS = 0.05;

    private final double low;
    private final double high;
    private final double alpha;
    private final double narrowest;
    private final Moments values = new Moments();
    private final Moments blocks = new Moments();
    private double partial;

    /**
     * @param low lower end of the acceptance set, may be infinite
     * @param high upper end of the acceptance set, may be infinite
     * @param alpha error probability
     * @param narrowest count \( t^* \) near which the sequence is narrowest: a third of the cap, and at least 300
     * @throws IllegalArgumentException if low is not below high, alpha is not in (0, 1/2), or the count is not positive
     */
    public AsymptoticSequence(double low, double high, double alpha, double narrowest) {
        Arguments.require(low < high, "acceptance set must not be empty, but is [%s, %s]", low, high);
        Arguments.require(alpha > 0 && alpha < 0.5, "alpha must lie between 0 and 1/2, but is %s", alpha);
        this.low = low;
        this.high = high;
        this.alpha = alpha;
        this.narrowest = Arguments.positive("narrowest", narrowest);
    }

    /**
     * @param cap most values that will be looked at
     * @return \( t^* \): a third of the cap, at least 300
     */
    public static double narrowest(long cap) {
        return Math.max(300, cap / 3.0);
    }

    @Override
    public void add(double value) {
        Arguments.finite("value", value);
        values.add(value);
        partial += value;
        if (values.count() % BLOCK == 0) {
            blocks.add(partial / BLOCK);
            partial = 0;
        }
    }

    @Override
    public long count() {
        return values.count();
    }

    @Override
    public double mean() {
        return values.mean();
    }

    /** @return sample skewness of the values */
    public double skewness() {
        return values.skewness();
    }

    /** @return whether the values are so skewed that blocks take their place */
    public boolean blocked() {
        return Math.abs(values.skewness()) / Math.sqrt((double) values.count()) > MOST_SKEWNESS;
    }

    @Override
    public Decision decision() {
        Moments used = blocked() ? blocks : values;
        return used.count() < FIRST ? Decision.OPEN : interval().against(low, high);
    }

    /** @return the interval; the whole line before there are enough values */
    public Interval interval() {
        boolean blocked = blocked();
        Moments used = blocked ? blocks : values;
        if (used.count() < FIRST) {
            return new Interval(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
        }
        double t = blocked ? Math.max(300, narrowest / BLOCK) : narrowest;
        double standardError = used.standardDeviation() / Math.sqrt((double) used.count());
        return Interval.around(used.mean(), standardError * width((double) used.count(), t, alpha));
    }

    /**
     * Half width in multiples of the standard error:
     * \( \sqrt{2 (t\rho^2 + 1)/(t \rho^2) \log(\sqrt{t\rho^2 + 1}/\alpha)} \).
     *
     * @param count number t of values
     * @param narrowest \( t^* \)
     * @param alpha error probability
     * @return the multiple
     */
    public static double width(double count, double narrowest, double alpha) {
        double l = -2 * StrictMath.log(alpha);
        double x = count * (l + StrictMath.log(l) + 1) / narrowest;
        return Math.sqrt(2 * (x + 1) / x * (0.5 * StrictMath.log1p(x) - StrictMath.log(alpha)));
    }

    @Override
    public long needed(long most) {
        double mean = values.mean();
        double deviation = values.standardDeviation();
        double skewness = values.skewness();
        return Search.smallest(values.count(), most, n -> {
            boolean blocked = Math.abs(skewness) / Math.sqrt((double) n) > MOST_SKEWNESS;
            if (n < (blocked ? (long) FIRST * BLOCK : FIRST)) {
                return false;
            }
            double units = (double) n / (blocked ? BLOCK : 1);
            double t = blocked ? Math.max(300, narrowest / BLOCK) : narrowest;
            Interval forecast = Interval.around(mean, deviation / Math.sqrt((double) n) * width(units, t, alpha));
            return forecast.against(low, high) != Decision.OPEN;
        });
    }

    @Override
    public double[] state() {
        double[] state = new double[11];
        System.arraycopy(values.state(), 0, state, 0, 5);
        System.arraycopy(blocks.state(), 0, state, 5, 5);
        state[10] = partial;
        return state;
    }

    @Override
    public void restore(double... state) {
        Arguments.require(state.length == 11 && state[0] >= 0, "the state of an asymptotic sequence has 11 numbers");
        values.restore(state, 0);
        blocks.restore(state, 5);
        partial = state[10];
    }
}
