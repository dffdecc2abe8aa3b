package io.verity.estimators.logistic;

import io.verity.stats.EstimationException;
import io.verity.stats.linalg.DenseBackend;
import io.verity.stats.linalg.Matrix;
import java.util.Optional;
import java.util.function.BiFunction;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * Information, penalised Hessian and squared slopes of a fit, in blocks: one for each pair of scores, in it the centred columns and
 * (last) a column of ones. The Hessian is inverted after its diagonal was scaled to 1.
 */
final class InformationMatrix {
    private final RowDerivatives derivatives;
    private final double[] centres;
    private final boolean intercept;
    private final DenseBackend backend;

    /** Coefficients of a score, and of all. */
    private final int width;

    private final int size;
    private final double[] rows;
    private final double @Nullable [] inverse;

    /**
     * @param values rows x p, centred if there is an intercept
     * @param centres what was subtracted from the columns
     */
    InformationMatrix(
            RowDerivatives derivatives, double[] values, double[] centres, boolean intercept, DenseBackend backend) {
        this.derivatives = derivatives;
        this.centres = centres;
        this.intercept = intercept;
        this.backend = backend;
        width = centres.length + (intercept ? 1 : 0);
        boolean small = (long) derivatives.scores() * Math.max(1, centres.length) <= LikelihoodInference.LARGEST;
        size = small ? derivatives.scores() * width : 0;
        rows = small ? bordered(values) : new double[0];
        inverse = small ? invert() : null;
    }

    private double[] bordered(double[] values) {
        int columns = centres.length;
        if (!intercept) {
            return values;
        }
        int count = derivatives.curvature(0, 0).length;
        double[] bordered = new double[Math.multiplyExact(count, width)];
        for (int i = 0; i < count; i++) {
            System.arraycopy(values, i * columns, bordered, i * width, columns);
            bordered[i * width + columns] = 1;
        }
        return bordered;
    }

    /** \( A^\top \mathrm{diag}(r_{ab}) A \) for all pairs of scores, with the row weights r of the pair. */
    private double[] gram(BiFunction<Integer, Integer, double[]> rowWeights) {
        double[] gram = new double[size * size];
        double[] block = new double[width * width];
        for (int a = 0; a < derivatives.scores(); a++) {
            for (int b = 0; b <= a; b++) {
                double[] weights = rowWeights.apply(a, b);
                Matrix design = backend.upload(rows, weights.length, width);
                backend.gram(design, weights, backend.upload(block, width, width));
                for (int j = 0; j < width; j++) {
                    for (int k = 0; k < width; k++) {
                        double entry = block[j * width + k];
                        gram[(a * width + j) * size + b * width + k] = entry;
                        gram[(b * width + k) * size + a * width + j] = entry;
                    }
                }
            }
        }
        return gram;
    }

    private boolean penalised() {
        return derivatives.penalty(0, 0) > 0;
    }

    /** Place of a column's entry in the block of two scores. */
    private int place(int a, int b, int j) {
        return (a * width + j) * size + b * width + j;
    }

    private double[] invert() {
        double[] hessian = gram(derivatives::curvature);
        for (int a = 0; a < derivatives.scores(); a++) {
            for (int b = 0; b < derivatives.scores(); b++) {
                for (int j = 0; j < centres.length; j++) {
                    hessian[place(a, b, j)] += derivatives.penalty(a, b);
                }
            }
        }
        double[] scales = new double[size];
        double[] inverted = new double[size * size];
        for (int j = 0; j < size; j++) {
            scales[j] = 1 / Math.sqrt(hessian[j * size + j]);
            inverted[j * size + j] = 1;
            for (int k = 0; k <= j; k++) {
                hessian[j * size + k] *= scales[j] * scales[k];
            }
        }
        if (size > 0) {
            int failed = backend.cholesky(backend.upload(hessian, size, size));
            if (failed >= 0) {
                throw singular(failed);
            }
            backend.choleskySolve(backend.upload(hessian, size, size), backend.upload(inverted, size, size));
        }
        for (int j = 0; j < size; j++) {
            for (int k = 0; k < size; k++) {
                inverted[j * size + k] *= scales[j] * scales[k];
            }
        }
        return inverted;
    }

    private EstimationException singular(int coefficient) {
        int column = coefficient % width;
        Integer owner = derivatives.classOf(coefficient / width);
        return new EstimationException(
                "the information matrix is singular to rounding at "
                        + (column == centres.length ? "the intercept" : "column " + (column + 1))
                        + (owner == null ? "" : " of class " + owner),
                "leave columns out or use lambda > 0");
    }

    /** \( \mathrm{tr}(H^{-1} I) = d - \mathrm{tr}(H^{-1} \Lambda) \), \( \Lambda \) the second derivatives of the penalty. */
    double effectiveDegreesOfFreedom() {
        double[] h = inverse;
        if (h == null) {
            return penalised() ? Double.NaN : (double) derivatives.scores() * width;
        }
        double trace = size;
        for (int a = 0; a < derivatives.scores(); a++) {
            for (int b = 0; b < derivatives.scores(); b++) {
                for (int j = 0; j < centres.length; j++) {
                    trace = Math.fma(-derivatives.penalty(a, b), h[place(a, b, j)], trace);
                }
            }
        }
        return trace;
    }

    /** Covariance of the weights and the intercept of every score, for the columns as given. */
    Optional<DMatrixRMaj> covariance(ErrorKind errors) {
        double[] h = inverse;
        if (h == null) {
            return Optional.empty();
        }
        double[] centred = h;
        if (errors == ErrorKind.ROBUST || penalised()) {
            double[] half = new double[size * size];
            centred = new double[size * size];
            double[] middle = gram(errors == ErrorKind.ROBUST ? derivatives::squaredSlopes : derivatives::curvature);
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
        if (intercept) {
            uncentre(covariance);
        }
        return Optional.of(covariance);
    }

    /** \( b = b_c - m^\top w \) for the centres m: rows first, columns then. */
    private void uncentre(DMatrixRMaj v) {
        int columns = centres.length;
        for (int first = 0; first < size; first += width) {
            for (int k = 0; k < size; k++) {
                double moved = v.get(first + columns, k);
                for (int j = 0; j < columns; j++) {
                    moved = Math.fma(-centres[j], v.get(first + j, k), moved);
                }
                v.set(first + columns, k, moved);
            }
        }
        for (int first = 0; first < size; first += width) {
            for (int k = 0; k < size; k++) {
                double moved = v.get(k, first + columns);
                for (int j = 0; j < columns; j++) {
                    moved = Math.fma(-centres[j], v.get(k, first + j), moved);
                }
                v.set(k, first + columns, moved);
            }
        }
    }
}
