package io.verity.estimators.probe;

import io.verity.stats.smoothing.Isotonic;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** The nondecreasing probability of class 1 along a score: isotonic regression, linear between scores, constant outside. */
final class MonotoneCurve {
    private static final double CLIP = 1e-6;

    private final double[] knots;
    private final double[] values;

    MonotoneCurve(double[] scores, int[] y) {
        int[] order = IntStream.range(0, y.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> scores[i]))
                .mapToInt(Integer::intValue)
                .toArray();
        double[] at = new double[y.length];
        double[] mean = new double[y.length];
        double[] weight = new double[y.length];
        int count = 0;
        for (int i : order) {
            if (count == 0 || scores[i] > at[count - 1]) {
                at[count++] = scores[i];
            }
            mean[count - 1] += y[i];
            weight[count - 1]++;
        }
        for (int k = 0; k < count; k++) {
            mean[k] /= weight[k];
        }
        knots = Arrays.copyOf(at, count);
        values = Arrays.copyOf(mean, count);
        new Isotonic(count, Arrays.copyOf(weight, count)).project(values, 0);
        for (int k = 0; k < count; k++) {
            values[k] = Math.max(CLIP, Math.min(1 - CLIP, values[k]));
        }
    }

    double[] at(double[] points) {
        return Arrays.stream(points).map(this::at).toArray();
    }

    private double at(double point) {
        int found = Arrays.binarySearch(knots, point);
        if (found >= 0) {
            return values[found];
        }
        int above = -found - 1;
        if (above == 0) {
            return values[0];
        }
        if (above == knots.length) {
            return values[above - 1];
        }
        double share = (point - knots[above - 1]) / (knots[above] - knots[above - 1]);
        return values[above - 1] + share * (values[above] - values[above - 1]);
    }
}
