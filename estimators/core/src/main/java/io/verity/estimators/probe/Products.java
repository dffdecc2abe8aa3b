package io.verity.estimators.probe;

import io.verity.stats.EstimationException;
import io.verity.stats.linalg.DenseBackend;
import io.verity.stats.linalg.Matrix;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/** Dense products through a backend, and systems with a positive definite matrix. */
final class Products {
    /** Reciprocal condition number below which a solution has no digits. */
    private static final double SINGULAR = 1e-15;

    private Products() {}

    /** A'A of a tall matrix. */
    static DMatrixRMaj columnGram(DenseBackend backend, DMatrixRMaj a) {
        DMatrixRMaj gram = new DMatrixRMaj(a.numCols, a.numCols);
        try (Matrix left = backend.upload(a.data, a.numRows, a.numCols);
                Matrix out = backend.upload(gram.data, a.numCols, a.numCols)) {
            backend.gram(left, null, out);
            out.download(gram.data);
        }
        return gram;
    }

    /** AA' of a wide matrix. */
    static DMatrixRMaj rowGram(DenseBackend backend, DMatrixRMaj a) {
        return product(backend, a, CommonOps_DDRM.transpose(a, null));
    }

    static DMatrixRMaj product(DenseBackend backend, DMatrixRMaj a, DMatrixRMaj b) {
        DMatrixRMaj c = new DMatrixRMaj(a.numRows, b.numCols);
        try (Matrix left = backend.upload(a.data, a.numRows, a.numCols);
                Matrix right = backend.upload(b.data, b.numRows, b.numCols);
                Matrix out = backend.upload(c.data, c.numRows, c.numCols)) {
            backend.gemm(left, right, out);
            out.download(c.data);
        }
        return c;
    }

    /** A x for one vector. */
    static double[] times(DMatrixRMaj a, double[] x) {
        double[] y = new double[a.numRows];
        for (int i = 0, at = 0; i < a.numRows; i++) {
            double sum = 0;
            for (int j = 0; j < a.numCols; j++, at++) {
                sum = Math.fma(a.data[at], x[j], sum);
            }
            y[i] = sum;
        }
        return y;
    }

    /** A'x for one vector. */
    static double[] transposedTimes(DMatrixRMaj a, double[] x) {
        double[] y = new double[a.numCols];
        for (int i = 0, at = 0; i < a.numRows; i++) {
            for (int j = 0; j < a.numCols; j++, at++) {
                y[j] = Math.fma(a.data[at], x[i], y[j]);
            }
        }
        return y;
    }

    /**
     * Solves A X = B by Cholesky's method; A is overwritten.
     *
     * @param what the matrix, for the message
     * @throws EstimationException if A is not numerically positive definite
     */
    static DMatrixRMaj solve(DenseBackend backend, DMatrixRMaj a, DMatrixRMaj b, String what, String remedy) {
        int n = a.numRows;
        DMatrixRMaj x = b.copy();
        try (Matrix factor = backend.upload(a.data, n, n);
                Matrix right = backend.upload(x.data, n, b.numCols)) {
            int failed = backend.cholesky(factor);
            factor.download(a.data);
            if (failed >= 0 || reciprocalCondition(a) < SINGULAR) {
                throw new EstimationException(what + " is singular", remedy);
            }
            backend.choleskySolve(factor, right);
            right.download(x.data);
        }
        return x;
    }

    /** Squared ratio of the extreme diagonal entries of a Cholesky factor: an upper bound. */
    private static double reciprocalCondition(DMatrixRMaj factor) {
        double least = Double.POSITIVE_INFINITY;
        double most = 0;
        for (int j = 0; j < factor.numRows; j++) {
            double d = Math.abs(factor.data[j * factor.numCols + j]);
            least = Math.min(least, d);
            most = Math.max(most, d);
        }
        return (least / most) * (least / most);
    }

    static double[] solve(DenseBackend backend, DMatrixRMaj a, double[] b, String what, String remedy) {
        return solve(backend, a, new DMatrixRMaj(b.length, 1, true, b), what, remedy).data;
    }
}
