package io.verity.estimators.hconsistency;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.SingularValueDecomposition_F64;

/**
 * An orthogonal basis of the score vectors that affine functions of the features can take on the points: columns of mean square
 * 1. Scales, offsets, constant and repeated columns, and more features than points make no difference to it.
 */
final class AffineBasis {
    private static final double RANK = 1e-11;
    private static final double CONSTANT = 1e-13;

    private AffineBasis() {}

    /** The N x r basis for N rows of features. */
    static double[][] of(double[][] x) {
        int rows = x.length;
        int d = x[0].length;
        DMatrixRMaj standard = new DMatrixRMaj(rows, d + 1);
        for (int j = 0; j < d; j++) {
            double largest = 0;
            double mean = 0;
            for (double[] row : x) {
                largest = Math.max(largest, Math.abs(row[j]));
                mean += row[j] / rows;
            }
            double square = 0;
            for (int i = 0; i < rows; i++) {
                double deviation = (x[i][j] - mean) / Math.max(largest, Double.MIN_NORMAL);
                standard.set(i, j, deviation);
                square += deviation * deviation / rows;
            }
            double sd = Math.sqrt(square);
            for (int i = 0; i < rows; i++) {
                standard.set(i, j, sd > CONSTANT ? standard.get(i, j) / sd : 0);
            }
        }
        for (int i = 0; i < rows; i++) {
            standard.set(i, d, 1);
        }
        SingularValueDecomposition_F64<DMatrixRMaj> svd = DecompositionFactory_DDRM.svd(rows, d + 1, true, false, true);
        if (!svd.decompose(standard)) {
            throw new IllegalStateException("the singular value decomposition of the features did not converge");
        }
        double[] singular = svd.getSingularValues();
        double top = 0;
        for (double s : singular) {
            top = Math.max(top, s);
        }
        DMatrixRMaj u = svd.getU(null, false);
        int rank = 0;
        int[] columns = new int[singular.length];
        for (int j = 0; j < singular.length; j++) {
            if (singular[j] > RANK * top) {
                columns[rank++] = j;
            }
        }
        double[][] basis = new double[rows][rank];
        double scale = Math.sqrt(rows);
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < rank; j++) {
                basis[i][j] = scale * u.get(i, columns[j]);
            }
        }
        return basis;
    }
}
