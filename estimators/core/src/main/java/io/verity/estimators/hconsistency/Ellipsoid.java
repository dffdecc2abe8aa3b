package io.verity.estimators.hconsistency;

import io.verity.stats.losses.MarginLoss;
import io.verity.stats.random.RandomStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Smallest risks of the hinge and rho-margin losses over bounded linear scores.
 *
 * <p>The hinge by the ellipsoid method (Nemirovski and Yudin; Shor), which needs subgradients only and certifies its result: at
 * every step the infimum is at least \( F(c) - \sqrt{g^T P g} \), c the centre and P the shape of an ellipsoid that contains
 * every minimiser. The rho-margin loss is a difference of two hinges; the second is replaced by its tangent at the last point
 * and the convex risk minimised again, from 20 starts.
 */
final class Ellipsoid {
    private static final double CERTIFIED = 1e-11;
    private static final int DESCENTS = 60;

    private final Points points;
    private final MarginLoss loss;
    private final double rho;
    private final int n;
    private final double[][] design;

    private Ellipsoid(Points points, MarginLoss loss, Hypotheses hypotheses) {
        this.points = points;
        this.loss = loss;
        this.rho = loss.parameter();
        this.n = points.features() + 1;
        this.design = points.inUnitsOf(hypotheses);
    }

    static BestInClass minimise(Points points, MarginLoss loss, Hypotheses hypotheses) {
        Ellipsoid problem = new Ellipsoid(points, loss, hypotheses);
        if (loss.convex()) {
            Found found = problem.convex(new double[points.size()][2], CERTIFIED);
            List<String> notes = new ArrayList<>();
            if (found.distance > 1e-8) {
                notes.add("the infimum is certified only within " + found.distance);
            }
            return new BestInClass(
                    found.value, MinimizabilityGap.Quality.OPTIMUM, true, Math.max(0, found.distance), notes);
        }
        return problem.descend();
    }

    private BestInClass descend() {
        RandomStream random = RandomStream.of(0, "minimizability-gap", 2, 0);
        double best = Double.POSITIVE_INFINITY;
        for (int start = 0; start < UnboundedLinear.STARTS; start++) {
            double[] theta = new double[n];
            for (int j = 0; j < n; j++) {
                theta[j] = start == 0 ? 0 : random.nextGaussian();
            }
            ProjectedGradient.project(theta);
            double value = risk(theta);
            for (int step = 0; step < DESCENTS; step++) {
                double[] next = convex(tangents(theta), 1e-9).theta;
                double now = risk(next);
                if (!(now < value - 1e-12)) {
                    break;
                }
                value = now;
                theta = next;
            }
            best = Math.min(best, value);
        }
        return BestInClass.lowest(best, Double.NaN);
    }

    /** The best point found, its value, and how far above the infimum it may be. */
    private static final class Found {
        private final double[] theta;
        private final double value;
        private final double distance;

        Found(double[] theta, double value, double distance) {
            this.theta = theta;
            this.value = value;
            this.distance = distance;
        }
    }

    /** Minimises the convex part of the risk minus given slopes (for y = 0 and 1) times the margins. */
    private Found convex(double[][] slopes, double accuracy) {
        double[] centre = new double[n];
        double[][] shape = new double[n][n];
        for (int j = 0; j < n; j++) {
            shape[j][j] = 2;
        }
        double[] g = new double[n];
        double[] best = new double[n];
        double bestValue = convexValue(best, slopes, g);
        double lower = Double.NEGATIVE_INFINITY;
        int limit = Math.max(2000, 200 * n * n);
        double[] pg = new double[n];
        for (int iteration = 0; iteration < limit; iteration++) {
            boolean outside = cut(centre, g);
            double value = outside ? Double.POSITIVE_INFINITY : convexValue(centre, slopes, g);
            double spread = 0;
            for (int j = 0; j < n; j++) {
                pg[j] = 0;
                for (int k = 0; k < n; k++) {
                    pg[j] += shape[j][k] * g[k];
                }
                spread += g[j] * pg[j];
            }
            if (!(spread > 0)) {
                // A zero subgradient: the centre is optimal.
                lower = outside ? lower : value;
                bestValue = Math.min(bestValue, value);
                best = outside ? best : centre.clone();
                break;
            }
            double length = Math.sqrt(spread);
            if (!outside) {
                lower = Math.max(lower, value - length);
                if (value < bestValue) {
                    bestValue = value;
                    best = centre.clone();
                }
            }
            if (bestValue - lower <= accuracy * (1 + Math.abs(bestValue))) {
                break;
            }
            shrink(centre, shape, pg, length);
        }
        return new Found(best, bestValue, bestValue - lower);
    }

    private void shrink(double[] centre, double[][] shape, double[] pg, double length) {
        if (n == 1) {
            centre[0] -= 0.5 * pg[0] / length;
            shape[0][0] *= 0.25;
            return;
        }
        double scale = (double) n * n / ((double) n * n - 1);
        double rank = 2.0 / (n + 1) / (length * length);
        for (int j = 0; j < n; j++) {
            centre[j] -= pg[j] / length / (n + 1);
        }
        for (int j = 0; j < n; j++) {
            for (int k = 0; k <= j; k++) {
                shape[j][k] = scale * (shape[j][k] - rank * pg[j] * pg[k]);
                shape[k][j] = shape[j][k];
            }
        }
    }

    /** When the centre is outside the set, a normal of a plane that cuts it off. */
    private boolean cut(double[] centre, double[] g) {
        Arrays.fill(g, 0);
        if (Math.abs(centre[n - 1]) > 1) {
            g[n - 1] = Math.signum(centre[n - 1]);
            return true;
        }
        double square = 0;
        for (int j = 0; j < n - 1; j++) {
            square += centre[j] * centre[j];
        }
        if (square > 1) {
            System.arraycopy(centre, 0, g, 0, n - 1);
            return true;
        }
        return false;
    }

    private double score(double[] theta, int i) {
        double f = 0;
        for (int j = 0; j < n; j++) {
            f += design[i][j] * theta[j];
        }
        return f;
    }

    private double risk(double[] theta) {
        double sum = 0;
        for (int i = 0; i < design.length; i++) {
            double f = score(theta, i);
            double[] p = points.p()[i];
            sum += points.weights()[i] * (p[1] * loss.value(f) + p[0] * loss.value(-f));
        }
        return sum;
    }

    private double convexValue(double[] theta, double[][] slopes, double[] g) {
        Arrays.fill(g, 0);
        double sum = 0;
        for (int i = 0; i < design.length; i++) {
            double f = score(theta, i);
            double slope = 0;
            for (int y = 0; y < 2; y++) {
                double share = points.weights()[i] * points.p()[i][y];
                if (share > 0) {
                    double sign = y == 1 ? 1 : -1;
                    double u = sign * f;
                    sum += share * (convexPart(u) - slopes[i][y] * u);
                    slope += sign * share * (convexSlope(u) - slopes[i][y]);
                }
            }
            for (int j = 0; j < n; j++) {
                g[j] += slope * design[i][j];
            }
        }
        return sum;
    }

    /** The hinge loss itself; of the rho-margin loss \( (1 - u/\rho)_+ - (-u/\rho)_+ \) the first hinge. */
    private double convexPart(double u) {
        return Math.max(0, 1 - u / rho);
    }

    private double convexSlope(double u) {
        return u < rho ? -1 / rho : 0;
    }

    /** Slopes of the second hinge at a point. */
    private double[][] tangents(double[] theta) {
        double[][] slopes = new double[design.length][2];
        for (int i = 0; i < design.length; i++) {
            double f = score(theta, i);
            slopes[i][1] = f < 0 ? -1 / rho : 0;
            slopes[i][0] = f > 0 ? -1 / rho : 0;
        }
        return slopes;
    }
}
