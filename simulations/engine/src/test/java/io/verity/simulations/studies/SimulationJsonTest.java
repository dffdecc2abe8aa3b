package io.verity.simulations.studies;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.verity.stats.result.ResultTable;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SimulationJsonTest {
    private final SimulationResult result = StudyRunner.withDefaults()
            .withSeed(3)
            .withThreads(2)
            .run(Walk.study().replicates(40).replicate((c, stream) -> {
                Row row = Walk.draw(c, stream);
                return c.n() == 3 ? row : new Row().put("average", Double.POSITIVE_INFINITY);
            }));
    private final ObjectNode json = result.toJson();

    private static List<String> keys(JsonNode node) {
        List<String> keys = new ArrayList<>();
        node.fieldNames().forEachRemaining(keys::add);
        return keys;
    }

    @Test
    void theEnvelopeHasTheKeysOfItsSchema() {
        assertThat(keys(json)).containsExactly("schema", "run", "study", "conditions");
        assertThat(json.path("schema").asText()).isEqualTo("verity.simulate/1");
        assertThat(keys(json.path("run")))
                .contains(
                        "seed", "budget", "threads", "engine", "backend", "version", "java", "os", "started",
                        "seconds");
        assertThat(json.path("study").toString())
                .isEqualTo("{\"name\":\"test/walk\",\"title\":\"Random walks\",\"version\":1,\"seed\":3,"
                        + "\"factors\":{\"mean\":[0.0,0.5],\"n\":[3,10]}}");
    }

    @Test
    void everyConditionHasItsSummaries() {
        JsonNode condition = json.path("conditions").path(2);
        assertThat(condition.path("condition").toString()).isEqualTo("{\"mean\":0.5,\"n\":3}");
        assertThat(condition.path("replicates").asInt()).isEqualTo(40);
        assertThat(condition.path("failures").asInt()).isZero();
        assertThat(keys(condition.path("summary"))).containsExactly("average", "sum@1", "sum@2", "sum@3");
        JsonNode average = condition.path("summary").path("average");
        assertThat(keys(average)).contains("mean", "mcse", "sd", "min", "q05", "median", "q95", "max");
        assertThat(average.path("mean").asDouble())
                .isEqualTo(result.conditions().get(2).metric("average").mean());
        assertThat(condition.path("measures").path("bias").path("mcse").asDouble())
                .isEqualTo(result.conditions().get(2).measure("bias").mcse());
    }

    @Test
    void figuresThatAreNotFiniteAreNullWithANote() {
        JsonNode average = json.path("conditions").path(1).path("summary").path("average");
        assertThat(average.path("mean").isNull()).isTrue();
        assertThat(average.path("note").asText())
                .contains("40 of 40 values are infinite (censored)", "mean is +infinity", "sd is not defined");
        assertThat(json.toString()).doesNotContain("NaN", "Infinity");
    }

    @Test
    void tablesHoldConditionsAndMetrics() {
        ResultTable table = result.toTable();
        assertThat(table.columns())
                .extracting(ResultTable.Column::name)
                .containsExactly("mean", "n", "replicates", "failures", "bias", "bias-mcse");
        assertThat(table.rows()).hasSize(4);
        assertThat(table.rows().get(2).subList(0, 4)).containsExactly(0.5, 3L, 40L, 0L);
        assertThat(result.tables().get(1).rows()).hasSize(2 * 4 + 2);
    }
}
