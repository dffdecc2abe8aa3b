package io.verity.simulations.claims;

import io.verity.simulations.store.ResultStore;
import io.verity.simulations.store.Run;
import io.verity.simulations.store.RunKey;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a verification keeps in a store: each record as soon as it is decided, and the replicates of those that are not. The
 * key is everything that verdicts depend on. Without a store it keeps nothing.
 */
final class Ledger {
    /** Subject of the runs that hold records. */
    static final String SUBJECT = "verify";
    /** Under this name, which no claim can have, the run's own figures are kept when it is finished. */
    static final String RUN = "run";

    private static final int FORMAT = 1;

    private final @Nullable ResultStore store;
    private final @Nullable Run run;
    private final String parameters;
    private final VerificationRun header;
    private final Map<ClaimId, ClaimRecord> decided = new HashMap<>();

    private Ledger(@Nullable ResultStore store, List<Claim> claims, VerificationRun header, double errorProbability) {
        this.store = store;
        this.header = header;
        this.parameters = "budget=" + header.budget().name().toLowerCase(Locale.ROOT) + ";errorProbability="
                + errorProbability + ";version=" + header.version() + ";claims="
                + claims.stream().map(c -> c.id() + "@" + c.version()).collect(Collectors.joining(","));
        this.run = store == null ? null : unfinished(store, claims);
    }

    static Ledger open(
            @Nullable ResultStore store, VerificationRun header, List<Claim> claims, double errorProbability) {
        return new Ledger(store, claims, header, errorProbability);
    }

    /** Continues an interrupted run; a finished one makes room for a new one. */
    private Run unfinished(ResultStore results, List<Claim> claims) {
        RunKey key = new RunKey(SUBJECT, FORMAT, parameters, header.seed(), header.backend());
        String description =
                VerificationJson.header(header, claims.stream().map(Claim::id).toList());
        Run found = results.open(key, description);
        if (found.finished()) {
            results.discard(found);
            discardReplicates(results);
            found = results.open(key, description);
        }
        results.verdicts(found).forEach((name, json) -> {
            if (!name.equals(RUN)) {
                ClaimRecord record = VerificationJson.parseRecord(json);
                decided.put(record.id(), record);
            }
        });
        return found;
    }

    Optional<String> location() {
        return Optional.ofNullable(store).map(ResultStore::location);
    }

    Optional<ClaimRecord> decided(Claim claim) {
        return Optional.ofNullable(decided.get(claim.id()));
    }

    /** Keeps a record, unless its verification failed or was skipped: that is tried again. */
    void put(ClaimRecord record) {
        if (store != null && run != null && decidedForGood(record) && !decided.containsKey(record.id())) {
            store.putVerdict(run, record.id().toString(), VerificationJson.write(record));
        }
    }

    Series series(Claim claim) {
        if (store == null) {
            return Series.none();
        }
        return Series.in(
                store, new RunKey(claim.id().toString(), claim.version(), parameters, header.seed(), header.backend()));
    }

    private static boolean decidedForGood(ClaimRecord record) {
        return !record.verdict().hasFailed() && !record.skipped();
    }

    /** Failures and skips are kept only now: had the run been interrupted, they would have been tried again. */
    void finish(VerificationRun finished) {
        if (store != null && run != null) {
            finished.records().stream()
                    .filter(r -> !decidedForGood(r))
                    .forEach(r -> store.putVerdict(run, r.id().toString(), VerificationJson.write(r)));
            store.putVerdict(
                    run,
                    RUN,
                    VerificationJson.header(
                            finished,
                            finished.records().stream().map(ClaimRecord::id).toList()));
            store.finish(run);
            discardReplicates(store);
        }
    }

    /** Replicates serve to continue; once all records are there, nothing needs them. */
    private void discardReplicates(ResultStore results) {
        for (Run other : results.runs()) {
            if (other.key().parameters().equals(parameters)
                    && !other.key().subject().equals(SUBJECT)) {
                results.discard(other);
            }
        }
    }
}
