package io.verity.estimators.procedures.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.verity.estimators.GoldenJson;
import io.verity.estimators.data.NumpyFiles;
import io.verity.estimators.logistic.SingleClassException;
import io.verity.estimators.probe.ProbeFile;
import io.verity.estimators.probe.Split;
import io.verity.estimators.procedures.Commands;
import io.verity.estimators.procedures.Outcome;
import io.verity.estimators.procedures.Procedure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands on files; golden values as in {@code RaptorGoldenTest}. */
class ProbeProceduresTest {
    static final String SMALL = "1e-4:1e2:7";
    private static JsonNode golden;

    @TempDir
    static Path folder;

    private static Path csv;
    private static Path states;
    private static Path labels;

    /** The golden data as a table of states, and as two layers (the second is noise) beside a table of labels. */
    @BeforeAll
    static void write() throws IOException {
        golden = GoldenJson.read(ProbeProceduresTest.class, "/io/verity/estimators/probe/raptor_end_to_end.json");
        String[] part = new String[300];
        for (String name : List.of("train", "val", "test")) {
            golden.path(name).forEach(i -> part[i.asInt()] = name);
        }
        StringBuilder table = new StringBuilder("part,");
        StringBuilder column = new StringBuilder("y,part,pair\n");
        for (int j = 0; j < 24; j++) {
            table.append('h').append(j).append(',');
        }
        table.append("y\n");
        DMatrixRMaj x = new DMatrixRMaj(300, 24);
        DMatrixRMaj noise = new DMatrixRMaj(300, 5);
        for (int i = 0; i < 300; i++) {
            table.append(part[i]).append(',');
            for (int j = 0; j < 24; j++) {
                double value = golden.path("X").get(i).get(j).asDouble();
                x.set(i, j, value);
                table.append(value).append(',');
            }
            for (int j = 0; j < 5; j++) {
                noise.set(i, j, StrictMath.sin(12.9898 * i * (j + 1) + 78.233 * j));
            }
            int y = golden.path("y").get(i).asInt();
            table.append(y == 1 ? "yes" : "no").append('\n');
            column.append(y)
                    .append(',')
                    .append(part[i])
                    .append(',')
                    .append(i / 2)
                    .append('\n');
        }
        csv = folder.resolve("states.csv");
        labels = folder.resolve("labels.csv");
        states = folder.resolve("states");
        Files.writeString(csv, table);
        Files.writeString(labels, column);
        Files.createDirectories(states);
        NumpyFiles.write(folder.resolve("h.npy"), x);
        NumpyFiles.write(folder.resolve("noise.npy"), noise);
    }

    static Outcome run(Procedure procedure, Object... namesAndValues) {
        return Commands.run(
                procedure, Arrays.stream(namesAndValues).map(String::valueOf).toArray(String[]::new));
    }

    private static Outcome golden(Object... more) {
        List<Object> given = new ArrayList<>(List.of("data", csv, "label", "y", "split", "part"));
        given.addAll(List.of(more));
        return run(new FitProbe(), given.toArray());
    }

    static double number(Outcome outcome, String key) {
        return (Double) outcome.result().get(key);
    }

    @Test
    void fitProbeGivesTheReferenceUnderThePromisedKeys() {
        Outcome outcome = golden();
        assertThat(outcome.result())
                .containsKeys(
                        "selectedC",
                        "gridC",
                        "validation",
                        "weights",
                        "intercept",
                        "conceptVector",
                        "trainAccuracy",
                        "validationAccuracy",
                        "testAccuracy",
                        "excludedColumns");
        assertThat(number(outcome, "selectedC"))
                .isCloseTo(golden.path("selectedC").asDouble(), within(1e-12));
        assertThat(number(outcome, "testAccuracy"))
                .isEqualTo(golden.path("testAccuracy").asDouble());
        assertThat(number(outcome, "intercept")).isCloseTo(golden.path("bRaw").asDouble(), within(1e-7));
        double[] v = (double[]) outcome.result().get("conceptVector");
        for (int j = 0; j < v.length; j++) {
            assertThat(v[j]).isCloseTo(golden.path("conceptVector").get(j).asDouble(), within(1e-7));
        }
        assertThat((double[]) outcome.result().get("validation")).hasSize(100);
        assertThat(outcome.data()).containsEntry("train", 192L).containsEntry("test", 60L);
        assertThat(outcome.figures()).extracting(f -> f.name()).contains("validation", "steering");
        assertThat(outcome.summary()).contains("class 0 = no (", "class 1 = yes (", "C = 0.03511", "test 0.8167");
    }

    @Test
    void aLayerThatHoldsTheConceptBeatsNoise() throws IOException {
        Path npz = folder.resolve("two.npz");
        zip(folder, npz, "h", "noise");
        Outcome outcome = run(
                new FitProbe(),
                "data",
                labels,
                "states",
                npz,
                "label",
                "y",
                "split",
                "part",
                "grid",
                SMALL,
                "stability",
                "true",
                "runs",
                3,
                "halves",
                2);
        assertThat(outcome.result()).containsEntry("layer", "h");
        List<?> layers = (List<?>) outcome.result().get("layers");
        assertThat(layers).hasSize(2);
        Map<?, ?> first = (Map<?, ?>) layers.get(0);
        assertThat(first.get("layer")).isEqualTo("h");
        assertThat((Double) first.get("dropoutStability")).isGreaterThan((Double) first.get("disjointStability"));
        assertThat(outcome.figures())
                .extracting(f -> f.name())
                .containsExactly("layers", "validation", "stability", "steering");
        assertThat(outcome.summary()).contains("best of 2 layers by validation accuracy: h", "disjoint halves");
    }

    /** A stored .npz is a zip of .npy files. */
    static void zip(Path folder, Path npz, String... names) throws IOException {
        try (java.util.zip.ZipOutputStream out = new java.util.zip.ZipOutputStream(Files.newOutputStream(npz))) {
            for (String name : names) {
                out.putNextEntry(new java.util.zip.ZipEntry(name + ".npy"));
                out.write(Files.readAllBytes(folder.resolve(name + ".npy")));
                out.closeEntry();
            }
        }
    }

    @Test
    void savedProbeSteersEveryRowToTheTarget() throws IOException {
        Path saved = folder.resolve("probe.json");
        golden("grid", SMALL, "save", saved);
        assertThat(NumpyFiles.read(folder.resolve("probe.npy")).values())
                .containsExactly(ProbeFile.load(saved).probe().conceptVector());
        Outcome outcome = run(
                new ProbeSteer(),
                "data",
                csv,
                "probe",
                saved,
                "target",
                0.9,
                "edit",
                "exact",
                "save-states",
                folder.resolve("steered.npy"));
        double[] after = (double[]) outcome.result().get("steeredProbability");
        double[] before = (double[]) outcome.result().get("probability");
        double[] alpha = (double[]) outcome.result().get("alpha");
        assertThat(after).hasSize(300);
        for (int i = 0; i < after.length; i++) {
            assertThat(after[i]).isCloseTo(0.9, within(1e-9));
            assertThat(alpha[i] > 0).isEqualTo(before[i] < 0.9);
        }
        assertThat(NumpyFiles.read(folder.resolve("steered.npy")).rows()).isEqualTo(300);
        assertThat(outcome.notes()).containsKey("crossProbe");
    }

    @Test
    void withLabelsAnIndependentProbeJudges() {
        Path saved = folder.resolve("judged.json");
        golden("grid", SMALL, "save", saved);
        Outcome outcome = run(
                new ProbeSteer(),
                "data",
                csv,
                "probe",
                saved,
                "target",
                0.9,
                "label",
                "y",
                "split",
                "part",
                "grid",
                SMALL,
                "covariance",
                "true");
        assertThat(number(outcome, "success")).isEqualTo(1);
        Map<?, ?> cross = (Map<?, ?>) outcome.result().get("crossProbe");
        assertThat((Double) cross.get("crossSuccess")).isBetween((Double) cross.get("crossBefore"), 1.0);
        assertThat(outcome.figures()).extracting(f -> f.name()).containsExactly("steering");
    }

    @Test
    void stabilityShowsDropoutDisjointHalvesAndBootstrapSideBySide() {
        Outcome outcome = run(
                new ProbeStability(),
                "data",
                csv,
                "label",
                "y",
                "split",
                "part",
                "grid",
                SMALL,
                "runs",
                4,
                "halves",
                3,
                "resamples",
                5);
        assertThat(outcome.result()).containsKeys("dropout", "disjointHalves", "bootstrap");
        assertThat(outcome.tables().get(0).rows()).hasSize(3);
        assertThat(outcome.summary()).contains("dropout: mean cosine", "disjoint halves: mean cosine", "bootstrap");
    }

    @Test
    void baselinesStandBesideTheTunedProbe() {
        Outcome outcome =
                run(new ProbeBaselines(), "data", csv, "label", "y", "split", "part", "grid", SMALL, "gcs-probes", 10);
        List<?> methods = (List<?>) outcome.result().get("methods");
        assertThat(methods).hasSize(Methods.NAMES.size());
        Map<?, ?> tuned = (Map<?, ?>) methods.get(0);
        assertThat((Double) tuned.get("cosine")).isCloseTo(1, within(1e-12));
        assertThat(outcome.summary()).contains("gcs: test accuracy", "weak-ridge");
    }

    @Test
    void moreThanTwoLabelsAreListedAndPointToMulticlass() throws IOException {
        Path three = folder.resolve("three.csv");
        Files.writeString(three, "x,y\n1,a\n2,b\n3,c\n");
        assertThatThrownBy(() -> run(new FitProbe(), "data", three, "label", "y"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("there are 3: a (1), b (1), c (1)")
                .hasMessageContaining("multiclass=true");
    }

    @Test
    void oneClassIsRefusedWithItsCounts() throws IOException {
        Path one = folder.resolve("one.csv");
        Files.writeString(one, "x,y\n1,a\n2,a\n3,a\n4,a\n5,a\n");
        assertThatThrownBy(() -> run(new FitProbe(), "data", one, "label", "y"))
                .isInstanceOf(SingleClassException.class)
                .hasMessageContaining("0 of class 0 and 3 of class 1");
    }

    /** The model, which these tests do not have, is not asked for. */
    @Test
    void labelsAndSplitOfTextsAreCheckedBeforeTheModelIsUsed() throws IOException {
        Path texts = folder.resolve("texts.csv");
        Files.writeString(texts, "t,one,three,half,split\na,x,x,x,train\nb,x,y,x,test\nc,x,z,y,holdout\n");
        assertThatThrownBy(() -> run(new FitProbe(), "data", texts, "text", "t", "label", "one"))
                .isInstanceOf(SingleClassException.class)
                .hasMessageContaining("3 of 'x'");
        assertThatThrownBy(() -> run(new FitProbe(), "data", texts, "text", "t", "label", "three"))
                .hasMessageContaining("multiclass=true");
        assertThatThrownBy(() -> run(new FitProbe(), "data", texts, "text", "t", "label", "half", "split", "split"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the split of row 3 is 'holdout'");
    }

    @Test
    void wrongInputsAreNamed() {
        assertThatThrownBy(() -> run(new FitProbe(), "data", labels, "states", folder.resolve("h.npy"), "label", "z"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'z'");
        assertThatThrownBy(() -> golden("grid", "1e2:1e-4:5"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("must run upwards");
        assertThatThrownBy(() -> golden("grid", "-1,2"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("-1.0");
        assertThatThrownBy(() -> golden("save", "probe.txt"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("probe.txt");
        assertThatThrownBy(() -> run(new FitProbe(), "data", csv, "label", "y", "split", "y"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("split of row 1");
        assertThatThrownBy(() -> run(new ProbeSteer(), "data", csv, "probe", csv, "target", 0.9))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("states.csv is damaged or not JSON (line 1, column")
                .hasMessageNotContaining("REDACTED");
        assertThatThrownBy(() -> run(new ProbeSteer(), "data", csv, "probe", folder, "target", 0.9))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is a folder");
        assertThatThrownBy(() -> run(new ProbeStability(), "data", csv, "label", "y", "runs", 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("runs must be at least 2, but is 1");
    }

    @Test
    void targetOutsideTheUnitIntervalIsRefused() {
        Path saved = folder.resolve("target.json");
        golden("grid", SMALL, "save", saved);
        assertThatThrownBy(() -> run(new ProbeSteer(), "data", csv, "probe", saved, "target", 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1.0");
    }

    /** A table whose second column is constant, and a probe of it. */
    private static Path dead() throws IOException {
        StringBuilder table = new StringBuilder("a,still,b,y\n");
        for (int i = 0; i < 60; i++) {
            table.append(StrictMath.sin(7.1 * i)).append(",4,").append(StrictMath.cos(3.3 * i));
            table.append(',').append(StrictMath.sin(7.1 * i) > 0.1 ? 1 : 0).append('\n');
        }
        return Files.writeString(folder.resolve("dead.csv"), table);
    }

    @Test
    void columnsThatDoNotVaryAreNamedAndNumbered() throws IOException {
        Outcome outcome = run(new FitProbe(), "data", dead(), "label", "y", "grid", SMALL);
        assertThat(outcome.result())
                .containsEntry("excludedColumns", List.of("still"))
                .containsEntry("excludedIndices", List.of(1L));
        assertThat(outcome.diagnostics().warnings()).anyMatch(w -> w.startsWith("column still does not vary"));
    }

    @Test
    void aSplitWithoutTestRowsIsWarnedOf() throws IOException {
        List<String> lines = Files.readAllLines(dead());
        StringBuilder table = new StringBuilder(lines.get(0)).append(",part\n");
        for (int i = 1; i < lines.size(); i++) {
            table.append(lines.get(i)).append(i % 3 == 0 ? ",val\n" : ",train\n");
        }
        Path file = Files.writeString(folder.resolve("untested.csv"), table);
        Outcome outcome = run(new FitProbe(), "data", file, "label", "y", "split", "part", "grid", SMALL);
        assertThat(outcome.result().get("testAccuracy")).isNull();
        assertThat(outcome.diagnostics().warnings()).anyMatch(w -> w.startsWith("no row is a test row: "));
    }

    @Test
    void layersListWhatTheyLeaveOutLikeTheWholeResult() throws IOException {
        Path npz = folder.resolve("left-out.npz");
        DMatrixRMaj x = new DMatrixRMaj(300, 2);
        for (int i = 0; i < 300; i++) {
            x.set(i, 0, StrictMath.sin(i));
        }
        NumpyFiles.write(folder.resolve("flat.npy"), x);
        zip(folder, npz, "flat", "h");
        Outcome outcome =
                run(new FitProbe(), "data", labels, "states", npz, "label", "y", "split", "part", "grid", SMALL);
        Map<?, ?> flat = (Map<?, ?>) ((List<?>) outcome.result().get("layers")).get(0);
        assertThat(flat.get("excludedColumns")).isEqualTo(List.of("x2"));
        assertThat(flat.get("excludedIndices")).isEqualTo(List.of(1L));
        assertThat(outcome.diagnostics().warnings()).anyMatch(w -> w.contains("column x2 does not vary"));
    }

    @Test
    void aProbeOfNamedColumnsSteersAnArrayOfItsWidth() {
        Path saved = folder.resolve("named.json");
        golden("grid", SMALL, "save", saved);
        Outcome table = run(new ProbeSteer(), "data", csv, "probe", saved, "target", 0.9);
        Outcome array = run(new ProbeSteer(), "data", folder.resolve("h.npy"), "probe", saved, "target", 0.9);
        assertThat((double[]) array.result().get("alpha"))
                .isEqualTo((double[]) table.result().get("alpha"));
        assertThatThrownBy(
                        () -> run(new ProbeSteer(), "data", folder.resolve("noise.npy"), "probe", saved, "target", 0.9))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the probe has 24 weights, but the states have 5 columns");
    }

    @Test
    void steeringRowsOfOneClassGoesOnWithoutAnotherProbe() throws IOException {
        Path saved = folder.resolve("dead.json");
        run(new FitProbe(), "data", dead(), "label", "y", "grid", SMALL, "save", saved);
        Path one = Files.writeString(
                folder.resolve("one-class.csv"),
                "a,still,b,y\n.1,4,.2,1\n.3,4,.1,1\n.2,4,.5,1\n.4,4,.5,1\n.4,4,.2,1\n");
        Outcome outcome =
                run(new ProbeSteer(), "data", one, "label", "y", "probe", saved, "target", 0.9, "grid", SMALL);
        assertThat((double[]) outcome.result().get("alpha")).hasSize(5);
        assertThat(outcome.result().get("crossProbe")).isNull();
        assertThat(outcome.diagnostics().warnings()).anyMatch(w -> w.startsWith("no other probe judges the steering"));
    }

    @Test
    void statesOfAnotherLayerThanTheProbesAreNoticed() throws IOException {
        Files.copy(folder.resolve("h.npy"), folder.resolve("layer-03.npy"));
        Files.copy(folder.resolve("h.npy"), folder.resolve("layer-04.npy"));
        Path npz = folder.resolve("layers.npz");
        zip(folder, npz, "layer-03", "layer-04");
        Path saved = folder.resolve("layers.json");
        run(new FitProbe(), "data", labels, "states", npz, "label", "y", "split", "part", "grid", SMALL, "save", saved);
        Path probe = folder.resolve("layers-layer-03.json");
        Outcome other = run(new ProbeSteer(), "data", folder.resolve("layer-04.npy"), "probe", probe, "target", 0.9);
        assertThat(other.diagnostics().warnings()).contains("the probe is of layer-03, but the states are of layer-04");
        Outcome same = run(new ProbeSteer(), "data", folder.resolve("layer-03.npy"), "probe", probe, "target", 0.9);
        assertThat(same.diagnostics().warnings()).noneMatch(w -> w.contains("the states are of"));
    }

    @Test
    void pairsAreKeptTogether() {
        Outcome outcome = run(
                new FitProbe(),
                "data",
                labels,
                "states",
                folder.resolve("h.npy"),
                "label",
                "y",
                "group",
                "pair",
                "grid",
                SMALL);
        assertThat(outcome.data()).containsKeys("train", "validation", "test");
        assertThat((Long) outcome.data().get("test")).isEven();
    }

    @Test
    void tablesWithoutNumbersAndArraysWithoutLabelsSayWhatIsMissing() throws IOException {
        Path texts = folder.resolve("only-texts.csv");
        Files.writeString(texts, "sentence,y\ngood,1\nbad,0\n");
        assertThatThrownBy(() -> run(new FitProbe(), "data", texts, "label", "y"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("no numeric column", "--text names it");
        Path array = folder.resolve("h.npy");
        assertThatThrownBy(() -> run(new FitProbe(), "data", array, "label", "y"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("h.npy holds states and no column 'y'", "--states");
        Path few = folder.resolve("few.npy");
        NumpyFiles.write(few, new DMatrixRMaj(10, 2));
        assertThatThrownBy(() -> run(new FitProbe(), "data", labels, "label", "y", "states", few))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the states have 10 rows, but column 'y' of " + labels + " has 300");
    }

    @Test
    void testRowsOfOneClassAreSaidToBeThat() throws IOException {
        StringBuilder table = new StringBuilder("x,y,part\n");
        for (int i = 0; i < 60; i++) {
            int y = i % 2;
            String part = i % 3 == 0 ? "val" : i > 40 && y == 1 ? "test" : "train";
            table.append(y + StrictMath.sin(7.0 * i))
                    .append(',')
                    .append(y)
                    .append(',')
                    .append(part)
                    .append('\n');
        }
        Path oneClass = folder.resolve("one-class.csv");
        Files.writeString(oneClass, table);
        assertThat(run(new FitProbe(), "data", oneClass, "label", "y", "split", "part", "grid", SMALL)
                        .diagnostics()
                        .warnings())
                .anySatisfy(w -> assertThat(w).contains("the test rows belong to one class"));
    }

    @Test
    void aProbeOfFourRowsSaysWhyItHasNoSteeringTrial() throws IOException {
        Path four = folder.resolve("four.csv");
        Files.writeString(four, "x,y\n1,0\n2,1\n1.5,0\n3,1\n");
        assertThat(run(new FitProbe(), "data", four, "label", "y", "grid", SMALL)
                        .summary())
                .contains("no steering trial: ");
    }

    @Test
    void textsOnBothSidesOfTheSplitAreCounted() {
        int[] none = {};
        Split split = Split.of(8, new int[] {0, 1, 2}, new int[] {3}, new int[] {4, 5, 6, 7});
        List<String> texts = List.of("Good.", "bad", "fair", "fine", " good. ", "new", "FINE", "newer");
        assertThat(RepeatedTexts.warning(texts, split))
                .hasValueSatisfying(w -> assertThat(w).startsWith("2 of 4 test rows have the text of a row"));
        assertThat(RepeatedTexts.warning(List.of("a", "a", "b", "b", "c", "c", "d", "d"), split))
                .as("repetitions on one side")
                .isEmpty();
        assertThat(RepeatedTexts.warning(texts, Split.of(8, new int[] {0, 1, 2, 3, 4, 5, 6, 7}, none, none)))
                .as("no test rows")
                .isEmpty();
    }
}
