package io.verity.estimators.procedures.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.list;

import io.verity.estimators.data.NumpyFiles;
import io.verity.estimators.probe.ProbeFile;
import io.verity.estimators.procedures.Outcome;
import io.verity.stats.result.Figure;
import io.verity.stats.result.ResultTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code fit probe --multiclass}. */
class MulticlassProbeTest {
    @TempDir
    private static Path folder;

    @Test
    void everyClassGetsADirection() throws IOException {
        StringBuilder table = new StringBuilder("a,b,c,kind\n");
        for (int i = 0; i < 120; i++) {
            int k = i % 3;
            for (int j = 0; j < 3; j++) {
                table.append((j == k ? 3 : 0) + StrictMath.sin(7.1 * i + 3.3 * j))
                        .append(',');
            }
            table.append(List.of("red", "green", "blue").get(k)).append('\n');
        }
        Path colours = folder.resolve("colours.csv");
        Files.writeString(colours, table);
        Outcome outcome = ProbeProceduresTest.run(
                new FitProbe(),
                "data",
                colours,
                "label",
                "kind",
                "multiclass",
                "true",
                "grid",
                ProbeProceduresTest.SMALL,
                "save",
                folder.resolve("colours.json"));
        assertThat(outcome.result()).containsEntry("classes", List.of("blue", "green", "red"));
        assertThat((List<?>) outcome.result().get("weights")).hasSize(3);
        assertThat((List<?>) outcome.result().get("conceptVector")).hasSize(3);
        assertThat(ProbeProceduresTest.number(outcome, "testAccuracy")).isGreaterThan(0.9);
        assertThat(ProbeFile.load(folder.resolve("colours-red.json")).probe().weights()[0])
                .isPositive();
        assertThat(folder.resolve("colours-blue.npy")).exists();
    }

    @Test
    void aRowWithoutALabelBesideStatesIsNamed() throws Exception {
        Path states = Path.of(getClass()
                .getResource("/io/verity/estimators/states/labelled.npz")
                .toURI());
        assertThatThrownBy(() ->
                        ProbeProceduresTest.run(new FitProbe(), "data", states, "label", "big", "multiclass", "true"))
                .hasMessageContaining("column 'big'")
                .hasMessageContaining("has no value in row 2");
    }

    @Test
    void severalClassesAreFollowedAlongTheLayersBesideTheMostFrequentClass() throws IOException {
        int n = 240;
        DMatrixRMaj clear = new DMatrixRMaj(n, 3);
        DMatrixRMaj noise = new DMatrixRMaj(n, 3);
        StringBuilder kinds = new StringBuilder("kind,split\n");
        for (int i = 0; i < n; i++) {
            int k = i % 4 == 3 ? 0 : i % 4;
            for (int j = 0; j < 3; j++) {
                double wiggle = StrictMath.sin(7.1 * i + 3.3 * j);
                clear.set(i, j, (j == k ? 3 : 0) + wiggle);
                noise.set(i, j, wiggle);
            }
            kinds.append(List.of("red", "green", "blue").get(k))
                    .append(',')
                    .append(List.of("train", "train", "val", "test").get(i / 4 % 4))
                    .append('\n');
        }
        NumpyFiles.write(folder.resolve("clear-0.npy"), noise);
        NumpyFiles.write(folder.resolve("clear-1.npy"), clear);
        Path npz = folder.resolve("colour-layers.npz");
        ProbeProceduresTest.zip(folder, npz, "clear-0", "clear-1");
        Path table = folder.resolve("kinds.csv");
        Files.writeString(table, kinds);
        Outcome outcome = ProbeProceduresTest.run(
                new FitProbe(),
                "data",
                table,
                "states",
                npz,
                "label",
                "kind",
                "split",
                "split",
                "multiclass",
                "true",
                "grid",
                ProbeProceduresTest.SMALL);
        assertThat(outcome.result()).containsEntry("layer", "clear-1").containsEntry("majorityShare", 0.5);
        double accuracy = ProbeProceduresTest.number(outcome, "testAccuracy");
        assertThat(ProbeProceduresTest.number(outcome, "testAccuracyError"))
                .isEqualTo(Math.sqrt(accuracy * (1 - accuracy) / 60));
        assertThat(outcome.tables()).extracting(ResultTable::name).containsExactly("layers", "confusion");
        assertThat(outcome.figures()).extracting(Figure::name).containsExactly("layers", "validation");
        assertThat(outcome.diagnostics().warnings()).isEmpty();
        Outcome poor = ProbeProceduresTest.run(
                new FitProbe(),
                "data",
                table,
                "states",
                folder.resolve("clear-0.npy"),
                "label",
                "kind",
                "split",
                "split",
                "multiclass",
                "true",
                "scheme",
                "one-vs-rest",
                "grid",
                ProbeProceduresTest.SMALL);
        assertThat(poor.diagnostics().warnings())
                .singleElement()
                .asString()
                .contains("always naming the most frequent class, 0.5");
        assertThat(poor.figures()).extracting(Figure::name).containsExactly("validation");
    }

    @Test
    void everyClassIsComparedWithItselfAndTheMeansStandBeside() throws IOException {
        Path colours = folder.resolve("three.csv");
        StringBuilder table = new StringBuilder("a,b,kind\n");
        for (int i = 0; i < 90; i++) {
            for (int j = 0; j < 2; j++) {
                table.append((j == i % 3 ? 2 : 0) + StrictMath.sin(7.1 * i + 3.3 * j))
                        .append(',');
            }
            table.append(List.of("red", "green", "blue").get(i % 3)).append('\n');
        }
        Files.writeString(colours, table);
        Object[] options = {
            "data",
            colours,
            "label",
            "kind",
            "multiclass",
            "true",
            "grid",
            ProbeProceduresTest.SMALL,
            "runs",
            3,
            "halves",
            2,
            "resamples",
            3
        };
        Outcome outcome = ProbeProceduresTest.run(new ProbeStability(), options);
        assertThat(outcome.result()).containsEntry("classes", List.of("blue", "green", "red"));
        for (String kind : List.of("dropout", "disjointHalves", "bootstrap")) {
            assertThat((Map<?, ?>) outcome.result().get(kind))
                    .extracting("classes", list(Object.class))
                    .hasSize(3);
        }
        assertThat(outcome.summary()).contains("over 3 classes");
        assertThat(outcome.tables().get(0).rows()).hasSize(12);
        assertThatThrownBy(() -> ProbeProceduresTest.run(
                        new ProbeStability(), "data", colours, "label", "kind", "multiclass", "true", "method", "lda"))
                .hasMessageContaining("--method lda is for two classes");
    }
}
