package io.verity.estimators.logistic.theory;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import org.apache.commons.math3.analysis.integration.gauss.GaussIntegrator;
import org.apache.commons.math3.analysis.integration.gauss.GaussIntegratorFactory;
import org.apache.commons.numbers.gamma.Erfc;

/**
 * Nodes and weights for expectations over a standard normal variable: Gauss-Legendre panels on [-8.5, 8.5], halved until
 * each is narrow against its distance from every {@link Feature}.
 *
 * <p>The integrands here are analytic with known singularities; 16 nodes on a panel no wider than 1.6 times that distance are
 * exact to about 1e-13. An equidistant rule does as well for moderate probes, but one whose norm is in the thousands (near
 * the separability line) would need tens of thousands of nodes; graded panels need a few hundred.
 */
@SuppressWarnings("ArrayRecordComponent") // nodes of one rule; two rules are never compared
record NormalQuadrature(double[] nodes, double[] weights) {
    private static final double END = 8.5; // the tail beyond has probability 2e-17
    private static final double WIDEST = 2.0; // exact to 1e-15 for the normal density itself
    private static final double RELATIVE_WIDTH = 1.6;
    private static final double NARROWEST = 1e-300; // a feature narrower than this, or than rounding, is a step
    private static final double[] POINTS;
    private static final double[] POINT_WEIGHTS;

    static {
        GaussIntegrator rule = new GaussIntegratorFactory().legendre(16);
        POINTS = new double[rule.getNumberOfPoints()];
        POINT_WEIGHTS = new double[POINTS.length];
        for (int k = 0; k < POINTS.length; k++) {
            POINTS[k] = rule.getPoint(k);
            POINT_WEIGHTS[k] = rule.getWeight(k);
        }
    }

    /**
     * A place where an integrand varies quickly.
     *
     * @param centre where
     * @param width distance of the singularity from the real line, or the width of a smooth step; infinite when there is none
     */
    record Feature(double centre, double width) {}

    /**
     * @param features of the integrands to come
     * @return the rule; 0 is always an edge between panels, so a kink there costs nothing
     */
    static NormalQuadrature near(Feature... features) {
        Edges edges = new Edges();
        edges.split(-END, END, features);
        edges.add(END);
        int panels = edges.count - 1;
        double[] nodes = new double[panels * POINTS.length];
        double[] weights = new double[nodes.length];
        for (int j = 0; j < panels; j++) {
            double half = 0.5 * (edges.values[j + 1] - edges.values[j]);
            double middle = edges.values[j] + half;
            for (int k = 0; k < POINTS.length; k++) {
                double v = middle + half * POINTS[k];
                nodes[j * POINTS.length + k] = v;
                weights[j * POINTS.length + k] = half * POINT_WEIGHTS[k] * density(v);
            }
        }
        return new NormalQuadrature(nodes, weights);
    }

    /** Left ends of panels, in ascending order. */
    private static final class Edges {
        private double[] values = new double[32];
        private int count;

        void add(double edge) {
            if (count == values.length) {
                values = Arrays.copyOf(values, 2 * count);
            }
            values[count++] = edge;
        }

        void split(double left, double right, Feature... features) {
            if (!(right - left > widest(left, right, features))) { // also ends when a feature is not a number
                add(left);
                return;
            }
            double middle = 0.5 * (left + right);
            split(left, middle, features);
            split(middle, right, features);
        }

        private static double widest(double left, double right, Feature... features) {
            double widest = WIDEST;
            for (Feature feature : features) {
                double gap = Math.max(0, Math.max(left - feature.centre, feature.centre - right));
                double width = Math.max(feature.width, Math.max(NARROWEST, Math.ulp(feature.centre)));
                widest = Math.min(widest, RELATIVE_WIDTH * StrictMath.hypot(gap, width));
            }
            return widest;
        }
    }

    /**
     * @param f a function without features of its own
     * @return E f(V)
     */
    double mean(DoubleUnaryOperator f) {
        double sum = 0;
        for (int i = 0; i < nodes.length; i++) {
            sum += weights[i] * f.applyAsDouble(nodes[i]);
        }
        return sum;
    }

    /**
     * @param v a number
     * @return density of the standard normal distribution
     */
    static double density(double v) {
        return 0.3989422804014327 * StrictMath.exp(-0.5 * v * v);
    }

    /**
     * @param v a number
     * @return P(V at most v), accurate in the lower tail
     */
    static double probability(double v) {
        return 0.5 * Erfc.value(-v * 0.7071067811865476);
    }
}
