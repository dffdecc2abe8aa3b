package io.verity.simulations.studies;

import io.verity.stats.result.ResultTable;
import io.verity.stats.result.ResultTable.Column;
import io.verity.stats.result.ResultTable.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The tables of a simulation. */
final class ResultTables {
    private static final String ERROR = "-mcse";

    private ResultTables() {}

    /** One row per condition: factors, replicates, failures, and every measure beside its MCSE. */
    static ResultTable measures(SimulationResult result) {
        Study<?> study = result.study();
        ResultTable.Builder table = factors(result, "conditions", study.title());
        table.integer("replicates", "Replicates", "").integer("failures", "Failures", "");
        for (Measure<?> measure : study.measures()) {
            number(table, measure.name(), measure.label(), measure.unit());
        }
        List<Metric> means = study.measures().isEmpty()
                ? study.metrics().stream().filter(m -> !m.trajectory()).toList()
                : List.of();
        for (Metric metric : means) {
            number(table, metric.name(), "mean " + metric.label(), metric.unit());
        }
        for (ConditionSummary summary : result.conditions()) {
            List<@Nullable Object> cells =
                    new ArrayList<>(summary.condition().factors().values());
            cells.add(summary.replicates());
            cells.add(summary.failures());
            for (MeasureSummary measure : summary.measures()) {
                cells.add(measure.value());
                cells.add(measure.mcse());
            }
            for (Metric metric : means) {
                boolean present =
                        summary.metrics().stream().anyMatch(m -> m.name().equals(metric.name()));
                cells.add(present ? summary.metric(metric.name()).mean() : null);
                cells.add(present ? summary.metric(metric.name()).mcse() : null);
            }
            table.row(cells.toArray());
        }
        return table.note("MCSE: Monte Carlo standard error.").build();
    }

    /** One row per condition and metric. */
    static ResultTable metrics(SimulationResult result) {
        ResultTable.Builder table = factors(result, "metrics", "Distribution of every metric over the replicates");
        table.text("metric", "Metric").integer("n", "Replicates that succeeded", "");
        for (String figure : List.of("mean", "sd")) {
            number(table, figure, figure, "");
        }
        table.number("min", "min", "");
        for (String figure : List.of("q05", "median", "q95")) {
            number(table, figure, figure, "");
        }
        table.number("max", "max", "");
        for (ConditionSummary summary : result.conditions()) {
            for (MetricSummary m : summary.metrics()) {
                List<@Nullable Object> cells =
                        new ArrayList<>(summary.condition().factors().values());
                cells.add(m.name());
                cells.add(m.n());
                for (double figure : new double[] {
                    m.mean(),
                    m.mcse(),
                    m.sd(),
                    m.sdMcse(),
                    m.min(),
                    m.q05(),
                    m.q05Mcse(),
                    m.median(),
                    m.medianMcse(),
                    m.q95(),
                    m.q95Mcse(),
                    m.max()
                }) {
                    cells.add(figure);
                }
                table.row(cells.toArray());
            }
        }
        return table.note("MCSE: Monte Carlo standard error. Quantiles are of type 7 (linear interpolation).")
                .build();
    }

    private static ResultTable.Builder factors(SimulationResult result, String name, String title) {
        ResultTable.Builder table = ResultTable.named(name, title);
        Map<String, Object> example = result.study().conditions().get(0).factors();
        example.forEach((factor, value) -> table.column(new Column(factor, factor, "", kind(value), null)));
        return table;
    }

    private static Kind kind(Object value) {
        if (value instanceof Long) {
            return Kind.INTEGER;
        }
        if (value instanceof Double) {
            return Kind.NUMBER;
        }
        return value instanceof Boolean ? Kind.BOOLEAN : Kind.TEXT;
    }

    private static void number(ResultTable.Builder table, String name, String label, String unit) {
        table.column(new Column(name, label, unit, Kind.NUMBER, name + ERROR));
        table.column(new Column(name + ERROR, "MCSE", unit, Kind.NUMBER, null));
    }
}
