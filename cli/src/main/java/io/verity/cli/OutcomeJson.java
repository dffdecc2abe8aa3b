package io.verity.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.verity.estimators.procedures.Outcome;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The machine-readable form of an outcome, schema {@code verity.fit/1}. A value that is not finite is null, and {@code note}
 * in the same object says what it was, or why a value is missing.
 */
final class OutcomeJson {
    private static final String SCHEMA = "verity.fit/1";
    private static final String NOTE = "note";
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private OutcomeJson() {}

    /**
     * @param outcome what a procedure returned
     * @param seconds wall time
     * @return its tree; the seconds are all that may differ between two runs
     */
    static ObjectNode of(Outcome outcome, double seconds) {
        ObjectNode root = JSON.objectNode();
        root.put("schema", SCHEMA);
        root.put("estimator", outcome.estimator());
        root.set("data", object(outcome.data(), Map.of()));
        root.set("options", object(outcome.options(), Map.of()));
        root.set("result", object(outcome.result(), outcome.notes()));
        ObjectNode diagnostics = root.putObject("diagnostics");
        diagnostics.put("converged", outcome.diagnostics().converged());
        diagnostics.put("iterations", outcome.diagnostics().iterations());
        ArrayNode warnings = diagnostics.putArray("warnings");
        outcome.diagnostics().warnings().forEach(warnings::add);
        ObjectNode provenance = root.putObject("provenance");
        provenance.put("version", outcome.provenance().version());
        provenance.put("java", outcome.provenance().java());
        provenance.put("backend", outcome.provenance().backend());
        provenance.put("seed", outcome.provenance().seed());
        provenance.put("seconds", seconds);
        return root;
    }

    private static ObjectNode object(Map<?, ?> values, Map<String, String> reasons) {
        ObjectNode node = JSON.objectNode();
        Map<String, String> notes = new TreeMap<>(reasons);
        values.forEach((key, value) -> node.set(String.valueOf(key), node(String.valueOf(key), value, notes)));
        if (!notes.isEmpty()) {
            ObjectNode note = node.putObject(NOTE);
            notes.forEach(note::put);
        }
        return node;
    }

    private static JsonNode node(String place, @Nullable Object value, Map<String, String> notes) {
        if (value instanceof Map<?, ?> map) {
            return object(map, Map.of());
        }
        if (value instanceof double[] numbers) {
            return array(place, Arrays.stream(numbers).boxed().toList(), notes);
        }
        if (value instanceof List<?> list) {
            return array(place, list, notes);
        }
        if (value instanceof Double number) {
            if (Double.isFinite(number)) {
                return JSON.numberNode(number);
            }
            notes.putIfAbsent(
                    place, Double.isNaN(number) ? "not a number" : number > 0 ? "plus infinity" : "minus infinity");
            return JSON.nullNode();
        }
        if (value instanceof Long whole) {
            return JSON.numberNode(whole);
        }
        if (value instanceof Boolean truth) {
            return JSON.booleanNode(truth);
        }
        return value == null ? JSON.nullNode() : JSON.textNode(value.toString());
    }

    private static ArrayNode array(String place, List<?> values, Map<String, String> notes) {
        ArrayNode node = JSON.arrayNode();
        for (int i = 0; i < values.size(); i++) {
            node.add(node(place + "[" + i + "]", values.get(i), notes));
        }
        return node;
    }
}
