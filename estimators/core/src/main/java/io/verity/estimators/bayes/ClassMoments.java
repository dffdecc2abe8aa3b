package io.verity.estimators.bayes;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Sufficient statistics of K classes and d features: weight, rows of positive weight, means, and weighted sums of squared
 * deviations from them. A block of rows is summed in two passes (means first), blocks are merged by
 * \( S = S_A + S_B + \frac{c_A c_B}{c} (\mu_A - \mu_B)^2 \) (Chan, Golub, LeVeque 1979), so nothing cancels.
 */
final class ClassMoments {
    final int classes;
    final int features;
    final double[] weight;
    final long[] rows;
    final double[] mean;
    final double[] squares;

    ClassMoments(int classes, int features) {
        this.classes = classes;
        this.features = features;
        weight = new double[classes];
        rows = new long[classes];
        mean = new double[Math.multiplyExact(classes, features)];
        squares = new double[mean.length];
    }

    void clear() {
        Arrays.fill(weight, 0);
        Arrays.fill(rows, 0);
        Arrays.fill(mean, 0);
        Arrays.fill(squares, 0);
    }

    /**
     * Replaces the content by the moments of a block. Deviations are taken from the first row of each class, so that equal
     * values have variance 0 exactly.
     *
     * @param x rows, flat, from {@code offset} on
     * @param y labels, from {@code first} on; null for one class
     * @param w weights, from {@code first} on; null for ones
     * @param shift scratch of K d entries
     */
    void set(double[] x, int offset, int @Nullable [] y, double @Nullable [] w, int first, int count, double[] shift) {
        clear();
        int d = features;
        for (int i = 0; i < count; i++) {
            double c = w == null ? 1 : w[first + i];
            int k = y == null ? 0 : y[first + i];
            int row = offset + i * d;
            int at = k * d;
            if (rows[k] == 0) {
                System.arraycopy(x, row, shift, at, d);
            }
            if (c == 1) {
                for (int j = 0; j < d; j++) {
                    mean[at + j] += x[row + j] - shift[at + j];
                }
            } else {
                for (int j = 0; j < d; j++) {
                    mean[at + j] += c * (x[row + j] - shift[at + j]);
                }
            }
            weight[k] += c;
            // a first row of weight 0 is as good a shift as any; the rows counted are those of positive weight
            rows[k]++;
        }
        for (int k = 0; k < classes; k++) {
            double scale = weight[k] > 0 ? 1 / weight[k] : 0;
            for (int j = k * d; rows[k] > 0 && j < (k + 1) * d; j++) {
                mean[j] = shift[j] + mean[j] * scale;
            }
        }
        for (int i = 0; i < count; i++) {
            double c = w == null ? 1 : w[first + i];
            int k = y == null ? 0 : y[first + i];
            int row = offset + i * d;
            int at = k * d;
            if (c == 0) {
                rows[k]--;
            } else {
                for (int j = 0; j < d; j++) {
                    double deviation = x[row + j] - mean[at + j];
                    squares[at + j] += c * deviation * deviation;
                }
            }
        }
    }

    /** Adds the rows of other moments of the same shape. */
    void merge(ClassMoments other) {
        int d = features;
        for (int k = 0; k < classes; k++) {
            double added = other.weight[k];
            if (added > 0) {
                double total = weight[k] + added;
                double share = added / total;
                double factor = weight[k] * share;
                boolean first = weight[k] == 0;
                for (int j = k * d; j < (k + 1) * d; j++) {
                    double delta = other.mean[j] - mean[j];
                    mean[j] = first ? other.mean[j] : mean[j] + share * delta;
                    squares[j] += first ? other.squares[j] : other.squares[j] + factor * delta * delta;
                }
                weight[k] = total;
                rows[k] += other.rows[k];
            }
        }
    }

    /** These moments with all classes thrown together. */
    ClassMoments pooled() {
        ClassMoments all = new ClassMoments(1, features);
        ClassMoments one = new ClassMoments(1, features);
        for (int k = 0; k < classes; k++) {
            one.weight[0] = weight[k];
            one.rows[0] = rows[k];
            System.arraycopy(mean, k * features, one.mean, 0, features);
            System.arraycopy(squares, k * features, one.squares, 0, features);
            all.merge(one);
        }
        return all;
    }

    ClassMoments rearranged(int newClasses, int[] classOf, int[] keptFeatures) {
        ClassMoments all = new ClassMoments(newClasses, keptFeatures.length);
        for (int k = 0; k < classes; k++) {
            ClassMoments one = new ClassMoments(newClasses, keptFeatures.length);
            int to = classOf[k];
            one.weight[to] = weight[k];
            one.rows[to] = rows[k];
            for (int j = 0; j < keptFeatures.length; j++) {
                one.mean[to * keptFeatures.length + j] = mean[k * features + keptFeatures[j]];
                one.squares[to * keptFeatures.length + j] = squares[k * features + keptFeatures[j]];
            }
            all.merge(one);
        }
        return all;
    }

    double totalWeight() {
        double total = 0;
        for (double c : weight) {
            total += c;
        }
        return total;
    }

    long totalRows() {
        long total = 0;
        for (long r : rows) {
            total += r;
        }
        return total;
    }

    /** Largest variance of a column, of moments of one class. */
    double largestVariance() {
        double largest = 0;
        for (double s : squares) {
            largest = Math.max(largest, s / weight[0]);
        }
        return largest;
    }

    /** Whether every entry is a finite number; otherwise a row held something else, or squares went beyond the range. */
    boolean isFinite() {
        for (int j = 0; j < mean.length; j++) {
            if (!Double.isFinite(mean[j]) || !Double.isFinite(squares[j])) {
                return false;
            }
        }
        return true;
    }
}
