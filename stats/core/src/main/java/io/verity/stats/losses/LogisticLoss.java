package io.verity.stats.losses;

/**
 * The logistic loss \( \ell(m) = \log(1 + e^{-m}) \) of a margin m and what belongs to it, stable for every double.
 *
 * <p>All functions are reproducible bit for bit (see {@link Exponentials}); the array kernels of the dense backends give the
 * same bits per element.
 */
public final class LogisticLoss {
    /** From this margin on, log l(m) is expanded: its next term is below 5e-17. */
    private static final double EXPANSION_FROM = 18.0;

    private LogisticLoss() {}

    /**
     * \( \ell(m) = \log(1 + e^{-m}) = \max(-m, 0) + \mathrm{log1p}(e^{-|m|}) \).
     *
     * @param m margin
     * @return the loss, at least 0; +Infinity at -Infinity
     */
    public static double loss(double m) {
        return (m < 0 ? -m : 0.0) + Exponentials.log1pUnit(Exponentials.expNonPositive(-Math.abs(m)));
    }

    /**
     * \( \sigma(-m) = 1 / (1 + e^m) \), the weight of a sample with margin m in the gradient; keeps its relative accuracy
     * down to the smallest subnormal.
     *
     * @param m margin
     * @return a number in [0, 1]
     */
    public static double sigmoidNegative(double m) {
        double e = Exponentials.expNonPositive(-Math.abs(m));
        return (m < 0 ? 1.0 : e) / (1.0 + e);
    }

    /**
     * \( \log \sigma(-m) = -(\max(m, 0) + \mathrm{log1p}(e^{-|m|})) \).
     *
     * @param m margin
     * @return a number at most 0
     */
    public static double logSigmoidNegative(double m) {
        return -((m > 0 ? m : 0.0) + Exponentials.log1pUnit(Exponentials.expNonPositive(-Math.abs(m))));
    }

    /**
     * \( \log \ell(m) \), finite where the loss itself underflows: for m > 18 it is \( -m - e^{-m}/2 \).
     *
     * @param m margin
     * @return logarithm of the loss
     */
    public static double logLoss(double m) {
        return m > EXPANSION_FROM ? -m - 0.5 * Exponentials.expNonPositive(-m) : StrictMath.log(loss(m));
    }

    /**
     * \( \log \sum_i e^{x_i} \), shifted by the largest entry so that nothing overflows.
     *
     * @param x the exponents
     * @return -Infinity for an empty array or when all entries are -Infinity; NaN if an entry is NaN
     */
    public static double logSumExp(double[] x) {
        double max = Double.NEGATIVE_INFINITY;
        for (double v : x) {
            max = Math.max(max, v);
        }
        if (Double.isInfinite(max) || Double.isNaN(max)) {
            return max;
        }
        double sum = 0;
        for (double v : x) {
            sum += Exponentials.expNonPositive(v - max);
        }
        return max + StrictMath.log(sum);
    }

    /**
     * Logarithm of the mean loss of a sample of margins, \( \log \frac1n \sum_i \ell(m_i) \).
     *
     * @param margins at least one margin
     * @return a finite number even where the mean loss underflows
     */
    public static double logMeanLoss(double[] margins) {
        double[] logs = new double[margins.length];
        for (int i = 0; i < logs.length; i++) {
            logs[i] = logLoss(margins[i]);
        }
        return logSumExp(logs) - StrictMath.log(margins.length);
    }
}
