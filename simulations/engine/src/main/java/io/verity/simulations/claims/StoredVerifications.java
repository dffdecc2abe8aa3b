package io.verity.simulations.claims;

import io.verity.simulations.store.ResultStore;
import io.verity.simulations.store.Run;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Reads verifications back from a store, so that they can be reported again without being run. */
public final class StoredVerifications {
    private StoredVerifications() {}

    /**
     * A verification in a store.
     *
     * @param run its records so far, in registry order
     * @param finished whether all of its claims were decided
     */
    public record Stored(VerificationRun run, boolean finished) {}

    /**
     * @param store any store
     * @return its verifications, oldest first; of an interrupted one the records that were decided
     */
    public static List<Stored> read(ResultStore store) {
        List<Stored> found = new ArrayList<>();
        for (Run run : store.runs()) {
            if (run.key().subject().equals(Ledger.SUBJECT)) {
                found.add(new Stored(read(store, run), run.finished()));
            }
        }
        return found;
    }

    private static VerificationRun read(ResultStore store, Run run) {
        Map<String, String> stored = store.verdicts(run);
        String header = stored.getOrDefault(Ledger.RUN, run.description());
        Map<ClaimId, ClaimRecord> records = new HashMap<>();
        stored.forEach((name, json) -> {
            if (!name.equals(Ledger.RUN)) {
                ClaimRecord record = VerificationJson.parseRecord(json);
                records.put(record.id(), record);
            }
        });
        List<ClaimRecord> own = VerificationJson.parseOrder(header).stream()
                .map(records::get)
                .filter(Objects::nonNull)
                .toList();
        List<ClaimRecord> ordered = own.stream()
                .map(record -> record.judgedBy(own.stream()
                        .filter(c -> record.id().equals(c.controlOf()))
                        .toList()))
                .toList();
        return VerificationJson.parseHeader(header, ordered);
    }
}
