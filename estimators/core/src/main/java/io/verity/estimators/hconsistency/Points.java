package io.verity.estimators.hconsistency;

import io.verity.stats.Arguments;

/** The points of a distribution that have weight. */
final class Points {
    private final double[] weights;
    private final double[][] p;
    private final double[][] x;

    private Points(double[] weights, double[][] p, double[][] x) {
        this.weights = weights;
        this.p = p;
        this.x = x;
    }

    /** Points with weight; the features are empty where the distribution has none. */
    static Points of(FiniteDistribution distribution, boolean needsFeatures) {
        Arguments.require(
                !needsFeatures || distribution.hasCoordinates(),
                "linear hypotheses need the features x of the points, but the distribution has none");
        int size = distribution.size();
        int count = 0;
        for (int i = 0; i < size; i++) {
            count += distribution.weight(i) > 0 ? 1 : 0;
        }
        double[][] all = distribution.hasCoordinates() ? distribution.x() : new double[size][0];
        double[] weights = new double[count];
        double[][] p = new double[count][];
        double[][] x = new double[count][];
        int at = 0;
        for (int i = 0; i < size; i++) {
            if (distribution.weight(i) > 0) {
                weights[at] = distribution.weight(i);
                p[at] = distribution.p(i);
                x[at++] = all[i];
            }
        }
        return new Points(weights, p, x);
    }

    int size() {
        return weights.length;
    }

    int classes() {
        return p[0].length;
    }

    int features() {
        return x[0].length;
    }

    double[] weights() {
        return weights;
    }

    double[][] p() {
        return p;
    }

    double[][] x() {
        return x;
    }

    /** Rows (x, 1) in units of the bounds, in which the hypotheses are the unit ball times [-1, 1]. */
    double[][] inUnitsOf(Hypotheses bounds) {
        int d = features();
        double[][] design = new double[size()][d + 1];
        for (int i = 0; i < design.length; i++) {
            for (int j = 0; j < d; j++) {
                design[i][j] = bounds.normBound() * x[i][j];
            }
            design[i][d] = bounds.interceptBound();
        }
        return design;
    }
}
