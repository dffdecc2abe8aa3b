package io.verity.estimators.classification;

import io.verity.stats.Arguments;
import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;

/** A {@link Scaling} with the constants of its training rows: \( (x_j - a_j) / b_j \). */
public final class ColumnScaling {
    private final double[] shift;
    private final double[] divisor;

    private ColumnScaling(double[] shift, double[] divisor) {
        this.shift = shift;
        this.divisor = divisor;
    }

    static ColumnScaling fit(Scaling scaling, double[] x, int rows, int columns) {
        Arguments.require(rows > 0, "X has no rows");
        double[] shift = new double[columns];
        double[] divisor = new double[columns];
        Arrays.fill(divisor, 1);
        for (int j = 0; j < columns && scaling != Scaling.NONE; j++) {
            double lowest = x[j];
            double highest = x[j];
            double sum = 0; // of differences from the first row, so that a constant has mean and deviation exactly
            for (int i = 0; i < rows; i++) {
                double v = x[i * columns + j];
                lowest = Math.min(lowest, v);
                highest = Math.max(highest, v);
                sum += v - x[j];
            }
            double spread = highest - lowest;
            shift[j] = lowest;
            if (scaling == Scaling.STANDARDIZE) {
                shift[j] = x[j] + sum / rows;
                double squares = 0;
                for (int i = 0; i < rows; i++) {
                    double difference = x[i * columns + j] - shift[j];
                    squares = Math.fma(difference, difference, squares);
                }
                spread = Math.sqrt(squares / rows);
            }
            divisor[j] = spread > 0 ? spread : 1;
        }
        return new ColumnScaling(shift, divisor);
    }

    /** @return d numbers that are subtracted */
    public double[] shift() {
        return shift.clone();
    }

    /** @return d positive numbers that the differences are divided by */
    public double[] divisor() {
        return divisor.clone();
    }

    /**
     * @param x n x d
     * @return the scaled rows
     * @throws IllegalArgumentException if x has another number of columns
     */
    public DMatrixRMaj apply(DMatrixRMaj x) {
        Arguments.require(
                x.numCols == shift.length, "X has %d columns, but the scaling has %d", x.numCols, shift.length);
        DMatrixRMaj z = x.copy();
        apply(z.data, z.numRows);
        return z;
    }

    /** Scales rows in place. */
    private void apply(double[] x, int rows) {
        int d = shift.length;
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < d; j++) {
                x[i * d + j] = (x[i * d + j] - shift[j]) / divisor[j];
            }
        }
    }
}
