package io.verity.estimators.largestep;

import java.util.Locale;

/**
 * Why data are not separable (Gordan's theorem): convex weights on signed rows whose combination is zero, so that no
 * direction has them all on its positive side.
 *
 * @param rows the rows that carry the certificate, 0-based, ascending
 * @param weights their weights, positive, with sum 1
 * @param residual \( \|\sum_k w_k z_{r_k}\| \), zero to rounding
 */
@SuppressWarnings("ArrayRecordComponent") // two certificates are never compared
public record GordanCertificate(int[] rows, double[] weights, double residual) {
    private static final int SHOWN = 8;

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(
                "a convex combination of " + rows.length + " signed row" + (rows.length == 1 ? "" : "s")
                        + " is zero (norm " + String.format(Locale.ROOT, "%.2g", residual) + "): ");
        for (int k = 0; k < Math.min(SHOWN, rows.length); k++) {
            text.append(k == 0 ? "" : ", ")
                    .append("row ")
                    .append(rows[k] + 1)
                    .append(String.format(Locale.ROOT, " x %.4g", weights[k]));
        }
        return rows.length > SHOWN ? text + ", ..." : text.toString();
    }
}
