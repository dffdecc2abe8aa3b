package io.verity.estimators.logistic.theory;

import io.verity.estimators.logistic.theory.NormalQuadrature.Feature;
import io.verity.stats.losses.LogisticLoss;

/**
 * The proximal map of the logistic loss with step gamma: the margin P after training of a row whose margin without that row
 * is q, the root of \( P - \gamma s(-P) = q \).
 *
 * @param gamma step, positive
 */
record Proximal(double gamma) {
    private static final int MOST_STEPS = 100; // 3 to 8 are usual
    private static final double ROUNDING = 2.5e-16;
    private static final double LARGE = 8;

    /**
     * Newton from below. For q above -gamma/2 the root is positive, where the function is concave and increasing, so that
     * Newton climbs to it from any start below without passing it; by P(-gamma - q) = -P(q) there is no other case.
     * (From an arbitrary start Newton cycles for gamma above about 10.)
     *
     * @param q any number
     * @return P
     */
    double at(double q) {
        return q >= -0.5 * gamma ? positive(q) : -positive(-gamma - q);
    }

    private double positive(double q) {
        double p = below(q);
        for (int k = 0; k < MOST_STEPS; k++) {
            double r = LogisticLoss.sigmoidNegative(p);
            double excess = p - q - gamma * r;
            p -= excess / (1 + gamma * r * (1 - r));
            // Below the rounding error of the excess its sign means nothing.
            if (Math.abs(excess) <= ROUNDING * (Math.abs(q) + p + gamma * r)) {
                break;
            }
        }
        return p;
    }

    /** A start at or below the root, which is positive. */
    private double below(double q) {
        if (q > 0) {
            return q + gamma * LogisticLoss.sigmoidNegative(q) / (1 + 0.25 * gamma);
        }
        if (gamma < LARGE) {
            return 0;
        }
        // P = log(gamma / (P - q) - 1) falls in the P on its right, so an upper bound there gives a lower bound here.
        double upper = StrictMath.log1p(Math.min(gamma, gamma / Math.abs(q)));
        return Math.max(0, StrictMath.log(Math.max(1, gamma / (upper - q) - 1)));
    }

    /**
     * Where P, as a function of complex q, is singular: \( 1 + \gamma s(P)s(-P) = 0 \), at distance pi from the real line for
     * every gamma.
     *
     * @param shift subtracted from q
     * @param scale by which the rest is divided
     * @return the two places in the units of (q - shift) / scale
     */
    Feature[] features(double shift, double scale) {
        double root = 4 / gamma / (1 + Math.sqrt(1 + 4 / gamma)) / 2; // minus the negative root of r(1-r) = -1/gamma
        double first = StrictMath.log1p(1 / root) + gamma * root;
        double width = Math.PI / scale;
        return new Feature[] {
            new Feature((first - shift) / scale, width), new Feature((-gamma - first - shift) / scale, width)
        };
    }
}
