package io.verity.estimators.hconsistency;

import io.verity.stats.Arguments;
import java.util.function.DoubleUnaryOperator;

/**
 * A bound that may be false: either an upper bound \( \Gamma \) of the zero-one regret in terms of the surrogate regret, or a
 * lower bound \( \Psi \) of the surrogate regret in terms of the zero-one regret.
 */
public final class Candidate {
    private static final int PROBES = 8;

    private final String text;
    private final DoubleUnaryOperator function;
    private final boolean upper;

    private Candidate(String text, DoubleUnaryOperator function, boolean upper) {
        this.text = text;
        this.function = function;
        this.upper = upper;
    }

    /**
     * The claim \( E[\Delta C_{01}] \le \Gamma(E[\Delta C_\ell]) \).
     *
     * @param text the formula in words
     * @param gamma of r at least 0
     * @return the candidate
     */
    public static Candidate gamma(String text, DoubleUnaryOperator gamma) {
        return new Candidate(text, gamma, true);
    }

    /**
     * The claim \( \Psi(E[\Delta C_{01}]) \le E[\Delta C_\ell] \).
     *
     * @param text the formula in words
     * @param psi of t in [0, 1]
     * @return the candidate
     */
    public static Candidate psi(String text, DoubleUnaryOperator psi) {
        return new Candidate(text, psi, false);
    }

    /**
     * The claim that a transform bounds the surrogate regret.
     *
     * @param transform gives Psi
     * @return the candidate
     */
    public static Candidate of(Transform transform) {
        return psi(transform.formula(), transform::psi);
    }

    /**
     * The formula.
     *
     * @return as it was given
     */
    public String text() {
        return text;
    }

    /**
     * Which side of the inequality the formula is.
     *
     * @return true for Gamma, false for Psi
     */
    public boolean isUpperBound() {
        return upper;
    }

    /**
     * The side that must not be larger.
     *
     * @param t mean zero-one regret
     * @return t itself, or Psi(t)
     * @throws IllegalArgumentException if the formula gives NaN there
     */
    public double left(double t) {
        return upper ? t : value(t);
    }

    /**
     * The side that must not be smaller.
     *
     * @param r mean surrogate regret
     * @return Gamma(r), or r itself
     * @throws IllegalArgumentException if the formula gives NaN there
     */
    public double right(double r) {
        return upper ? value(r) : r;
    }

    private double value(double at) {
        double value = function.applyAsDouble(at);
        Arguments.require(
                !Double.isNaN(value),
                "%s = %s is not a number at %s = %s",
                upper ? "Gamma" : "Psi",
                text,
                upper ? "r" : "t",
                at);
        return value;
    }

    /**
     * How strongly a pair of regrets speaks against the candidate.
     *
     * @param t mean zero-one regret
     * @param r mean surrogate regret
     * @return left side over right side: above 1 where the candidate fails; 0 when there is nothing to bound, also where the
     *     formula gives NaN and so claims nothing
     */
    public double ratio(double t, double r) {
        double left = upper ? t : function.applyAsDouble(t);
        if (!(left > 0)) {
            return 0;
        }
        double right = upper ? function.applyAsDouble(r) : r;
        if (Double.isNaN(right)) {
            return 0; // a formula that ends somewhere claims nothing beyond
        }
        return right > 0 ? left / right : Double.POSITIVE_INFINITY;
    }

    /**
     * The ratio with every doubt in the candidate's favour: a formula that cancels, such as the transform of cross-entropy as
     * it is printed, errs by about 1e-16, and differently at neighbouring arguments.
     *
     * @param t mean zero-one regret
     * @param r mean surrogate regret
     * @return the smallest ratio at arguments that differ by a few 1e-16
     */
    double cautiousRatio(double t, double r) {
        double smallest = ratio(t, r);
        for (int k = -PROBES; k <= PROBES && smallest > 1; k++) {
            double shift = k * 0.9e-16;
            double near = upper
                    ? ratio(t, Math.max(0, r * (1 + 16 * shift) + shift))
                    : ratio(Math.max(0, Math.min(1, t * (1 + 16 * shift) + shift)), r);
            smallest = Math.min(smallest, near);
        }
        return smallest;
    }

    /**
     * Refuses formulas that claim nothing at all.
     *
     * @throws IllegalArgumentException if the formula gives NaN at every argument tried
     */
    void requireSomeClaim() {
        for (double at : new double[] {1e-4, 1e-2, 0.1, 0.3, 0.5, 0.7}) {
            if (!Double.isNaN(function.applyAsDouble(at))) {
                return;
            }
        }
        value(0.1);
    }

    @Override
    public String toString() {
        return (upper ? "Gamma(r) = " : "Psi(t) = ") + text;
    }
}
