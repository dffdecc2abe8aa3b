package io.verity.estimators.procedures.rd;

import io.verity.estimators.procedures.Inputs;
import io.verity.estimators.procedures.Outcome;
import io.verity.estimators.rd.RdEstimate;
import io.verity.estimators.rd.RdSeries;
import io.verity.estimators.rd.ScalarRdFit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a series of fits puts into an outcome. */
final class SeriesReport {
    private SeriesReport() {}

    static Outcome.Builder of(String name, Inputs inputs, RdData data) {
        Outcome.Builder outcome = Outcome.of(name).data(data.facts()).options(inputs.effective());
        RdData.warnings(data.table()).forEach(outcome::warning);
        RdDesign.warn(inputs, outcome);
        return outcome;
    }

    static void add(Outcome.Builder outcome, String key, RdSeries series, String effect) {
        List<@Nullable Object> rows = new ArrayList<>();
        for (RdSeries.Point point : series.points()) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("at", point.at());
            ScalarRdFit fit = point.fit();
            if (fit == null) {
                row.put("reason", point.reason());
                outcome.warning(String.format(Locale.ROOT, "%s %s: %s", series.varied(), point.at(), point.reason()));
            } else {
                row.put("conventional", RdDesign.row(fit.conventional()));
                row.put("robust", RdDesign.row(fit.robust()));
                row.put(
                        "h",
                        new double[] {fit.bandwidths().left(), fit.bandwidths().right()});
                row.put("effectiveLeft", fit.counts().effectiveLeft());
                row.put("effectiveRight", fit.counts().effectiveRight());
            }
            rows.add(row);
        }
        outcome.result(key, rows).table(series.toTable()).figure(series.toFigure(effect));
    }

    static String describe(RdData data, RdSeries... all) {
        StringBuilder text = new StringBuilder(data.table().file() + ": " + data.y() + " on " + data.x() + ", "
                + data.sample().size() + " rows");
        for (RdSeries series : all) {
            text.append(String.format(Locale.ROOT, "%n%s", series.title()));
            for (RdSeries.Point point : series.points()) {
                text.append(String.format(Locale.ROOT, "%n%s %.6g: ", series.varied(), point.at()));
                ScalarRdFit fit = point.fit();
                if (fit == null) {
                    text.append(point.reason());
                } else {
                    RdEstimate r = fit.robust();
                    text.append(String.format(
                            Locale.ROOT,
                            "%.5g, robust interval [%.5g, %.5g], p %.3g",
                            r.estimate(),
                            r.lower(),
                            r.upper(),
                            r.p()));
                }
            }
        }
        return text.toString();
    }
}
