package io.verity.estimators.logistic;

import io.verity.stats.EstimationException;
import io.verity.stats.linalg.DenseBackend;
import io.verity.stats.linalg.Matrix;
import org.jspecify.annotations.Nullable;

/**
 * Newton's method with a Cholesky factor of the p x p Hessian. The intercept is eliminated: with \( v = Z^\top h \) and
 * \( s = \sum_i h_i \) the reduced Hessian is \( Z^\top \mathrm{diag}(h) Z - v v^\top / s + \lambda I \).
 */
final class PrimalNewton {
    private static final double JITTER = 1e-12;

    private final Sample sample;
    private final DenseBackend backend;
    private final double[] hessian;
    private final Matrix hessianMatrix;

    PrimalNewton(Sample sample) {
        this.sample = sample;
        this.backend = sample.backend;
        this.hessian = new double[Math.multiplyExact(sample.columns, sample.columns)];
        this.hessianMatrix = backend.upload(hessian, sample.columns, sample.columns);
    }

    Optimum fit(double lambda, @Nullable Optimum start, double tolerance, int maxIterations) {
        int n = sample.rows;
        int p = sample.columns;
        double[] w = start == null ? new double[p] : start.weights().clone();
        double b = start == null ? sample.startIntercept() : start.intercept();
        double[] f = new double[n];
        double[] gradient = new double[p];
        double[] step = new double[p];
        double[] change = new double[n];
        double[] trial = new double[n];
        Curvature derivatives = new Curvature(n);
        double[] bestW = w.clone();
        double bestB = b;
        double bestNorm = Double.POSITIVE_INFINITY;
        Progression progression = new Progression(tolerance * Math.max(1, sample.totalWeight), maxIterations);
        scores(w, b, f);
        while (true) {
            double loss = derivatives.at(sample, f);
            backend.gemtv(sample.design, derivatives.slope, gradient);
            double squares = 0;
            for (int j = 0; j < p; j++) {
                gradient[j] = Math.fma(lambda, w[j], gradient[j]);
                squares = Math.fma(w[j], w[j], squares);
            }
            double interceptGradient = sample.intercept ? sum(derivatives.slope) : 0;
            double norm = Math.max(largest(gradient), Math.abs(interceptGradient));
            if (norm < bestNorm) {
                bestNorm = norm;
                bestW = w.clone();
                bestB = b;
            }
            if (progression.endsAt(norm, loss + 0.5 * lambda * squares)) {
                return new Optimum(bestW, bestB, progression.iterations(), progression.status());
            }
            double db = newtonStep(lambda, derivatives, gradient, interceptGradient, step);
            double slope = interceptGradient * db;
            double cross = 0;
            double stepSquares = 0;
            for (int j = 0; j < p; j++) {
                slope = Math.fma(gradient[j], step[j], slope);
                cross = Math.fma(w[j], step[j], cross);
                stepSquares = Math.fma(step[j], step[j], stepSquares);
            }
            scores(step, db, change);
            double objective = loss + 0.5 * lambda * squares;
            double linear = cross;
            double quadratic = stepSquares;
            double constant = squares;
            double fraction = LineSearch.search(objective, slope, t -> {
                for (int i = 0; i < n; i++) {
                    trial[i] = Math.fma(t, change[i], f[i]);
                }
                return Curvature.loss(sample, trial) + 0.5 * lambda * (constant + 2 * t * linear + t * t * quadratic);
            });
            for (int j = 0; j < p; j++) {
                w[j] = Math.fma(fraction, step[j], w[j]);
            }
            b = Math.fma(fraction, db, b);
            scores(w, b, f);
        }
    }

    /** Fills the step of the weights; returns the step of the intercept. */
    private double newtonStep(
            double lambda, Curvature derivatives, double[] gradient, double interceptGradient, double[] step) {
        int p = sample.columns;
        double[] h = derivatives.curvature;
        double total = Math.max(sum(h), Double.MIN_NORMAL);
        double[] v = new double[p];
        if (sample.intercept) {
            backend.gemtv(sample.design, h, v);
        }
        double jitter = 0;
        for (int attempt = 0; ; attempt++) {
            backend.gram(sample.design, h, hessianMatrix);
            double trace = 0;
            for (int j = 0; j < p; j++) {
                for (int k = 0; k <= j; k++) {
                    hessian[j * p + k] = Math.fma(-v[j] / total, v[k], hessian[j * p + k]);
                }
                hessian[j * p + j] += lambda + jitter;
                trace += hessian[j * p + j];
            }
            int failed = p == 0 ? -1 : backend.cholesky(hessianMatrix);
            if (failed < 0) {
                break;
            }
            if (attempt == 3) {
                throw new EstimationException(
                        "column " + (failed + 1) + " is, to rounding, a linear combination of the columns before it",
                        "drop it or use lambda > 0");
            }
            jitter = Math.max(100 * jitter, JITTER * Math.max(trace, Double.MIN_NORMAL) / p);
        }
        for (int j = 0; j < p; j++) {
            step[j] = -gradient[j] + v[j] * (interceptGradient / total);
        }
        if (p > 0) {
            backend.choleskySolve(hessianMatrix, backend.upload(step, p, 1));
        }
        if (!sample.intercept) {
            return 0;
        }
        double projection = interceptGradient;
        for (int j = 0; j < p; j++) {
            projection = Math.fma(v[j], step[j], projection);
        }
        return -projection / total;
    }

    private void scores(double[] w, double b, double[] f) {
        backend.gemv(sample.design, w, f);
        for (int i = 0; i < f.length; i++) {
            f[i] += b;
        }
    }

    static double sum(double[] values) {
        double sum = 0;
        for (double v : values) {
            sum += v;
        }
        return sum;
    }

    static double largest(double[] values) {
        double largest = 0;
        for (double v : values) {
            largest = Math.max(largest, Math.abs(v));
        }
        return largest;
    }
}
