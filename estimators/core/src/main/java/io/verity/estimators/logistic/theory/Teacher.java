package io.verity.estimators.logistic.theory;

import io.verity.estimators.logistic.theory.NormalQuadrature.Feature;
import io.verity.stats.losses.LogisticLoss;
import org.apache.commons.math3.analysis.solvers.BrentSolver;

/** Means over the teacher's direction G alone: labels agree with the sign of G with probability s(kappa |G|). */
final class Teacher {
    private Teacher() {}

    /** @return where s(kappa G) varies */
    static Feature feature(double kappa) {
        return new Feature(0, Math.PI / kappa);
    }

    /**
     * @param kappa signal strength
     * @return a = E[2 s(kappa G) G] = kappa E[2 s(kappa G) s(-kappa G)], the length of the mean of y x
     */
    static double meanLength(double kappa) {
        return 2 * kappa * new LogisticNormal(kappa).meanSlope(0);
    }

    /**
     * @param kappa signal strength
     * @param ratio signal over noise of the probe, mu / sigma
     * @return \( E[2 s(\kappa G)\Phi(ratio\,G)] \)
     */
    static double accuracy(double kappa, double ratio) {
        return NormalQuadrature.near(feature(kappa), new Feature(0, 1 / Math.abs(ratio)))
                .mean(g -> 2 * LogisticLoss.sigmoidNegative(-kappa * g) * NormalQuadrature.probability(ratio * g));
    }

    /**
     * @param kappa signal strength
     * @return \( E\,s(\kappa|G|) \)
     */
    static double bayesAccuracy(double kappa) {
        return NormalQuadrature.near(feature(kappa)).mean(g -> LogisticLoss.sigmoidNegative(-kappa * Math.abs(g)));
    }

    /**
     * The n/p above which the maximum-likelihood estimate exists: 1 / min over t of \( E_w[(Z - tG)_+^2] \) with
     * \( E_Z(Z-a)_+^2 = (1+a^2)\Phi(-a) - a\varphi(a) \).
     *
     * @param kappa signal strength
     * @return the threshold, 2 for kappa = 0
     */
    static double mleThreshold(double kappa) {
        if (kappa == 0) {
            return 2; // the minimum is at t = 0
        }
        double high = 1;
        while (descent(kappa, high) < 0) {
            high *= 2;
        }
        // The minimum is flat, so a root to 1e-10 gives it to rounding.
        double best = new BrentSolver(1e-12, 1e-12).solve(500, t -> descent(kappa, t), 0, high);
        return 1 / directions(kappa, best).mean(g -> 2 * LogisticLoss.sigmoidNegative(-kappa * g) * excess(best * g));
    }

    private static NormalQuadrature directions(double kappa, double t) {
        return NormalQuadrature.near(feature(kappa), new Feature(0, 1 / t));
    }

    /** Half the derivative in t of the mean to be minimised, which is convex. */
    private static double descent(double kappa, double t) {
        return directions(kappa, t)
                .mean(g -> 2
                        * LogisticLoss.sigmoidNegative(-kappa * g)
                        * g
                        * (t * g * NormalQuadrature.probability(-t * g) - NormalQuadrature.density(t * g)));
    }

    private static double excess(double a) {
        return (1 + a * a) * NormalQuadrature.probability(-a) - a * NormalQuadrature.density(a);
    }
}
