package io.verity.estimators.r3d;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Independent contributions to an estimate on the grid: one row per unit, or per cluster. The limit process is
 * \( N(0, \psi^\top\psi) \).
 *
 * @param rows number of independent contributions
 * @param points number m of grid points
 * @param values rows x points, row-major
 */
@SuppressWarnings("ArrayRecordComponent") // internal columns, never compared
record Influence(int rows, int points, double[] values) {

    /**
     * Adds the rows of each cluster and scales by \( \sqrt{G/(G-1)} \).
     *
     * @param clusters consecutive numbers from 0, or null when units are independent
     */
    static Influence of(double[] unitRows, int points, int @Nullable [] clusters) {
        int units = unitRows.length / points;
        if (clusters == null) {
            return new Influence(units, points, unitRows);
        }
        int groups = Arrays.stream(clusters).max().orElse(-1) + 1;
        double scale = Math.sqrt(groups / (groups - 1.0));
        double[] sums = new double[groups * points];
        for (int i = 0; i < units; i++) {
            int to = clusters[i] * points;
            for (int j = 0; j < points; j++) {
                sums[to + j] += scale * unitRows[i * points + j];
            }
        }
        return new Influence(groups, points, sums);
    }

    /** \( se_j = \sqrt{\sum_i \psi_{ij}^2} \). */
    double[] standardErrors() {
        double[] squares = new double[points];
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < points; j++) {
                double v = values[i * points + j];
                squares[j] = Math.fma(v, v, squares[j]);
            }
        }
        return Arrays.stream(squares).map(Math::sqrt).toArray();
    }

    /** Standard error of the mean over the grid. */
    double standardErrorOfMean() {
        double squares = 0;
        for (int i = 0; i < rows; i++) {
            double sum = 0;
            for (int j = 0; j < points; j++) {
                sum += values[i * points + j];
            }
            squares += (sum / points) * (sum / points);
        }
        return Math.sqrt(squares);
    }
}
