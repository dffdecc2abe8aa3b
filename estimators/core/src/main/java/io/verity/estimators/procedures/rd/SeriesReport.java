package io.verity.estimators.procedures.rd;

import io.verity.estimators.procedures.Inputs;
import io.verity.estimators.procedures.Outcome;
import io.verity.estimators.rd.RdEstimate;
import io.verity.estimators.rd.RdSeries;
import io.verity.estimators.rd.ScalarRdFit;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** What a series of fits puts into an outcome. */
final class SeriesReport {
    private SeriesReport() {}

    static Outcome.Builder of(String name, Inputs inputs, RdData data) {
        Outcome.Builder outcome = Outcome.of(name).data(data.facts()).options(inputs.effective());
        RdData.warnings(data.table()).forEach(outcome::warning);
        RdDesign.warn(inputs, outcome);
        return outcome;
    }

    /** The numbers of a series under one key, one array per quantity; not a number where no fit was possible. */
    static void add(Outcome.Builder outcome, String key, RdSeries series, String effect) {
        Map<String, Object> result = new LinkedHashMap<>();
        result.put(
                "at", series.points().stream().mapToDouble(RdSeries.Point::at).toArray());
        result.put("conventional", column(series, f -> f.conventional().estimate()));
        result.put("biasCorrected", column(series, f -> f.robust().estimate()));
        result.put("se", column(series, f -> f.robust().standardError()));
        result.put("p", column(series, f -> f.robust().p()));
        result.put("lower", column(series, f -> f.robust().lower()));
        result.put("upper", column(series, f -> f.robust().upper()));
        result.put("hLeft", column(series, f -> f.bandwidths().left()));
        result.put("hRight", column(series, f -> f.bandwidths().right()));
        result.put("effectiveLeft", column(series, f -> f.counts().effectiveLeft()));
        result.put("effectiveRight", column(series, f -> f.counts().effectiveRight()));
        for (RdSeries.Point point : series.points()) {
            if (point.fit() == null) {
                outcome.note(key, "not a number where no fit is possible, see the warnings")
                        .warning(
                                String.format(Locale.ROOT, "%s %.6g: %s", series.varied(), point.at(), point.reason()));
            }
        }
        outcome.result(key, result).table(series.toTable()).figure(series.toFigure(effect));
    }

    private static double[] column(RdSeries series, ToDoubleFunction<ScalarRdFit> value) {
        return series.points().stream()
                .mapToDouble(p -> p.estimate().map(value::applyAsDouble).orElse(Double.NaN))
                .toArray();
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
