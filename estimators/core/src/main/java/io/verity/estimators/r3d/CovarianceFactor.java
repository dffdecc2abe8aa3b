package io.verity.estimators.r3d;

import io.verity.stats.EstimationException;
import io.verity.stats.linalg.DenseBackend;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;

/**
 * A factor R with \( R^\top R = \psi^\top\psi \): the symmetric square root of the correlations on the grid, times the standard
 * errors.
 *
 * <p>With more grid points than a unit has observations the correlations are singular, and adjacent quantiles nearly equal
 * anyway. A triangular factor without pivots is then wrong by orders of magnitude, and one with pivots jumps when two pivots tie. The
 * symmetric root is unique and depends continuously on the data (its error is the square root of the rounding, 1e-8), so that
 * draws do not change when units are reordered. Columns are scaled to unit length first, so that this error is relative to each grid
 * point's own noise.
 */
final class CovarianceFactor {
    private CovarianceFactor() {}

    /** @return m x m, row-major */
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
        double[] factor = squareRoot(gram, m);
        for (int at = 0; at < factor.length; at++) {
            factor[at] *= scale[at % m];
        }
        return factor;
    }

    /** The symmetric positive semidefinite root; eigenvalues that rounding made negative count as zero. */
    private static double[] squareRoot(double[] a, int m) {
        EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(m, true, true);
        if (!eigen.decompose(DMatrixRMaj.wrap(m, m, a.clone()))) {
            throw new EstimationException(
                    "the covariance of the effects on the grid could not be decomposed", "use the multiplier engine");
        }
        double[] root = new double[m * m];
        for (int k = 0; k < m; k++) {
            double s = Math.sqrt(Math.max(0, eigen.getEigenvalue(k).getReal()));
            double[] v = eigen.getEigenVector(k).getData();
            for (int i = 0; i < m && s > 0; i++) {
                double c = s * v[i];
                for (int j = 0; j < m; j++) {
                    root[i * m + j] = Math.fma(c, v[j], root[i * m + j]);
                }
            }
        }
        return root;
    }
}
