package io.verity.estimators.logistic;

import io.verity.stats.EstimationException;
import io.verity.stats.linalg.DenseBackend;
import io.verity.stats.linalg.Matrix;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Newton's method in the space of the rows, for more columns than rows: \( w = Z^\top a \), \( K = Z Z^\top \). With
 * \( s = \sqrt h \) a step solves with \( B = I + \mathrm{diag}(s) K \mathrm{diag}(s) / \lambda \), whose eigenvalues are at
 * least 1, as in Rasmussen and Williams, Gaussian Processes for Machine Learning (2006), algorithm 3.1.
 */
final class DualNewton {
    /** Keeps the working responses finite where a row is hopelessly misclassified. */
    private static final double SMALLEST_CURVATURE = 1e-30;

    private final Sample sample;
    private final DenseBackend backend;
    private final double[] kernel;
    private final Matrix kernelMatrix;
    private final double[] system;
    private final Matrix systemMatrix;

    DualNewton(Sample sample, double[] kernel) {
        this.sample = sample;
        this.backend = sample.backend;
        int n = sample.rows;
        this.kernel = kernel;
        this.kernelMatrix = backend.upload(kernel, n, n);
        this.system = new double[kernel.length];
        this.systemMatrix = backend.upload(system, n, n);
    }

    /** \( K = Z Z^\top \). */
    static double[] kernel(Sample sample) {
        int n = sample.rows;
        int p = sample.columns;
        double[] transposed = new double[Math.multiplyExact(n, p)];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < p; j++) {
                transposed[j * n + i] = sample.values[i * p + j];
            }
        }
        double[] kernel = new double[Math.multiplyExact(n, n)];
        sample.backend.gram(sample.backend.upload(transposed, p, n), null, sample.backend.upload(kernel, n, n));
        return kernel;
    }

    /** The optimum in the space of the rows. */
    Optimum fit(double lambda, @Nullable Optimum start, double tolerance, int maxIterations) {
        int n = sample.rows;
        double[] a = start == null ? new double[n] : start.weights().clone();
        double b = start == null ? sample.startIntercept() : start.intercept();
        double[] f = new double[n];
        double[] error = new double[n];
        double[] image = new double[n];
        double[] trial = new double[n];
        Curvature derivatives = new Curvature(n);
        double[] bestA = a.clone();
        double bestB = b;
        double bestNorm = Double.POSITIVE_INFINITY;
        Progression progression = new Progression(tolerance * Math.max(1, sample.totalWeight), maxIterations);
        while (true) {
            backend.gemv(kernelMatrix, a, f);
            double quadratic = PathProblem.dot(a, f);
            for (int i = 0; i < n; i++) {
                f[i] += b;
            }
            double loss = derivatives.at(sample, f);
            for (int i = 0; i < n; i++) {
                error[i] = Math.fma(lambda, a[i], derivatives.slope[i]);
            }
            backend.gemv(kernelMatrix, error, image);
            double interceptGradient = sample.intercept ? PrimalNewton.sum(derivatives.slope) : 0;
            double norm = Math.max(Math.sqrt(Math.max(0, PathProblem.dot(error, image))), Math.abs(interceptGradient));
            if (norm < bestNorm) {
                bestNorm = norm;
                bestA = a.clone();
                bestB = b;
            }
            if (progression.endsAt(norm, loss + 0.5 * lambda * quadratic)) {
                return new Optimum(bestA, bestB, progression.iterations(), progression.status());
            }
            double[] next = new double[n];
            double db = step(lambda, derivatives, f, b, next) - b;
            for (int i = 0; i < n; i++) {
                next[i] -= a[i];
            }
            backend.gemv(kernelMatrix, next, trial);
            double[] change = trial.clone();
            double cross = PathProblem.dot(a, change);
            double stepSquares = PathProblem.dot(next, change);
            double slope = interceptGradient * db + PathProblem.dot(error, change);
            for (int i = 0; i < n; i++) {
                change[i] += db;
            }
            double fraction = LineSearch.search(loss + 0.5 * lambda * quadratic, slope, t -> {
                for (int i = 0; i < n; i++) {
                    trial[i] = Math.fma(t, change[i], f[i]);
                }
                return Curvature.loss(sample, trial) + 0.5 * lambda * (quadratic + 2 * t * cross + t * t * stepSquares);
            });
            for (int i = 0; i < n; i++) {
                a[i] = Math.fma(fraction, next[i], a[i]);
            }
            b = Math.fma(fraction, db, b);
        }
    }

    /** Fills the coefficients after a full step; returns the intercept after it. */
    private double step(double lambda, Curvature derivatives, double[] f, double b, double[] next) {
        int n = sample.rows;
        double[] s = new double[n];
        double[] response = new double[n];
        for (int i = 0; i < n; i++) {
            double h = Math.max(derivatives.curvature[i], SMALLEST_CURVATURE);
            s[i] = Math.sqrt(h);
            response[i] = f[i] - derivatives.slope[i] / h;
        }
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                system[i * n + j] = s[i] * kernel[i * n + j] * s[j] / lambda;
            }
            system[i * n + i] += 1;
        }
        if (backend.cholesky(systemMatrix) >= 0) {
            throw new EstimationException(
                    "the system of a Newton step is singular to rounding at lambda = " + lambda, "use a larger lambda");
        }
        double intercept = b;
        if (sample.intercept) {
            double[] ones = new double[n];
            Arrays.fill(ones, 1);
            double[] q = new double[n];
            solve(lambda, s, ones, q);
            intercept = PathProblem.dot(q, response) / PathProblem.dot(q, ones);
            for (int i = 0; i < n; i++) {
                response[i] -= intercept;
            }
        }
        solve(lambda, s, response, next);
        return sample.intercept ? intercept : 0;
    }

    /** \( (K + \lambda H^{-1})^{-1} v = s \circ B^{-1} (s \circ v) / \lambda \). */
    private void solve(double lambda, double[] s, double[] v, double[] out) {
        for (int i = 0; i < v.length; i++) {
            out[i] = s[i] * v[i];
        }
        backend.choleskySolve(systemMatrix, backend.upload(out, v.length, 1));
        for (int i = 0; i < v.length; i++) {
            out[i] *= s[i] / lambda;
        }
    }
}
