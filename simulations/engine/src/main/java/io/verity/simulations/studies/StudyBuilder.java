package io.verity.simulations.studies;

import io.verity.stats.Arguments;
import io.verity.stats.result.Figure;
import io.verity.stats.result.ResultTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Collects what a {@link Study} is made of.
 *
 * @param <C> record type of the conditions
 */
public final class StudyBuilder<C extends Record> {
    private static final int DEFAULT_CHUNK = 50;
    private static final long DEFAULT_REPLICATES = 1000;

    final String name;
    int version = 1;
    String title;
    final Map<String, Metric> metrics = new LinkedHashMap<>();
    final List<Measure<C>> measures = new ArrayList<>();
    ToLongFunction<C> replicates = condition -> DEFAULT_REPLICATES;
    int chunk = DEFAULT_CHUNK;
    Function<SimulationResult, List<Figure>> figures = result -> List.of();
    Function<SimulationResult, List<ResultTable>> tables = result -> List.of();
    Set<String> paired = Set.of();

    private final Class<C> type;
    private final Map<String, List<Object>> factors = new LinkedHashMap<>();
    private @Nullable List<C> conditions;

    StudyBuilder(String name, Class<C> type) {
        Arguments.require(!name.isBlank(), "a study needs a name");
        this.name = name;
        this.title = name;
        this.type = type;
    }

    /**
     * @param number raise it whenever the replicate function changes its results; 1 without this call
     * @return this builder
     */
    public StudyBuilder<C> version(int number) {
        version = number;
        return this;
    }

    /**
     * @param text what the study is about
     * @return this builder
     */
    public StudyBuilder<C> title(String text) {
        title = text;
        return this;
    }

    /**
     * @param component name of a component of the condition record
     * @param values its values: in the component's type, or whole numbers where it is wider, or texts
     * @return this builder
     */
    public StudyBuilder<C> factor(String component, Object... values) {
        factors.put(component, List.copyOf(Arrays.asList(values)));
        return this;
    }

    /**
     * Conditions one by one, instead of crossed factors.
     *
     * @param list the conditions
     * @return this builder
     */
    public StudyBuilder<C> conditions(List<C> list) {
        conditions = List.copyOf(list);
        return this;
    }

    /**
     * Common random numbers: conditions that differ in these factors alone get the same streams, so that two models see the
     * same data in the same replicate.
     *
     * @param components names of components of the condition record
     * @return this builder
     */
    public StudyBuilder<C> paired(String... components) {
        paired = Set.of(components);
        return this;
    }

    /**
     * @param metric name of a metric
     * @param label what it is, in words
     * @return this builder
     */
    public StudyBuilder<C> metric(String metric, String label) {
        return metric(new Metric(metric, label, "", false));
    }

    /**
     * @param metric name of a metric
     * @param label what it is, in words
     * @param unit unit of measurement
     * @return this builder
     */
    public StudyBuilder<C> metric(String metric, String label, String unit) {
        return metric(new Metric(metric, label, unit, false));
    }

    /**
     * @param metric name of a metric that is reported at several points
     * @param label what it is, in words
     * @param unit unit of measurement, empty when there is none
     * @return this builder
     */
    public StudyBuilder<C> trajectory(String metric, String label, String unit) {
        return metric(new Metric(metric, label, unit, true));
    }

    private StudyBuilder<C> metric(Metric metric) {
        Arguments.require(metrics.put(metric.name(), metric) == null, "metric '%s' stands twice", metric.name());
        return this;
    }

    /**
     * @param measure a performance measure
     * @return this builder
     */
    public StudyBuilder<C> measure(Measure<C> measure) {
        measures.add(measure);
        return this;
    }

    /**
     * @param number replicates of every condition; 1000 without this call
     * @return this builder
     */
    public StudyBuilder<C> replicates(long number) {
        return replicates(condition -> number);
    }

    /**
     * @param number replicates of a condition
     * @return this builder
     */
    public StudyBuilder<C> replicates(ToLongFunction<C> number) {
        replicates = number;
        return this;
    }

    /**
     * @param size replicates per unit of work (50 without this call): what a crash may cost at most, per thread
     * @return this builder
     */
    public StudyBuilder<C> chunk(int size) {
        chunk = Arguments.atLeast("chunk", size, 1);
        return this;
    }

    /**
     * @param function draws figures from a result
     * @return this builder
     */
    public StudyBuilder<C> figures(Function<SimulationResult, List<Figure>> function) {
        figures = function;
        return this;
    }

    /**
     * @param function derives tables from a result, beyond the measures: what several conditions say together
     * @return this builder
     */
    public StudyBuilder<C> tables(Function<SimulationResult, List<ResultTable>> function) {
        tables = function;
        return this;
    }

    /**
     * Finishes the study.
     *
     * @param replicate computes one replicate
     * @return the study
     * @throws IllegalArgumentException if a factor is missing, unknown or has values of the wrong type, if there is no metric,
     *     if a condition stands twice, or if conditions are paired over something that is no factor
     */
    public Study<C> replicate(Replicate<C> replicate) {
        Arguments.require(!metrics.isEmpty(), "study %s declares no metric", name);
        Arguments.require(
                conditions == null || factors.isEmpty(), "study %s has both factors and a list of conditions", name);
        Grid<C> grid = conditions != null ? Grid.listing(type, conditions) : Grid.crossing(type, factors);
        Set<String> known = grid.components();
        for (String component : paired) {
            Arguments.require(
                    known.contains(component), "study %s pairs over '%s', which is no factor", name, component);
        }
        return new Study<>(this, grid, replicate);
    }
}
