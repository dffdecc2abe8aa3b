package io.verity.benchmarks;

import io.verity.stats.random.SplitMix64;
import org.ejml.data.DMatrixRMaj;

/**
 * Rows with eight common factors and labels from a logistic teacher, by a formula that every language can follow: entry k of the
 * stream is the SplitMix64 mix of k.
 */
final class RaptorData {
    private static final int FACTORS = 8;

    private final int rows;
    private final int columns;
    private final double[] x;
    private final int[] labels;

    RaptorData(int seed, int rows, int columns) {
        this.rows = rows;
        this.columns = columns;
        long s = (long) seed << 40;
        x = new double[rows * columns];
        labels = new int[rows];
        double[] teacher = new double[columns];
        for (int j = 0; j < columns; j++) {
            teacher[j] = centred(s + (1L << 38) + j) / Math.sqrt(columns);
        }
        double[] loadings = new double[FACTORS * columns];
        for (int k = 0; k < loadings.length; k++) {
            loadings[k] = centred(s + (1L << 37) + k);
        }
        for (int i = 0; i < rows; i++) {
            double score = 0;
            for (int j = 0; j < columns; j++) {
                double z = centred(s + (long) i * columns + j);
                score += z * teacher[j];
                double common = 0;
                for (int k = 0; k < FACTORS; k++) {
                    common += centred(s + (1L << 36) + i * 8L + k) * loadings[k * columns + j];
                }
                x[i * columns + j] = z + 0.7 * common;
            }
            labels[i] = uniform(s + (1L << 39) + i) < 1 / (1 + Math.exp(-3 * score)) ? 1 : 0;
        }
    }

    private static double uniform(long k) {
        return new SplitMix64(k).nextDouble();
    }

    private static double centred(long k) {
        return Math.sqrt(12) * (uniform(k) - 0.5);
    }

    int[] labels() {
        return labels;
    }

    /** Columns of mean 0 and population standard deviation 1. */
    DMatrixRMaj standardized() {
        double[] mean = new double[columns];
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                mean[j] += x[i * columns + j];
            }
        }
        double[] variance = new double[columns];
        for (int j = 0; j < columns; j++) {
            mean[j] /= rows;
        }
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                double d = x[i * columns + j] - mean[j];
                variance[j] += d * d;
            }
        }
        for (int j = 0; j < columns; j++) {
            variance[j] = 1 / Math.sqrt(variance[j] / rows);
        }
        DMatrixRMaj z = new DMatrixRMaj(rows, columns);
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                z.data[i * columns + j] = (x[i * columns + j] - mean[j]) * variance[j];
            }
        }
        return z;
    }
}
