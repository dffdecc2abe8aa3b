package io.verity.estimators.probe;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.verity.stats.Arguments;
import io.verity.stats.IoReason;
import io.verity.stats.result.Provenance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A probe in a file, with the names it needs to be used again: schema {@code verity.probe/1}. Numbers are written so that reading
 * gives the same bits; NaN is null. Immutable.
 */
public final class ProbeFile {
    private static final String SCHEMA = "verity.probe/1";
    private static final String WEIGHTS = "weights";
    private static final String INTERCEPT = "intercept";
    private static final JsonMapper JSON = new JsonMapper();

    private final LinearProbe probe;
    private final @Nullable RaptorResult result;
    private final List<String> features;
    private final Map<String, String> names;

    private ProbeFile(
            LinearProbe probe, @Nullable RaptorResult result, List<String> features, Map<String, String> names) {
        this.probe = probe;
        this.result = result;
        this.features = List.copyOf(features);
        this.names = new TreeMap<>(names);
    }

    /**
     * @param probe of any method
     * @return a file with its weights, without names
     */
    public static ProbeFile of(LinearProbe probe) {
        return new ProbeFile(probe, null, List.of(), Map.of());
    }

    /**
     * @param result of {@link Raptor}
     * @return a file with all of it, without names
     */
    public static ProbeFile of(RaptorResult result) {
        return new ProbeFile(result.probe(), result, List.of(), Map.of());
    }

    /**
     * @param columns name of every column
     * @return a copy with them
     * @throws IllegalArgumentException if their number differs from the weights
     */
    public ProbeFile withFeatures(List<String> columns) {
        Arguments.require(
                columns.size() == probe.columns(), "%d names for %d weights", columns.size(), probe.columns());
        return new ProbeFile(probe, result, columns, names);
    }

    /**
     * @param what such as {@code layer}, {@code positive} or {@code negative}
     * @param name the layer's, or the label's
     * @return a copy with it
     */
    public ProbeFile withName(String what, String name) {
        Map<String, String> more = new TreeMap<>(names);
        more.put(what, name);
        return new ProbeFile(probe, result, features, more);
    }

    /** @return the rule on raw columns */
    public LinearProbe probe() {
        return probe;
    }

    /** @return how it was tuned, where the file says so */
    public Optional<RaptorResult> result() {
        return Optional.ofNullable(result);
    }

    /** @return names of the columns; empty where the file has none */
    public List<String> features() {
        return features;
    }

    /**
     * @param what such as {@code layer}, {@code positive} or {@code negative}
     * @return its name, where the file has one
     */
    public Optional<String> name(String what) {
        return Optional.ofNullable(names.get(what));
    }

    /**
     * @param json the file, replaced if it exists
     * @throws IllegalArgumentException if it cannot be written
     */
    public void save(Path json) {
        try {
            Files.writeString(json, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(tree()) + "\n");
        } catch (IOException e) {
            throw new IllegalArgumentException("cannot write " + json + ": " + IoReason.of(e), e);
        }
    }

    private ObjectNode tree() {
        ObjectNode root = JSON.createObjectNode();
        root.put("schema", SCHEMA);
        ObjectNode named = root.putObject("names");
        names.forEach(named::put);
        if (!features.isEmpty()) {
            ArrayNode array = root.putArray("features");
            features.forEach(array::add);
        }
        put(root, WEIGHTS, probe.weights());
        root.put(INTERCEPT, probe.intercept());
        if (probe.norm() > 0) {
            put(root, "conceptVector", probe.conceptVector());
        }
        if (result != null) {
            root.set("raptor", tree(result));
        }
        return root;
    }

    private static ObjectNode tree(RaptorResult result) {
        ObjectNode root = JSON.createObjectNode();
        ValidationCurve curve = result.validation();
        put(root, "selectedC", result.selectedC());
        put(root, "lambda", result.lambda());
        root.put("selectedIndex", curve.selected());
        put(root, "gridC", curve.gridC());
        put(root, "validation", curve.accuracy());
        put(root, "validationLogLoss", curve.logLoss());
        root.put("validationRows", curve.rows());
        root.put("ties", curve.ties());
        put(root, "iterations", curve.iterations());
        put(root, "gradients", curve.gradients());
        root.put("failures", curve.failures());
        put(root, "mean", result.standardizer().mean());
        put(root, "deviation", result.standardizer().deviation());
        put(root, "keptColumns", result.standardizer().kept());
        put(root, "validationAccuracy", result.validationAccuracy());
        root.set("train", tree(result.train()));
        root.set("test", tree(result.test()));
        root.put("converged", result.converged());
        put(root, "gradientNorm", result.gradientNorm());
        ArrayNode warnings = root.putArray("warnings");
        for (ProbeWarning warning : result.warnings()) {
            warnings.addObject().put("kind", warning.kind().name()).put("message", warning.message());
        }
        root.put("tuningNanos", result.tuning().toNanos());
        root.put("refitNanos", result.refit().toNanos());
        Provenance provenance = result.provenance();
        root.putObject("provenance")
                .put("version", provenance.version())
                .put("java", provenance.java())
                .put("os", provenance.os())
                .put("backend", provenance.backend())
                .put("seed", provenance.seed());
        return root;
    }

    private static ObjectNode tree(Performance performance) {
        ObjectNode node = JSON.createObjectNode();
        node.put("rows", performance.rows());
        put(node, "accuracy", performance.accuracy());
        put(node, "balancedAccuracy", performance.balancedAccuracy());
        put(node, "logLoss", performance.logLoss());
        put(node, "areaUnderCurve", performance.areaUnderCurve());
        return node;
    }

    private static void put(ObjectNode node, String key, double value) {
        if (Double.isFinite(value)) {
            node.put(key, value);
        } else {
            node.putNull(key);
        }
    }

    private static void put(ObjectNode node, String key, double[] values) {
        ArrayNode array = node.putArray(key);
        for (double value : values) {
            array.add(value);
        }
    }

    private static void put(ObjectNode node, String key, int[] values) {
        ArrayNode array = node.putArray(key);
        for (int value : values) {
            array.add(value);
        }
    }

    /**
     * @param json a file written by {@link #save}
     * @return its content
     * @throws IllegalArgumentException if it cannot be read or is no probe
     */
    public static ProbeFile load(Path json) {
        Arguments.require(Files.exists(json), "no such file: %s", json);
        Arguments.require(!Files.isDirectory(json), "%s is a folder, not the file of a probe", json);
        try {
            JsonNode root = JSON.readTree(json.toFile());
            Arguments.require(
                    root != null && SCHEMA.equals(root.path("schema").asText()),
                    "%s is not a probe (its schema is '%s', but must be %s)",
                    json,
                    root == null ? "" : root.path("schema").asText(),
                    SCHEMA);
            LinearProbe probe = LinearProbe.of(numbers(root, WEIGHTS), number(root, INTERCEPT));
            List<String> features = new ArrayList<>();
            root.path("features").forEach(f -> features.add(f.asText()));
            Map<String, String> names = new TreeMap<>();
            root.path("names")
                    .properties()
                    .forEach(e -> names.put(e.getKey(), e.getValue().asText()));
            RaptorResult result = root.has("raptor") ? result(probe, root.path("raptor")) : null;
            return new ProbeFile(probe, result, features, names);
        } catch (JsonProcessingException e) {
            JsonLocation at = e.getLocation();
            throw new IllegalArgumentException(
                    json + " is damaged or not JSON"
                            + (at == null ? "" : " (line " + at.getLineNr() + ", column " + at.getColumnNr() + ")"),
                    e);
        } catch (IOException e) {
            throw new IllegalArgumentException("cannot read " + json + ": " + IoReason.of(e), e);
        }
    }

    private static RaptorResult result(LinearProbe probe, JsonNode root) {
        ValidationCurve curve = new ValidationCurve(
                numbers(root, "gridC"),
                numbers(root, "validation"),
                numbers(root, "validationLogLoss"),
                root.path("validationRows").asInt(),
                root.path("selectedIndex").asInt(),
                root.path("ties").asInt(),
                whole(root, "iterations"),
                numbers(root, "gradients"),
                root.path("failures").asInt());
        List<ProbeWarning> warnings = new ArrayList<>();
        for (JsonNode warning : root.path("warnings")) {
            warnings.add(new ProbeWarning(
                    ProbeWarning.Kind.valueOf(warning.path("kind").asText()),
                    warning.path("message").asText()));
        }
        JsonNode made = root.path("provenance");
        return new RaptorResult(
                probe,
                curve,
                Standardizer.of(numbers(root, "mean"), numbers(root, "deviation"), whole(root, "keptColumns")),
                number(root, "selectedC"),
                number(root, "lambda"),
                number(root, "validationAccuracy"),
                performance(root.path("train")),
                performance(root.path("test")),
                root.path("converged").asBoolean(),
                number(root, "gradientNorm"),
                warnings,
                Duration.ofNanos(root.path("tuningNanos").asLong()),
                Duration.ofNanos(root.path("refitNanos").asLong()),
                new Provenance(
                        made.path("version").asText(),
                        made.path("java").asText(),
                        made.path("os").asText(),
                        made.path("backend").asText(),
                        made.path("seed").isNumber() ? (Long) made.path("seed").asLong() : null));
    }

    private static Performance performance(JsonNode node) {
        return new Performance(
                node.path("rows").asInt(),
                number(node, "accuracy"),
                number(node, "balancedAccuracy"),
                number(node, "logLoss"),
                number(node, "areaUnderCurve"));
    }

    private static double number(JsonNode node, String key) {
        JsonNode value = node.path(key);
        Arguments.require(!value.isMissingNode(), "the probe file lacks '%s'", key);
        return value.isNull() ? Double.NaN : value.asDouble();
    }

    private static double[] numbers(JsonNode node, String key) {
        JsonNode values = node.path(key);
        Arguments.require(values.isArray(), "the probe file lacks the array '%s'", key);
        double[] numbers = new double[values.size()];
        for (int k = 0; k < numbers.length; k++) {
            numbers[k] = values.get(k).asDouble();
        }
        return numbers;
    }

    private static int[] whole(JsonNode node, String key) {
        return Arrays.stream(numbers(node, key)).mapToInt(v -> (int) v).toArray();
    }
}
