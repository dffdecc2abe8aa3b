package io.verity.simulations.studies;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.verity.stats.result.Provenance;
import io.verity.stats.result.ResultTable;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The machine-readable form of a simulation, schema {@code verity.simulate/1}. Doubles are written by Jackson as the shortest
 * decimals that read back as the same bits when the writer has {@code StreamWriteFeature.USE_FAST_DOUBLE_WRITER}; a figure
 * that is not finite is null, and a {@code note} beside it says why.
 */
public final class SimulationJson {
    /** Schema of {@link #of}. */
    public static final String SCHEMA = "verity.simulate/1";

    private SimulationJson() {}

    /**
     * @param result any result
     * @return its JSON tree; what may differ between two runs of the same work stands under {@code run}
     */
    public static ObjectNode of(SimulationResult result) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("schema", SCHEMA);
        root.set("run", run(result));
        Study<?> study = result.study();
        ObjectNode node = root.putObject("study");
        node.put("name", study.name());
        node.put("title", study.title());
        node.put("version", study.version());
        node.put("seed", result.provenance().seed());
        node.set("factors", factors(study));
        ArrayNode conditions = root.putArray("conditions");
        result.conditions().forEach(summary -> conditions.add(condition(summary)));
        List<ResultTable> derived = result.derived();
        if (!derived.isEmpty()) {
            ObjectNode tables = root.putObject("tables");
            derived.forEach(table -> tables.set(table.name(), rows(table)));
        }
        return root;
    }

    /** An object per row. */
    private static ArrayNode rows(ResultTable table) {
        ArrayNode rows = JsonNodeFactory.instance.arrayNode();
        for (List<@Nullable Object> cells : table.rows()) {
            Figures row = new Figures();
            for (int c = 0; c < cells.size(); c++) {
                String key = table.columns().get(c).name();
                Object cell = cells.get(c);
                if (cell instanceof Double d) {
                    row.put(key, d);
                } else if (cell instanceof Long l) {
                    row.node.put(key, l);
                } else if (cell instanceof Boolean b) {
                    row.node.put(key, b);
                } else {
                    row.node.put(key, cell == null ? null : cell.toString());
                }
            }
            rows.add(row.withNotes());
        }
        return rows;
    }

    private static ObjectNode run(SimulationResult result) {
        Provenance provenance = result.provenance();
        Execution execution = result.execution();
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("seed", provenance.seed());
        node.putNull("budget");
        node.put("threads", execution.threads());
        node.put("engine", execution.engine());
        node.put("backend", provenance.backend());
        node.put("version", provenance.version());
        node.put("java", provenance.java());
        node.put("os", provenance.os());
        node.put("started", execution.started().toString());
        node.put("seconds", execution.seconds());
        return node;
    }

    static ObjectNode factors(Study<?> study) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        study.factors().forEach((factor, values) -> {
            ArrayNode array = node.putArray(factor);
            values.forEach(value -> {
                if (value instanceof Long l) {
                    array.add(l);
                } else if (value instanceof Double d) {
                    array.add(d);
                } else if (value instanceof Boolean b) {
                    array.add(b);
                } else {
                    array.add(value.toString());
                }
            });
        });
        return node;
    }

    private static ObjectNode condition(ConditionSummary summary) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        ObjectNode values = node.putObject("condition");
        summary.condition().factors().forEach((factor, value) -> {
            if (value instanceof Long l) {
                values.put(factor, l);
            } else if (value instanceof Double d) {
                values.put(factor, d);
            } else if (value instanceof Boolean b) {
                values.put(factor, b);
            } else {
                values.put(factor, value.toString());
            }
        });
        node.put("replicates", summary.replicates());
        node.put("failures", summary.failures());
        ObjectNode metrics = node.putObject("summary");
        summary.metrics().forEach(metric -> metrics.set(metric.name(), metric(metric)));
        ObjectNode measures = node.putObject("measures");
        summary.measures().forEach(measure -> measures.set(measure.name(), measure(measure)));
        return node;
    }

    private static ObjectNode metric(MetricSummary m) {
        Figures figures = new Figures();
        figures.node.put("n", m.n());
        figures.put("mean", m.mean());
        figures.put("mcse", m.mcse());
        figures.put("sd", m.sd());
        figures.put("sdMcse", m.sdMcse());
        figures.put("min", m.min());
        figures.put("q05", m.q05());
        figures.put("q05Mcse", m.q05Mcse());
        figures.put("median", m.median());
        figures.put("medianMcse", m.medianMcse());
        figures.put("q95", m.q95());
        figures.put("q95Mcse", m.q95Mcse());
        figures.put("max", m.max());
        if (m.infinite() > 0) {
            figures.node.put("infinite", m.infinite());
            figures.notes.add(m.infinite() + " of " + m.n() + " values are infinite (censored)");
        }
        return figures.withNotes();
    }

    private static ObjectNode measure(MeasureSummary m) {
        Figures figures = new Figures();
        figures.node.put("n", m.n());
        figures.put("value", m.value());
        figures.put("mcse", m.mcse());
        return figures.withNotes();
    }

    /** Numbers of an object, with the notes on those that are not finite. */
    private static final class Figures {
        private final ObjectNode node = JsonNodeFactory.instance.objectNode();
        private final List<String> notes = new ArrayList<>();

        void put(String key, double value) {
            if (Double.isFinite(value)) {
                node.put(key, value);
            } else {
                node.putNull(key);
                notes.add(
                        Double.isNaN(value)
                                ? key + " is not defined for these values"
                                : key + " is " + (value > 0 ? "+" : "-") + "infinity");
            }
        }

        ObjectNode withNotes() {
            if (!notes.isEmpty()) {
                node.put("note", String.join("; ", notes));
            }
            return node;
        }
    }
}
