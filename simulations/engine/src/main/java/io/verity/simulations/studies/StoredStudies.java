package io.verity.simulations.studies;

import io.verity.simulations.store.ResultStore;
import io.verity.simulations.store.Run;
import io.verity.simulations.store.StoredRange;
import io.verity.stats.result.Provenance;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Summarises again what a store holds, without computing anything. */
public final class StoredStudies {
    private StoredStudies() {}

    /**
     * @param store any store
     * @param known studies by which rows are read, for instance {@link Studies#all()}
     * @return one result per run of a known study (same name, same version), in the order of the runs; of an unfinished run,
     *     what it has without a gap from replicate 0 on
     */
    public static List<SimulationResult> read(ResultStore store, Collection<Study<?>> known) {
        List<SimulationResult> results = new ArrayList<>();
        for (Run run : store.runs()) {
            known.stream()
                    .filter(study -> study.name().equals(run.key().subject()))
                    .map(study -> StudyDescription.restore(study, run))
                    .flatMap(Optional::stream)
                    .forEach(study -> results.add(summarise(study, store, run)));
        }
        return results;
    }

    private static <C extends Record> SimulationResult summarise(Study<C> study, ResultStore store, Run run) {
        Map<Long, Long> kept = new HashMap<>();
        for (StoredRange range : store.finished(run)) {
            if (range.from() == 0) {
                kept.put(range.cell(), range.to());
            }
        }
        List<ConditionSummary> summaries = study.conditions().stream()
                .map(c -> Summariser.summarise(study, c, store, run, kept.getOrDefault(c.cell(), 0L)))
                .toList();
        return new SimulationResult(
                study,
                summaries,
                Provenance.here(run.key().backend(), run.key().seed()),
                new Execution("store", 1, run.started(), store.seconds(run)));
    }
}
