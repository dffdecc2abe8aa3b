package io.verity.stats.losses;

import io.verity.stats.Arguments;

/**
 * The self-adjusting Dice loss of one row (Li et al., "Dice Loss for Data-imbalanced NLP Tasks", ACL 2020, arXiv 1911.02855):
 * for the predicted probability p of class 1 and \( f = (1-p)^\alpha p \),
 * \[ 1 - \mathrm{DSC} = 1 - \frac{2 f y + \gamma}{f + y + \gamma}. \]
 *
 * <p>For \( \alpha > 0 \) the loss is not monotone in p: for y = 1 it is smallest at \( p = 1/(1+\alpha) \), and for y = 0 it is 0
 * at p = 0 and at p = 1.
 */
public final class SelfAdjustingDice {
    private final double alpha;
    private final double gamma;

    private SelfAdjustingDice(double alpha, double gamma) {
        this.alpha = alpha;
        this.gamma = gamma;
    }

    /**
     * The loss with smoothing \( \gamma = 1 \). There is no default for alpha.
     *
     * @param alpha how strongly certain rows are discounted, in [0, 1]; 0 is the plain Dice loss
     * @return the loss
     * @throws IllegalArgumentException if alpha is not in [0, 1]
     */
    public static SelfAdjustingDice ofAlpha(double alpha) {
        Arguments.require(alpha >= 0 && alpha <= 1, "alpha of the Dice loss must lie in [0, 1], but is %s", alpha);
        return new SelfAdjustingDice(alpha, 1);
    }

    /**
     * The same loss with another smoothing.
     *
     * @param smoothing added to numerator and denominator, at least 0
     * @return the loss
     * @throws IllegalArgumentException if the smoothing is negative or not finite
     */
    public SelfAdjustingDice withGamma(double smoothing) {
        return new SelfAdjustingDice(alpha, Arguments.nonNegative("gamma of the Dice loss", smoothing));
    }

    /**
     * The loss of a row: \( (1-f)/(f+1+\gamma) \) for y = 1, \( f/(f+\gamma) \) for y = 0 (1 when \( \gamma = 0 \)).
     *
     * @param p predicted probability of class 1, in [0, 1]
     * @param y 0 or 1
     * @return the loss, in [0, 1]
     * @throws IllegalArgumentException if p is outside of [0, 1] or NaN, or y is not 0 or 1
     */
    public double value(double p, int y) {
        double f = weighted(p, y);
        if (y == 1) {
            return (1 - f) / (f + 1 + gamma);
        }
        return gamma == 0 ? 1 : f / (f + gamma);
    }

    /**
     * The derivative in p: \( -(2+\gamma) f' / (f+1+\gamma)^2 \) for y = 1, \( \gamma f' / (f+\gamma)^2 \) for y = 0, with
     * \( f' = (1-p)^{\alpha-1} (1 - (1+\alpha) p) \).
     *
     * @param p predicted probability of class 1, in [0, 1]
     * @param y 0 or 1
     * @return the derivative; infinite at p = 1 for alpha in (0, 1)
     * @throws IllegalArgumentException if p is outside of [0, 1] or NaN, or y is not 0 or 1
     */
    public double derivative(double p, int y) {
        double f = weighted(p, y);
        double slope = alpha == 0 ? 1 : power(1 - p, alpha - 1) * (1 - (1 + alpha) * p);
        if (y == 1) {
            return -(2 + gamma) * slope / ((f + 1 + gamma) * (f + 1 + gamma));
        }
        return gamma == 0 ? 0 : gamma * slope / ((f + gamma) * (f + gamma));
    }

    private double weighted(double p, int y) {
        if (!(p >= 0 && p <= 1)) {
            Arguments.require(false, "the probability must lie in [0, 1], but is %s", p);
        }
        if (y != 0 && y != 1) {
            Arguments.require(false, "label %d is outside of the allowed range 0..1", y);
        }
        return power(1 - p, alpha) * p;
    }

    /** Powers 0 and 1 are exact and cost nothing. */
    private static double power(double base, double exponent) {
        return exponent == 0 ? 1 : exponent == 1 ? base : StrictMath.pow(base, exponent);
    }

    /**
     * The loss's name.
     *
     * @return with alpha and gamma
     */
    public String name() {
        return "dice(alpha=" + alpha + ", gamma=" + gamma + ")";
    }
}
