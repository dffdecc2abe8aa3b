package io.verity.estimators.logistic.theory;

import io.verity.stats.losses.LogisticLoss;

/**
 * Means of the sigmoid s and of its slope s(1-s) under a normal argument, \( E\,s(a + bZ) \) and \( E\,s'(a + bZ) \), for one
 * spread b and many centres a.
 *
 * <p>Both sums are trapezoids, which converge exponentially. For a small spread the nodes stand on Z. For a large one they
 * stand on the logistic variable L with density s', because \( E\,s(a+bZ) = P(L - bZ \le a) = E\,\Phi((a-L)/b) \); so the cost
 * is bounded for every b.
 */
final class LogisticNormal {
    private static final double LARGE_SPREAD = 16;
    private static final double NORMAL_END = 8.5;
    private static final double LOGISTIC_END = 40; // the slope is 4e-18 there
    private static final double STEP = 0.5; // error e^-39 for poles at distance pi

    private final double spread;
    private final double[] nodes; // values of b Z, or of L
    private final double[] weights;

    /** @param spread b, at least 0 */
    LogisticNormal(double spread) {
        this.spread = spread;
        boolean onNormal = spread <= LARGE_SPREAD;
        double step = onNormal ? STEP / Math.max(1, spread) : STEP;
        int side = spread == 0 ? 0 : (int) Math.ceil((onNormal ? NORMAL_END : LOGISTIC_END) / step);
        nodes = new double[2 * side + 1];
        weights = new double[nodes.length];
        for (int k = -side; k <= side; k++) {
            double u = k * step;
            nodes[side + k] = onNormal ? spread * u : u;
            weights[side + k] = spread == 0 ? 1 : step * (onNormal ? NormalQuadrature.density(u) : slope(u));
        }
    }

    /**
     * @param centre a
     * @return \( E\,s(a + bZ) \)
     */
    double meanSigmoid(double centre) {
        double sum = 0;
        for (int k = 0; k < nodes.length; k++) {
            sum += weights[k]
                    * (spread <= LARGE_SPREAD
                            ? LogisticLoss.sigmoidNegative(-centre - nodes[k])
                            : NormalQuadrature.probability((centre - nodes[k]) / spread));
        }
        return sum;
    }

    /**
     * @param centre a
     * @return \( E\,s'(a + bZ) \)
     */
    double meanSlope(double centre) {
        double sum = 0;
        for (int k = 0; k < nodes.length; k++) {
            sum += weights[k]
                    * (spread <= LARGE_SPREAD
                            ? slope(centre + nodes[k])
                            : NormalQuadrature.density((nodes[k] - centre) / spread) / spread);
        }
        return sum;
    }

    /**
     * @param t a logit
     * @return s(t) s(-t) without cancellation
     */
    static double slope(double t) {
        double small = LogisticLoss.sigmoidNegative(Math.abs(t));
        return small * (1 - small);
    }
}
