package io.verity.estimators.hconsistency;

import io.verity.stats.random.RandomStream;
import java.util.Arrays;

/**
 * Local minima of a smooth, nonconvex margin risk over \( \|w\|_2 \le W \), \( |b| \le B \): projected gradient steps of
 * Barzilai-Borwein length with a nonmonotone line search (Birgin, Martinez and Raydan, SIAM J. Optim. 2000), from 20 starts.
 */
final class ProjectedGradient {
    private static final int ITERATIONS = 3000;
    private static final int MEMORY = 10;
    private static final double RESIDUAL = 1e-10;

    private final Points points;
    private final MarginRows risk;
    private final double[][] design;
    private final int n;
    private final double[] g = new double[1];
    private final double[] h = new double[1];
    private final double[] f = new double[1];

    private ProjectedGradient(Points points, MarginRows risk, Hypotheses hypotheses) {
        this.points = points;
        this.risk = risk;
        this.n = points.features() + 1;
        this.design = points.inUnitsOf(hypotheses);
    }

    static BestInClass minimise(Points points, MarginRows risk, Hypotheses hypotheses) {
        ProjectedGradient problem = new ProjectedGradient(points, risk, hypotheses);
        RandomStream random = RandomStream.of(0, "minimizability-gap", 3, 0);
        double best = Double.POSITIVE_INFINITY;
        double residual = Double.NaN;
        for (int start = 0; start < UnboundedLinear.STARTS; start++) {
            double[] theta = new double[problem.n];
            for (int j = 0; j < theta.length; j++) {
                theta[j] = start == 0 ? 0 : random.nextGaussian();
            }
            project(theta);
            double left = problem.descend(theta);
            double value = problem.value(theta, new double[problem.n]);
            if (value < best) {
                best = value;
                residual = left;
            }
        }
        return BestInClass.lowest(best, residual);
    }

    /** Moves theta to a stationary point; returns the largest entry of the projected unit step there. */
    private double descend(double[] theta) {
        double[] gradient = new double[n];
        double value = value(theta, gradient);
        double[] history = new double[MEMORY];
        Arrays.fill(history, value);
        double step = 1;
        double[] trial = new double[n];
        double[] next = new double[n];
        for (int iteration = 0; iteration < ITERATIONS && residual(theta, gradient) > RESIDUAL; iteration++) {
            for (int j = 0; j < n; j++) {
                trial[j] = theta[j] - step * gradient[j];
            }
            project(trial);
            double slope = 0;
            for (int j = 0; j < n; j++) {
                trial[j] -= theta[j];
                slope += gradient[j] * trial[j];
            }
            double ceiling = Arrays.stream(history).max().orElse(value);
            double length = 1;
            double[] gradientThere = new double[n];
            double there = value;
            for (int halving = 0; halving < 50; halving++, length /= 2) {
                for (int j = 0; j < n; j++) {
                    next[j] = theta[j] + length * trial[j];
                }
                there = value(next, gradientThere);
                if (there <= ceiling + 1e-4 * length * slope) {
                    break;
                }
            }
            double ss = 0;
            double sy = 0;
            for (int j = 0; j < n; j++) {
                double s = next[j] - theta[j];
                ss += s * s;
                sy += s * (gradientThere[j] - gradient[j]);
            }
            step = sy > 0 ? Math.max(1e-10, Math.min(1e10, ss / sy)) : 1e3;
            System.arraycopy(next, 0, theta, 0, n);
            System.arraycopy(gradientThere, 0, gradient, 0, n);
            value = there;
            history[iteration % MEMORY] = value;
        }
        return residual(theta, gradient);
    }

    private double residual(double[] theta, double[] gradient) {
        double[] moved = new double[n];
        for (int j = 0; j < n; j++) {
            moved[j] = theta[j] - gradient[j];
        }
        project(moved);
        double largest = 0;
        for (int j = 0; j < n; j++) {
            largest = Math.max(largest, Math.abs(moved[j] - theta[j]));
        }
        return largest;
    }

    private double value(double[] theta, double[] gradient) {
        Arrays.fill(gradient, 0);
        double sum = 0;
        for (int i = 0; i < design.length; i++) {
            f[0] = 0;
            for (int j = 0; j < n; j++) {
                f[0] += design[i][j] * theta[j];
            }
            sum += points.weights()[i] * risk.evaluate(i, f, g, h);
            for (int j = 0; j < n; j++) {
                gradient[j] += points.weights()[i] * g[0] * design[i][j];
            }
        }
        return sum;
    }

    /** To the nearest point of the unit ball times [-1, 1], the last entry being the intercept. */
    static void project(double[] theta) {
        int last = theta.length - 1;
        double square = 0;
        for (int j = 0; j < last; j++) {
            square += theta[j] * theta[j];
        }
        double shrink = square > 1 ? 1 / Math.sqrt(square) : 1;
        for (int j = 0; j < last; j++) {
            theta[j] *= shrink;
        }
        theta[last] = Math.max(-1, Math.min(1, theta[last]));
    }
}
