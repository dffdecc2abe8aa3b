package io.verity.estimators.rd;

/**
 * Sorting of non-negative numbers together with their indices: a radix sort over the bits, which order such numbers as they
 * order their values. Stable, without comparisons and without boxing.
 */
final class DistanceOrder {
    private static final int DIGIT = 11;
    private static final int RADIX = 1 << DIGIT;
    private static final int PASSES = (Long.SIZE + DIGIT - 1) / DIGIT;

    private DistanceOrder() {}

    /** Sorts the keys (no negative zero among them) in place; returns the given labels in their order. */
    static int[] sort(double[] keys, int[] labels) {
        int n = keys.length;
        long[] bits = new long[n];
        int[] index = labels.clone();
        int[] counts = new int[PASSES * RADIX];
        for (int i = 0; i < n; i++) {
            long b = Double.doubleToRawLongBits(keys[i]);
            bits[i] = b;
            for (int pass = 0; pass < PASSES; pass++) {
                counts[pass * RADIX + digit(b, pass)]++;
            }
        }
        long[] sorted = new long[n];
        int[] from = new int[n];
        for (int pass = 0; pass < PASSES; pass++) {
            if (n == 0 || counts[pass * RADIX + digit(bits[0], pass)] == n) {
                continue; // all keys agree in this digit
            }
            int position = 0;
            for (int d = pass * RADIX; d < (pass + 1) * RADIX; d++) {
                int count = counts[d];
                counts[d] = position;
                position += count;
            }
            for (int i = 0; i < n; i++) {
                int to = counts[pass * RADIX + digit(bits[i], pass)]++;
                sorted[to] = bits[i];
                from[to] = index[i];
            }
            long[] swapBits = bits;
            bits = sorted;
            sorted = swapBits;
            int[] swapIndex = index;
            index = from;
            from = swapIndex;
        }
        for (int i = 0; i < n; i++) {
            keys[i] = Double.longBitsToDouble(bits[i]);
        }
        return index;
    }

    private static int digit(long bits, int pass) {
        return (int) (bits >>> (pass * DIGIT)) & (RADIX - 1);
    }
}
