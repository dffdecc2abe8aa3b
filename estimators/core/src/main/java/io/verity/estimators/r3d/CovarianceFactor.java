package io.verity.estimators.r3d;

import io.verity.stats.linalg.DenseBackend;
import java.util.Arrays;

/**
 * A factor R with \( R^\top R = \psi^\top\psi \), by a Cholesky decomposition that skips grid points which the earlier ones
 * determine.
 *
 * <p>The columns are scaled to unit length first, so that what rounding of the products loses (1e-16 of the covariance, 1e-8 of a
 * standard deviation) is relative to each grid point's own noise. A QR decomposition of psi would keep more digits than draws of
 * a few thousand can show, at several times the cost. The natural order is kept, not the order of the pivots: a draw is then a
 * continuous function of the data, and does not jump when two pivots tie. A skipped point has a variance below 1e-12 given the
 * others, so at most 1e-6 of any correlation is lost.
 */
final class CovarianceFactor {
    private static final double NEGLIGIBLE = 1e-12;

    private CovarianceFactor() {}

    /** @return rank x m, row-major */
    static double[] of(Influence influence, DenseBackend backend) {
        int m = influence.points();
        double[] gram = new double[m * m];
        double[] scale = influence.standardErrors();
        double[] scaled = new double[influence.values().length];
        for (int i = 0; i < influence.rows(); i++) {
            for (int j = 0; j < m; j++) {
                scaled[i * m + j] = scale[j] > 0 ? influence.values()[i * m + j] / scale[j] : 0;
            }
        }
        backend.gram(backend.upload(scaled, influence.rows(), m), null, backend.upload(gram, m, m));
        double[] factor = cholesky(gram, m);
        for (int at = 0; at < factor.length; at++) {
            factor[at] *= scale[at % m];
        }
        return factor;
    }

    /**
     * @param a m x m, positive semidefinite with diagonal at most 1, row-major
     * @return R with \( R^\top R = A \), rank x m
     */
    static double[] cholesky(double[] a, int m) {
        double[] factor = new double[m * m];
        int rank = 0;
        for (int j = 0; j < m; j++) {
            int row = rank * m;
            System.arraycopy(a, j * m + j, factor, row + j, m - j);
            for (int k = 0; k < rank; k++) {
                double c = factor[k * m + j];
                for (int l = j; l < m; l++) {
                    factor[row + l] = Math.fma(-c, factor[k * m + l], factor[row + l]);
                }
            }
            double rest = factor[row + j];
            if (rest > NEGLIGIBLE) {
                double root = Math.sqrt(rest);
                for (int l = j; l < m; l++) {
                    factor[row + l] /= root;
                }
                rank++;
            } else {
                Arrays.fill(factor, row, row + m, 0);
            }
        }
        return Arrays.copyOf(factor, rank * m);
    }
}
