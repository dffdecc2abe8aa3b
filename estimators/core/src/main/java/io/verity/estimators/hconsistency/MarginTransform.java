package io.verity.estimators.hconsistency;

import io.verity.stats.Arguments;
import io.verity.stats.losses.MarginLoss;

/**
 * The exact transform of a binary margin loss when the score \( f(x) \) is free in \( [-A, A] \) (Awasthi, Mao, Mohri and
 * Zhong, "H-Consistency Bounds for Surrogate Loss Minimizers", ICML 2022, arXiv 2205.08017). With \( t = |2\eta - 1| \):
 *
 * <ul>
 *   <li>hinge \( t \min(1, A) \); sigmoid \( t \tanh(kA) \); rho-margin \( t \min(A, \rho)/\rho \);
 *   <li>squared hinge \( t^2 \) for \( t \le A \), else \( 2At - A^2 \);
 *   <li>logistic \( \tfrac{1+t}{2}\log(1+t) + \tfrac{1-t}{2}\log(1-t) \) for \( t \le \tanh(A/2) \), else \( \log 2 -
 *       \tfrac{1+t}{2}\log(1+e^{-A}) - \tfrac{1-t}{2}\log(1+e^{A}) \);
 *   <li>exponential \( 1 - \sqrt{1-t^2} \) for \( t \le \tanh A \), else \( 1 - \tfrac{1+t}{2}e^{-A} - \tfrac{1-t}{2}e^{A} \).
 * </ul>
 *
 * <p>For a linear class \( \|w\|_q \le W, |b| \le B \) the bound at x is \( A(x) = W\|x\|_p + B \); over a set of x that
 * contains 0, \( A = B \) serves every distribution.
 */
public final class MarginTransform implements Transform {
    private final MarginLoss loss;
    private final double bound;

    private MarginTransform(MarginLoss loss, double bound) {
        this.loss = loss;
        this.bound = bound;
    }

    /**
     * The transform for bounded scores.
     *
     * @param loss the margin loss
     * @param bound A, positive; {@code Double.POSITIVE_INFINITY} for scores without bounds
     * @return the transform
     * @throws IllegalArgumentException if the bound is not positive
     */
    public static MarginTransform of(MarginLoss loss, double bound) {
        return new MarginTransform(loss, checkBound("the bound A of the scores", bound));
    }

    /**
     * The transform of a linear class over a set of x that contains the origin: \( A = B \), the bound of the intercept.
     *
     * @param loss the margin loss
     * @param weights W, bound of the weights' norm, at least 0
     * @param intercept B, bound of the intercept, positive
     * @return the transform, valid for every distribution
     * @throws IllegalArgumentException if W is negative or NaN, or B is not positive
     */
    public static MarginTransform ofLinearClass(MarginLoss loss, double weights, double intercept) {
        Arguments.require(weights >= 0, "the bound W of the weights must be at least 0, but is %s", weights);
        return of(loss, checkBound("the bound B of the intercept", intercept));
    }

    /**
     * Checks a bound of scores.
     *
     * @param name for the message
     * @param value must be positive, may be infinite
     * @return the value
     * @throws IllegalArgumentException if it is negative, zero or NaN
     */
    static double checkBound(String name, double value) {
        Arguments.require(value > 0, "%s must be positive (infinity allowed), but is %s", name, value);
        return value;
    }

    /**
     * The loss.
     *
     * @return the margin loss
     */
    public MarginLoss loss() {
        return loss;
    }

    /**
     * The bound of the scores.
     *
     * @return A, positive, may be infinite
     */
    public double bound() {
        return bound;
    }

    @Override
    public double psi(double t) {
        Transform.checkZeroOne(t);
        return switch (loss.kind()) {
            case HINGE, SIGMOID, RHO_MARGIN -> t * slope();
            case SQUARED_HINGE -> t <= bound ? t * t : bound * (2 * t - bound);
            case LOGISTIC -> {
                if (t <= StrictMath.tanh(bound / 2)) {
                    yield CompSumTransform.entropyGap(t);
                }
                // log(1+e^a) - log 2 = log1p((e^a - 1)/2): nothing cancels for small A.
                double right = StrictMath.log1p(StrictMath.expm1(-bound) / 2);
                double left = StrictMath.log1p(StrictMath.expm1(bound) / 2);
                yield -0.5 * ((1 + t) * right + wrongSide(t, left));
            }
            case EXPONENTIAL -> {
                if (t <= StrictMath.tanh(bound)) {
                    yield t * t / (1 + Math.sqrt((1 - t) * (1 + t)));
                }
                yield -0.5 * ((1 + t) * StrictMath.expm1(-bound) + wrongSide(t, StrictMath.expm1(bound)));
            }
        };
    }

    /** At t = 1 the wrong side has no mass, whatever it would cost. */
    private static double wrongSide(double t, double cost) {
        return t == 1 ? 0 : (1 - t) * cost;
    }

    private double slope() {
        return switch (loss.kind()) {
            case HINGE -> Math.min(1, bound);
            case SIGMOID -> StrictMath.tanh(loss.parameter() * bound);
            default -> Math.min(1, bound / loss.parameter());
        };
    }

    @Override
    public double gamma(double r) {
        Transform.checkRegret(r);
        return switch (loss.kind()) {
            case HINGE, SIGMOID, RHO_MARGIN -> Math.min(1, r / slope());
            case SQUARED_HINGE -> Math.min(1, r <= bound * bound ? Math.sqrt(r) : (r / bound + bound) / 2);
            default -> Transform.inverse(this, r);
        };
    }

    /**
     * The linear bound under Massart's low-noise condition \( |\eta(x) - \tfrac12| \ge g \) everywhere: every positive
     * conditional zero-one regret is then at least 2g, so \( \Gamma(r) = r \cdot 2g / \Psi(2g) \) by convexity.
     *
     * @param noise g, in (0, 1/2]
     * @return the bound, for distributions that satisfy the condition
     * @throws IllegalArgumentException if g is outside (0, 1/2]
     */
    public LinearTransform massart(double noise) {
        Arguments.require(noise > 0 && noise <= 0.5, "Massart's g must lie in (0, 1/2], but is %s", noise);
        return new LinearTransform(psi(2 * noise) / (2 * noise), 2 * noise);
    }

    /**
     * The transform of the loss divided by log b, as papers state the logistic loss to base 2.
     *
     * @param base b, greater than 1
     * @return \( \Psi(t) / \log b \)
     * @throws IllegalArgumentException if b is not greater than 1
     */
    public Transform inLogBase(double base) {
        Arguments.require(base > 1 && Double.isFinite(base), "a base of logarithms must exceed 1, but is %s", base);
        return new ScaledTransform(this, 1 / StrictMath.log(base));
    }

    @Override
    public boolean tight() {
        return true;
    }

    @Override
    public String formula() {
        return switch (loss.kind()) {
            case HINGE -> "t min(1, A)";
            case SIGMOID -> "t tanh(k A)";
            case RHO_MARGIN -> "t min(A, rho) / rho";
            case SQUARED_HINGE -> "t^2 if t <= A, else 2 A t - A^2";
            case LOGISTIC ->
                "((1+t)/2) log(1+t) + ((1-t)/2) log(1-t) if t <= tanh(A/2), else log 2 - ((1+t)/2) log(1+e^-A)"
                        + " - ((1-t)/2) log(1+e^A)";
            case EXPONENTIAL -> "1 - sqrt(1-t^2) if t <= tanh(A), else 1 - ((1+t)/2) e^-A - ((1-t)/2) e^A";
        };
    }

    @Override
    public String toString() {
        return loss.name() + " transform (A = " + bound + ")";
    }
}
