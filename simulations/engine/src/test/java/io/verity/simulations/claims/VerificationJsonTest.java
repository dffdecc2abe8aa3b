package io.verity.simulations.claims;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.verity.simulations.claims.Verdict.Counterexample;
import io.verity.simulations.claims.Verdict.Kind;
import io.verity.simulations.claims.Verdict.Statistic;
import io.verity.stats.result.Figure;
import io.verity.stats.result.Figure.Axis;
import io.verity.stats.result.Figure.Layer;
import io.verity.stats.result.Figure.Mark;
import io.verity.stats.result.ResultTable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class VerificationJsonTest {
    private static final ClaimRecord RECORD = record(Double.NaN);

    private static ClaimRecord record(double statistic) {
        Map<String, Double> values = new LinkedHashMap<>();
        values.put("z", Double.POSITIVE_INFINITY);
        values.put("a", 0.1);
        Map<String, String> assumptions = new LinkedHashMap<>();
        assumptions.put("separable", "YES");
        assumptions.put("margin", "[0.1, 0.2]");
        ResultTable table = ResultTable.named("t", "Table")
                .text("name", "name")
                .integer("n", "n", "rows")
                .number("x", "x", "")
                .column(new ResultTable.Column("b", "b", "", ResultTable.Kind.BOOLEAN, null))
                .row("first", 1L, 2.0, true)
                .row("NaN", null, Double.NaN, false)
                .row("third", Long.MAX_VALUE, Double.NEGATIVE_INFINITY, null)
                .row("fourth", 4L, 1e22, null)
                .note("a note")
                .build();
        Figure figure = Figure.named("f", "Figure", Axis.log10("x"), Axis.linear("y"))
                .caption("A caption.")
                .layer(new Layer(
                        Mark.RIBBON,
                        "s",
                        "p",
                        new double[] {1, 2},
                        new double[] {0.1, Double.NaN},
                        new double[] {0, 1e-300},
                        null))
                .build();
        Verdict verdict = new Verdict(
                Kind.REFUTED,
                "always",
                "violated at 1 of 2, worst \"b\": 3 > 2",
                new Statistic("max ratio", statistic, -0.0, Double.POSITIVE_INFINITY),
                1.0,
                1e-9,
                1e-5,
                1234567890123L,
                new Counterexample("b", values, "seed 42"),
                assumptions,
                List.of("one", "two"),
                List.of(table),
                List.of(figure));
        return new ClaimRecord(
                new ClaimId("coins", "C-01N"),
                TestClaims.SOURCE.derivedFrom("Theorem 1"),
                "Coins \u03b3",
                "\\(x &lt; 1\\)",
                Kind.REFUTED,
                true,
                new ClaimId("coins", "C-01"),
                false,
                verdict,
                0.1 + 0.2);
    }

    private static VerificationRun run(ClaimRecord... records) {
        return new VerificationRun(
                -42,
                Budget.QUICK,
                2,
                "local",
                "java",
                "0.1.0",
                "17.0.1",
                "Linux",
                "2026-11-22T00:00:00Z",
                1.5,
                List.of(records));
    }

    @Test
    void storedRecordReadsBackEqual() {
        ClaimRecord back = VerificationJson.parseRecord(VerificationJson.write(RECORD));
        assertThat(VerificationJson.write(back)).isEqualTo(VerificationJson.write(RECORD));
        assertThat(back.id()).isEqualTo(RECORD.id());
        assertThat(back.source()).isEqualTo(RECORD.source());
        Verdict verdict = back.verdict();
        assertThat(verdict.statistic()).isEqualTo(RECORD.verdict().statistic());
        assertThat(verdict.counterexample()).isEqualTo(RECORD.verdict().counterexample());
        assertThat(verdict.assumptions().keySet()).containsExactly("separable", "margin");
        assertThat(verdict.tables()).isEqualTo(RECORD.verdict().tables());
        Layer layer = verdict.figures().get(0).layers().get(0);
        assertThat(layer.y()).containsExactly(0.1, Double.NaN);
        assertThat(layer.lower()).containsExactly(0, 1e-300);
        assertThat(layer.upper()).isNull();
    }

    @Test
    void storedRunReadsBackEqual() {
        VerificationRun back = VerificationJson.parseRun(VerificationJson.write(run(RECORD)));
        assertThat(back.seed()).isEqualTo(-42);
        assertThat(VerificationJson.write(back)).isEqualTo(VerificationJson.write(run(RECORD)));
    }

    @Test
    void publishedFormHasTheKeysOfItsSchema() throws Exception {
        JsonNode root = new ObjectMapper().readTree(VerificationJson.publishedText(run(RECORD, record(1.25))));
        assertThat(root.path("schema").asText()).isEqualTo("verity.verify/1");
        assertThat(root.path("run").fieldNames())
                .toIterable()
                .containsExactly(
                        "seed", "budget", "threads", "engine", "backend", "version", "java", "os", "started",
                        "seconds");
        assertThat(root.path("run").path("budget").asText()).isEqualTo("quick");
        JsonNode claim = root.path("claims").get(1);
        assertThat(claim.fieldNames())
                .toIterable()
                .contains(
                        "id",
                        "paper",
                        "source",
                        "statement",
                        "expected",
                        "verdict",
                        "asExpected",
                        "control",
                        "controlOf",
                        "criterion",
                        "reason",
                        "statistic",
                        "target",
                        "tolerance",
                        "errorProbability",
                        "replicates",
                        "seconds");
        assertThat(claim.path("id").asText()).isEqualTo("coins/C-01N");
        assertThat(claim.path("source").asText()).isEqualTo("arXiv 1234.56789, Theorem 1 (derived)");
        assertThat(claim.path("controlOf").asText()).isEqualTo("coins/C-01");
        assertThat(claim.path("asExpected").asBoolean()).isTrue();
        assertThat(claim.path("statistic").path("value").asDouble()).isEqualTo(1.25);
        assertThat(root.path("summary").path("total").asInt()).isEqualTo(2);
        assertThat(root.path("summary").path("asExpected").asInt()).isEqualTo(2);
        assertThat(root.path("summary").path("surprises").asInt()).isZero();
        assertThat(root.path("summary").path("inconclusive").asInt()).isZero();
    }

    @Test
    void publishedNumbersThatAreNotFiniteAreNullWithANote() {
        JsonNode statistic =
                VerificationJson.published(run(RECORD)).path("claims").get(0).path("statistic");
        assertThat(statistic.path("value").isNull()).isTrue();
        assertThat(statistic.path("upper").isNull()).isTrue();
        assertThat(statistic.path("lower").asDouble()).isEqualTo(-0.0);
        assertThat(statistic.path("note").asText()).isEqualTo("value is not defined; upper is +infinity");
    }

    @Test
    void publishedNumbersAreTheShortestThatReadBack() {
        assertThat(VerificationJson.publishedText(run(record(2.0E-3)))).contains("\"value\" : 0.002");
        assertThat(VerificationJson.publishedText(run(record(2e23)))).contains("2.0E23");
    }

    @Test
    void whatMayDifferBetweenRunsStandsUnderRunOrIsCalledSeconds() {
        List<Claim> claims = TestClaims.mixture();
        Verifier verifier = Verifier.withDefaults().withBackend("java");
        JsonNode one = VerificationJson.published(verifier.withThreads(1).verify(claims));
        JsonNode two = VerificationJson.published(verifier.withThreads(3).verify(claims));
        assertThat(stripped(one)).isEqualTo(stripped(two));
    }

    private static JsonNode stripped(JsonNode root) {
        JsonNode copy = root.deepCopy();
        ((ObjectNode) copy).remove("run");
        copy.path("claims").forEach(c -> ((ObjectNode) c).remove("seconds"));
        return copy;
    }

    @Test
    void otherJsonIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> VerificationJson.parseRecord("{\"id\":3}"))
                .withMessageContaining("not a stored ClaimRecord");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> VerificationJson.parseRecord("{"))
                .withMessageContaining("not JSON");
    }
}
