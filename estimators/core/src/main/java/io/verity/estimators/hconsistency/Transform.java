package io.verity.estimators.hconsistency;

import io.verity.stats.Arguments;
import org.apache.commons.math3.analysis.solvers.BrentSolver;

/**
 * A bound between the regrets of a surrogate loss and of the zero-one loss: at every x the surrogate regret is at least \(
 * \Psi(t) \), t the zero-one regret. \( \Psi \) is convex on [0, 1] with \( \Psi(0) = 0 \), so by Jensen's inequality the
 * mean zero-one regret is at most \( \Gamma(r) = \Psi^{-1}(r) \), r the mean surrogate regret.
 */
public interface Transform {
    /**
     * The lower bound on the surrogate regret.
     *
     * @param t zero-one regret, in [0, 1]
     * @return \( \Psi(t) \), at least 0
     * @throws IllegalArgumentException if t is outside [0, 1] or NaN
     */
    double psi(double t);

    /**
     * The upper bound on the zero-one regret, the largest t with \( \Psi(t) \le r \).
     *
     * @param r surrogate regret, at least 0; infinity allowed
     * @return \( \Gamma(r) \) in [0, 1]; relative error about 1e-14
     * @throws IllegalArgumentException if r is negative or NaN
     */
    default double gamma(double r) {
        return inverse(this, checkRegret(r));
    }

    /**
     * Whether distributions exist that attain the bound, for every t in (0, 1).
     *
     * @return whether no larger \( \Psi \) is a bound
     */
    boolean tight();

    /**
     * Whether a distribution attains the bound at one zero-one regret.
     *
     * @param t zero-one regret, in [0, 1]
     * @return whether the smallest possible surrogate regret at t is known to be \( \Psi(t) \)
     */
    default boolean tightAt(double t) {
        return tight() || t == 0;
    }

    /**
     * A simple formula above \( \Gamma \), for quick estimates; not capped at 1.
     *
     * @param r surrogate regret, at least 0
     * @return an upper bound of \( \Gamma(r) \)
     * @throws IllegalArgumentException if r is negative or NaN
     */
    default double simpleBound(double r) {
        return gamma(r);
    }

    /**
     * The transform in words.
     *
     * @return the formula of \( \Psi(t) \) as plain text
     */
    String formula();

    /**
     * Checks a zero-one regret.
     *
     * @param t must lie in [0, 1]
     * @return t
     * @throws IllegalArgumentException otherwise
     */
    static double checkZeroOne(double t) {
        Arguments.require(t >= 0 && t <= 1, "the zero-one regret t must lie in [0, 1], but is %s", t);
        return t;
    }

    /**
     * Checks a surrogate regret.
     *
     * @param r must be at least 0
     * @return r
     * @throws IllegalArgumentException if it is negative or NaN
     */
    static double checkRegret(double r) {
        Arguments.require(r >= 0, "the surrogate regret r must be at least 0, but is %s", r);
        return r;
    }

    /**
     * The largest t in [0, 1] with \( \Psi(t) \le r \). Transforms behave like powers of t at both ends, so the root is
     * sought on logarithmic axes; convexity brackets it between r / Psi(1) and 1.
     *
     * @param transform gives Psi
     * @param r at least 0
     * @return the inverse of Psi, capped at 1
     */
    static double inverse(Transform transform, double r) {
        double top = transform.psi(1);
        if (r >= top) {
            return 1;
        }
        if (r == 0) {
            return transform.psi(0x1p-500) > 0 || transform.psi(1e-9) > 0 ? 0 : lastZero(transform);
        }
        double low = StrictMath.log(r) - StrictMath.log(top);
        // Rounding may put the bracket's ends on the wrong side by an ulp.
        double logR = StrictMath.log(r);
        double x = new BrentSolver(1e-15, 1e-15, 0)
                .solve(
                        400,
                        v -> {
                            double psi = transform.psi(Math.min(1, StrictMath.exp(v)));
                            return psi > 0 ? StrictMath.log(psi) - logR : -1e3;
                        },
                        low - 1e-9,
                        1e-9);
        return Math.min(1, StrictMath.exp(x));
    }

    private static double lastZero(Transform transform) {
        double low = 0;
        double high = 1;
        while (high - low > 1e-16 * high) {
            double middle = 0.5 * (low + high);
            if (middle <= low || middle >= high) {
                break;
            }
            if (transform.psi(middle) > 0) {
                high = middle;
            } else {
                low = middle;
            }
        }
        return low;
    }
}
