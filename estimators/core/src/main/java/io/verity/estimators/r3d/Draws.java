package io.verity.estimators.r3d;

import io.verity.stats.linalg.DenseBackend;
import io.verity.stats.random.RandomStream;
import java.util.Arrays;

/**
 * Draws of a Gaussian process on the grid, in blocks. Draw b is a pure function of seed and b: the same for any number of
 * threads, and the first hundred of a thousand are the hundred.
 */
interface Draws {
    /** Draws per block: enough for the matrix products to pay, little enough for the cache. */
    int BLOCK = 64;

    /**
     * @param from first draw
     * @param count number of draws, at most {@link #BLOCK}
     * @param out receives count x m
     */
    void fill(int from, int count, double[] out);

    /** Through a factor R of the covariance: \( D_b = R^\top z_b \), as many normal numbers as R has rows. */
    static Draws factor(Influence influence, DenseBackend backend, long seed, String name) {
        double[] factor = CovarianceFactor.of(influence, backend);
        int m = influence.points();
        int rank = factor.length / Math.max(m, 1);
        return new Products(backend, seed, RandomStream.hash(name), factor, rank, m);
    }

    /** Through one normal multiplier per contribution: \( D_b = \psi^\top\xi_b \). */
    static Draws multipliers(Influence influence, DenseBackend backend, long seed, String name) {
        return new Products(
                backend, seed, RandomStream.hash(name), influence.values(), influence.rows(), influence.points());
    }

    /**
     * Through given multipliers.
     *
     * @param xi one row per contribution, one column per draw
     */
    static Draws given(Influence influence, double[][] xi) {
        int m = influence.points();
        double[] psi = influence.values();
        return (from, count, out) -> {
            Arrays.fill(out, 0, count * m, 0);
            for (int b = 0; b < count; b++) {
                int to = b * m;
                for (int i = 0; i < influence.rows(); i++) {
                    double x = xi[i][from + b];
                    for (int j = 0; j < m; j++) {
                        out[to + j] = Math.fma(x, psi[i * m + j], out[to + j]);
                    }
                }
            }
        };
    }

    /** Rows of normal numbers times a matrix. */
    final class Products implements Draws {
        private final DenseBackend backend;
        private final long seed;
        private final long name;
        private final double[] matrix;
        private final int rows;
        private final int columns;

        Products(DenseBackend backend, long seed, long name, double[] matrix, int rows, int columns) {
            this.backend = backend;
            this.seed = seed;
            this.name = name;
            this.matrix = matrix;
            this.rows = rows;
            this.columns = columns;
        }

        @Override
        public void fill(int from, int count, double[] out) {
            double[] z = new double[count * rows];
            for (int b = 0; b < count; b++) {
                RandomStream stream = RandomStream.ofHash(seed, name, 0, from + b, RandomStream.BOOTSTRAP);
                for (int i = 0; i < rows; i++) {
                    z[b * rows + i] = stream.nextGaussian();
                }
            }
            backend.gemm(
                    backend.upload(z, count, rows),
                    backend.upload(matrix, rows, columns),
                    backend.upload(out, count, columns));
        }
    }
}
