package io.verity.reports.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.verity.reports.model.Report;
import io.verity.stats.Arguments;
import io.verity.stats.result.ResultTable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reports to JSON and back, without loss: doubles as shortest round-trip decimals, those that are not finite as the texts
 * {@code "NaN"}, {@code "Infinity"} and {@code "-Infinity"}.
 */
public final class ReportJson {
    /** Name and version of the format. */
    public static final String SCHEMA = "verity.report/1";

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .addModule(new SimpleModule().addDeserializer(ResultTable.class, new TableReader()))
            .build();

    private ReportJson() {}

    /**
     * @param report any report
     * @return its JSON text, indented, ending with a line feed
     */
    public static String write(Report report) {
        try {
            ObjectNode root = MAPPER.createObjectNode().put("schema", SCHEMA);
            root.setAll((ObjectNode) MAPPER.valueToTree(report));
            return MAPPER.writerWithDefaultPrettyPrinter()
                            .writeValueAsString(root)
                            .replace("\r\n", "\n")
                    + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("report \"" + report.title() + "\" cannot be written as JSON", e);
        }
    }

    /**
     * @param json what {@link #write} wrote
     * @return the report
     * @throws IllegalArgumentException if the text is no JSON, or JSON of something else
     */
    public static Report read(String json) {
        try {
            JsonNode root = MAPPER.readTree(json);
            String schema = root.path("schema").asText("");
            Arguments.require(
                    schema.equals(SCHEMA), "not a report: \"schema\" is \"%s\", expected \"%s\"", schema, SCHEMA);
            return MAPPER.treeToValue(root, Report.class);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not a report: " + e.getOriginalMessage(), e);
        }
    }

    /** Gives the cells of a table the types that they had: JSON knows neither long nor NaN. */
    private static final class TableReader extends JsonDeserializer<ResultTable> {
        @Override
        public ResultTable deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            JsonNode node = context.readTree(parser);
            List<ResultTable.Column> columns = new ArrayList<>();
            for (JsonNode column : node.path("columns")) {
                columns.add(context.readTreeAsValue(column, ResultTable.Column.class));
            }
            List<List<@Nullable Object>> rows = new ArrayList<>();
            for (JsonNode row : node.path("rows")) {
                List<@Nullable Object> cells = new ArrayList<>();
                for (int i = 0; i < row.size(); i++) {
                    cells.add(
                            cell(row.get(i), i < columns.size() ? columns.get(i).kind() : ResultTable.Kind.TEXT));
                }
                rows.add(cells);
            }
            List<String> notes = new ArrayList<>();
            node.path("notes").forEach(n -> notes.add(n.asText()));
            return new ResultTable(
                    node.path("name").asText(), node.path("title").asText(), columns, rows, notes);
        }

        private static @Nullable Object cell(JsonNode node, ResultTable.Kind kind) {
            if (node.isNull()) {
                return null;
            }
            if (node.isBoolean()) {
                return node.booleanValue();
            }
            if (node.isIntegralNumber()) {
                return node.longValue();
            }
            if (node.isNumber()) {
                return node.doubleValue();
            }
            String text = node.asText();
            boolean number = kind == ResultTable.Kind.NUMBER
                    && (text.equals("NaN") || text.equals("Infinity") || text.equals("-Infinity"));
            return number ? (Object) Double.valueOf(text) : text;
        }
    }
}
