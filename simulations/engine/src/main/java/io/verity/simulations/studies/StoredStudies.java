package io.verity.simulations.studies;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
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
                    .map(study -> restore(study, run))
                    .flatMap(Optional::stream)
                    .forEach(study -> results.add(summarise(study, store, run)));
        }
        return results;
    }

    /** The study with the factor values of the run, if this gives the run's key. */
    private static Optional<Study<?>> restore(Study<?> study, Run run) {
        try {
            Study<?> restored = study;
            for (Map.Entry<String, JsonNode> factor :
                    new JsonMapper().readTree(run.description()).path("factors").properties()) {
                List<String> values = new ArrayList<>();
                factor.getValue().forEach(value -> values.add(value.asText()));
                restored = restored.withFactor(factor.getKey(), values);
            }
            boolean same = restored.key(run.key().seed(), run.key().backend()).equals(run.key());
            return same ? Optional.of(restored) : Optional.empty();
        } catch (JsonProcessingException | IllegalArgumentException e) {
            return Optional.empty(); // the study has other factors now, and so another key
        }
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
