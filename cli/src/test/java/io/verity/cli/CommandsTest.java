package io.verity.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandsTest {
    private static final JsonMapper JSON = new JsonMapper();

    @TempDir
    private Path folder;

    private static ObjectNode json(String text) throws IOException {
        return (ObjectNode) JSON.readTree(text);
    }

    @Test
    void versionIsOneLineWithJavaAndBackend() {
        Spoken answer = Spoken.by("--version");
        assertThat(answer.code()).isZero();
        assertThat(answer.out())
                .matches("verity \\d+\\.\\d+\\.\\d+, Java "
                        + System.getProperty("java.version").replace(".", "\\.")
                        + " \\(.+\\), backend java[-a-z]*, \\d+ threads?\\R");
        assertThat(answer.err()).isEmpty();
        assertThat(Spoken.by("-V")).isEqualTo(answer);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "list",
                "verify",
                "simulate",
                "replay",
                "fit",
                "fit large-step",
                "fit r3d",
                "fit toy",
                "large-step",
                "large-step margin",
                "r3d placebo",
                "r3d sensitivity",
                "report",
                "backends",
                "jshell"
            })
    void helpOfEveryCommandEndsWithAnExample(String command) {
        Spoken answer = Spoken.by((Object[]) (command + " --help").split(" "));
        assertThat(answer.code()).isZero();
        String[] paragraphs = answer.out().strip().split("\\R\\R");
        assertThat(paragraphs[paragraphs.length - 1]).startsWith("Example: verity ");
        assertThat(answer.err()).isEmpty();
    }

    @Test
    void helpOfAProcedureComesFromTheProcedure() {
        assertThat(Spoken.by("fit", "toy", "--help").out())
                .contains("A procedure for tests, 100 % safe.")
                .contains("--level=X")
                .contains("any number, 5 % or so")
                .contains("what happens: calm, hopeless, broken, sleepy (default calm)")
                .contains("--json=FILE");
        assertThat(Spoken.by("fit", "--help").out()).contains("toy", "Does what it is told.");
    }

    @Test
    void distributionsInUnitsAreFittedAndReported() throws IOException {
        Path data = Path.of("..", "examples", "data", "firms.csv.gz");
        Spoken answer = Spoken.by(
                "fit",
                "r3d",
                "--data",
                data,
                "--unit",
                "firm",
                "--x",
                "score",
                "--z",
                "wage",
                "--cutoff",
                "-0.05",
                "--quantiles",
                "0.25:0.75:0.25",
                "--draws",
                "99",
                "--test-range",
                "0.25:0.5",
                "--test-range",
                "0.5:0.75",
                "--seed",
                "4",
                "--out",
                folder,
                "--json",
                "-");
        assertThat(answer.code()).as(answer.err()).isZero();
        ObjectNode root = json(answer.out());
        assertThat(root.at("/schema").asText()).isEqualTo("verity.fit/1");
        assertThat(root.at("/estimator").asText()).isEqualTo("r3d");
        assertThat(root.at("/data/units").asInt()).isEqualTo(400);
        assertThat(root.at("/options/cutoff").asDouble()).isEqualTo(-0.05);
        assertThat(root.at("/result/tau")).hasSize(3);
        assertThat(root.at("/result/bandwidth").isNumber()).isTrue();
        assertThat(root.at("/result/firstStage").isNull()).isTrue();
        assertThat(root.at("/result/note/firstStage").asText()).contains("sharp");
        assertThat(root.at("/result/tests/nullity/pValue").isNumber()).isTrue();
        assertThat(root.at("/result/tests/nullity/ranges")).hasSize(2);
        assertThat(root.at("/result/averageEffect/se").isNumber()).isTrue();
        assertThat(root.at("/provenance/seed").asInt()).isEqualTo(4);
        assertThat(Files.readString(folder.resolve("report.html"))).contains("uniform 95 % band", "Data as CSV");
    }

    @Test
    void everythingIsListed() {
        assertThat(Spoken.by("list").out())
                .contains("papers", "  toy")
                .contains("toy/TC-01", "toy/TC-01N", "[must be refuted]", "arXiv 0000.00000, Theorem 1")
                .contains("fit large-step", "toy/nap", "java");
        Spoken studies = Spoken.by("list", "studies");
        assertThat(studies.out()).contains("toy/nap").doesNotContain("TC-01").doesNotContain("studies");
    }

    @Test
    void verdictsAsExpectedExitWithZeroAndLeaveAReport() throws IOException {
        Path file = folder.resolve("run.json");
        Spoken answer = Spoken.by("verify", "toy/TC-01", "--out", folder, "--json", file);
        assertThat(answer.code()).as(answer.err()).isZero();
        assertThat(answer.out().lines().toList()).hasSize(6).satisfies(lines -> {
            assertThat(lines.get(0)).matches("toy/TC-01   SUPPORTED     One is below two +\\d.*s");
            assertThat(lines.get(1)).matches("toy/TC-01N  REFUTED       control: Two is below one +\\d.*s");
            assertThat(lines.get(3)).isEqualTo("2 of 2 verdicts are as expected (1 claim, 1 negative control)");
            assertThat(lines.get(4)).contains("at most 0").contains("seed 42");
            assertThat(lines.get(5)).isEqualTo("report: " + folder.resolve("report.html"));
        });
        assertThat(folder.resolve("report.html")).isNotEmptyFile();
        assertThat(folder.resolve("report.json")).isNotEmptyFile();
        assertThat(folder.resolve("store.db")).isNotEmptyFile();
        JsonNode run = json(Files.readString(file));
        assertThat(run.path("schema").asText()).isEqualTo("verity.verify/1");
        assertThat(run.path("claims")).hasSize(2);
    }

    @Test
    void surpriseExitsWithOneAndStandsFirstInTheScoreboard() {
        Spoken answer = Spoken.by("verify", "toy", "--out", folder, "--seed", "7");
        assertThat(answer.code()).isEqualTo(1);
        List<String> board =
                answer.out().lines().dropWhile(line -> !line.isEmpty()).toList();
        assertThat(board.get(1)).startsWith("SURPRISE toy/TC-02: expected SUPPORTED, found REFUTED: ");
        assertThat(board.get(2)).isEqualTo("  again: ./verity verify toy/TC-02 --quick --seed 7");
        assertThat(board.get(3)).startsWith("3 of 4 verdicts are as expected");
    }

    @Test
    void jsonOnStandardOutputIsAlone() throws IOException {
        for (Object[] command : new Object[][] {
            {"verify", "toy", "--out", folder, "--json", "-"},
            {"simulate", "toy/nap", "--replicates", "3", "--out", folder, "--json", "-"},
            {"fit", "toy", "--level", "2", "--out", folder.resolve("fit"), "--json", "-"}
        }) {
            Spoken answer = Spoken.by(command);
            assertThat(json(answer.out()).path("schema").asText()).isEqualTo("verity." + command[0] + "/1");
        }
    }

    @Test
    void twoRunsDifferInRunAndSecondsOnly() throws IOException {
        ObjectNode first = json(Spoken.by("verify", "toy", "--out", folder.resolve("a"), "--json", "-")
                .out());
        ObjectNode second =
                json(Spoken.by("verify", "toy", "--out", folder.resolve("b"), "--threads", "1", "--json", "-")
                        .out());
        assertThat(without(first)).isEqualTo(without(second));
    }

    private static ObjectNode without(ObjectNode root) {
        root.remove("run");
        root.findParents("seconds").forEach(parent -> ((ObjectNode) parent).remove("seconds"));
        return root;
    }

    @Test
    void simulationIsPrintedWrittenAndExtended() throws IOException {
        Path csv = folder.resolve("summary.csv");
        Spoken few = Spoken.by("simulate", "toy/nap", "--replicates", "5", "--out", folder, "--csv", csv);
        assertThat(few.code()).as(few.err()).isZero();
        assertThat(few.out()).contains("millis", "mean", "mean value (MCSE)", "report: ");
        assertThat(Files.readString(csv)).startsWith("millis,mean,metric,n,mean,");
        Spoken more = Spoken.by("simulate", "toy/nap", "--replicates", "12", "--out", folder, "--json", "-");
        Spoken fresh =
                Spoken.by("simulate", "toy/nap", "--replicates", "12", "--out", folder.resolve("fresh"), "--json", "-");
        assertThat(without(json(more.out()))).isEqualTo(without(json(fresh.out())));
        assertThat(json(more.out()).path("conditions").get(0).path("replicates").asInt())
                .isEqualTo(12);
    }

    @Test
    void factorsAreSet() throws IOException {
        JsonNode result = json(Spoken.by(
                        "simulate",
                        "toy/nap",
                        "--set",
                        "mean=2,3,4",
                        "--set",
                        "millis=0",
                        "--replicates",
                        "3",
                        "--out",
                        folder,
                        "--json",
                        "-")
                .out());
        assertThat(result.path("conditions")).hasSize(3);
        assertThat(result.path("conditions")
                        .get(2)
                        .path("condition")
                        .path("mean")
                        .asDouble())
                .isEqualTo(4);
    }

    @Test
    void studyWhoseReplicatesFailExitsWithThree() {
        Spoken answer = Spoken.by("simulate", "toy/broken", "--out", folder);
        assertThat(answer.code()).isEqualTo(3);
        assertThat(answer.err()).contains("no number").contains("verity replay toy/broken");
        Spoken replay = Spoken.by("replay", "toy/broken", "--condition", "0", "--replicate", "0");
        assertThat(replay.code()).isEqualTo(3);
        assertThat(replay.err()).contains("no number").containsOnlyOnce("\n");
    }

    @Test
    void replayGivesTheReplicateOfTheStudy() {
        Spoken answer = Spoken.by("replay", "toy/nap", "--condition", "1", "--replicate", "3", "--seed", "5");
        assertThat(answer.code()).isZero();
        assertThat(answer.out())
                .contains("condition 1 (millis=5, mean=1), replicate 3, seed 5")
                .contains("value  ");
        assertThat(Spoken.by("replay", "toy/nap", "--condition", "1", "--replicate", "3", "--seed", "5"))
                .isEqualTo(answer);
    }

    @Test
    void fitPrintsItsSummaryAndWarnsOnStandardError() {
        Spoken answer = Spoken.by("fit", "toy", "--level", "2", "--out", folder);
        assertThat(answer.code()).isZero();
        assertThat(answer.out()).isEqualTo("level 2.0\nreport: " + folder.resolve("report.html") + "\n");
        assertThat(answer.err()).isEqualTo("warning: column x is constant\n");
        assertThat(folder.resolve("report.html")).isNotEmptyFile();
    }

    @Test
    void fitJsonHasNullsWithNotesAndAllDigits() throws IOException {
        Spoken answer = Spoken.by("fit", "toy", "--level", "2", "--seed", "9", "--json", "-");
        JsonNode root = json(answer.out());
        JsonNode result = root.path("result");
        assertThat(answer.out()).contains("0.30000000000000004");
        assertThat(result.path("values").get(1).isNull()).isTrue();
        assertThat(result.path("limit").isNull()).isTrue();
        assertThat(result.path("errors").isNull()).isTrue();
        assertThat(result.path("note").path("values[1]").asText()).isEqualTo("not a number");
        assertThat(result.path("note").path("limit").asText()).isEqualTo("plus infinity");
        assertThat(result.path("note").path("errors").asText()).isEqualTo("they are not defined here");
        assertThat(result.path("nested").path("note").path("inner").asText()).isEqualTo("minus infinity");
        assertThat(root.path("options").path("mood").asText()).isEqualTo("calm");
        assertThat(root.path("diagnostics").path("warnings").get(0).asText()).isEqualTo("column x is constant");
        assertThat(root.path("provenance").path("seed").asLong()).isEqualTo(9);
        assertThat(root.path("provenance").path("seconds").isNumber()).isTrue();
    }

    @Test
    void hopelessInputExitsWithThreeReasonAndRemedy() {
        Spoken answer = Spoken.by("fit", "toy", "--level", "2", "--mood", "hopeless");
        assertThat(answer.code()).isEqualTo(3);
        assertThat(answer.err()).isEqualTo("verity: all rows are of one class; collect rows of the other class\n");
    }

    @Test
    void bugIsOneLineThatOffersMore() {
        Spoken answer = Spoken.by("fit", "toy", "--level", "2", "--mood", "broken");
        assertThat(answer.code()).isEqualTo(3);
        assertThat(answer.err())
                .isEqualTo("verity: IllegalStateException: a stone in the shoe (--debug shows where)\n");
    }

    @Test
    void reportIsMadeAgainInOtherFormats() {
        assertThat(Spoken.by("verify", "toy/TC-01", "--out", folder).code()).isZero();
        Spoken fromFolder = Spoken.by("report", folder, "--format", "md,tex", "--out", folder.resolve("more"));
        assertThat(fromFolder.code()).as(fromFolder.err()).isZero();
        assertThat(folder.resolve("more/report.md")).isNotEmptyFile();
        assertThat(folder.resolve("more/report.tex")).isNotEmptyFile();
    }

    @Test
    void reportIsMadeFromAStore() {
        Path store = folder.resolve("store.db");
        assertThat(Spoken.by("verify", "toy/TC-01", "--out", folder).code()).isZero();
        assertThat(Spoken.by("simulate", "toy/nap", "--replicates", "3", "--out", folder)
                        .code())
                .isZero();
        Spoken answer = Spoken.by("report", store, "--format", "json", "--out", folder.resolve("again"));
        assertThat(answer.code()).as(answer.err()).isZero();
        assertThat(folder.resolve("again/report.json")).content().contains("One is below two");
        assertThat(folder.resolve("again/toy-nap/report.json")).content().contains("Naps");
    }

    @Test
    void reportOfAFolderWithoutOneIsMadeFromItsStore() throws IOException {
        assertThat(Spoken.by("verify", "toy/TC-01", "--out", folder).code()).isZero();
        Files.delete(folder.resolve("report.json"));
        assertThat(Spoken.by("report", folder, "--format", "md").code()).isZero();
        assertThat(folder.resolve("report.md")).content().contains("One is below two");
    }

    @Test
    void backendsSayWhichIsActiveAndHowFast() {
        Spoken answer = Spoken.by("backends", "--threads", "1");
        assertThat(answer.code()).isZero();
        assertThat(answer.out())
                .containsPattern("(?m)^\\* java")
                .contains("GFLOP/s")
                .contains("1 thread");
    }

    @Test
    void namedBackendIsUsed() throws IOException {
        JsonNode root = json(Spoken.by("fit", "toy", "--level", "2", "--backend", "java", "--json", "-")
                .out());
        assertThat(root.path("provenance").path("backend").asText()).isEqualTo("java");
    }
}
