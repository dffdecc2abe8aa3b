package io.verity.estimators.logistic;

import io.verity.stats.linalg.DenseBackend;

/**
 * Whether columns are independent, by the Cholesky factor of their (centred) correlations: the square of a pivot is the share of the
 * column that the columns before it do not explain. Without a penalty the information matrix, of two classes as of many, is
 * positive definite just then.
 */
final class IndependentColumns {
    /** Share of a column's sum of squares that the columns before it must leave unexplained. */
    private static final double INDEPENDENT = 1e-12;

    private IndependentColumns() {}

    /**
     * @param values rows x p, centred if there is an intercept
     * @param weights of the rows
     * @param centres what was subtracted from the columns
     * @throws CollinearColumnsException naming the first that is not independent of those before it
     */
    static void check(double[] values, double[] weights, double[] centres, boolean intercept, DenseBackend backend) {
        int p = centres.length;
        double[] gram = new double[Math.multiplyExact(p, p)];
        backend.gram(backend.upload(values, weights.length, p), weights, backend.upload(gram, p, p));
        double[] scales = new double[p];
        for (int j = 0; j < p; j++) {
            double largest = 0;
            double raw = Math.abs(centres[j]);
            for (int i = 0; i < weights.length; i++) {
                largest = Math.max(largest, Math.abs(values[i * p + j]));
            }
            // what is left of a constant after its mean was subtracted is rounding
            if (!(gram[j * p + j] > 0) || largest <= 4 * Math.ulp(raw)) {
                throw CollinearColumnsException.of(j, true, intercept);
            }
            scales[j] = 1 / Math.sqrt(gram[j * p + j]);
        }
        for (int j = 0; j < p; j++) {
            for (int k = 0; k < j; k++) {
                gram[j * p + k] *= scales[j] * scales[k];
            }
            gram[j * p + j] = 1;
        }
        int failed = p == 0 ? -1 : backend.cholesky(backend.upload(gram, p, p));
        for (int j = 0; j < (failed < 0 ? p : failed); j++) {
            if (gram[j * p + j] * gram[j * p + j] < INDEPENDENT) {
                throw CollinearColumnsException.of(j, false, intercept);
            }
        }
        if (failed >= 0) {
            throw CollinearColumnsException.of(failed, false, intercept);
        }
    }
}
