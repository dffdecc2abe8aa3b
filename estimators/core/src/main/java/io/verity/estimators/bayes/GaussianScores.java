package io.verity.estimators.bayes;

import java.util.Arrays;

/**
 * Joint log-likelihoods of rows in the centred form. Rows are taken in blocks whose columns lie together, so that the inner loop
 * runs over rows and the vector units do many at once; each row's sum still runs over its features in order.
 */
final class GaussianScores {
    /** Rows of a block: with 50 features 100 kB. */
    static final int BLOCK = 256;

    private static final int TRANSPOSED_TOGETHER = 8;

    private final int features;
    private final int classes;
    private final double[] means;
    private final double[] halfPrecisions;
    private final boolean shared;
    private final double[] constants;

    /**
     * @param constants \( \log \pi_k - \frac12 \sum_j \log(2 \pi v_{kj}) \)
     * @param halfPrecisions \( 1 / (2 v_{kj}) \), K x d or d
     */
    GaussianScores(double[] constants, double[] means, double[] halfPrecisions) {
        this.constants = constants;
        this.means = means;
        this.halfPrecisions = halfPrecisions;
        classes = constants.length;
        features = means.length / classes;
        shared = halfPrecisions.length == features && classes > 1;
    }

    /** Scratch for {@link #score}. */
    double[] scratch() {
        return new double[BLOCK * (features + 1)];
    }

    /** Scores of at most {@link #BLOCK} rows. */
    void score(double[] x, int offset, int rows, double[] scores, int scoresOffset, double[] scratch) {
        for (int j = 0; j < features; j += TRANSPOSED_TOGETHER) {
            int end = Math.min(features, j + TRANSPOSED_TOGETHER);
            for (int i = 0; i < rows; i++) {
                for (int f = j; f < end; f++) {
                    scratch[f * BLOCK + i] = x[offset + i * features + f];
                }
            }
        }
        int sums = features * BLOCK;
        for (int k = 0; k < classes; k++) {
            Arrays.fill(scratch, sums, sums + rows, 0);
            int j = 0;
            int precision = shared ? 0 : k * features;
            for (; j + 3 < features; j += 4) {
                addFour(scratch, j * BLOCK, sums, rows, k * features + j, precision + j);
            }
            for (; j < features; j++) {
                addOne(scratch, j * BLOCK, sums, rows, means[k * features + j], halfPrecisions[precision + j]);
            }
            for (int i = 0; i < rows; i++) {
                scores[scoresOffset + i * classes + k] = constants[k] - scratch[sums + i];
            }
        }
    }

    private void addFour(double[] scratch, int column, int sums, int rows, int mean, int precision) {
        double m0 = means[mean];
        double m1 = means[mean + 1];
        double m2 = means[mean + 2];
        double m3 = means[mean + 3];
        double p0 = halfPrecisions[precision];
        double p1 = halfPrecisions[precision + 1];
        double p2 = halfPrecisions[precision + 2];
        double p3 = halfPrecisions[precision + 3];
        for (int i = 0; i < rows; i++) {
            double a = scratch[column + i] - m0;
            double b = scratch[column + BLOCK + i] - m1;
            double c = scratch[column + 2 * BLOCK + i] - m2;
            double d = scratch[column + 3 * BLOCK + i] - m3;
            double sum = Math.fma(a * a, p0, scratch[sums + i]);
            sum = Math.fma(b * b, p1, sum);
            sum = Math.fma(c * c, p2, sum);
            scratch[sums + i] = Math.fma(d * d, p3, sum);
        }
    }

    private static void addOne(double[] scratch, int column, int sums, int rows, double mean, double precision) {
        for (int i = 0; i < rows; i++) {
            double a = scratch[column + i] - mean;
            scratch[sums + i] = Math.fma(a * a, precision, scratch[sums + i]);
        }
    }
}
