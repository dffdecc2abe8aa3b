package io.verity.papers.evidence;

import io.verity.simulations.studies.ConditionSummary;
import io.verity.simulations.studies.SimulationResult;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** The conditions of a study as the series of a figure. */
public final class Conditions {
    private Conditions() {}

    /**
     * @param result a study's result
     * @param type of its conditions
     * @param series to which a condition belongs
     * @return the conditions of every series, both in the order of the study
     * @param <C> type of the conditions
     */
    public static <C extends Record> Map<String, List<ConditionSummary>> by(
            SimulationResult result, Class<C> type, Function<C, String> series) {
        return result.conditions().stream()
                .collect(Collectors.groupingBy(
                        summary -> series.apply(type.cast(summary.condition().value())),
                        LinkedHashMap::new,
                        Collectors.toList()));
    }

    /**
     * @param conditions of one series
     * @param value of a condition
     * @return the values
     */
    public static double[] each(List<ConditionSummary> conditions, ToDoubleFunction<ConditionSummary> value) {
        return conditions.stream().mapToDouble(value).toArray();
    }
}
