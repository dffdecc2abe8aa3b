package io.verity.estimators.logistic;

import io.verity.estimators.largestep.SeparableData;
import io.verity.stats.linalg.DenseBackend;
import io.verity.stats.linalg.DotEnclosure;
import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;

/** The signed rows of a sample with columns scaled to 1 and then rows scaled to length 1. Rows of zeros are left out. */
final class SignedRows {
    final int columns;
    final int count;
    final double[] values;
    final DenseBackend backend;
    private final Sample sample;
    private final double[] columnScales;
    private final int[] kept;

    SignedRows(Sample sample) {
        this.sample = sample;
        this.backend = sample.backend;
        int p = sample.columns;
        this.columns = p + (sample.intercept ? 1 : 0);
        this.columnScales = new double[p];
        for (int j = 0; j < p; j++) {
            double scale = largest(sample, j);
            columnScales[j] = scale > 0 ? scale : 1;
        }
        double[] all = new double[Math.multiplyExact(sample.rows, columns)];
        int[] found = new int[sample.rows];
        int rows = 0;
        double[] row = new double[columns];
        for (int i = 0; i < sample.rows; i++) {
            double sign = sample.labels[i] == 1 ? 1 : -1;
            for (int j = 0; j < p; j++) {
                row[j] = sign * sample.values[i * p + j] / columnScales[j];
            }
            if (sample.intercept) {
                row[p] = sign;
            }
            double length = norm(row);
            if (length > 0) {
                for (int j = 0; j < columns; j++) {
                    all[rows * columns + j] = row[j] / length;
                }
                found[rows++] = i;
            }
        }
        this.count = rows;
        this.values = Arrays.copyOf(all, rows * columns);
        this.kept = Arrays.copyOf(found, rows);
    }

    /** Rows left out: without an intercept they lie on every hyperplane. */
    int zeros() {
        return sample.rows - count;
    }

    static double largest(Sample sample, int j) {
        double largest = 0;
        for (int i = 0; i < sample.rows; i++) {
            largest = Math.max(largest, Math.abs(sample.values[i * sample.columns + j]));
        }
        return largest;
    }

    /** \( \sum_i \alpha_i z_i \), its cancelling sums in twice the precision. */
    double[] combination(double[] alpha) {
        double[] sums = new double[columns];
        for (int j = 0; j < columns; j++) {
            sums[j] = DotEnclosure.of(values, j, columns, alpha).value();
        }
        return sums;
    }

    double[] margins(double[] v, double length) {
        double[] margins = new double[count];
        for (int i = 0; i < count && length > 0; i++) {
            margins[i] = DotEnclosure.of(values, i * columns, 1, v).value() / length;
        }
        return margins;
    }

    SeparableData asData() {
        return SeparableData.ofSignedRows(new DMatrixRMaj(count, columns, true, values));
    }

    /** Weights in the columns as given. */
    double[] direction(double[] v) {
        double[] w = new double[sample.columns];
        for (int j = 0; j < w.length; j++) {
            w[j] = v[j] / columnScales[j];
        }
        return w;
    }

    double intercept(double[] v) {
        return sample.intercept ? sample.uncentred(direction(v), v[sample.columns]) : 0;
    }

    /** One weight per row of the sample; a row of zeros takes any. */
    double[] rescaled(double[] weights) {
        double[] all = new double[sample.rows];
        Arrays.fill(all, 1);
        for (int k = 0; k < count; k++) {
            all[kept[k]] = weights[k];
        }
        return all;
    }

    static double norm(double[] v) {
        double scale = PrimalNewton.largest(v);
        double squares = 0;
        for (double entry : v) {
            squares += scale > 0 ? (entry / scale) * (entry / scale) : 0;
        }
        return scale * Math.sqrt(squares);
    }
}
