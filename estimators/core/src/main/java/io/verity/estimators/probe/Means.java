package io.verity.estimators.probe;

import io.verity.estimators.logistic.SingleClassException;
import org.ejml.data.DMatrixRMaj;

/** Column means of two classes over some rows, and the rows around them. */
@SuppressWarnings("ArrayRecordComponent") // internal; two are never compared
record Means(double[] zero, double[] one, int zeros, int ones) {

    /** Throws {@link SingleClassException} unless both classes are present. */
    static Means of(DMatrixRMaj x, int[] y, int[] rows) {
        int p = x.numCols;
        double[][] mean = new double[2][p];
        int[] count = new int[2];
        for (int i : rows) {
            double[] sum = mean[y[i]];
            count[y[i]]++;
            for (int j = 0, at = i * p; j < p; j++, at++) {
                sum[j] += x.data[at];
            }
        }
        if (count[0] == 0 || count[1] == 0) {
            throw new SingleClassException(count[0], count[1]);
        }
        for (int c = 0; c < 2; c++) {
            for (int j = 0; j < p; j++) {
                mean[c][j] /= count[c];
            }
        }
        return new Means(mean[0], mean[1], count[0], count[1]);
    }

    double[] difference() {
        double[] d = new double[zero.length];
        for (int j = 0; j < d.length; j++) {
            d[j] = one[j] - zero[j];
        }
        return d;
    }

    double[] middle() {
        double[] m = new double[zero.length];
        for (int j = 0; j < m.length; j++) {
            m[j] = 0.5 * (one[j] + zero[j]);
        }
        return m;
    }

    /** The rows minus the mean of their class. */
    DMatrixRMaj residuals(DMatrixRMaj x, int[] y, int[] rows) {
        DMatrixRMaj r = Rows.select(x, rows);
        for (int k = 0, at = 0; k < rows.length; k++) {
            double[] mean = y[rows[k]] == 1 ? one : zero;
            for (int j = 0; j < r.numCols; j++, at++) {
                r.data[at] -= mean[j];
            }
        }
        return r;
    }
}
