package io.verity.simulations.studies;

import io.verity.simulations.progress.CancelledException;
import io.verity.simulations.progress.Progress;
import io.verity.simulations.store.ResultStore;
import io.verity.simulations.store.Run;
import io.verity.simulations.store.StoredFailure;
import io.verity.simulations.store.StoredRange;
import io.verity.simulations.store.StoredRow;
import io.verity.simulations.store.UnitRecord;
import io.verity.stats.Arguments;
import io.verity.stats.result.Provenance;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A study in its store: computes the replicates that are asked for and not yet there, and reads them back in order. Not safe
 * for use by several threads.
 *
 * @param <C> record type of the conditions
 */
public final class StudyRun<C extends Record> implements AutoCloseable {
    private final Study<C> study;
    private final StudyRunner runner;
    private final ResultStore store;
    private final UnitExecutor executor;
    private final Run run;
    private final Map<Long, Condition<C>> byCell = new HashMap<>();
    private final long[] targets;
    private final Instant started = Instant.now();
    private final long startNanos = System.nanoTime();

    StudyRun(Study<C> study, StudyRunner runner, ResultStore store, UnitExecutor executor, Run run) {
        this.study = study;
        this.runner = runner;
        this.store = store;
        this.executor = executor;
        this.run = run;
        this.targets = new long[study.conditions().size()];
        study.conditions().forEach(c -> byCell.put(c.cell(), c));
    }

    /** @return the study */
    public Study<C> study() {
        return study;
    }

    /** @return the run in the store */
    public Run stored() {
        return run;
    }

    /** @return the master seed */
    public long seed() {
        return runner.seed();
    }

    /** @return the store */
    public ResultStore store() {
        return store;
    }

    /**
     * Computes all replicates that the runner or else the study plans.
     *
     * @throws StudyFailedException if too many replicates of a condition fail
     * @throws CancelledException if the work was stopped
     */
    public void complete() {
        long[] wanted = new long[targets.length];
        for (int c = 0; c < wanted.length; c++) {
            wanted[c] = runner.replicates(study, c);
        }
        ensure(wanted);
        store.finish(run);
    }

    /**
     * Makes sure that a condition has its first replicates.
     *
     * @param condition index of the condition
     * @param replicates how many
     * @throws StudyFailedException if too many of them fail
     * @throws CancelledException if the work was stopped
     */
    public void ensure(int condition, long replicates) {
        study.condition(condition);
        long[] wanted = targets.clone();
        wanted[condition] = Math.max(wanted[condition], replicates);
        ensure(wanted);
    }

    private void ensure(long[] wanted) {
        System.arraycopy(wanted, 0, targets, 0, wanted.length);
        long[] failures = new long[wanted.length];
        for (int c = 0; c < wanted.length; c++) {
            failures[c] = store.failureCount(run, study.condition(c).cell(), wanted[c]);
            checkFailures(c, failures[c]);
        }
        List<Unit> missing = missing(wanted);
        long total = 0;
        for (long w : wanted) {
            total += w;
        }
        long todo = missing.stream().mapToLong(Unit::size).sum();
        if (todo == 0) {
            return;
        }
        long done = total - todo;
        try (Progress.Task task = runner.progress().start(study.name(), total, done);
                Stream<UnitRecord> results = executor.run(study, runner.seed(), missing, runner.cancellation())) {
            for (Iterator<UnitRecord> it = results.iterator(); it.hasNext(); ) {
                UnitRecord unit = it.next();
                store.commit(run, unit);
                task.advance(unit.to() - unit.from());
                done += unit.to() - unit.from();
                int c = conditionOf(unit.cell());
                if (failures[c] == 0 && !unit.failures().isEmpty()) {
                    StoredFailure failure = unit.failures().get(0);
                    runner.progress()
                            .message(study.name() + ": replicate " + failure.replicate() + " of condition " + c + " ("
                                    + study.condition(c).label() + ") failed: " + failure.error());
                }
                failures[c] += unit.failures().size();
                checkFailures(c, failures[c]);
            }
        }
        if (done < total) {
            throw new CancelledException("stopped: " + done + " of " + total + " replicates of " + study.name()
                    + " are kept in " + store.location() + "; the same command continues from there");
        }
    }

    /**
     * Visits rows in replicate order, one at a time.
     *
     * @param condition index of the condition
     * @param from first replicate
     * @param to one past the last replicate; all of them must have been {@linkplain #ensure computed}
     * @param visitor sees the row of every replicate that did not fail
     */
    public void forEachRow(int condition, long from, long to, Consumer<StoredRow> visitor) {
        Arguments.require(
                0 <= from && from <= to && to <= targets[condition],
                "replicates %d to %d of condition %d were asked for, but %d were computed",
                from,
                to,
                condition,
                targets[condition]);
        store.forEachRow(run, study.condition(condition).cell(), from, to, visitor);
    }

    /**
     * @param condition index of the condition
     * @param limit at most so many
     * @return the first failures among the replicates that have been computed
     */
    public List<StoredFailure> failures(int condition, int limit) {
        return store.failures(run, study.condition(condition).cell(), targets[condition], limit);
    }

    /** @return the summary of what has been computed through this object, condition by condition */
    public SimulationResult summarise() {
        List<ConditionSummary> summaries = new ArrayList<>();
        for (Condition<C> condition : study.conditions()) {
            summaries.add(Summariser.summarise(study, condition, store, run, targets[condition.index()]));
        }
        return new SimulationResult(
                study,
                summaries,
                Provenance.here(runner.backend(), runner.seed()),
                new Execution(executor.id(), executor.threads(), started, (System.nanoTime() - startNanos) * 1e-9));
    }

    @Override
    public void close() {
        runner.release(store, executor);
    }

    /** Cuts what is not in the store along multiples of the chunk size. */
    private List<Unit> missing(long[] wanted) {
        Map<Integer, List<StoredRange>> finished = new HashMap<>();
        for (StoredRange range : store.finished(run)) {
            finished.computeIfAbsent(conditionOf(range.cell()), k -> new ArrayList<>())
                    .add(range);
        }
        List<Unit> units = new ArrayList<>();
        for (int c = 0; c < wanted.length; c++) {
            long next = 0;
            for (StoredRange range : finished.getOrDefault(c, List.of())) {
                cut(c, next, Math.min(range.from(), wanted[c]), units);
                next = range.to();
            }
            cut(c, next, wanted[c], units);
        }
        return units;
    }

    private void cut(int condition, long from, long to, List<Unit> units) {
        for (long start = from; start < to; ) {
            long end = Math.min(to, (start / study.chunk() + 1) * study.chunk());
            units.add(new Unit(condition, start, end));
            start = end;
        }
    }

    private int conditionOf(long cell) {
        Condition<C> condition = byCell.get(cell);
        if (condition == null) {
            throw new IllegalStateException("run " + run.id() + " of " + store.location()
                    + " holds a condition that study " + study.name() + " does not have");
        }
        return condition.index();
    }

    /** The limit is on the planned replicates, so whether a study stops does not depend on the order of arrival. */
    private void checkFailures(int c, long failures) {
        if (failures <= runner.allowedFailures(targets[c])) {
            return;
        }
        Condition<C> condition = study.condition(c);
        StoredFailure first =
                store.failures(run, condition.cell(), targets[c], 1).get(0);
        throw new StudyFailedException("study " + study.name() + " stopped: " + failures + " of the " + targets[c]
                + " replicates of condition " + c + " (" + condition.label() + ") have failed, more than the limit of "
                + runner.allowedFailures(targets[c]) + "; the first is replicate " + first.replicate() + ": "
                + first.error() + "; to see it alone: verity replay " + study.name() + " --condition " + c
                + " --replicate " + first.replicate() + " --seed " + runner.seed());
    }
}
