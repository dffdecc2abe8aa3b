package io.verity.simulations.studies;

import io.verity.stats.Names;
import java.util.List;

/**
 * What the replicates of one condition say.
 *
 * @param condition the condition
 * @param replicates number of replicates, failed ones included
 * @param failures how many failed
 * @param metrics one summary per metric (per point for trajectories), in the study's order
 * @param measures one value per measure, in the study's order
 */
public record ConditionSummary(
        Condition<?> condition,
        long replicates,
        long failures,
        List<MetricSummary> metrics,
        List<MeasureSummary> measures) {
    /** Copies. */
    public ConditionSummary {
        metrics = List.copyOf(metrics);
        measures = List.copyOf(measures);
    }

    /**
     * @param name {@code name} or {@code name@at}
     * @return the summary of that metric
     * @throws IllegalArgumentException if there is none
     */
    public MetricSummary metric(String name) {
        return metrics.stream()
                .filter(m -> m.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no metric '" + name + "'"
                        + Names.suggestion(
                                name, metrics.stream().map(MetricSummary::name).toList(), "")));
    }

    /**
     * @param name key of a measure
     * @return its value here
     * @throws IllegalArgumentException if there is none
     */
    public MeasureSummary measure(String name) {
        return measures.stream()
                .filter(m -> m.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no measure '" + name + "'"
                        + Names.suggestion(
                                name,
                                measures.stream().map(MeasureSummary::name).toList(),
                                "")));
    }
}
