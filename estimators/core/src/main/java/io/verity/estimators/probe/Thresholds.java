package io.verity.estimators.probe;

import java.util.Comparator;
import java.util.stream.IntStream;

/** Thresholds on scores. */
final class Thresholds {
    private Thresholds() {}

    /** The threshold with fewest mistakes when class 1 is what lies above it; among equals the one nearest to 0. */
    static double best(double[] scores, int[] y) {
        int[] order = IntStream.range(0, y.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> scores[i]))
                .mapToInt(Integer::intValue)
                .toArray();
        int mistakes = (int) IntStream.of(y).filter(v -> v == 0).count(); // threshold below all
        int fewest = mistakes;
        double best = nearestTo(Double.NEGATIVE_INFINITY, scores[order[0]]);
        for (int k = 0; k < order.length; k++) {
            mistakes += y[order[k]] == 1 ? 1 : -1;
            double above = k + 1 < order.length ? scores[order[k + 1]] : Double.POSITIVE_INFINITY;
            if (above == scores[order[k]]) {
                continue;
            }
            double threshold = nearestTo(scores[order[k]], above);
            if (mistakes < fewest || (mistakes == fewest && Math.abs(threshold) < Math.abs(best))) {
                fewest = mistakes;
                best = threshold;
            }
        }
        return best;
    }

    /** 0 if it lies in [low, high), else the middle, or a little beyond the only finite end. */
    private static double nearestTo(double low, double high) {
        if (low <= 0 && 0 < high) {
            return 0;
        }
        if (Double.isInfinite(low)) {
            return high - Math.max(1, Math.abs(high)) * 1e-3;
        }
        return Double.isInfinite(high) ? low : 0.5 * (low + high);
    }
}
