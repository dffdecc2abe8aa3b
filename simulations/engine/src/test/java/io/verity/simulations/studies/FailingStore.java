package io.verity.simulations.studies;

import io.verity.simulations.store.ResultStore;
import io.verity.simulations.store.Run;
import io.verity.simulations.store.RunKey;
import io.verity.simulations.store.StoredFailure;
import io.verity.simulations.store.StoredRange;
import io.verity.simulations.store.StoredRow;
import io.verity.simulations.store.UnitRecord;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** A store that does something before every commit. */
record FailingStore(ResultStore store, Runnable beforeCommit) implements ResultStore {
    @Override
    public String location() {
        return store.location();
    }

    @Override
    public Run open(RunKey key, String description) {
        return store.open(key, description);
    }

    @Override
    public List<Run> runs() {
        return store.runs();
    }

    @Override
    public void finish(Run run) {
        store.finish(run);
    }

    @Override
    public void discard(Run run) {
        store.discard(run);
    }

    @Override
    public void commit(Run run, UnitRecord unit) {
        beforeCommit.run();
        store.commit(run, unit);
    }

    @Override
    public List<StoredRange> finished(Run run) {
        return store.finished(run);
    }

    @Override
    public double seconds(Run run) {
        return store.seconds(run);
    }

    @Override
    public void forEachRow(Run run, long cell, long from, long to, Consumer<StoredRow> visitor) {
        store.forEachRow(run, cell, from, to, visitor);
    }

    @Override
    public void forEachSorted(Run run, long cell, long to, ValueVisitor visitor) {
        store.forEachSorted(run, cell, to, visitor);
    }

    @Override
    public long failureCount(Run run, long cell, long to) {
        return store.failureCount(run, cell, to);
    }

    @Override
    public List<StoredFailure> failures(Run run, long cell, long to, int limit) {
        return store.failures(run, cell, to, limit);
    }

    @Override
    public void putVerdict(Run run, String claim, String json) {
        store.putVerdict(run, claim, json);
    }

    @Override
    public Optional<String> verdict(Run run, String claim) {
        return store.verdict(run, claim);
    }

    @Override
    public Map<String, String> verdicts(Run run) {
        return store.verdicts(run);
    }

    @Override
    public void close() {
        store.close();
    }
}
