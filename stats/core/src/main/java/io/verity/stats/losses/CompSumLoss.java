package io.verity.stats.losses;

import io.verity.stats.Arguments;

/**
 * The comp-sum losses of Mao, Mohri and Zhong ("Cross-Entropy Loss Functions: Theoretical Analysis and Applications", ICML
 * 2023, arXiv 2304.07288): with \( S_y = \sum_k e^{h_k - h_y} = 1 / \mathrm{softmax}_y(h) \),
 * \[ \ell_\tau(h, y) = \log S_y \ (\tau = 1), \qquad \ell_\tau(h, y) = \frac{S_y^{1-\tau} - 1}{1 - \tau} \ (\tau \ne 1). \]
 *
 * <p>\( \tau = 0 \) is the sum-exponential loss, 1 cross-entropy, (1, 2) generalized cross-entropy with \( q = \tau - 1 \), 2
 * the mean absolute error \( 1 - \mathrm{softmax}_y \). Convex in the scores for \( \tau \le 1 \) only.
 *
 * <p>Everything is computed from \( L = \log S_y \) with the largest score taken out, so that certain rows keep their digits:
 * \( \ell = \mathrm{expm1}((1-\tau) L) / (1-\tau) \) and \( \partial \ell / \partial h_k = e^{(1-\tau) L + \log s_k} \) for
 * \( k \ne y \), as one exponential, so that a partial derivative is right also where \( S_y^{1-\tau} \) overflows. With tau below 1 and
 * scores far apart value and gradient may be infinite, never NaN.
 */
public final class CompSumLoss implements MulticlassLoss {
    /** Within this distance of 1 the loss is cross-entropy. */
    private static final double CROSS_ENTROPY_WITHIN = 1e-12;

    private final double tau;
    private final double power;

    private CompSumLoss(double tau) {
        this.tau = tau;
        this.power = Math.abs(1 - tau) < CROSS_ENTROPY_WITHIN ? 0 : 1 - tau;
    }

    /**
     * The loss \( \ell_\tau \).
     *
     * @param tau finite, at least 0; within 1e-12 of 1 it is cross-entropy
     * @return the loss
     * @throws IllegalArgumentException if tau is negative, infinite or NaN
     */
    public static CompSumLoss tau(double tau) {
        Arguments.require(
                tau >= 0 && Double.isFinite(tau), "tau must be a finite number of at least 0, but is %s", tau);
        return new CompSumLoss(tau);
    }

    /**
     * Cross-entropy, \( \tau = 1 \).
     *
     * @return the loss \( -\log \mathrm{softmax}_y \)
     */
    public static CompSumLoss crossEntropy() {
        return new CompSumLoss(1);
    }

    /**
     * Generalized cross-entropy \( (1 - s_y^q) / q \) (Zhang and Sabuncu, NeurIPS 2018, arXiv 1805.07836), \( \tau = 1 + q \).
     *
     * @param q in (0, 1]; 1 gives the mean absolute error
     * @return the loss
     * @throws IllegalArgumentException if q is not in (0, 1]
     */
    public static CompSumLoss generalizedCrossEntropy(double q) {
        Arguments.require(q > 0 && q <= 1, "q of the generalized cross-entropy must lie in (0, 1], but is %s", q);
        return new CompSumLoss(1 + q);
    }

    /**
     * The mean absolute error \( 1 - \mathrm{softmax}_y \), \( \tau = 2 \).
     *
     * @return the loss
     */
    public static CompSumLoss meanAbsoluteError() {
        return new CompSumLoss(2);
    }

    /**
     * The parameter.
     *
     * @return tau, at least 0
     */
    public double tau() {
        return tau;
    }

    /**
     * Whether this is cross-entropy, that is, tau within 1e-12 of 1.
     *
     * @return true for the logarithmic form
     */
    public boolean isCrossEntropy() {
        return power == 0;
    }

    /**
     * The loss as a function of the surprise \( L = -\log s_y \): L itself for cross-entropy, else \( \mathrm{expm1}((1-\tau)
     * L) / (1-\tau) \).
     *
     * @param surprise minus the logarithm of the true class's probability, at least 0; may be infinite
     * @return the loss
     */
    public double ofSurprise(double surprise) {
        return power == 0 ? surprise : StrictMath.expm1(power * surprise) / power;
    }

    @Override
    public double value(double[] scores, int y) {
        Scores.check(scores, y);
        return ofSurprise(surprise(scores, y));
    }

    /** L = log S_y; when y has the top score, the small sum of the others is kept apart from the 1. */
    private static double surprise(double[] scores, int y) {
        double max = Scores.max(scores);
        double lead = max - scores[y];
        if (lead > 0) {
            return lead + StrictMath.log(sumBelow(scores, max, -1));
        }
        return StrictMath.log1p(sumBelow(scores, max, y));
    }

    private static double sumBelow(double[] scores, double max, int without) {
        double sum = 0;
        for (int k = 0; k < scores.length; k++) {
            if (k != without) {
                sum += Exponentials.expNonPositive(scores[k] - max);
            }
        }
        return sum;
    }

    @Override
    public void gradient(double[] scores, int y, double[] out) {
        Scores.check(scores, y, out);
        double max = Scores.max(scores);
        double lead = max - scores[y];
        double logSum =
                lead > 0 ? StrictMath.log(sumBelow(scores, max, -1)) : StrictMath.log1p(sumBelow(scores, max, y));
        // (1 - tau) L + log s_k with L = lead + logSum and log s_k = h_k - max - logSum; the multiple of logSum is
        // collected.
        double offset = (power == 0 || lead == 0 ? 0 : power * lead) - (1 - power) * logSum;
        double others = 0;
        for (int k = 0; k < scores.length; k++) {
            if (k != y) {
                double exponent = scores[k] - max + offset;
                // Infinity - Infinity: the scores' range overflows and this class has probability 0.
                double partial = Double.isNaN(exponent) ? 0 : Exponentials.exp(exponent);
                out[k] = partial;
                others += partial;
            }
        }
        // The partial derivatives sum to 0.
        out[y] = 0 - others;
    }

    @Override
    public String name() {
        return power == 0 ? "cross-entropy" : "comp-sum(tau=" + tau + ")";
    }

    @Override
    public String toString() {
        return name();
    }
}
