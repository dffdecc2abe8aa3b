package io.verity.stats.smoothing;

import io.verity.stats.Arguments;
import org.jspecify.annotations.Nullable;

/**
 * Isotonic least squares by pooling adjacent violators (Barlow, Bartholomew, Bremner and Brunk 1972): the nondecreasing vector
 * nearest to a given one, in linear time. Keeps its working arrays, so one object serves many vectors; not for several threads
 * at once.
 */
public final class Isotonic {
    private final double @Nullable [] weights;
    private final double[] mean;
    private final double[] weight;
    private final int[] size;

    /**
     * @param length of the vectors
     */
    public Isotonic(int length) {
        this(length, null);
    }

    /**
     * @param length of the vectors
     * @param weights of their entries, positive, or null for ones
     * @throws IllegalArgumentException if a weight is not positive and finite, or their number differs
     */
    public Isotonic(int length, double @Nullable [] weights) {
        if (weights != null) {
            Arguments.require(weights.length == length, "%d weights for %d entries", weights.length, length);
            for (double w : weights) {
                Arguments.positive("weight", w);
            }
        }
        this.weights = weights == null ? null : weights.clone();
        mean = new double[length];
        weight = new double[length];
        size = new int[length];
    }

    /**
     * Replaces a vector by its projection \( \arg\min_{f_0\le f_1\le\dots} \sum_j w_j (y_j - f_j)^2 \). A vector that is
     * nondecreasing already keeps every bit.
     *
     * @param y holds the vector, and afterwards its projection
     * @param offset where it starts in y
     * @return whether anything changed
     */
    public boolean project(double[] y, int offset) {
        int length = mean.length;
        int first = 1;
        while (first < length && y[offset + first - 1] <= y[offset + first]) {
            first++;
        }
        if (first >= length) {
            return false;
        }
        int blocks = 0;
        for (int j = 0; j < length; j++) {
            double m = y[offset + j];
            double w = weights == null ? 1 : weights[j];
            int count = 1;
            while (blocks > 0 && mean[blocks - 1] > m) {
                blocks--;
                double total = weight[blocks] + w;
                m = (weight[blocks] * mean[blocks] + w * m) / total;
                w = total;
                count += size[blocks];
            }
            mean[blocks] = m;
            weight[blocks] = w;
            size[blocks++] = count;
        }
        int j = offset;
        for (int b = 0; b < blocks; b++) {
            for (int k = 0; k < size[b]; k++) {
                y[j++] = mean[b];
            }
        }
        return true;
    }
}
