package io.verity.simulations.claims;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.verity.simulations.claims.Verdict.Statistic;
import io.verity.stats.result.ResultTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Verifications as JSON: the published schema {@code verity.verify/1}, and a lossless form of records and runs for the store.
 * Doubles are the shortest decimals that read back as the same bits. In the published form a figure that is not finite is
 * null and a {@code note} beside it says why; in the lossless form it is the text {@code "NaN"} or {@code "Infinity"}.
 */
public final class VerificationJson {
    /** Schema of {@link #published}. */
    public static final String SCHEMA = "verity.verify/1";

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
            .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
            .build();

    private VerificationJson() {}

    // --- published
    // ------------------------------------------------------------------------------------------------------

    /**
     * @param run a finished verification
     * @return schema {@value #SCHEMA}; what may differ between two runs of the same work stands under {@code run} or is named
     *     {@code seconds}
     */
    public static ObjectNode published(VerificationRun run) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("schema", SCHEMA);
        root.putObject("run")
                .put("seed", run.seed())
                .put("budget", lower(run.budget()))
                .put("threads", run.threads())
                .put("engine", run.engine())
                .put("backend", run.backend())
                .put("version", run.version())
                .put("java", run.java())
                .put("os", run.os())
                .put("started", run.started())
                .put("seconds", run.seconds());
        ArrayNode claims = root.putArray("claims");
        run.records().forEach(record -> claims.add(published(record)));
        int surprises = run.surprises().size();
        root.putObject("summary")
                .put("total", run.records().size())
                .put(
                        "asExpected",
                        run.records().size() - surprises - run.skipped().size())
                .put("surprises", surprises)
                .put(
                        "inconclusive",
                        run.records().stream()
                                .filter(r -> r.verdict().kind() == Verdict.Kind.INCONCLUSIVE)
                                .count())
                .put("skipped", run.skipped().size())
                .put(
                        "findings",
                        run.records().stream().filter(ClaimRecord::finding).count())
                .put("errorProbability", run.totalErrorProbability());
        return root;
    }

    /**
     * @param run a finished verification
     * @return {@link #published} as indented text with a newline at its end
     */
    public static String publishedText(VerificationRun run) {
        return text(published(run), true) + "\n";
    }

    private static ObjectNode published(ClaimRecord record) {
        Verdict verdict = record.verdict();
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("id", record.id().toString())
                .put("paper", record.id().paper())
                .put("source", record.source().citation())
                .put("title", record.title())
                .put("statement", record.statement())
                .put("expected", record.expected().name())
                .put("verdict", verdict.kind().name())
                .put("asExpected", record.asExpected())
                .put("finding", record.finding())
                .put("control", record.control())
                .put(
                        "controlOf",
                        record.controlOf() == null ? null : record.controlOf().toString())
                .put("criterion", verdict.criterion())
                .put("reason", verdict.reason());
        Figures statistic = new Figures(node.putObject("statistic"));
        Statistic s = verdict.statistic();
        statistic.node.put("name", s.name());
        statistic.put("value", s.value());
        statistic.put("lower", s.lower());
        statistic.put("upper", s.upper());
        statistic.note();
        Figures figures = new Figures(node);
        figures.put("target", verdict.target());
        figures.put("tolerance", verdict.tolerance());
        figures.put("errorProbability", verdict.errorProbability());
        figures.note();
        node.put("replicates", verdict.replicates());
        ObjectNode assumptions = node.putObject("assumptions");
        verdict.assumptions().forEach(assumptions::put);
        ArrayNode notes = node.putArray("notes");
        verdict.notes().forEach(notes::add);
        Verdict.Counterexample shown = verdict.counterexample();
        if (shown == null) {
            node.putNull("counterexample");
        } else {
            ObjectNode counterexample = node.putObject("counterexample");
            counterexample.put("description", shown.description());
            Figures values = new Figures(counterexample.putObject("values"));
            shown.values().forEach(values::put);
            values.note();
            counterexample.put("reproduce", shown.reproduce());
        }
        node.put("seconds", record.seconds());
        return node;
    }

    /** Numbers of an object, with a note on those that are not finite. */
    private static final class Figures {
        private final ObjectNode node;
        private final List<String> notes = new ArrayList<>();

        Figures(ObjectNode node) {
            this.node = node;
        }

        void put(String key, @Nullable Double value) {
            if (value == null) {
                node.putNull(key);
            } else if (Double.isFinite(value)) {
                node.put(key, value);
            } else {
                node.putNull(key);
                notes.add(key + " is " + (Double.isNaN(value) ? "not defined" : value > 0 ? "+infinity" : "-infinity"));
            }
        }

        void note() {
            if (!notes.isEmpty()) {
                node.put("note", String.join("; ", notes));
            }
        }
    }

    // --- lossless
    // -------------------------------------------------------------------------------------------------------

    /**
     * @param record any record
     * @return JSON text from which {@link #parseRecord} makes an equal record
     */
    public static String write(ClaimRecord record) {
        return text(MAPPER.valueToTree(record), false);
    }

    /**
     * @param json what {@link #write(ClaimRecord)} wrote
     * @return the record
     * @throws IllegalArgumentException if it is something else
     */
    public static ClaimRecord parseRecord(String json) {
        return record(tree(json));
    }

    /**
     * @param run any run
     * @return JSON text from which {@link #parseRun} makes an equal run
     */
    public static String write(VerificationRun run) {
        return text(MAPPER.valueToTree(run), false);
    }

    /**
     * @param json what {@link #write(VerificationRun)} wrote
     * @return the run
     * @throws IllegalArgumentException if it is something else
     */
    public static VerificationRun parseRun(String json) {
        JsonNode tree = tree(json);
        List<ClaimRecord> records = new ArrayList<>();
        tree.path("records").forEach(r -> records.add(record(r)));
        return run(tree, records);
    }

    /** @return the run without its records but with the order of their claims */
    static String header(VerificationRun run, List<ClaimId> claims) {
        ObjectNode node = MAPPER.valueToTree(run);
        node.remove("records");
        ArrayNode ids = node.putArray("claims");
        claims.forEach(id -> ids.add(id.toString()));
        return text(node, false);
    }

    /** @return the order of the claims that {@link #header} wrote */
    static List<ClaimId> parseOrder(String header) {
        List<ClaimId> order = new ArrayList<>();
        tree(header).path("claims").forEach(id -> order.add(ClaimId.parse(id.asText())));
        return order;
    }

    /** @return the run that {@link #header} wrote, with these records */
    static VerificationRun parseHeader(String header, List<ClaimRecord> records) {
        return run(tree(header), records);
    }

    private static VerificationRun run(JsonNode tree, List<ClaimRecord> records) {
        return new VerificationRun(
                tree.path("seed").asLong(),
                value(tree.path("budget"), Budget.class),
                tree.path("threads").asInt(),
                tree.path("engine").asText(),
                tree.path("backend").asText(),
                tree.path("version").asText(),
                tree.path("java").asText(),
                tree.path("os").asText(),
                tree.path("started").asText(),
                tree.path("seconds").asDouble(),
                records);
    }

    private static ClaimRecord record(JsonNode tree) {
        ClaimRecord parsed = value(tree, ClaimRecord.class);
        Verdict v = parsed.verdict();
        List<ResultTable> tables =
                v.tables().stream().map(VerificationJson::typed).toList();
        return parsed.with(v.with(v.assumptions(), tables, v.figures()));
    }

    /** JSON knows one kind of number and no infinity; the columns know what their cells were. */
    private static ResultTable typed(ResultTable parsed) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (List<@Nullable Object> row : parsed.rows()) {
            List<@Nullable Object> cells = new ArrayList<>();
            for (int c = 0; c < row.size(); c++) {
                cells.add(typed(row.get(c), parsed.columns().get(c).kind()));
            }
            rows.add(cells);
        }
        return new ResultTable(parsed.name(), parsed.title(), parsed.columns(), rows, parsed.notes());
    }

    private static @Nullable Object typed(@Nullable Object cell, ResultTable.Kind kind) {
        if (cell instanceof Integer i) {
            return kind == ResultTable.Kind.NUMBER ? (Object) i.doubleValue() : (Object) i.longValue();
        }
        if (cell instanceof String s && (kind == ResultTable.Kind.NUMBER || kind == ResultTable.Kind.INTEGER)) {
            return Double.valueOf(s);
        }
        return cell;
    }

    private static <T> T value(JsonNode tree, Class<T> type) {
        try {
            return MAPPER.treeToValue(tree, type);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    "not a stored " + type.getSimpleName() + ": " + e.getOriginalMessage(), e);
        }
    }

    private static JsonNode tree(String json) {
        try {
            return MAPPER.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not JSON: " + e.getOriginalMessage(), e);
        }
    }

    private static String text(JsonNode node, boolean indented) {
        try {
            return indented
                    ? MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(node)
                    : MAPPER.writeValueAsString(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a JSON tree can always be written", e);
        }
    }

    private static String lower(Budget budget) {
        return budget.name().toLowerCase(Locale.ROOT);
    }
}
