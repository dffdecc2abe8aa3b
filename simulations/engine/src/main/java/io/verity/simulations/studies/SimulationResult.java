package io.verity.simulations.studies;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.verity.stats.Names;
import io.verity.stats.result.Figure;
import io.verity.stats.result.Provenance;
import io.verity.stats.result.ResultTable;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

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

    /** @return {@link #toTable()}, the summaries of every metric in every condition, then {@link #derived()} */
    public List<ResultTable> tables() {
        return Stream.concat(Stream.of(toTable(), ResultTables.metrics(this)), derived().stream())
                .toList();
    }

    /** @return the study's own tables on what several conditions say together */
    public List<ResultTable> derived() {
        return study.tables(this);
    }

    /** @return the study's figures */
    public List<Figure> figures() {
        return study.figures(this);
    }

    /** @return the machine-readable form, schema {@code verity.simulate/1} */
    public ObjectNode toJson() {
        return SimulationJson.of(this);
    }

    /**
     * @param factors the values of all factors, as in {@link Condition#label}: {@code "n=10, effect=0.5"}
     * @return the summary of the condition with that label
     * @throws IllegalArgumentException if there is none
     */
    public ConditionSummary condition(String factors) {
        return conditions.stream()
                .filter(c -> c.condition().label().equals(factors))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no condition (" + factors + ")"
                        + Names.suggestion(
                                factors,
                                conditions.stream()
                                        .map(c -> c.condition().label())
                                        .toList(),
                                "")));
    }

    /** @return one line on the study, then one per condition with its measures (without measures, its means) and their MCSE */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        text.append(study.name()).append(", version ").append(study.version());
        text.append(", seed ").append(provenance.seed());
        for (ConditionSummary c : conditions) {
            text.append("\n  ").append(c.condition().label()).append(": ");
            c.measures().forEach(m -> text.append(figure(m.name(), m.value(), m.mcse())));
            if (c.measures().isEmpty()) {
                c.metrics().forEach(m -> text.append(figure("mean " + m.name(), m.mean(), m.mcse())));
            }
            text.append(c.replicates()).append(" replicates");
            if (c.failures() > 0) {
                text.append(", of which ").append(c.failures()).append(" failed");
            }
        }
        return text.toString();
    }

    /** Rounded to the second digit of the error, which is the last that means anything. */
    private static String figure(String name, double value, double error) {
        if (!(error > 0) || Double.isInfinite(error)) {
            return name + " " + Numbers.text(value) + ", ";
        }
        int decimals = Math.max(0, 1 - (int) Math.floor(Math.log10(error)));
        return name + " " + rounded(value, decimals) + " (MCSE " + rounded(error, decimals) + "), ";
    }

    private static String rounded(double value, int decimals) {
        return String.format(Locale.ROOT, "%." + decimals + "f", value);
    }
}
