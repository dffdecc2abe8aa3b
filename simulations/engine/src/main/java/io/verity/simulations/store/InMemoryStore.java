package io.verity.simulations.store;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/** A store that lives as long as the object: for tests and for short runs whose rows nobody wants to keep. */
public final class InMemoryStore implements ResultStore {
    private static final class Contents {
        private final NavigableMap<Long, NavigableMap<Long, StoredRow>> rows = new TreeMap<>();
        private final NavigableMap<Long, NavigableMap<Long, StoredFailure>> failures = new TreeMap<>();
        private final Map<String, String> verdicts = new LinkedHashMap<>();
        private double seconds;
    }

    private final Map<Long, Run> runs = new LinkedHashMap<>();
    private final Map<Long, Contents> contents = new LinkedHashMap<>();
    private long lastId;

    /** Makes an empty store. */
    public InMemoryStore() {}

    @Override
    public String location() {
        return "memory";
    }

    @Override
    public synchronized Run open(RunKey key, String description) {
        for (Run run : runs.values()) {
            if (run.key().equals(key)) {
                return run;
            }
        }
        Run run = new Run(++lastId, key, description, Instant.now(), false);
        runs.put(run.id(), run);
        contents.put(run.id(), new Contents());
        return run;
    }

    @Override
    public synchronized List<Run> runs() {
        return List.copyOf(runs.values());
    }

    @Override
    public synchronized void finish(Run run) {
        of(run);
        runs.put(run.id(), new Run(run.id(), run.key(), run.description(), run.started(), true));
    }

    @Override
    public synchronized void discard(Run run) {
        runs.remove(run.id());
        contents.remove(run.id());
    }

    @Override
    public synchronized void commit(Run run, UnitRecord unit) {
        Contents c = of(run);
        NavigableMap<Long, StoredRow> rows = c.rows.computeIfAbsent(unit.cell(), k -> new TreeMap<>());
        NavigableMap<Long, StoredFailure> failures = c.failures.computeIfAbsent(unit.cell(), k -> new TreeMap<>());
        for (long r = unit.from(); r < unit.to(); r++) {
            if (rows.containsKey(r) || failures.containsKey(r)) {
                throw new StoreException(
                        StoreException.Reason.FAILED, "replicate " + r + " is in the store already", null);
            }
        }
        unit.rows()
                .forEach(row -> rows.put(row.replicate(), new StoredRow(row.replicate(), new TreeMap<>(row.values()))));
        unit.failures().forEach(failure -> failures.put(failure.replicate(), failure));
        c.seconds += unit.seconds();
    }

    @Override
    public synchronized List<StoredRange> finished(Run run) {
        Contents c = of(run);
        List<StoredRange> ranges = new ArrayList<>();
        c.rows.forEach((cell, rows) -> {
            TreeMap<Long, Object> replicates = new TreeMap<>(rows);
            replicates.putAll(c.failures.getOrDefault(cell, new TreeMap<>()));
            long from = -1;
            long to = -1;
            for (long r : replicates.keySet()) {
                if (r != to) {
                    if (to > from) {
                        ranges.add(new StoredRange(cell, from, to));
                    }
                    from = r;
                }
                to = r + 1;
            }
            if (to > from) {
                ranges.add(new StoredRange(cell, from, to));
            }
        });
        return ranges;
    }

    @Override
    public synchronized double seconds(Run run) {
        return of(run).seconds;
    }

    @Override
    public synchronized void forEachRow(Run run, long cell, long from, long to, Consumer<StoredRow> visitor) {
        rows(run, cell).subMap(from, to).values().forEach(visitor);
    }

    @Override
    public synchronized void forEachSorted(Run run, long cell, long to, ValueVisitor visitor) {
        TreeMap<String, List<Double>> byMetric = new TreeMap<>();
        for (StoredRow row : rows(run, cell).headMap(to).values()) {
            row.values()
                    .forEach((metric, value) -> byMetric.computeIfAbsent(metric, k -> new ArrayList<>())
                            .add(value));
        }
        byMetric.forEach((metric, values) -> {
            values.sort(Comparator.naturalOrder());
            values.forEach(value -> visitor.visit(metric, value));
        });
    }

    @Override
    public synchronized long failureCount(Run run, long cell, long to) {
        return failed(run, cell).headMap(to).size();
    }

    @Override
    public synchronized List<StoredFailure> failures(Run run, long cell, long to, int limit) {
        return failed(run, cell).headMap(to).values().stream().limit(limit).toList();
    }

    @Override
    public synchronized void putVerdict(Run run, String claim, String json) {
        of(run).verdicts.put(claim, json);
    }

    @Override
    public synchronized Optional<String> verdict(Run run, String claim) {
        return Optional.ofNullable(of(run).verdicts.get(claim));
    }

    @Override
    public synchronized Map<String, String> verdicts(Run run) {
        return new LinkedHashMap<>(of(run).verdicts);
    }

    @Override
    public void close() {}

    private NavigableMap<Long, StoredRow> rows(Run run, long cell) {
        return of(run).rows.getOrDefault(cell, new TreeMap<>());
    }

    private NavigableMap<Long, StoredFailure> failed(Run run, long cell) {
        return of(run).failures.getOrDefault(cell, new TreeMap<>());
    }

    private Contents of(Run run) {
        Contents found = contents.get(run.id());
        if (found == null) {
            throw new StoreException(StoreException.Reason.FAILED, "the store has no run " + run.id(), null);
        }
        return found;
    }
}
