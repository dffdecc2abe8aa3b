package io.verity.estimators.procedures.largestep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.verity.estimators.procedures.Commands;
import io.verity.estimators.procedures.Outcome;
import io.verity.estimators.procedures.Procedure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands on files, as a command line calls them. */
class LargeStepProceduresTest {
    @TempDir
    Path folder;

    private Path iris() throws IOException {
        Path file = folder.resolve("iris.csv");
        try (InputStream in =
                getClass().getResourceAsStream("/io/verity/estimators/largestep/iris_setosa_versicolor.csv")) {
            Files.copy(in, file);
        }
        return file;
    }

    private Path file(String name, String... lines) throws IOException {
        return Files.writeString(folder.resolve(name), String.join("\n", lines) + "\n", StandardCharsets.UTF_8);
    }

    private static Outcome fit(Path data, String... more) {
        String[] all = new String[more.length + 4];
        System.arraycopy(new String[] {"data", data.toString(), "label", "label"}, 0, all, 0, 4);
        System.arraycopy(more, 0, all, 4, more.length);
        return Commands.run(new FitLargeStep(), all);
    }

    @Test
    void proceduresAreFoundByTheirWords() {
        assertThat(Procedure.all())
                .extracting(p -> String.join(" ", p.command()))
                .contains("fit large-step", "large-step margin", "large-step sweep");
    }

    @Test
    void fitSeparatesIrisAndGivesTheRequiredKeys() throws IOException {
        Outcome outcome = fit(iris(), "step", "1", "intercept", "true");
        assertThat(outcome.result())
                .containsKeys(
                        "status",
                        "iterations",
                        "separated",
                        "theta",
                        "loss",
                        "logLoss",
                        "misclassified",
                        "minMargin",
                        "normalizedMargin")
                .containsEntry("status", "SEPARATED")
                .containsEntry("separated", true)
                .containsEntry("misclassified", 0L);
        assertThat((double[]) outcome.result().get("theta")).hasSize(5);
        assertThat(outcome.diagnostics().converged()).isTrue();
        assertThat(outcome.summary()).contains("-1 = -1 (50 rows), +1 = +1 (50 rows)");
        assertThat(outcome.data()).containsEntry("rows", 100L).containsKey("sha256");
        assertThat(outcome.figures()).hasSize(1);
    }

    @Test
    void marginOfIrisIsTheGoldenOne() throws IOException {
        Outcome outcome =
                Commands.run(new LargeStepMargin(), "data", iris().toString(), "label", "label", "intercept", "true");
        assertThat(outcome.result()).containsEntry("separable", "YES").containsEntry("certificate", null);
        assertThat(outcome.notes()).containsKey("certificate");
        assertThat((double) outcome.result().get("marginLower")).isCloseTo(0.7491173320820254, within(1e-10));
        assertThat((double) outcome.result().get("radius")).isCloseTo(9.1913002, within(1e-7));
    }

    @Test
    void inseparableDataGetTheRowsThatProveIt() throws IOException {
        Path data = file("bad.csv", "id,x,label", "a,1,yes", "b,2,no", "c,NA,yes", "d,3,no", "e,1,no");
        Outcome outcome =
                Commands.run(new LargeStepMargin(), "data", data.toString(), "label", "label", "drop-missing", "true");
        assertThat(outcome.result()).containsEntry("separable", "NO").containsEntry("direction", null);
        @SuppressWarnings("unchecked")
        Map<String, Object> certificate = (Map<String, Object>) outcome.result().get("certificate");
        assertThat((List<?>) certificate.get("rows")).hasSize(2).asString().startsWith("[1, ");
        double[] weights = (double[]) certificate.get("weights");
        assertThat(weights[0] + weights[1]).isCloseTo(1, within(1e-15));
        assertThat(outcome.diagnostics().warnings()).anyMatch(w -> w.contains("1 rows with missing"));
        Outcome fitted = fit(data, "drop-missing", "true", "max-iter", "50");
        assertThat(fitted.result()).containsEntry("status", "MAX_ITER").containsEntry("separable", "NO");
        assertThat(fitted.summary()).contains("not separable").contains("row 1 x");
        assertThat(fitted.diagnostics().converged()).isFalse();
    }

    @Test
    void perceptronIgnoresAStepSizeAndSaysSo() throws IOException {
        Outcome outcome = fit(iris(), "variant", "batch-perceptron", "step", "10");
        assertThat(outcome.diagnostics().warnings()).anyMatch(w -> w.contains("--step is ignored"));
        assertThat(outcome.result()).containsEntry("status", "SEPARATED");
    }

    @Test
    void sweepRunsEveryStepSize() throws IOException {
        Outcome outcome = Commands.run(
                new LargeStepSweep(),
                "data",
                iris().toString(),
                "label",
                "label",
                "intercept",
                "true",
                "steps",
                "1e-2:1e2:5log");
        assertThat((double[]) outcome.result().get("steps")).containsExactly(.01, .1, 1, 10, 100);
        assertThat((List<?>) outcome.result().get("separatedAt")).hasSize(5).doesNotContainNull();
        assertThat(outcome.figures()).hasSize(1);
        assertThat(LargeStepSweep.steps("1:3:3")).containsExactly(1, 2, 3);
        assertThat(LargeStepSweep.steps("0.5,7")).containsExactly(.5, 7);
    }

    @Test
    void wrongOptionsAreNamed() throws IOException {
        Path data = iris();
        assertThatThrownBy(() -> fit(data, "stepp", "1")).hasMessage("unknown option --stepp; did you mean --step?");
        assertThatThrownBy(() -> fit(data, "step", "0")).hasMessageContaining("step size must be a positive");
        assertThatThrownBy(() -> fit(data, "step", "NaN")).hasMessageContaining("--step must be a finite number");
        assertThatThrownBy(() -> fit(data, "step", "abc")).hasMessageContaining("but is 'abc'");
        assertThatThrownBy(() -> fit(data, "max-iter", "-1")).hasMessageContaining("maxIterations must be at least 0");
        assertThatThrownBy(() -> fit(data, "variant", "newton"))
                .hasMessageContaining("must be one of gd, normalized, softmax");
        assertThatThrownBy(() -> fit(data, "stop", "loss:x")).hasMessageContaining("'x'");
        assertThatThrownBy(() -> fit(data, "theta", "1,2")).hasMessageContaining("theta0 has 2 entries");
        assertThatThrownBy(() -> fit(data, "features", "x0,x9")).hasMessageContaining("did you mean 'x0'");
        assertThatThrownBy(() -> fit(data, "positive", "2")).hasMessageContaining("positive label '2' does not occur");
        assertThatThrownBy(() -> Commands.run(new LargeStepMargin(), "data", data.toString()))
                .hasMessage("option --label is required");
        assertThatThrownBy(() -> Commands.run(new LargeStepMargin(), "data", "nowhere.csv", "label", "y"))
                .hasMessage("no such file: nowhere.csv");
    }
}
