package io.verity.estimators.largestep;

import io.verity.stats.linalg.DenseBackend;
import io.verity.stats.linalg.Matrix;
import io.verity.stats.linalg.SymmetricSpectrum;
import org.ejml.data.DMatrixRMaj;

/** Largest eigenvalues of weighted Gram matrices. */
final class Spectrum {
    private Spectrum() {}

    /** \( \lambda_{\max}(Z^\top D Z) \), D the diagonal of the non-negative weights, on the smaller of the two Gram matrices. */
    static double largestEigenvalue(DenseBackend backend, SeparableData data, double[] weights) {
        int n = data.n();
        int d = data.d();
        int size = Math.min(n, d);
        DMatrixRMaj gram = new DMatrixRMaj(size, size);
        Matrix out = backend.upload(gram.data, size, size);
        if (n >= d) {
            backend.gram(backend.upload(data.flat(), n, d), weights, out);
        } else {
            double[] columns = new double[d * n];
            for (int i = 0; i < n; i++) {
                double root = Math.sqrt(weights[i]);
                for (int j = 0; j < d; j++) {
                    columns[j * n + i] = root * data.get(i, j);
                }
            }
            backend.gram(backend.upload(columns, d, n), null, out);
        }
        out.download(gram.data); // the backend may have computed elsewhere
        return SymmetricSpectrum.largestEigenvalue(gram);
    }
}
