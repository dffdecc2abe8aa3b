package io.verity.estimators.logistic;

import io.verity.stats.Arguments;
import io.verity.stats.linalg.DenseBackend;
import java.util.List;
import org.ejml.data.DMatrixRMaj;

/** Fits to the same rows at several penalties, in the order in which the penalties were given. */
public final class RidgePath {
    private final List<RidgeFit> fits;
    private final DenseBackend backend;

    RidgePath(List<RidgeFit> fits, DenseBackend backend) {
        this.fits = List.copyOf(fits);
        this.backend = backend;
    }

    /** @return number of penalties */
    public int size() {
        return fits.size();
    }

    /**
     * @param k index of a penalty, from 0
     * @return its strength, in the sum unit
     */
    public double lambda(int k) {
        return fits.get(k).lambda();
    }

    /**
     * @param k index of a penalty, from 0
     * @return the fit
     */
    public RidgeFit fit(int k) {
        return fits.get(k);
    }

    /** @return all fits */
    public List<RidgeFit> fits() {
        return fits;
    }

    /**
     * Scores of new rows under every fit, by one matrix product.
     *
     * @param x rows x p
     * @return rows x {@link #size()}
     * @throws IllegalArgumentException if x has another number of columns
     */
    public DMatrixRMaj scores(DMatrixRMaj x) {
        int p = fits.get(0).weights().length;
        Arguments.require(x.numCols == p, "X has %d columns, but the fits have %d weights", x.numCols, p);
        double[][] weights = fits.stream().map(RidgeFit::weights).toArray(double[][]::new);
        double[] intercepts = fits.stream().mapToDouble(RidgeFit::intercept).toArray();
        return scores(backend, x, weights, intercepts);
    }

    /** \( X w_k + b_k \) for every k, by one matrix product. */
    static DMatrixRMaj scores(DenseBackend backend, DMatrixRMaj x, double[][] weights, double[] intercepts) {
        int p = x.numCols;
        int size = weights.length;
        double[] all = new double[p * size];
        for (int k = 0; k < size; k++) {
            for (int j = 0; j < p; j++) {
                all[j * size + k] = weights[k][j];
            }
        }
        DMatrixRMaj scores = new DMatrixRMaj(x.numRows, size);
        backend.gemm(
                backend.upload(x.data, x.numRows, p),
                backend.upload(all, p, size),
                backend.upload(scores.data, x.numRows, size));
        for (int i = 0; i < x.numRows; i++) {
            for (int k = 0; k < size; k++) {
                scores.data[i * size + k] += intercepts[k];
            }
        }
        return scores;
    }
}
