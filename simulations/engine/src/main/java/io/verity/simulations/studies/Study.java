package io.verity.simulations.studies;

import io.verity.simulations.store.RunKey;
import io.verity.simulations.store.StoredFailure;
import io.verity.simulations.store.StoredRow;
import io.verity.simulations.store.UnitRecord;
import io.verity.stats.Arguments;
import io.verity.stats.Names;
import io.verity.stats.random.RandomStream;
import io.verity.stats.result.Figure;
import io.verity.stats.result.ResultTable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A Monte Carlo study: conditions, a number of replicates, a pure replicate function, and what its replicates are summarised
 * to. Immutable.
 *
 * <p>The random stream of replicate r in condition c under master seed m is a pure function of (m, name, c, r), where c is the
 * hash of the condition's own values (of those that are not {@linkplain StudyBuilder#paired paired}): it depends neither on
 * the other conditions nor on who computes it when.
 *
 * @param <C> record type of the conditions; its components are the factors
 */
public final class Study<C extends Record> {
    private static final int MAX_ERROR_LENGTH = 2000;

    private final String name;
    private final int version;
    private final String title;
    private final Map<String, Metric> metrics;
    private final List<Measure<C>> measures;
    private final Grid<C> grid;
    private final Map<String, List<String>> settings;
    private final ToLongFunction<C> replicates;
    private final int chunk;
    private final Replicate<C> replicate;
    private final Function<SimulationResult, List<Figure>> figures;
    private final Function<SimulationResult, List<ResultTable>> tables;
    private final Set<String> paired;

    Study(StudyBuilder<C> builder, Grid<C> grid, Replicate<C> replicate) {
        this.name = builder.name;
        this.version = builder.version;
        this.title = builder.title;
        this.metrics = new LinkedHashMap<>(builder.metrics);
        this.measures = List.copyOf(builder.measures);
        this.grid = grid;
        this.settings = Map.of();
        this.replicates = builder.replicates;
        this.chunk = builder.chunk;
        this.replicate = replicate;
        this.figures = builder.figures;
        this.tables = builder.tables;
        this.paired = builder.paired;
    }

    private Study(Study<C> other, Grid<C> grid, Map<String, List<String>> settings) {
        this.name = other.name;
        this.version = other.version;
        this.title = other.title;
        this.metrics = other.metrics;
        this.measures = other.measures;
        this.grid = grid;
        this.settings = settings;
        this.replicates = other.replicates;
        this.chunk = other.chunk;
        this.replicate = other.replicate;
        this.figures = other.figures;
        this.tables = other.tables;
        this.paired = other.paired;
    }

    /**
     * @param name unique name, {@code group/name} by custom
     * @param conditions record type of the conditions
     * @param <C> record type of the conditions
     * @return a builder
     */
    public static <C extends Record> StudyBuilder<C> named(String name, Class<C> conditions) {
        return new StudyBuilder<>(name, conditions);
    }

    /** @return unique name */
    public String name() {
        return name;
    }

    /** @return version; results of different versions never mix */
    public int version() {
        return version;
    }

    /** @return what the study is about, in words */
    public String title() {
        return title;
    }

    /** @return metrics that every replicate reports */
    public List<Metric> metrics() {
        return List.copyOf(metrics.values());
    }

    /** @return performance measures */
    public List<Measure<C>> measures() {
        return measures;
    }

    /** @return the conditions, in grid order */
    public List<Condition<C>> conditions() {
        return grid.conditions();
    }

    /** @return the values of every factor that occur, in order of appearance */
    public Map<String, List<Object>> factors() {
        Map<String, List<Object>> values = new LinkedHashMap<>();
        for (Condition<C> condition : conditions()) {
            condition.factors().forEach((factor, value) -> {
                List<Object> seen = values.computeIfAbsent(factor, k -> new ArrayList<>());
                if (!seen.contains(value)) {
                    seen.add(value);
                }
            });
        }
        return values;
    }

    /**
     * @param condition index of a condition
     * @return its default number of replicates
     */
    public long replicates(int condition) {
        return replicates.applyAsLong(condition(condition).value());
    }

    /** @return replicates per unit of work */
    public int chunk() {
        return chunk;
    }

    /**
     * @param result a result of this study
     * @return its figures
     */
    public List<Figure> figures(SimulationResult result) {
        return figures.apply(result);
    }

    /**
     * @param result a result of this study
     * @return tables on what several conditions say together; none as a rule
     */
    public List<ResultTable> tables(SimulationResult result) {
        return tables.apply(result);
    }

    /**
     * @param factor name of a factor
     * @param values texts of its new values; for an explicit list of conditions, those to keep
     * @return the study with these values
     * @throws IllegalArgumentException if the factor does not exist (the nearest is named) or a value does not fit its type
     */
    public Study<C> withFactor(String factor, List<String> values) {
        Map<String, List<String>> changed = new LinkedHashMap<>(settings);
        changed.put(factor, List.copyOf(values));
        return new Study<>(this, grid.with(factor, values), changed);
    }

    /** @return what was given to {@link #withFactor}: values by factor */
    public Map<String, List<String>> settings() {
        return Collections.unmodifiableMap(settings);
    }

    /**
     * @param seed master seed
     * @param backend id of the matrix backend
     * @return what the study's results depend on
     */
    public RunKey key(long seed, String backend) {
        String parameters = conditions().stream()
                .map(c -> Long.toHexString(c.cell()) + " " + c.label())
                .collect(Collectors.joining("\n"));
        return new RunKey(name, version, parameters, seed, backend);
    }

    /**
     * Computes one replicate alone, exactly as a run does.
     *
     * @param condition index of the condition
     * @param replicateNumber number of the replicate, from 0
     * @param seed master seed
     * @return its row
     * @throws ReplicateException if the replicate throws, misses a metric, reports an unknown one or NaN; the cause is the
     *     original exception
     */
    public Row replay(int condition, long replicateNumber, long seed) {
        Arguments.require(replicateNumber >= 0, "replicate must be at least 0, but is %d", replicateNumber);
        Condition<C> c = condition(condition);
        try {
            return compute(c, replicateNumber, seed);
        } catch (Exception | AssertionError | StackOverflowError e) {
            throw new ReplicateException(
                    "replicate " + replicateNumber + " of condition " + condition + " (" + c.label() + ") of study "
                            + name + " with seed " + seed + " failed: " + e,
                    e);
        }
    }

    /** @return the result of running the study as {@link StudyRunner#withDefaults()} does: on all cores, in memory */
    public SimulationResult run() {
        return StudyRunner.withDefaults().run(this);
    }

    /**
     * Runs a unit of work; called by executors.
     *
     * @param unit condition and replicates
     * @param seed master seed
     * @param stop asked before every replicate; true abandons the unit
     * @return the unit's rows and failures, empty when abandoned
     */
    public Optional<UnitRecord> run(Unit unit, long seed, BooleanSupplier stop) {
        long start = System.nanoTime();
        Condition<C> condition = condition(unit.condition());
        List<StoredRow> rows = new ArrayList<>();
        List<StoredFailure> failures = new ArrayList<>();
        for (long r = unit.from(); r < unit.to(); r++) {
            if (stop.getAsBoolean()) {
                return Optional.empty();
            }
            try {
                rows.add(new StoredRow(r, compute(condition, r, seed).values()));
            } catch (Exception | AssertionError | StackOverflowError e) {
                if (stop.getAsBoolean()) {
                    return Optional.empty(); // an interrupted replicate has not failed
                }
                failures.add(new StoredFailure(condition.cell(), r, describe(e)));
            }
        }
        double seconds = (System.nanoTime() - start) * 1e-9;
        return Optional.of(new UnitRecord(condition.cell(), unit.from(), unit.to(), seconds, rows, failures));
    }

    Condition<C> condition(int index) {
        List<Condition<C>> all = conditions();
        Arguments.require(
                index >= 0 && index < all.size(),
                "study %s has conditions 0 to %d, but condition %d was asked for",
                name,
                all.size() - 1,
                index);
        return all.get(index);
    }

    private Row compute(Condition<C> condition, long r, long seed) throws Exception {
        @Nullable Row row = replicate.run(condition.value(), RandomStream.of(seed, name, streams(condition), r));
        if (row == null) {
            throw new IllegalStateException("the replicate function returned null");
        }
        check(row);
        return row;
    }

    /** The cell whose streams a condition uses: its own, or one that it shares with those that it is paired with. */
    private long streams(Condition<C> condition) {
        if (paired.isEmpty()) {
            return condition.cell();
        }
        StringBuilder shared = new StringBuilder();
        condition.factors().forEach((factor, value) -> {
            if (!paired.contains(factor)) {
                shared.append(factor)
                        .append('=')
                        .append(FactorType.canonical(value))
                        .append(';');
            }
        });
        return RandomStream.hash(shared.toString());
    }

    private void check(Row row) {
        row.values().forEach((column, value) -> {
            String key = Metric.nameOf(column);
            Metric metric = metrics.get(key);
            if (metric == null) {
                throw new IllegalArgumentException("the row reports '" + key + "', which the study does not declare"
                        + Names.suggestion(key, metrics.keySet(), ""));
            }
            Arguments.require(
                    metric.trajectory() == (column.indexOf('@') >= 0),
                    metric.trajectory()
                            ? "metric '%s' is a trajectory: put it with its position"
                            : "metric '%s' is no trajectory: put it without a position",
                    key);
            if (value.isNaN()) {
                throw new ArithmeticException("metric '" + column + "' is NaN");
            }
        });
        for (Metric metric : metrics.values()) {
            Arguments.require(
                    metric.trajectory() || row.values().containsKey(metric.name()),
                    "the row does not report metric '%s'",
                    metric.name());
        }
    }

    private static String describe(Throwable e) {
        StackTraceElement[] trace = e.getStackTrace();
        String text = trace.length > 0 ? e + " at " + trace[0] : e.toString();
        return text.length() > MAX_ERROR_LENGTH ? text.substring(0, MAX_ERROR_LENGTH) : text;
    }
}
