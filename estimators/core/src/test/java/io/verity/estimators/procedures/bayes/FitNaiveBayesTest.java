package io.verity.estimators.procedures.bayes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.verity.estimators.classification.GoldenData;
import io.verity.estimators.procedures.Commands;
import io.verity.estimators.procedures.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The command on files, as a command line calls it. Values: scikit-learn 1.2.1 and numpy ({@code gaussian_nb.json}). */
class FitNaiveBayesTest {
    @TempDir
    Path folder;

    private static Outcome run(String file, String label, String... more) {
        FitNaiveBayes procedure = new FitNaiveBayes();
        return procedure.run(Commands.onRows(procedure, file, label, more));
    }

    private String named(String name, String... lines) throws IOException {
        return Files.write(folder.resolve(name), List.of(lines)).toString();
    }

    private String file(String... lines) throws IOException {
        return named("d.csv", lines);
    }

    private static double[][] rows(Outcome outcome, String key) {
        return ((List<?>) outcome.result().get(key))
                .stream().map(row -> (double[]) row).toArray(double[][]::new);
    }

    private static double[] array(Outcome outcome, String key) {
        return (double[]) outcome.result().get(key);
    }

    @ParameterizedTest
    @CsvSource({"wine,wine,shared", "wine,wine,perClass", "wdbc,breast_cancer,shared", "digits,digits,perClass"})
    void resultsAreTheReferenceFit(String data, String name, String mode) throws IOException {
        JsonNode problem = null;
        for (JsonNode one : GoldenData.read("gaussian_nb.json").get("cases")) {
            problem = one.get("name").asText().equals(name) ? one : problem;
        }
        assertThat(problem).isNotNull();
        JsonNode expected = problem.get(mode);
        boolean shared = mode.equals("shared");
        Outcome outcome =
                run("../../examples/data/" + data + ".csv", "label", "variance", shared ? "shared" : "per-class");
        assertThat(array(outcome, "priors"))
                .containsExactly(GoldenData.doubles(expected.get("classPrior")), within(1e-14));
        double[][] means = rows(outcome, "means");
        JsonNode wanted = expected.get(shared ? "mean" : "theta");
        for (int k = 0; k < means.length; k++) {
            assertThat(means[k]).containsExactly(GoldenData.doubles(wanted.get(k)), within(1e-10 * 1000));
        }
        double[][] variances = rows(outcome, "variances");
        assertThat(variances).hasDimensions(shared ? 1 : means.length, means[0].length);
        for (int k = 0; k < variances.length; k++) {
            double[] v = GoldenData.doubles(
                    shared ? expected.get("sharedVar") : expected.get("var").get(k));
            for (int j = 0; j < v.length; j++) {
                assertThat(variances[k][j]).isCloseTo(v[j], within(1e-10 * v[j]));
            }
        }
        double error = (double) outcome.result().get("trainError");
        long rows = (long) outcome.data().get("rows");
        assertThat(Math.round(error * rows))
                .isEqualTo(expected.get("trainErrors").asLong());
        assertThat(error * rows).isCloseTo(Math.round(error * rows), within(1e-9));
    }

    @Test
    void labelsMayBeTextsAndTextColumnsAreLeftOut() throws IOException {
        String file = file("name,kind,a,b", "p,x,1,2", "q,z,5,1", "r,x,2,3", "s,z,6,0", "t,m,9,9", "u,m,8,9");
        Outcome outcome = run(file, "kind");
        assertThat(outcome.result().get("classes")).isEqualTo(List.of("m", "x", "z"));
        assertThat(outcome.result().get("features")).isEqualTo(List.of("a", "b"));
        assertThat(rows(outcome, "means")[0]).containsExactly(8.5, 9);
        assertThat(rows(outcome, "means")[1]).containsExactly(1.5, 2.5);
        assertThat((double) outcome.result().get("trainError")).isZero();
        assertThat(outcome.data()).containsEntry("labels", Map.of("m", 2L, "x", 2L, "z", 2L));
    }

    @Test
    void spellingsOfOneNumberAreOneClass() throws IOException {
        Outcome outcome = run(file("y,a", "1,1", "-1,4", "1.0,3", "-1.5,9", "+1,2", "-1.50,8"), "y");
        assertThat(outcome.result().get("classes")).isEqualTo(List.of("-1.5", "-1", "1"));
        assertThat(rows(outcome, "means")[2]).containsExactly(2);
        assertThat(array(outcome, "classWeights")).containsExactly(2, 1, 3);
    }

    @Test
    void manyClassesMayAppearLate() throws IOException {
        List<String> lines = new ArrayList<>(List.of("y,a"));
        for (int i = 0; i < 300; i++) {
            lines.add("c" + (i < 200 ? i % 2 : i % 50) + "," + (i < 200 ? i % 2 : i % 50));
        }
        Outcome outcome = run(file(lines.toArray(String[]::new)), "y", "floor", "0.01");
        assertThat((List<?>) outcome.result().get("classes")).hasSize(50);
        double[][] means = rows(outcome, "means");
        for (int k = 0; k < 50; k++) {
            String name = (String) ((List<?>) outcome.result().get("classes")).get(k);
            assertThat(means[k][0]).isEqualTo(Double.parseDouble(name.substring(1)));
        }
    }

    @Test
    void otherRowsAreClassifiedAndCompared() throws IOException {
        String train = file("y,a", "u,1", "u,2", "v,5", "v,6");
        String test = named("t.csv", "a,y", "1.5,u", "5.5,v", "5.6,u", "1,", "9,w");
        Path saved = folder.resolve("p.csv");
        Outcome outcome = run(train, "y", "predict", test, "save-predictions", saved.toString());
        assertThat(outcome.result().get("prediction")).isEqualTo(List.of("u", "v", "v", "u", "v"));
        double[][] p = rows(outcome, "probabilities");
        assertThat(p).hasDimensions(5, 2);
        double[][] s = rows(outcome, "scores");
        for (int i = 0; i < 5; i++) {
            assertThat(p[i][0] + p[i][1]).isCloseTo(1, within(1e-15));
            assertThat(Math.log(p[i][0] / p[i][1])).isCloseTo(s[i][0] - s[i][1], within(1e-9));
        }
        Map<?, ?> compared = (Map<?, ?>) outcome.result().get("test");
        assertThat(compared.get("rows")).isEqualTo(3L);
        assertThat((double) compared.get("error")).isCloseTo(1 / 3.0, within(1e-15));
        assertThat(outcome.diagnostics().warnings()).anyMatch(w -> w.contains("1 rows") && w.contains("no class"));
        List<String> lines = Files.readAllLines(saved);
        assertThat(lines).hasSize(6);
        assertThat(lines.get(0)).isEqualTo("row,prediction,p_u,p_v");
        assertThat(lines.get(5)).startsWith("5,v,");
        Outcome without = run(train, "y", "predict", named("u.csv", "a", "1"));
        assertThat(without.result()).containsEntry("test", null).containsEntry("prediction", List.of("u"));
    }

    @Test
    void weightsPriorsAndFloorsAreTaken() throws IOException {
        String weighted = file("y,a,n", "u,1,1", "u,2,3", "v,5,2", "v,7,2");
        Outcome outcome = run(
                weighted,
                "y",
                "weight",
                "n",
                "priors",
                "0.25,0.75",
                "variance",
                "per-class",
                "floor",
                "0.5",
                "floor-unit",
                "absolute");
        assertThat(array(outcome, "priors")).containsExactly(0.25, 0.75);
        assertThat(rows(outcome, "means")).isDeepEqualTo(new double[][] {{1.75}, {6}});
        assertThat(rows(outcome, "variances")).isDeepEqualTo(new double[][] {{0.6875}, {1.5}});
        assertThat(array(run(weighted, "y", "weight", "n"), "priors")).containsExactly(0.5, 0.5);
        assertThat(array(run(weighted, "y", "features", "a", "priors", "uniform"), "priors"))
                .containsExactly(0.5, 0.5);
        assertThatThrownBy(() -> run(weighted, "y", "priors", "0.25,0.7"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("0.95");
        assertThatThrownBy(() -> run(weighted, "y", "priors", "0.2,0.3,0.5"))
                .hasMessageContaining("3 priors")
                .hasMessageContaining("2 classes");
        assertThatThrownBy(() -> run(weighted, "y", "priors", "a,b")).hasMessageContaining("--priors");
        assertThatThrownBy(() -> run(weighted, "y", "floor", "-1")).hasMessageContaining("varianceFloor");
    }

    @Test
    void calibrationConfusionAndLossesAreThoseOfTheRows() throws IOException {
        Outcome outcome = run("../../examples/data/iris.csv", "label");
        double[][] confusion = rows(outcome, "confusion");
        double wrong = Arrays.stream(confusion).flatMapToDouble(Arrays::stream).sum()
                - confusion[0][0]
                - confusion[1][1]
                - confusion[2][2];
        assertThat((double) outcome.result().get("trainError")).isCloseTo(wrong / 150, within(1e-15));
        Map<?, ?> calibration = (Map<?, ?>) outcome.result().get("calibration");
        assertThat((List<?>) calibration.get("bins")).hasSize(10);
        assertThat((double) calibration.get("expectedError")).isBetween(0.0, 0.1);
        assertThat((double) outcome.result().get("trainLogLoss")).isBetween(0.0, 0.2);
        assertThat(outcome.tables()).hasSize(2);
        assertThat(outcome.figures()).hasSize(1);
        assertThat(outcome.summary()).contains("training error");
    }

    @Test
    void warningsNameClassesAndColumns() throws IOException {
        Outcome outcome = run(file("y,a,b", "u,1,7", "u,2,7", "v,5,7"), "y", "variance", "per-class");
        assertThat(outcome.diagnostics().warnings())
                .anyMatch(w -> w.startsWith("SINGLETON_CLASS: class 'v' has one row"))
                .anyMatch(w -> w.startsWith("CONSTANT_FEATURE: column 'b'"));
        assertThat(run(file("y,a", "u,1", "v,5"), "y").diagnostics().warnings())
                .singleElement()
                .asString()
                .startsWith("DEGENERATE_VARIANCE");
    }

    @Test
    void wrongFilesAreRefusedByPlace() throws IOException {
        assertThatThrownBy(() -> run(file("y,a", "u,1", "v,x", "u,2", "v,3"), "y"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'x' in row 2 (line 3), column 'a'");
        assertThatThrownBy(() -> run(file("y,a", "u,1", "v,inf"), "y")).hasMessageContaining("not a finite number");
        assertThatThrownBy(() -> run(file("y,a,b", "u,1,1", "v,,2"), "y"))
                .hasMessageContaining("missing value in row 2 (line 3), column 'a'")
                .hasMessageContaining("--drop-missing");
        assertThatThrownBy(() -> run(file("y,a", "u,1", ",2"), "y")).hasMessageContaining("row 2");
        assertThatThrownBy(() -> run(file("y,a", "u,1", "u,2"), "y"))
                .hasMessageContaining("two classes")
                .hasMessageContaining("'u'");
        assertThatThrownBy(() -> run(file("y,a,n", "u,1,1", "v,2,-1"), "y", "weight", "n"))
                .hasMessageContaining("row 2")
                .hasMessageContaining("'-1'");
        assertThatThrownBy(() -> run(file("y,a,n", "u,1,1", "v,2,0"), "y", "weight", "n"))
                .hasMessage("class 'v' has no row of positive weight");
        assertThatThrownBy(() -> run(file("y,a", "u,1", "v,2"), "z")).hasMessageContaining("no column 'z'");
        assertThatThrownBy(() -> run(file("y,a", "u,1", "v,2"), "y", "predict", named("t.csv", "b", "1")))
                .hasMessageContaining("no column 'a'");
        assertThatThrownBy(() -> run(file("y,a", "u,1", "v,2"), "y", "save-predictions", "x.csv"))
                .hasMessageContaining("--predict");
        Outcome dropped = run(file("y,a,b", "u,1,1", "v,,2", "v,4,2", ",4,3"), "y", "drop-missing", "true");
        assertThat(dropped.data()).containsEntry("rows", 2L).containsEntry("droppedRows", 2L);
    }
}
