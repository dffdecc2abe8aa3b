package io.verity.estimators.probe;

import io.verity.stats.Arguments;
import io.verity.stats.losses.LogisticLoss;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** How well scores f tell two classes apart. Class 1 is predicted where f &gt; 0, strictly. */
public final class Classification {
    private Classification() {}

    /**
     * @param scores one per row
     * @param y 0 or 1 per row
     * @return share of rows predicted right; NaN without rows
     * @throws IllegalArgumentException if lengths differ
     */
    public static double accuracy(double[] scores, int[] y) {
        check(scores, y);
        int right = 0;
        for (int i = 0; i < y.length; i++) {
            right += (scores[i] > 0 ? 1 : 0) == y[i] ? 1 : 0;
        }
        return y.length == 0 ? Double.NaN : (double) right / y.length;
    }

    /**
     * @param scores one per row
     * @param y 0 or 1 per row
     * @return mean of the accuracies inside the two classes; NaN unless both are present
     * @throws IllegalArgumentException if lengths differ
     */
    public static double balancedAccuracy(double[] scores, int[] y) {
        check(scores, y);
        int[] right = new int[2];
        int[] count = new int[2];
        for (int i = 0; i < y.length; i++) {
            count[y[i]]++;
            right[y[i]] += (scores[i] > 0 ? 1 : 0) == y[i] ? 1 : 0;
        }
        return count[0] == 0 || count[1] == 0
                ? Double.NaN
                : 0.5 * ((double) right[0] / count[0] + (double) right[1] / count[1]);
    }

    /**
     * \( \frac1n\sum_i \log(1+e^{-\tilde y_i f_i}) \) with \( \tilde y = 2y - 1 \).
     *
     * @param scores one per row, log odds of class 1
     * @param y 0 or 1 per row
     * @return mean logistic loss; NaN without rows
     * @throws IllegalArgumentException if lengths differ
     */
    public static double logLoss(double[] scores, int[] y) {
        check(scores, y);
        double sum = 0;
        for (int i = 0; i < y.length; i++) {
            sum += LogisticLoss.loss(y[i] == 1 ? scores[i] : -scores[i]);
        }
        return sum / y.length;
    }

    /**
     * Area under the receiver operating characteristic: the probability that a row of class 1 scores above one of class 0,
     * ties counting half (Mann and Whitney 1947).
     *
     * @param scores one per row
     * @param y 0 or 1 per row
     * @return the area; NaN unless both classes are present
     * @throws IllegalArgumentException if lengths differ
     */
    public static double areaUnderCurve(double[] scores, int[] y) {
        check(scores, y);
        int[] order = IntStream.range(0, y.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> scores[i]))
                .mapToInt(Integer::intValue)
                .toArray();
        double rankSum = 0;
        for (int from = 0; from < order.length; ) {
            int to = from;
            int ones = 0;
            while (to < order.length && scores[order[to]] == scores[order[from]]) {
                ones += y[order[to++]];
            }
            rankSum += ones * 0.5 * (from + 1 + to);
            from = to;
        }
        double positives = Arrays.stream(y).sum();
        double negatives = y.length - positives;
        return positives == 0 || negatives == 0
                ? Double.NaN
                : (rankSum - 0.5 * positives * (positives + 1)) / (positives * negatives);
    }

    private static void check(double[] scores, int[] y) {
        Arguments.require(scores.length == y.length, "%d scores for %d labels", scores.length, y.length);
    }
}
