package io.verity.simulations.claims;

import io.verity.simulations.store.ResultStore;
import io.verity.simulations.store.Run;
import io.verity.simulations.store.RunKey;
import io.verity.simulations.store.StoredRow;
import io.verity.simulations.store.UnitRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The replicates of one claim in the store. Commits are synced to disk, so finished batches are gathered and committed at
 * most four times a second, and when the claim ends.
 */
final class Series {
    private static final String VALUE = "value";
    private static final long COMMIT_NANOS = 250_000_000L;

    private final @Nullable ResultStore store;
    private final @Nullable RunKey key;
    private @Nullable Run opened;
    private final Map<Integer, TreeMap<Long, Chunk>> pending = new TreeMap<>();
    private long lastCommit = System.nanoTime();

    /** Consecutive replicates. */
    record Range(long from, long to) {}

    private record Chunk(long to, List<StoredRow> rows, double seconds) {}

    private Series(@Nullable ResultStore store, @Nullable RunKey key) {
        this.store = store;
        this.key = key;
    }

    static Series none() {
        return new Series(null, null);
    }

    static Series in(ResultStore store, RunKey key) {
        return new Series(store, key);
    }

    /** Deterministic claims never get here, and so leave no trace. */
    private synchronized @Nullable Run run() {
        if (opened == null && store != null && key != null) {
            opened = store.open(key, "{}");
        }
        return opened;
    }

    /** Fills in what is stored of the replicates from..from + values.length, and cuts the rest into batches. */
    List<Range> read(int cell, long from, double[] values, int batch) {
        boolean[] known = new boolean[values.length];
        Run run = run();
        if (store != null && run != null) {
            flush();
            store.forEachRow(run, cell, from, from + values.length, row -> {
                int i = (int) (row.replicate() - from);
                values[i] = row.value(VALUE);
                known[i] = true;
            });
        }
        List<Range> missing = new ArrayList<>();
        for (int i = 0; i < known.length; ) {
            int end = i;
            while (end < known.length && !known[end] && end - i < batch) {
                end++;
            }
            if (end > i) {
                missing.add(new Range(from + i, from + end));
            }
            i = Math.max(end, i + 1);
        }
        return missing;
    }

    /** Puts aside finished replicates. */
    synchronized void keep(int cell, Range range, double[] values, int offset, double seconds) {
        if (store == null) {
            return;
        }
        List<StoredRow> rows = new ArrayList<>();
        for (long r = range.from(); r < range.to(); r++) {
            rows.add(new StoredRow(r, Map.of(VALUE, values[offset + (int) (r - range.from())])));
        }
        pending.computeIfAbsent(cell, c -> new TreeMap<>()).put(range.from(), new Chunk(range.to(), rows, seconds));
        if (System.nanoTime() - lastCommit > COMMIT_NANOS) {
            flush();
        }
    }

    /** Commits what was put aside, adjacent batches together. */
    synchronized void flush() {
        Run run = pending.isEmpty() ? null : run();
        if (store == null || run == null) {
            return;
        }
        for (Map.Entry<Integer, TreeMap<Long, Chunk>> cell : pending.entrySet()) {
            TreeMap<Long, Chunk> chunks = cell.getValue();
            while (!chunks.isEmpty()) {
                long from = chunks.firstKey();
                long to = from;
                double seconds = 0;
                List<StoredRow> rows = new ArrayList<>();
                for (Chunk next = chunks.remove(to); next != null; next = chunks.remove(to)) {
                    rows.addAll(next.rows());
                    seconds += next.seconds();
                    to = next.to();
                }
                store.commit(run, new UnitRecord(cell.getKey(), from, to, seconds, rows, List.of()));
            }
        }
        lastCommit = System.nanoTime();
    }
}
