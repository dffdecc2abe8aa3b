package io.verity.estimators.largestep;

import io.verity.stats.Arguments;

/** Norms and angles. */
public final class RunGeometry {
    private RunGeometry() {}

    /**
     * Euclidean norm, scaled so that neither large nor small entries over- or underflow.
     *
     * @param v any vector
     * @return \( \|v\|_2 \)
     */
    public static double norm(double[] v) {
        double largest = 0;
        for (double x : v) {
            largest = Math.max(largest, Math.abs(x));
        }
        if (largest == 0 || !Double.isFinite(largest)) {
            return largest;
        }
        double scale = Math.scalb(1.0, -Math.getExponent(largest)); // a power of two: scaling rounds nothing
        double sum = 0;
        for (double x : v) {
            sum = Math.fma(x * scale, x * scale, sum);
        }
        return Math.sqrt(sum) / scale;
    }

    /**
     * \( a^\top b \), in index order.
     *
     * @param a a vector
     * @param b a vector of the same length
     * @return the product
     */
    public static double dot(double[] a, double[] b) {
        Arguments.require(a.length == b.length, "vectors have %d and %d entries", a.length, b.length);
        double sum = 0;
        for (int j = 0; j < a.length; j++) {
            sum = Math.fma(a[j], b[j], sum);
        }
        return sum;
    }

    /**
     * Angle between two vectors as \( \mathrm{atan2}(\|w-(w^\top v)v\|, w^\top v) \) with v normalised; the arc cosine would
     * lose half of the digits near zero.
     *
     * @param w a vector
     * @param v a vector of the same length
     * @return degrees in [0, 180]; NaN when one of them is zero
     */
    public static double angleDegrees(double[] w, double[] v) {
        double normW = norm(w);
        double normV = norm(v);
        if (normW == 0 || normV == 0) {
            return Double.NaN;
        }
        double[] a = scaled(w, 1 / normW);
        double[] b = scaled(v, 1 / normV);
        double along = dot(a, b);
        double[] across = new double[a.length];
        for (int j = 0; j < a.length; j++) {
            across[j] = Math.fma(-along, b[j], a[j]);
        }
        return StrictMath.toDegrees(StrictMath.atan2(norm(across), along));
    }

    private static double[] scaled(double[] v, double factor) {
        double[] scaled = new double[v.length];
        for (int j = 0; j < v.length; j++) {
            scaled[j] = v[j] * factor;
        }
        return scaled;
    }
}
