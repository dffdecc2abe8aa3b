package io.verity.estimators.largestep;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;

/** Largest eigenvalues of weighted Gram matrices. */
final class Spectrum {
    private Spectrum() {}

    /** \( \lambda_{\max}(Z^\top D^2 Z) \), D the diagonal of {@code roots}, on the smaller of the two Gram matrices. */
    static double largestEigenvalue(SeparableData data, double[] roots) {
        int n = data.n();
        int d = data.d();
        double[] rows = new double[n * d];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < d; j++) {
                rows[i * d + j] = roots[i] * data.get(i, j);
            }
        }
        boolean tall = n >= d;
        int size = Math.min(n, d);
        DMatrixRMaj gram = new DMatrixRMaj(size, size);
        for (int p = 0; p < size; p++) {
            for (int q = 0; q <= p; q++) {
                double sum = 0;
                for (int k = 0; k < Math.max(n, d); k++) {
                    sum = tall
                            ? Math.fma(rows[k * d + p], rows[k * d + q], sum)
                            : Math.fma(rows[p * d + k], rows[q * d + k], sum);
                }
                gram.set(p, q, sum);
                gram.set(q, p, sum);
            }
        }
        EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(size, false, true);
        if (!eigen.decompose(gram)) {
            throw new IllegalStateException("the symmetric eigenvalue iteration did not converge");
        }
        double largest = 0;
        for (int k = 0; k < eigen.getNumberOfEigenvalues(); k++) {
            largest = Math.max(largest, eigen.getEigenvalue(k).getReal());
        }
        return largest;
    }
}
