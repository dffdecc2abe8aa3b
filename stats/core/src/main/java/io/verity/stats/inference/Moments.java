package io.verity.stats.inference;

import io.verity.stats.Arguments;

/**
 * Count, mean and central sums of second, third and fourth order of a stream of values, updated one value at a time
 * without cancellation (Pebay, "Formulas for robust, one-pass parallel computation of covariances and arbitrary-order
 * statistical moments", SAND2008-6212).
 */
public final class Moments {
    private long count;
    private double mean;
    private double m2;
    private double m3;
    private double m4;

    /**
     * @param values all values
     * @return their moments
     * @throws IllegalArgumentException if a value is not finite
     */
    public static Moments of(double... values) {
        Arguments.allFinite("values", values);
        Moments moments = new Moments();
        for (double value : values) {
            moments.add(value);
        }
        return moments;
    }

    /**
     * @param value the next value; must be finite
     */
    public void add(double value) {
        double before = count;
        count++;
        double n = count;
        double delta = value - mean;
        double share = delta / n;
        double share2 = share * share;
        double term = delta * share * before;
        mean += share;
        m4 += term * share2 * (n * n - 3 * n + 3) + 6 * share2 * m2 - 4 * share * m3;
        m3 += term * share * (n - 2) - 3 * share * m2;
        m2 += term;
    }

    /** @return number of values */
    public long count() {
        return count;
    }

    /** @return arithmetic mean; NaN without values */
    public double mean() {
        return count == 0 ? Double.NaN : mean;
    }

    /** @return unbiased variance, divisor n - 1; NaN with fewer than two values */
    public double variance() {
        return count < 2 ? Double.NaN : m2 / (count - 1);
    }

    /** @return square root of the unbiased variance */
    public double standardDeviation() {
        return Math.sqrt(variance());
    }

    /** @return \( \sqrt n\, m_3 / m_2^{3/2} \); 0 for constant values */
    public double skewness() {
        return m2 == 0 ? 0 : Math.sqrt((double) count) * m3 / (m2 * Math.sqrt(m2));
    }

    /** @return \( n\, m_4 / m_2^2 - 3 \); 0 for constant values */
    public double excessKurtosis() {
        return m2 == 0 ? 0 : count * m4 / (m2 * m2) - 3;
    }

    /** @return fourth central moment, divisor n */
    double fourthCentralMoment() {
        return m4 / count;
    }

    double[] state() {
        return new double[] {count, mean, m2, m3, m4};
    }

    void restore(double[] state, int from) {
        count = (long) state[from];
        mean = state[from + 1];
        m2 = state[from + 2];
        m3 = state[from + 3];
        m4 = state[from + 4];
    }
}
