package io.verity.simulations.studies;

import io.verity.simulations.store.ResultStore;
import io.verity.simulations.store.Run;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Summarises a condition in two passes over its stored rows: in replicate order for moments and measures, in order of value
 * for quantiles. Keeps a few numbers per metric, whatever the number of replicates.
 */
final class Summariser<C extends Record> {
    private static final double LOW = 0.05;
    private static final double MIDDLE = 0.5;
    private static final double HIGH = 0.95;

    private final Study<C> study;
    private final Condition<C> condition;
    private final Map<String, CensoredMoments> metrics = new HashMap<>();
    private final List<CensoredMoments> measures = new ArrayList<>();
    private final Map<String, OrderStatistics> order = new HashMap<>();

    private Summariser(Study<C> study, Condition<C> condition) {
        this.study = study;
        this.condition = condition;
        study.measures().forEach(measure -> measures.add(new CensoredMoments()));
    }

    /** Summarises the first {@code to} replicates. */
    static <C extends Record> ConditionSummary summarise(
            Study<C> study, Condition<C> condition, ResultStore store, Run run, long to) {
        Summariser<C> summariser = new Summariser<>(study, condition);
        summariser.read(store, run, to);
        return new ConditionSummary(
                condition,
                to,
                store.failureCount(run, condition.cell(), to),
                summariser.metricSummaries(),
                summariser.measureSummaries());
    }

    private void read(ResultStore store, Run run, long to) {
        store.forEachRow(run, condition.cell(), 0, to, row -> {
            row.values()
                    .forEach((metric, value) -> metrics.computeIfAbsent(metric, k -> new CensoredMoments())
                            .add(value));
            for (int m = 0; m < measures.size(); m++) {
                measures.get(m).add(study.measures().get(m).contribution().applyAsDouble(condition.value(), row));
            }
        });
        metrics.forEach(
                (metric, moments) -> order.put(metric, new OrderStatistics(moments.count(), LOW, MIDDLE, HIGH)));
        store.forEachSorted(run, condition.cell(), to, (metric, value) -> {
            OrderStatistics statistics = order.get(metric);
            if (statistics != null) {
                statistics.add(value);
            }
        });
    }

    private List<MetricSummary> metricSummaries() {
        List<MetricSummary> summaries = new ArrayList<>();
        for (Metric metric : study.metrics()) {
            metrics.keySet().stream()
                    .filter(column -> Metric.nameOf(column).equals(metric.name()))
                    .sorted(Comparator.comparingDouble(Metric::positionOf))
                    .forEach(column -> summaries.add(summary(column)));
        }
        return summaries;
    }

    private MetricSummary summary(String column) {
        return summary(
                column,
                metrics.getOrDefault(column, new CensoredMoments()),
                order.getOrDefault(column, new OrderStatistics(0)));
    }

    static MetricSummary summary(String column, CensoredMoments moments, OrderStatistics values) {
        return new MetricSummary(
                column,
                moments.count(),
                moments.infinite(),
                moments.mean(),
                moments.meanError(),
                moments.standardDeviation(),
                moments.standardDeviationError(),
                values.min(),
                values.quantile(LOW),
                values.quantileError(LOW),
                values.quantile(MIDDLE),
                values.quantileError(MIDDLE),
                values.quantile(HIGH),
                values.quantileError(HIGH),
                values.max());
    }

    private List<MeasureSummary> measureSummaries() {
        List<MeasureSummary> summaries = new ArrayList<>();
        for (int m = 0; m < measures.size(); m++) {
            summaries.add(study.measures().get(m).summary(measures.get(m)));
        }
        return summaries;
    }
}
