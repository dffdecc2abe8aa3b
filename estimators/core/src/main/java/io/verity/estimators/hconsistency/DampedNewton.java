package io.verity.estimators.hconsistency;

import io.verity.stats.EstimationException;
import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.LinearSolverFactory_DDRM;
import org.ejml.interfaces.linsol.LinearSolverDense;

/**
 * Minimises \( F(\theta) = \sum_i w_i r_i(z_i \theta) + \frac12 \sum_j \lambda_j \theta_j^2 \) over an n x m matrix \( \theta \),
 * r the risks of rows, z the N x n design. Newton steps with as much of the identity added to the Hessian as its Cholesky
 * decomposition asks for, and halved until F falls; so it also serves risks that are not convex.
 */
final class DampedNewton {
    private static final int LARGEST = 2000;
    private static final int ITERATIONS = 1000;
    private static final double GRADIENT = 1e-12;
    /** No step changes a score by more than this: exponentials stay in sight. */
    private static final double LONGEST = 20;

    private final double[] weights;
    private final double[][] design;
    private final RowRisk risk;
    private final double[] penalty;
    private final int n;
    private final int m;

    DampedNewton(double[] weights, double[][] design, RowRisk risk, double[] penalty) {
        this.weights = weights;
        this.design = design;
        this.risk = risk;
        this.penalty = penalty;
        this.n = penalty.length;
        this.m = risk.scores();
        if (n * m > LARGEST) {
            throw new EstimationException(
                    "the best linear hypothesis has " + n * m + " free coefficients, more than " + LARGEST,
                    "use fewer features or classes");
        }
    }

    /** Where the iterations ended: coefficients (n x m by rows), value, largest entry of the gradient. */
    static final class Minimum {
        private final double[] theta;
        private final double value;
        private final double largestGradient;

        Minimum(double[] theta, double value, double largestGradient) {
            this.theta = theta;
            this.value = value;
            this.largestGradient = largestGradient;
        }

        double[] theta() {
            return theta;
        }

        double value() {
            return value;
        }

        double largestGradient() {
            return largestGradient;
        }
    }

    /** Runs from a start, which is not changed. */
    Minimum from(double[] start) {
        int size = n * m;
        double[] theta = start.clone();
        double[] gradient = new double[size];
        DMatrixRMaj hessian = new DMatrixRMaj(size, size);
        double value = evaluate(theta, gradient, hessian);
        double[] step = new double[size];
        double[] trial = new double[size];
        for (int iteration = 0; iteration < ITERATIONS && largest(gradient) > GRADIENT; iteration++) {
            solve(hessian, gradient, step);
            double slope = 0;
            for (int j = 0; j < size; j++) {
                slope += gradient[j] * step[j];
            }
            double length = Math.min(1, LONGEST / Math.max(LONGEST, reach(step)));
            double next = value;
            boolean fell = false;
            for (int halving = 0; halving < 60 && !fell; halving++, length /= 2) {
                for (int j = 0; j < size; j++) {
                    trial[j] = theta[j] + length * step[j];
                }
                next = value(trial);
                // At the rounding of F a full step that changes nothing is still taken: the gradient may fall.
                fell = next <= value + 1e-4 * length * slope
                        || (halving == 0
                                && -slope < 1e-14 * (1 + Math.abs(value))
                                && next <= value + 1e-15 * Math.abs(value));
            }
            if (!fell) {
                break;
            }
            double before = largest(gradient);
            System.arraycopy(trial, 0, theta, 0, size);
            value = evaluate(theta, gradient, hessian);
            if (-slope < 1e-15 * Math.abs(value) && largest(gradient) >= 0.5 * before) {
                break;
            }
        }
        return new Minimum(theta, value, largest(gradient));
    }

    /** Scores of all rows at given coefficients: row i has z_i theta. */
    double[][] scores(double[] theta) {
        double[][] scores = new double[design.length][m];
        for (int i = 0; i < design.length; i++) {
            row(theta, i, scores[i]);
        }
        return scores;
    }

    private void row(double[] theta, int i, double[] h) {
        Arrays.fill(h, 0);
        double[] z = design[i];
        for (int j = 0; j < n; j++) {
            for (int k = 0; k < m; k++) {
                h[k] += z[j] * theta[j * m + k];
            }
        }
    }

    private double reach(double[] step) {
        double[] h = new double[m];
        double largest = 0;
        for (int i = 0; i < design.length; i++) {
            row(step, i, h);
            largest = Math.max(largest, largest(h));
        }
        return largest;
    }

    private static double largest(double[] v) {
        double largest = 0;
        for (double entry : v) {
            largest = Math.max(largest, Math.abs(entry));
        }
        return largest;
    }

    private double value(double[] theta) {
        double[] h = new double[m];
        double[] g = new double[m];
        double[] c = new double[m * m];
        double value = ridge(theta);
        for (int i = 0; i < design.length; i++) {
            row(theta, i, h);
            value += weights[i] * risk.evaluate(i, h, g, c);
        }
        return value;
    }

    private double ridge(double[] theta) {
        double sum = 0;
        for (int j = 0; j < n; j++) {
            for (int k = 0; k < m; k++) {
                sum += 0.5 * penalty[j] * theta[j * m + k] * theta[j * m + k];
            }
        }
        return sum;
    }

    private double evaluate(double[] theta, double[] gradient, DMatrixRMaj hessian) {
        double[] h = new double[m];
        double[] g = new double[m];
        double[] c = new double[m * m];
        double value = ridge(theta);
        Arrays.fill(gradient, 0);
        hessian.zero();
        int size = n * m;
        for (int j = 0; j < size; j++) {
            gradient[j] = penalty[j / m] * theta[j];
            hessian.data[j * size + j] = penalty[j / m];
        }
        for (int i = 0; i < design.length; i++) {
            row(theta, i, h);
            value += weights[i] * risk.evaluate(i, h, g, c);
            double[] z = design[i];
            for (int a = 0; a < n; a++) {
                double wz = weights[i] * z[a];
                for (int k = 0; k < m; k++) {
                    gradient[a * m + k] += wz * g[k];
                    for (int b = 0; b <= a; b++) {
                        int at = (a * m + k) * size + b * m;
                        double factor = wz * z[b];
                        for (int l = 0; l < m; l++) {
                            hessian.data[at + l] += factor * c[k * m + l];
                        }
                    }
                }
            }
        }
        for (int a = 0; a < size; a++) {
            for (int b = 0; b < a; b++) {
                hessian.data[b * size + a] = hessian.data[a * size + b];
            }
        }
        return value;
    }

    /** step = -(H + mu I)^-1 g with the smallest mu of a geometric sequence that makes the matrix positive definite. */
    private static void solve(DMatrixRMaj hessian, double[] gradient, double[] step) {
        int size = gradient.length;
        double trace = 0;
        for (int j = 0; j < size; j++) {
            trace = Math.max(trace, Math.abs(hessian.data[j * size + j]));
        }
        DMatrixRMaj right = new DMatrixRMaj(size, 1);
        for (int j = 0; j < size; j++) {
            right.data[j] = -gradient[j];
        }
        DMatrixRMaj solution = new DMatrixRMaj(size, 1);
        double scale = Math.max(trace, 1e-300);
        for (double mu = 1e-15; mu < 1e6; mu *= 10) {
            LinearSolverDense<DMatrixRMaj> cholesky = LinearSolverFactory_DDRM.chol(size);
            DMatrixRMaj damped = hessian.copy();
            for (int j = 0; j < size; j++) {
                damped.data[j * size + j] += mu * scale;
            }
            if (cholesky.setA(damped)) {
                cholesky.solve(right, solution);
                double slope = 0;
                boolean finite = true;
                for (int j = 0; j < size; j++) {
                    slope += gradient[j] * solution.data[j];
                    finite &= Double.isFinite(solution.data[j]);
                }
                if (finite && slope < 0) {
                    System.arraycopy(solution.data, 0, step, 0, size);
                    return;
                }
            }
        }
        for (int j = 0; j < size; j++) {
            step[j] = -gradient[j] / scale;
        }
    }
}
