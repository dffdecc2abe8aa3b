package io.verity.stats.quantiles;

import io.verity.stats.Arguments;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** Sample quantiles of sorted values, and of weighted values. */
public final class Quantiles {
    /** Rounding allowed for in products N q and in cumulative weights, relative to N. */
    private static final double SLACK = 1e-12;

    private static final double WEIGHT_SLACK = 1e-9;

    private Quantiles() {}

    /**
     * @param sorted values in ascending order, at least one
     * @param probability q in [0, 1]
     * @param type which definition
     * @return the quantile
     * @throws IllegalArgumentException if there is no value or q is outside [0, 1]
     */
    public static double ofSorted(double[] sorted, double probability, QuantileType type) {
        Arguments.require(sorted.length > 0, "there is no value to take a quantile of");
        Arguments.require(
                probability >= 0 && probability <= 1, "probability must lie in [0, 1], but is %s", probability);
        return at(sorted, sorted.length, probability, type);
    }

    /**
     * Many quantiles of one sample, without checks: the inner loop of two-level data.
     *
     * @param sorted values in ascending order
     * @param count number N of values to use, from the front, at least one
     * @param probabilities each in [0, 1]
     * @param type which definition
     * @param out receives one quantile per probability
     * @param offset where in out the first one goes
     */
    public static void ofSorted(
            double[] sorted, int count, double[] probabilities, QuantileType type, double[] out, int offset) {
        for (int j = 0; j < probabilities.length; j++) {
            out[offset + j] = at(sorted, count, probabilities[j], type);
        }
    }

    private static double at(double[] sorted, int count, double q, QuantileType type) {
        return switch (type) {
            case TYPE1 -> sorted[Math.min(Math.max((int) Math.ceil(count * q - SLACK * count), 1), count) - 1];
            case TYPE2 -> averagedInverse(sorted, count, q);
            case TYPE7 -> interpolated(sorted, count, q);
        };
    }

    private static double averagedInverse(double[] sorted, int count, double q) {
        double rank = count * q;
        double nearest = Math.rint(rank);
        boolean flat = Math.abs(rank - nearest) <= SLACK * count;
        int below = (int) (flat ? nearest : Math.floor(rank));
        if (below < 1) {
            return sorted[0];
        }
        if (below >= count) {
            return sorted[count - 1];
        }
        return flat ? 0.5 * sorted[below - 1] + 0.5 * sorted[below] : sorted[below];
    }

    private static double interpolated(double[] sorted, int count, double q) {
        double position = (count - 1) * q;
        int below = (int) position;
        if (below >= count - 1) {
            return sorted[count - 1];
        }
        double share = position - below;
        return share == 0 ? sorted[below] : sorted[below] + share * (sorted[below + 1] - sorted[below]);
    }

    /**
     * Weighted quantiles with weights that count observations. Values of weight zero are dropped, the weights of the N others
     * are scaled to sum to N and those of equal values are added; with \( o = 1 + (N-1)q \), low = max(floor(o), 1),
     * high = min(low + 1, N) and a(v) the smallest value whose cumulative weight reaches v (up to 1e-9 N, so that equal
     * weights give the unweighted answer whatever the rounding), the quantile is
     * \( (1 - \mathrm{frac}(o))\,a(low) + \mathrm{frac}(o)\,a(high) \): type 7 for equal weights.
     *
     * @param values any order, finite
     * @param weights as many, finite, non-negative, not all zero
     * @param probabilities each in [0, 1]
     * @param out receives one quantile per probability
     * @param offset where in out the first one goes
     */
    public static void weighted(double[] values, double[] weights, double[] probabilities, double[] out, int offset) {
        int[] order = IntStream.range(0, values.length)
                .filter(i -> weights[i] > 0)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> values[i]))
                .mapToInt(Integer::intValue)
                .toArray();
        int count = order.length;
        double largest = 0;
        for (int i : order) {
            largest = Math.max(largest, weights[i]);
        }
        int scale =
                -Math.getExponent(largest); // a power of two: sums of huge weights stay finite, others keep their bits
        double total = 0;
        for (int i : order) {
            total += Math.scalb(weights[i], scale);
        }
        double[] distinct = new double[count];
        double[] cumulative = new double[count];
        int size = 0;
        double sum = 0;
        for (int i : order) {
            sum += Math.scalb(weights[i], scale) / total * count;
            if (size > 0 && distinct[size - 1] == values[i]) {
                cumulative[size - 1] = sum;
            } else {
                distinct[size] = values[i];
                cumulative[size++] = sum;
            }
        }
        for (int j = 0; j < probabilities.length; j++) {
            double o = 1 + (count - 1) * probabilities[j];
            double low = Math.max(Math.floor(o), 1);
            double high = Math.min(low + 1, count);
            double share = o - Math.floor(o);
            double slack = WEIGHT_SLACK * count;
            out[offset + j] = (1 - share) * reached(distinct, cumulative, size, low - slack)
                    + share * reached(distinct, cumulative, size, high - slack);
        }
    }

    private static double reached(double[] distinct, double[] cumulative, int size, double level) {
        int at = Arrays.binarySearch(cumulative, 0, size, level);
        int first = at >= 0 ? at : -at - 1;
        return distinct[Math.min(first, size - 1)];
    }
}
