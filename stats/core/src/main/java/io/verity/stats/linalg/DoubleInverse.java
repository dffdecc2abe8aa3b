package io.verity.stats.linalg;

import static io.verity.stats.Arguments.require;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The inverse of \( D (A^\top W A + r I) D \) by a Cholesky factor of the backend; D makes the diagonal one, and a little more
 * is added to it so that the factor exists.
 */
final class DoubleInverse implements ApproximateInverse {
    /** Share of the trace that is added to the diagonal at first; ten times as much whenever that is not enough. */
    private static final double JITTER = 1e-16;

    private final DenseBackend backend;

    /** The diagonal of D. */
    private final double[] scale;

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
        scale = new double[n];
        Arrays.setAll(scale, j -> 1 / Math.sqrt(gram[j * n + j] + ridge));
        Matrix candidate = scaled(gram, JITTER * n);
        for (double jitter = 10 * JITTER * n; backend.cholesky(candidate) >= 0; jitter *= 10) {
            require(jitter < 10, "the matrix of an approximate inverse is not finite");
            candidate = scaled(gram, jitter);
        }
        factor = candidate;
    }

    private Matrix scaled(double[] gram, double jitter) {
        int n = scale.length;
        double[] matrix = new double[gram.length];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                matrix[i * n + j] = gram[i * n + j] * scale[i] * scale[j];
            }
            matrix[i * n + i] = 1 + jitter;
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
                block[j * count + c] = from[c][j] * scale[j];
            }
        }
        backend.choleskySolve(factor, backend.upload(block, n, count));
        for (int c = 0; c < count; c++) {
            for (int j = 0; j < n; j++) {
                to[c][j] = block[j * count + c] * scale[j];
            }
        }
    }

    @Override
    public long bytes() {
        return (long) Double.BYTES * factor.rows() * factor.columns();
    }
}
