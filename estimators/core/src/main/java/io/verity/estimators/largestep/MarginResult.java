package io.verity.estimators.largestep;

import io.verity.stats.result.Provenance;
import io.verity.stats.result.ResultTable;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The maximal margin with its certificate: {@code marginLower <= mu <= marginUpper} holds whatever the solver did, because
 * the lower end is attained by {@code direction} and the upper end is the norm of a convex combination of the rows.
 *
 * @param separability whether some direction has every row on its positive side
 * @param marginLower \( \min_i z_i^\top w \) at the unit direction w
 * @param marginUpper \( \|\sum_i\alpha_i z_i\| \) for the convex weights \( \alpha \) found
 * @param radius \( \max_i\|z_i\| \)
 * @param direction unit max-margin direction, d entries (for data that are not separable: the best found, which may be zero)
 * @param support rows (0-based, ascending) with positive dual weight
 * @param dual n convex weights \( \alpha \) with \( \|\sum\alpha_iz_i\| \) = marginUpper
 * @param certificate why the data are not separable, or null
 * @param algorithm how it was found: {@code nnls} or {@code coordinate-ascent}
 * @param iterations of that algorithm
 * @param provenance how the result came about
 */
@SuppressWarnings("ArrayRecordComponent") // vectors; two results are never compared
public record MarginResult(
        Separability separability,
        double marginLower,
        double marginUpper,
        double radius,
        double[] direction,
        int[] support,
        double[] dual,
        @Nullable GordanCertificate certificate,
        String algorithm,
        int iterations,
        Provenance provenance) {

    /** @return whether the data are certified separable */
    public boolean separable() {
        return separability == Separability.YES;
    }

    /** @return the best value of mu: the attained lower end when separable, else 0 */
    public double margin() {
        return separable() ? marginLower : 0;
    }

    /** @return \( R^2/\mu^2 \), the perceptron's bound; infinite when not separable */
    public double difficulty() {
        return separable() ? Bounds.novikoff(radius, marginLower) : Double.POSITIVE_INFINITY;
    }

    /** @return one row per support row: its position (1-based) and weight */
    public ResultTable toTable() {
        ResultTable.Builder table = ResultTable.named(
                        "support", separability == Separability.NO ? "Rows of the certificate" : "Support rows")
                .integer("row", "row", "1-based")
                .number("weight", "weight", "");
        for (int i : support) {
            table.row(i + 1, dual[i]);
        }
        return table.build();
    }

    @Override
    public String toString() {
        return switch (separability) {
            case YES ->
                String.format(
                        Locale.ROOT,
                        "separable: margin in [%.10g, %.10g], radius %.6g, R^2/mu^2 = %.6g, %d support rows",
                        marginLower,
                        marginUpper,
                        radius,
                        difficulty(),
                        support.length);
            case NO -> "not separable: " + certificate;
            case UNDECIDED ->
                String.format(
                        Locale.ROOT,
                        "undecided: margin in [%.6g, %.6g], radius %.6g",
                        marginLower,
                        marginUpper,
                        radius);
        };
    }
}
