package io.verity.estimators.logistic;

import io.verity.stats.EstimationException;
import io.verity.stats.linalg.DenseBackend;
import java.util.Optional;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * Information, penalised Hessian and squared scores of a binary fit, for the centred columns and (last) a column of ones. The
 * Hessian is inverted after its diagonal was scaled to 1.
 */
final class InformationMatrix {
    private final Sample sample;
    private final double lambda;
    private final int size;
    private final double[] rows;
    private final double[] curvature;
    private final double[] squaredScores;
    private final double @Nullable [] inverse;

    InformationMatrix(Sample sample, RidgeFit fit, boolean balanced) {
        this.sample = sample;
        this.lambda = fit.lambda();
        this.size = sample.columns + (sample.intercept ? 1 : 0);
        Curvature derivatives = new Curvature(sample.rows);
        double[] w = fit.weights();
        double[] f = new double[sample.rows];
        sample.backend.gemv(sample.design, w, f);
        double b = fit.intercept() + sample.atCentre(w);
        for (int i = 0; i < f.length; i++) {
            f[i] += b;
        }
        derivatives.at(sample, f);
        this.curvature = derivatives.curvature;
        this.squaredScores = squaredScores(sample, derivatives.slope, balanced);
        boolean small = sample.columns <= LogisticInference.LARGEST;
        this.rows = small ? bordered(sample, size) : new double[0];
        this.inverse = small ? invert() : null;
    }

    /** \( (c_i r_i)^2 / \) frequency: the class weight counts twice, the number of equal rows once. */
    private static double[] squaredScores(Sample sample, double[] slope, boolean balanced) {
        double ones = PrimalNewton.sum(sample.labels);
        double[] squares = new double[sample.rows];
        for (int i = 0; i < squares.length; i++) {
            double members = sample.labels[i] == 1 ? ones : sample.rows - ones;
            double classWeight = balanced ? sample.rows / (2 * members) : 1;
            squares[i] = slope[i] * slope[i] * classWeight / sample.weights[i];
        }
        return squares;
    }

    private static double[] bordered(Sample sample, int size) {
        double[] rows = new double[Math.multiplyExact(sample.rows, size)];
        for (int i = 0; i < sample.rows; i++) {
            System.arraycopy(sample.values, i * sample.columns, rows, i * size, sample.columns);
            if (sample.intercept) {
                rows[i * size + sample.columns] = 1;
            }
        }
        return rows;
    }

    private double[] gram(double[] weights) {
        double[] gram = new double[size * size];
        DenseBackend backend = sample.backend;
        backend.gram(backend.upload(rows, sample.rows, size), weights, backend.upload(gram, size, size));
        return gram;
    }

    private double[] invert() {
        double[] hessian = gram(curvature);
        for (int j = 0; j < sample.columns; j++) {
            hessian[j * size + j] += lambda;
        }
        double[] scales = new double[size];
        double[] inverse = new double[size * size];
        for (int j = 0; j < size; j++) {
            scales[j] = 1 / Math.sqrt(hessian[j * size + j]);
            inverse[j * size + j] = 1;
            for (int k = 0; k <= j; k++) {
                hessian[j * size + k] *= scales[j] * scales[k];
            }
        }
        DenseBackend backend = sample.backend;
        if (size > 0) {
            int failed = backend.cholesky(backend.upload(hessian, size, size));
            if (failed >= 0) {
                throw new EstimationException(
                        "the information matrix is singular to rounding at "
                                + (failed == sample.columns ? "the intercept" : "column " + (failed + 1)),
                        "leave columns out or use lambda > 0");
            }
            backend.choleskySolve(backend.upload(hessian, size, size), backend.upload(inverse, size, size));
        }
        for (int j = 0; j < size; j++) {
            for (int k = 0; k < size; k++) {
                inverse[j * size + k] *= scales[j] * scales[k];
            }
        }
        return inverse;
    }

    /** \( \mathrm{tr}(H^{-1} I) = d - \lambda \sum_j (H^{-1})_{jj} \). */
    double effectiveDegreesOfFreedom() {
        double[] h = inverse;
        if (h == null) {
            return Double.NaN;
        }
        double trace = size;
        for (int j = 0; j < sample.columns; j++) {
            trace = Math.fma(-lambda, h[j * size + j], trace);
        }
        return trace;
    }

    /** Covariance of the weights and the intercept of the columns as given. */
    Optional<DMatrixRMaj> covariance(ErrorKind errors) {
        double[] h = inverse;
        if (h == null) {
            return Optional.empty();
        }
        double[] centred = h;
        if (errors == ErrorKind.ROBUST || lambda > 0) {
            DenseBackend backend = sample.backend;
            double[] half = new double[size * size];
            centred = new double[size * size];
            double[] middle = gram(errors == ErrorKind.ROBUST ? squaredScores : curvature);
            backend.gemm(
                    backend.upload(h, size, size),
                    backend.upload(middle, size, size),
                    backend.upload(half, size, size));
            backend.gemm(
                    backend.upload(half, size, size),
                    backend.upload(h, size, size),
                    backend.upload(centred, size, size));
        }
        DMatrixRMaj covariance = new DMatrixRMaj(size, size, true, centred.clone());
        if (sample.intercept) {
            uncentre(covariance);
        }
        return Optional.of(covariance);
    }

    /** \( b = b_c - m^\top w \) for the centres m: rows first, columns then. */
    private void uncentre(DMatrixRMaj v) {
        int last = size - 1;
        for (int k = 0; k < size; k++) {
            double moved = v.get(last, k);
            for (int j = 0; j < last; j++) {
                moved = Math.fma(-sample.centres[j], v.get(j, k), moved);
            }
            v.set(last, k, moved);
        }
        for (int k = 0; k < size; k++) {
            double moved = v.get(k, last);
            for (int j = 0; j < last; j++) {
                moved = Math.fma(-sample.centres[j], v.get(k, j), moved);
            }
            v.set(k, last, moved);
        }
    }
}
