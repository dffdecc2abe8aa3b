package io.verity.estimators.largestep;

import java.util.Optional;

/**
 * Signed rows as integers times a power of two, where they are such. On them a perceptron decides ties in exact
 * arithmetic: its state \( \sum c_i z_i \) is a vector of integers.
 */
final class ExactRows {
    private static final int LARGEST_SHIFT = 20;
    private static final double LARGEST_ENTRY = 1L << 24;
    private static final double LARGEST_PRODUCT = 0x1p62;

    private final long[] rows;
    private final int n;
    private final int d;
    private final long largest;
    private final double unit;
    private final long[] sum;

    private ExactRows(long[] rows, int n, int d, long largest, double unit) {
        this.rows = rows;
        this.n = n;
        this.d = d;
        this.largest = largest;
        this.unit = unit;
        this.sum = new long[d];
    }

    static Optional<ExactRows> of(SeparableData data) {
        for (int shift = 0; shift <= LARGEST_SHIFT; shift++) {
            double factor = 1L << shift;
            if (integral(data.flat(), factor)) {
                long[] rows = new long[data.flat().length];
                long largest = 0;
                for (int k = 0; k < rows.length; k++) {
                    rows[k] = (long) (data.flat()[k] * factor);
                    largest = Math.max(largest, Math.abs(rows[k]));
                }
                return Optional.of(new ExactRows(rows, data.n(), data.d(), largest, 1 / factor));
            }
        }
        return Optional.empty();
    }

    private static boolean integral(double[] z, double factor) {
        for (double value : z) {
            double scaled = value * factor;
            if (scaled != Math.rint(scaled) || Math.abs(scaled) > LARGEST_ENTRY) {
                return false;
            }
        }
        return true;
    }

    /** Adds {@code count} times row i to the state. */
    void add(int i, long count) {
        for (int j = 0, k = i * d; j < d; j++, k++) {
            sum[j] += count * rows[k];
        }
    }

    /** Whether every product of a row with the state fits into 63 bits. */
    boolean fits() {
        double bound = 0;
        for (long s : sum) {
            bound += Math.abs((double) s);
        }
        return bound * largest < LARGEST_PRODUCT;
    }

    /** Copies the state, in the units of the data. */
    void state(double[] x) {
        for (int j = 0; j < d; j++) {
            x[j] = sum[j] * unit;
        }
    }

    /** Products of the rows with the state, in the units of the data; their signs and zeros are exact. */
    void products(double[] u) {
        for (int i = 0; i < n; i++) {
            long product = 0;
            for (int j = 0, k = i * d; j < d; j++, k++) {
                product += rows[k] * sum[j];
            }
            u[i] = product * (unit * unit);
        }
    }
}
