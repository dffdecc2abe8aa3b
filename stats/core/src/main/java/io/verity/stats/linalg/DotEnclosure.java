package io.verity.stats.linalg;

/**
 * A dot product as if computed in twice the working precision and rounded once, with a bound on its error (Ogita, Rump,
 * Oishi, "Accurate sum and dot product", SIAM J. Sci. Comput. 26, 2005, algorithm Dot2 with its error bound). It decides
 * signs that ordinary rounding hides.
 *
 * @param value the product
 * @param error the exact product lies within {@code value - error} and {@code value + error}
 */
public record DotEnclosure(double value, double error) {
    private static final double UNIT = 0x1.0p-53;

    /**
     * @param a first vector, at {@code from}, {@code from + stride}, ...
     * @param from index of its first entry
     * @param stride distance of its entries
     * @param b second vector
     * @return \( \sum_j a_j b_j \) over the entries of b
     */
    public static DotEnclosure of(double[] a, int from, int stride, double[] b) {
        double sum = 0;
        double low = 0;
        double absolute = 0;
        for (int j = 0; j < b.length; j++) {
            double x = a[from + j * stride];
            double product = x * b[j];
            double lost = Math.fma(x, b[j], -product);
            double total = sum + product;
            double part = total - sum;
            lost += (sum - (total - part)) + (product - part);
            sum = total;
            low += lost;
            absolute += Math.abs(product);
        }
        double value = sum + low;
        double factor = b.length * UNIT / (1 - b.length * UNIT);
        // the last term covers products that underflow
        double error = Math.abs(value) * UNIT + 4 * factor * factor * absolute + 5 * b.length * Double.MIN_VALUE;
        return new DotEnclosure(value, error == 0 ? 0 : Math.nextUp(error * (1 + 8 * UNIT)));
    }

    /** @return the smallest value the exact product may have */
    public double lower() {
        return value - error;
    }
}
