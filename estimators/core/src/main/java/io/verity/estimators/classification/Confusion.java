package io.verity.estimators.classification;

import io.verity.stats.Arguments;
import java.util.Arrays;

/** How often rows of each class were predicted to be of each class. */
public final class Confusion {
    private final long[][] counts;

    private Confusion(long[][] counts) {
        this.counts = counts;
    }

    /**
     * @param y labels, 0 to K - 1
     * @param predicted as many predictions, 0 to K - 1
     * @param classes K
     * @return the counts
     * @throws IllegalArgumentException if the arrays differ in length or a label is out of range
     */
    public static Confusion of(int[] y, int[] predicted, int classes) {
        Arguments.require(
                y.length == predicted.length, "there are %d labels but %d predictions", y.length, predicted.length);
        long[][] counts = new long[classes][classes];
        for (int i = 0; i < y.length; i++) {
            checkLabel(y[i], classes, i + 1L);
            checkLabel(predicted[i], classes, i + 1L);
            counts[y[i]][predicted[i]]++;
        }
        return new Confusion(counts);
    }

    static void checkLabel(int label, int classes, long row) {
        Arguments.require(
                label >= 0 && label < classes,
                "labels must be 0 to %d, but the label of row %d is %d",
                classes - 1,
                row,
                label);
    }

    static Confusion of(long[][] counts) {
        return new Confusion(Arrays.stream(counts).map(long[]::clone).toArray(long[][]::new));
    }

    /** @return K */
    public int classes() {
        return counts.length;
    }

    /** @return a list per true class of counts per predicted class, K x K */
    public long[][] counts() {
        return Arrays.stream(counts).map(long[]::clone).toArray(long[][]::new);
    }

    /** @return rows in all */
    public long rows() {
        return Arrays.stream(counts).flatMapToLong(Arrays::stream).sum();
    }

    /** @return rows whose class was predicted */
    public long right() {
        long right = 0;
        for (int k = 0; k < counts.length; k++) {
            right += counts[k][k];
        }
        return right;
    }

    /** @return share of the rows whose class was not predicted; NaN without rows */
    public double error() {
        return (double) (rows() - right()) / rows();
    }

    /**
     * @param k a class
     * @return share of its rows that were predicted to be of it; NaN without such rows
     */
    public double recall(int k) {
        return (double) counts[k][k] / Arrays.stream(counts[k]).sum();
    }

    /**
     * @param k a class
     * @return share of the rows predicted to be of it that are; NaN where it was never predicted
     */
    public double precision(int k) {
        return (double) counts[k][k]
                / Arrays.stream(counts).mapToLong(row -> row[k]).sum();
    }

    /** @return mean recall of the classes that have rows; NaN without rows */
    public double balancedAccuracy() {
        double sum = 0;
        int present = 0;
        for (int k = 0; k < counts.length; k++) {
            double recall = recall(k);
            if (!Double.isNaN(recall)) {
                sum += recall;
                present++;
            }
        }
        return sum / present;
    }
}
