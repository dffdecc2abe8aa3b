package io.verity.stats.linalg;

import static io.verity.stats.Arguments.require;

import java.util.ArrayList;
import java.util.List;

/** The inverse by a Cholesky factor of the backend, with a little more on the diagonal so that it exists. */
final class DoubleInverse implements ApproximateInverse {
    /** Share of the trace that is added to the diagonal at first; ten times as much whenever that is not enough. */
    private static final double JITTER = 1e-13;

    private final DenseBackend backend;
    private final Matrix factor;

    static List<ApproximateInverse> of(DenseBackend backend, Matrix a, double[] weights, double[] ridges) {
        double[] gram = new double[Math.multiplyExact(a.columns(), a.columns())];
        backend.gram(a, weights, backend.upload(gram, a.columns(), a.columns()));
        List<ApproximateInverse> inverses = new ArrayList<>();
        for (double ridge : ridges) {
            inverses.add(new DoubleInverse(backend, gram, a.columns(), ridge));
        }
        return inverses;
    }

    private DoubleInverse(DenseBackend backend, double[] gram, int n, double ridge) {
        require(ridge > 0, "a ridge must be positive, but is %s", ridge);
        this.backend = backend;
        double trace = n * ridge;
        for (int j = 0; j < n; j++) {
            trace += gram[j * n + j];
        }
        Matrix candidate = withDiagonal(gram, n, ridge + JITTER * trace);
        for (double jitter = 10 * JITTER; backend.cholesky(candidate) >= 0; jitter *= 10) {
            require(jitter < 10, "the matrix of an approximate inverse is not finite");
            candidate = withDiagonal(gram, n, ridge + jitter * trace);
        }
        factor = candidate;
    }

    private Matrix withDiagonal(double[] gram, int n, double added) {
        double[] matrix = gram.clone();
        for (int j = 0; j < n; j++) {
            matrix[j * n + j] += added;
        }
        return backend.upload(matrix, n, n);
    }

    @Override
    public void apply(double[][] from, double[][] to) {
        int n = factor.rows();
        int count = from.length;
        double[] block = new double[Math.multiplyExact(n, count)];
        for (int c = 0; c < count; c++) {
            for (int j = 0; j < n; j++) {
                block[j * count + c] = from[c][j];
            }
        }
        backend.choleskySolve(factor, backend.upload(block, n, count));
        for (int c = 0; c < count; c++) {
            for (int j = 0; j < n; j++) {
                to[c][j] = block[j * count + c];
            }
        }
    }

    @Override
    public long bytes() {
        return (long) Double.BYTES * factor.rows() * factor.columns();
    }
}
