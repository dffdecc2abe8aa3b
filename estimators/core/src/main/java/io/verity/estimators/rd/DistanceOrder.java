package io.verity.estimators.rd;

/**
 * Sorting of non-negative numbers together with their labels: a radix sort over the bits, which order such numbers as they order
 * their values. Stable, without comparisons of random pairs and without boxing.
 *
 * <p>Three passes sort by sign, exponent and 21 bits of the mantissa; numbers that agree in all of them are so few that insertion
 * puts them right. Where they are not few (many values close together and far from zero) three more passes sort the rest.
 */
final class DistanceOrder {
    private static final int DIGIT = 11;
    private static final int RADIX = 1 << DIGIT;
    private static final int PASSES = (Long.SIZE + DIGIT - 1) / DIGIT;
    private static final int HIGH_PASSES = 3;
    /** Bits below the high passes. */
    private static final int LOW_BITS = Long.SIZE - HIGH_PASSES * DIGIT;
    /** Moves per number that insertion may take before radix passes are cheaper. */
    private static final int PATIENCE = 8;

    private long[] bits;
    private int[] labels;
    private long[] spareBits;
    private int[] spareLabels;

    private DistanceOrder(double[] keys, int[] labels) {
        int n = keys.length;
        bits = new long[n];
        for (int i = 0; i < n; i++) {
            bits[i] = Double.doubleToRawLongBits(keys[i]);
        }
        this.labels = labels.clone();
        spareBits = new long[n];
        spareLabels = new int[n];
    }

    /** Sorts the keys (no negative zero among them) in place; returns the given labels in their order. */
    static int[] sort(double[] keys, int[] labels) {
        DistanceOrder order = new DistanceOrder(keys, labels);
        order.passes(LOW_BITS, HIGH_PASSES);
        if (!order.insertion()) {
            order.passes(0, PASSES);
        }
        for (int i = 0; i < keys.length; i++) {
            keys[i] = Double.longBitsToDouble(order.bits[i]);
        }
        return order.labels;
    }

    private void passes(int lowest, int count) {
        int n = bits.length;
        int[] counts = new int[count * RADIX];
        for (int i = 0; i < n; i++) {
            long b = bits[i] >>> lowest;
            for (int pass = 0; pass < count; pass++) {
                counts[pass * RADIX + ((int) b & (RADIX - 1))]++;
                b >>>= DIGIT;
            }
        }
        for (int pass = 0; pass < count; pass++) {
            int shift = lowest + pass * DIGIT;
            int base = pass * RADIX;
            if (n == 0 || counts[base + digit(bits[0], shift)] == n) {
                continue; // all keys agree in this digit
            }
            int position = 0;
            for (int d = base; d < base + RADIX; d++) {
                int size = counts[d];
                counts[d] = position;
                position += size;
            }
            scatter(shift, base, counts);
        }
    }

    private void scatter(int shift, int base, int[] counts) {
        long[] from = bits;
        int[] fromLabels = labels;
        long[] to = spareBits;
        int[] toLabels = spareLabels;
        for (int i = 0; i < from.length; i++) {
            int at = counts[base + digit(from[i], shift)]++;
            to[at] = from[i];
            toLabels[at] = fromLabels[i];
        }
        bits = to;
        labels = toLabels;
        spareBits = from;
        spareLabels = fromLabels;
    }

    private static int digit(long bits, int shift) {
        return (int) (bits >>> shift) & (RADIX - 1);
    }

    /** Finishes an almost sorted array; false if it is not. */
    private boolean insertion() {
        long[] b = bits;
        int[] l = labels;
        long left = (long) PATIENCE * b.length;
        for (int i = 1; i < b.length; i++) {
            long key = b[i];
            int label = l[i];
            int at = i;
            while (at > 0 && b[at - 1] > key) {
                b[at] = b[at - 1];
                l[at] = l[at - 1];
                at--;
            }
            b[at] = key;
            l[at] = label;
            left -= i - at;
            if (left < 0) {
                return false;
            }
        }
        return true;
    }
}
