package io.verity.simulations.studies;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.verity.stats.result.Figure;
import io.verity.stats.result.Provenance;
import io.verity.stats.result.ResultTable;
import java.util.List;

/**
 * What a study found.
 *
 * @param study the study, with the factor values that were run
 * @param conditions one summary per condition, in grid order
 * @param provenance version, machine, backend and seed
 * @param execution what may differ between two runs of the same work
 */
public record SimulationResult(
        Study<?> study, List<ConditionSummary> conditions, Provenance provenance, Execution execution) {
    /** Copies. */
    public SimulationResult {
        conditions = List.copyOf(conditions);
    }

    /** @return factors, replicates, failures and the measures (with MCSE) of every condition; without measures, the means */
    public ResultTable toTable() {
        return ResultTables.measures(this);
    }

    /** @return {@link #toTable()} and the summaries of every metric in every condition */
    public List<ResultTable> tables() {
        return List.of(toTable(), ResultTables.metrics(this));
    }

    /** @return the study's figures */
    public List<Figure> figures() {
        return study.figures(this);
    }

    /** @return the machine-readable form, schema {@code verity.simulate/1} */
    public ObjectNode toJson() {
        return SimulationJson.of(this);
    }
}
