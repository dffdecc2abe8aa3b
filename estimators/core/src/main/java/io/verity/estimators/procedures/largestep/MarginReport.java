package io.verity.estimators.procedures.largestep;

import io.verity.estimators.largestep.GordanCertificate;
import io.verity.estimators.largestep.MarginResult;
import io.verity.estimators.largestep.Separability;
import io.verity.estimators.procedures.Outcome;
import io.verity.stats.result.ResultTable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How a maximal margin and its certificate appear in outcomes. */
final class MarginReport {
    private static final int SHOWN_ROWS = 10;

    private MarginReport() {}

    /** {@code separable}, {@code marginLower}, {@code marginUpper}, {@code radius}, {@code certificate}. */
    static void add(Outcome.Builder outcome, TwoClassData data, MarginResult margin) {
        outcome.result("separable", margin.separability().name())
                .result("marginLower", margin.marginLower())
                .result("marginUpper", margin.marginUpper())
                .result("radius", margin.radius());
        GordanCertificate certificate = margin.certificate();
        if (certificate == null) {
            outcome.missing(
                    "certificate",
                    margin.separable()
                            ? "the data are separable; the direction certifies it"
                            : "neither a separating direction nor a certificate was found");
        } else {
            outcome.result("certificate", rowsAndWeights(data, certificate.rows(), certificate.weights()));
        }
    }

    static Map<String, @Nullable Object> rowsAndWeights(TwoClassData data, int[] rows, double[] weights) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("rows", data.sourceRows(rows));
        map.put("weights", weights.clone());
        return map;
    }

    /** The verdict in words, with the rows that carry it. */
    static String describe(TwoClassData data, MarginResult margin) {
        GordanCertificate certificate = margin.certificate();
        if (certificate == null) {
            return margin.toString();
        }
        StringBuilder text = new StringBuilder("not separable: ")
                .append(certificate.rows().length)
                .append(" rows carry the proof (weights that sum to 1 make their signed rows cancel, norm ")
                .append(String.format(Locale.ROOT, "%.2g", certificate.residual()))
                .append("): ");
        List<Object> rows = data.sourceRows(certificate.rows());
        for (int k = 0; k < Math.min(SHOWN_ROWS, rows.size()); k++) {
            text.append(k == 0 ? "" : ", ")
                    .append("row ")
                    .append(rows.get(k))
                    .append(String.format(Locale.ROOT, " x %.4g", certificate.weights()[k]));
        }
        return rows.size() > SHOWN_ROWS ? text + ", ..." : text.toString();
    }

    /** Support rows, or the rows of the certificate. */
    static ResultTable table(TwoClassData data, MarginResult margin) {
        boolean proof = margin.separability() == Separability.NO;
        ResultTable.Builder table = ResultTable.named(
                        "support", proof ? "Rows that make the data inseparable" : "Support rows of the maximal margin")
                .integer("row", "data row", "")
                .number("weight", "weight", "");
        List<Object> rows = data.sourceRows(margin.support());
        for (int k = 0; k < rows.size(); k++) {
            table.row(rows.get(k), margin.dual()[margin.support()[k]]);
        }
        return table.build();
    }

    /** One row per coefficient. */
    static ResultTable coefficients(String name, String title, String label, TwoClassData data, double[] values) {
        ResultTable.Builder table =
                ResultTable.named(name, title).text("coefficient", "column").number("value", label, "");
        List<String> names = data.coefficientNames();
        for (int j = 0; j < values.length; j++) {
            table.row(names.get(j), values[j]);
        }
        return table.build();
    }
}
