package io.verity.estimators.probe;

import io.verity.stats.EstimationException;
import io.verity.stats.linalg.DenseBackend;
import io.verity.stats.linalg.Matrix;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.decomposition.qr.QRColPivDecompositionHouseholderColumn_DDRM;
import org.ejml.dense.row.linsol.qr.LinearSolverQrpHouseCol_DDRM;

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
        return solve(backend, a, b, SINGULAR).orElseThrow(() -> new EstimationException(what + " is singular", remedy));
    }

    /**
     * Solves A X = B by Cholesky's method; A is overwritten. Rows and columns are scaled by powers of two first, which changes no digit
     * of the solution: columns of very different size are no reason to call a matrix singular.
     *
     * @param least reciprocal condition number, as scaled, below which a solution is not trusted
     * @return the solution; empty where A is not numerically positive definite
     */
    static Optional<DMatrixRMaj> solve(DenseBackend backend, DMatrixRMaj a, DMatrixRMaj b, double least) {
        int n = a.numRows;
        DMatrixRMaj x = b.copy();
        int[] halfExponents = halfExponents(a);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                a.data[i * n + j] = Math.scalb(a.data[i * n + j], -halfExponents[i] - halfExponents[j]);
            }
        }
        scaleRows(x, halfExponents);
        try (Matrix factor = backend.upload(a.data, n, n);
                Matrix right = backend.upload(x.data, n, b.numCols)) {
            int failed = backend.cholesky(factor);
            factor.download(a.data);
            if (failed >= 0 || reciprocalCondition(a) < least) {
                return Optional.empty();
            }
            backend.choleskySolve(factor, right);
            right.download(x.data);
        }
        scaleRows(x, halfExponents);
        return Optional.of(x);
    }

    /** Per row half the exponent of the diagonal entry; 0 where that is 0 or not finite. */
    private static int[] halfExponents(DMatrixRMaj a) {
        int[] half = new int[a.numRows];
        for (int j = 0; j < half.length; j++) {
            double entry = Math.abs(a.data[j * a.numCols + j]);
            half[j] = entry > 0 && entry <= Double.MAX_VALUE ? Math.floorDiv(Math.getExponent(entry), 2) : 0;
        }
        return half;
    }

    private static void scaleRows(DMatrixRMaj x, int[] exponents) {
        for (int i = 0, at = 0; i < x.numRows; i++) {
            for (int j = 0; j < x.numCols; j++, at++) {
                x.data[at] = Math.scalb(x.data[at], -exponents[i]);
            }
        }
    }

    /**
     * Least squares min |A x - b| by Householder's method with column pivoting on rows in descending order of size, which keeps the
     * digits of small rows beside large ones (Cox and Higham, "Stability of Householder QR factorization for weighted least squares
     * problems", 1998). Columns are scaled by powers of two first.
     *
     * @return x; empty where A has not full rank
     */
    static Optional<double[]> leastSquares(DMatrixRMaj a, double[] b) {
        int[] exponents = new int[a.numCols];
        double[] largest = new double[a.numRows];
        for (int j = 0; j < a.numCols; j++) {
            double most = 0;
            for (int i = 0; i < a.numRows; i++) {
                most = Math.max(most, Math.abs(a.get(i, j)));
            }
            exponents[j] = most > 0 ? Math.getExponent(most) : 0;
            for (int i = 0; i < a.numRows; i++) {
                largest[i] = Math.max(largest[i], Math.scalb(Math.abs(a.get(i, j)), -exponents[j]));
            }
        }
        int[] order = IntStream.range(0, a.numRows)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> -largest[i]))
                .mapToInt(Integer::intValue)
                .toArray();
        DMatrixRMaj sorted = new DMatrixRMaj(a.numRows, a.numCols);
        DMatrixRMaj right = new DMatrixRMaj(a.numRows, 1);
        for (int i = 0; i < order.length; i++) {
            for (int j = 0; j < a.numCols; j++) {
                sorted.set(i, j, Math.scalb(a.get(order[i], j), -exponents[j]));
            }
            right.data[i] = b[order[i]];
        }
        LinearSolverQrpHouseCol_DDRM solver =
                new LinearSolverQrpHouseCol_DDRM(new QRColPivDecompositionHouseholderColumn_DDRM(), false);
        if (!solver.setA(sorted) || solver.getDecomposition().getRank() < a.numCols) {
            return Optional.empty();
        }
        DMatrixRMaj x = new DMatrixRMaj(a.numCols, 1);
        solver.solve(right, x);
        scaleRows(x, exponents);
        return Optional.of(x.data);
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
