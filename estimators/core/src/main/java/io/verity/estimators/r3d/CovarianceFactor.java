package io.verity.estimators.r3d;

import io.verity.stats.linalg.Backends;
import io.verity.stats.linalg.DenseBackend;
import java.util.Arrays;

/**
 * A factor R with \( R^\top R = \psi^\top\psi \), by a pivoted Cholesky decomposition that stops at the rank.
 *
 * <p>The columns are scaled to unit length first, so that what rounding of the products loses (1e-16 of the covariance, 1e-8 of a
 * standard deviation) is relative to each grid point's own noise. A QR decomposition of psi would keep more digits than draws of
 * a few thousand can show, at several times the cost.
 */
final class CovarianceFactor {
    private static final double NEGLIGIBLE = 1e-14;

    private CovarianceFactor() {}

    /** @return rank x m, row-major */
    static double[] of(Influence influence) {
        int m = influence.points();
        double[] gram = new double[m * m];
        DenseBackend backend = Backends.shared();
        double[] scale = influence.standardErrors();
        double[] scaled = new double[influence.values().length];
        for (int i = 0; i < influence.rows(); i++) {
            for (int j = 0; j < m; j++) {
                scaled[i * m + j] = scale[j] > 0 ? influence.values()[i * m + j] / scale[j] : 0;
            }
        }
        backend.gram(backend.upload(scaled, influence.rows(), m), null, backend.upload(gram, m, m));
        double[] factor = pivotedCholesky(gram, m);
        for (int at = 0; at < factor.length; at++) {
            factor[at] *= scale[at % m];
        }
        return factor;
    }

    /**
     * @param a m x m, positive semidefinite, row-major; overwritten
     * @return R with \( R^\top R = A \), rank x m
     */
    static double[] pivotedCholesky(double[] a, int m) {
        double[] factor = new double[m * m];
        double[] rest = new double[m];
        boolean[] done = new boolean[m];
        double largest = 0;
        for (int j = 0; j < m; j++) {
            rest[j] = a[j * m + j];
            largest = Math.max(largest, rest[j]);
        }
        int rank = 0;
        while (rank < m) {
            int pivot = -1;
            for (int j = 0; j < m; j++) {
                if (!done[j] && (pivot < 0 || rest[j] > rest[pivot])) {
                    pivot = j;
                }
            }
            if (!(rest[pivot] > NEGLIGIBLE * largest)) {
                break;
            }
            done[pivot] = true;
            int row = rank * m;
            double root = Math.sqrt(rest[pivot]);
            System.arraycopy(a, pivot * m, factor, row, m);
            for (int k = 0; k < rank; k++) {
                double c = factor[k * m + pivot];
                for (int j = 0; j < m; j++) {
                    factor[row + j] = Math.fma(-c, factor[k * m + j], factor[row + j]);
                }
            }
            for (int j = 0; j < m; j++) {
                boolean earlier = done[j] && j != pivot;
                factor[row + j] = earlier ? 0 : factor[row + j] / root;
                rest[j] -= factor[row + j] * factor[row + j];
            }
            factor[row + pivot] = root;
            rank++;
        }
        return Arrays.copyOf(factor, rank * m);
    }
}
