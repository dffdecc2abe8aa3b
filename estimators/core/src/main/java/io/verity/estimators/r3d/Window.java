package io.verity.estimators.r3d;

import io.verity.stats.smoothing.LocalPolynomial;
import io.verity.stats.smoothing.SmoothingKernel;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The units of one side with positive weight, and the polynomial through them.
 *
 * @param rows indices of the units, ascending
 * @param scale of u: the bandwidth, or the largest distance where the bandwidth is beyond it
 * @param u distance from the cutoff over the scale
 * @param weights kernel times unit weights
 * @param fit the polynomial, or null where the units cannot determine it
 */
@SuppressWarnings("ArrayRecordComponent") // internal columns, never compared
record Window(
        int[] rows,
        double scale,
        double[] u,
        double[] weights,
        @Nullable LocalPolynomial fit) {

    /**
     * @param h bandwidth
     * @param kernel weights as a function of the distance over h, or null for ones
     * @param unitWeights whether the units' own weights multiply them
     */
    static Window of(
            Units units, boolean right, double h, int order, @Nullable SmoothingKernel kernel, boolean unitWeights) {
        int n = units.count();
        double scale = Math.min(h, units.farthest()); // tiny u would make the polynomial singular to rounding
        int[] rows = new int[n];
        double[] u = new double[n];
        double[] w = new double[n];
        int count = 0;
        for (int i = 0; i < n; i++) {
            double x = units.x[i];
            if (x >= 0 == right) {
                double weight = (kernel == null ? 1 : kernel.weight(x / h)) * (unitWeights ? units.weight(i) : 1);
                if (weight > 0) {
                    rows[count] = i;
                    u[count] = x / scale;
                    w[count++] = weight;
                }
            }
        }
        u = Arrays.copyOf(u, count);
        w = Arrays.copyOf(w, count);
        LocalPolynomial fit = count > order ? LocalPolynomial.of(u, w, order) : null;
        return new Window(Arrays.copyOf(rows, count), scale, u, w, fit == null || fit.isSingular() ? null : fit);
    }

    /** \( \sum_i w_i (y_{ij} - \hat y_{ij})^2 \) for m responses, with weights of the caller's choice. */
    double[] residualSums(double[] responses, int m, double[] alpha, int order, double @Nullable [] w) {
        double[] sums = new double[m];
        double[] fitted = new double[m];
        for (int i = 0; i < rows.length; i++) {
            evaluate(alpha, m, order, u[i], fitted);
            double weight = w == null ? 1 : w[i];
            int at = rows[i] * m;
            for (int j = 0; j < m; j++) {
                double e = responses[at + j] - fitted[j];
                sums[j] = Math.fma(weight * e, e, sums[j]);
            }
        }
        return sums;
    }

    /** Values at u of m polynomials with coefficients (order + 1) x m, by Horner's rule. */
    static void evaluate(double[] alpha, int m, int order, double u, double[] out) {
        System.arraycopy(alpha, order * m, out, 0, m);
        for (int k = order - 1; k >= 0; k--) {
            int at = k * m;
            for (int j = 0; j < m; j++) {
                out[j] = Math.fma(out[j], u, alpha[at + j]);
            }
        }
    }
}
