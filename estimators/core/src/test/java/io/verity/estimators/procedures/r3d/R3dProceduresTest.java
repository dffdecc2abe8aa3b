package io.verity.estimators.procedures.r3d;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.verity.estimators.GoldenJson;
import io.verity.estimators.procedures.Inputs;
import io.verity.estimators.procedures.Outcome;
import io.verity.estimators.procedures.Procedure;
import io.verity.estimators.procedures.Ranges;
import io.verity.estimators.r3d.QuantileRd;
import io.verity.estimators.r3d.UnitSamples;
import io.verity.estimators.rd.DensityTest;
import io.verity.estimators.rd.DensityTestResult;
import io.verity.stats.EstimationException;
import io.verity.stats.linalg.Backends;
import io.verity.stats.result.Figure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * The commands on files. Golden figures: {@code r3d_package.json} by the R package R3D 0.1.0, {@code r3d_default.json} by an
 * independent numpy program, both from {@code input.json} and the multipliers of {@code xi.csv}.
 */
class R3dProceduresTest {
    private static final double TOLERANCE = 1e-8;

    @TempDir
    static Path folder;

    private Path data;
    private Path multipliers;
    private JsonNode input;

    private static JsonNode golden(String file) {
        return GoldenJson.read(R3dProceduresTest.class, "/io/verity/estimators/r3d/" + file);
    }

    /** The data as one row per observation; rows of all units in turn, so that every unit is spread over the file. */
    @BeforeEach
    void write() throws IOException {
        input = golden("input.json");
        data = folder.resolve("long.csv");
        multipliers = folder.resolve("xi.csv");
        if (Files.exists(multipliers)) {
            return;
        }
        int longest = 0;
        for (JsonNode sample : input.get("Y")) {
            longest = Math.max(longest, sample.size());
        }
        StringBuilder text = new StringBuilder("unit,x,t,z,w,state,size\n");
        for (int j = 0; j < longest; j++) {
            for (int i = 0; i < input.get("X").size(); i++) {
                if (j < input.get("Y").get(i).size()) {
                    text.append("u")
                            .append(i)
                            .append(',')
                            .append(input.get("X").get(i).asText());
                    text.append(',').append(input.get("T").get(i).asText());
                    text.append(',').append(input.get("Y").get(i).get(j).asText());
                    text.append(',').append(input.get("W").get(i).get(j).asText());
                    text.append(",s")
                            .append(i % 30)
                            .append(',')
                            .append(1 + i % 7)
                            .append('\n');
                }
            }
        }
        Files.writeString(data, text);
        try (InputStream in = getClass().getResourceAsStream("/io/verity/estimators/r3d/xi.csv")) {
            Files.copy(in, multipliers);
        }
    }

    private Outcome run(Procedure procedure, String... more) {
        Map<String, String> given = new LinkedHashMap<>(
                Map.of("data", data.toString(), "unit", "unit", "x", "x", "z", "z", "cutoff", cutoff()));
        for (int k = 0; k < more.length; k += 2) {
            given.put(more[k], more[k + 1]);
        }
        return procedure.run(Inputs.of(procedure, given, Backends.shared()).withSeed(1));
    }

    private String cutoff() {
        return input.get("cutoff").asText();
    }

    private static void assertClose(Object actual, JsonNode expected, String what) {
        double[] values = actual instanceof double[] array ? array : new double[] {(double) actual};
        for (int j = 0; j < values.length; j++) {
            double wanted = (expected.isArray() ? expected.get(j) : expected).asDouble();
            assertThat(values[j])
                    .as("%s[%d]", what, j)
                    .isCloseTo(wanted, within(TOLERANCE * Math.max(1, Math.abs(wanted))));
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Outcome outcome, String key) {
        return (Map<String, Object>) outcome.result().get(key);
    }

    @TestFactory
    List<DynamicTest> compatibilityModeGivesTheNumbersOfThePackage() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        for (JsonNode g : golden("r3d_package.json").get("results")) {
            tests.add(DynamicTest.dynamicTest("case " + g.get("id").asText(), () -> checkPackage(g)));
        }
        assertThat(tests).hasSize(29);
        return tests;
    }

    private void checkPackage(JsonNode g) {
        List<String> more = new ArrayList<>(List.of("compat", "r-package", "multipliers", multipliers.toString()));
        JsonNode grid = g.get("q_grid");
        List<String> q = new ArrayList<>();
        grid.forEach(v -> q.add(v.asText()));
        Collections.addAll(
                more,
                "quantiles",
                String.join(",", q),
                "method",
                g.get("method").asText());
        Collections.addAll(
                more, "kernel", g.get("kernel").asText(), "p", g.get("p").asText());
        Collections.addAll(more, "s", g.get("s").asText(), "tests", "nullity,homogeneity,gini");
        Collections.addAll(more, "test-range", "0.05:0.95,0.25:0.5:0.75");
        boolean fuzzy = g.get("fuzzy").asBoolean();
        if (g.get("bandwidth").asText().equals("given")) {
            Collections.addAll(more, "bandwidth", "0.6");
            if (fuzzy) {
                Collections.addAll(more, "bandwidth-treatment", "0.5");
            }
        }
        if (fuzzy) {
            Collections.addAll(more, "treat", "t");
        }
        if (g.get("weighted").asBoolean()) {
            Collections.addAll(more, "weight", "w");
        }
        if (g.get("coverage").asBoolean()) {
            Collections.addAll(more, "coverage", "true");
        }
        Outcome outcome = run(new FitR3d(), more.toArray(String[]::new));
        assertClose(outcome.result().get("q"), grid, "q");
        assertClose(outcome.result().get("tau"), g.get("tau"), "tau");
        assertClose(outcome.result().get("meanPlus"), g.get("m_plus"), "meanPlus");
        assertClose(outcome.result().get("meanMinus"), g.get("m_minus"), "meanMinus");
        assertClose(outcome.result().get("bandwidth"), g.get("h"), "bandwidth");
        if (fuzzy) {
            assertClose(outcome.result().get("bandwidthTreatment"), g.get("h_den"), "bandwidthTreatment");
            assertClose(outcome.result().get("firstStage"), g.get("denominator"), "firstStage");
        } else {
            assertThat(outcome.result()).containsEntry("firstStage", null).containsEntry("bandwidthTreatment", null);
            assertThat(outcome.notes()).containsKeys("firstStage", "bandwidthTreatment");
        }
        assertThat(outcome.diagnostics().warnings()).anyMatch(w -> w.contains("known defects"));
    }

    @Test
    void defaultsGiveTheNumbersOfAnIndependentProgram() throws IOException {
        JsonNode golden = golden("r3d_default.json");
        for (JsonNode g : golden.get("results")) {
            boolean wanted = g.get("method").asText().equals("frechet")
                    && g.get("kernel").asText().startsWith("tri")
                    && !g.get("selector").asText().equals("given");
            if (!wanted) {
                continue;
            }
            String[] treat = g.get("fuzzy").asBoolean() ? new String[] {"treat", "t"} : new String[0];
            List<String> more = new ArrayList<>(List.of(treat));
            Collections.addAll(more, "quantiles", "0.05:0.95:0.05", "multipliers", multipliers.toString());
            Collections.addAll(more, "bandwidth", g.get("selector").asText().toLowerCase(Locale.ROOT));
            Collections.addAll(
                    more, "residuals", g.get("residual_scaling").asText().toLowerCase(Locale.ROOT));
            Collections.addAll(more, "p", g.get("p").asText(), "s", g.get("s").asText());
            Outcome outcome = run(new FitR3d(), more.toArray(String[]::new));
            assertClose(outcome.result().get("tau"), g.get("tau"), "tau");
            assertClose(outcome.result().get("bandwidth"), g.get("h"), "h");
            assertClose(outcome.result().get("criticalValue"), g.get("crit"), "crit");
            @SuppressWarnings("unchecked")
            Map<String, Object> nullity =
                    (Map<String, Object>) map(outcome, "tests").get("nullity");
            assertThat((double) nullity.get("pValue"))
                    .isEqualTo(g.get("p_nullity").asDouble());
        }
    }

    @Test
    void everyRequiredKeyIsThere() {
        Outcome outcome = run(
                new FitR3d(), "cluster", "state", "unit-weight", "size", "method", "simple", "bands", "studentized");
        assertThat(outcome.result())
                .containsKeys("q", "tau", "se", "lower", "upper", "meanPlus", "meanMinus", "criticalValue")
                .containsKeys("bandwidth", "bandwidthTreatment", "firstStage", "averageEffect", "tests")
                .containsKey("effectiveUnits");
        assertThat((double[]) outcome.result().get("q")).hasSize(99);
        assertThat((double[]) outcome.result().get("bandwidth")).hasSize(99);
        assertThat(map(outcome, "averageEffect")).containsOnlyKeys("estimate", "se");
        assertThat(map(outcome, "effectiveUnits")).containsOnlyKeys("left", "right");
        assertThat(map(outcome, "tests"))
                .containsOnlyKeys("nullity", "homogeneity", "gini")
                .containsEntry("gini", null);
        assertThat(outcome.notes()).containsKey("tests.gini");
        assertThat(outcome.data())
                .containsEntry("units", 120L)
                .containsEntry("clusters", 30L)
                .containsKey("sha256");
        assertThat(outcome.provenance().seed()).isEqualTo(1);
        assertThat(outcome.figures()).extracting(Figure::name).containsExactly("curves", "effect", "fan");
        assertThat(outcome.summary()).contains("observations in 120 units").contains("effect at q = 0.5: ");
    }

    @Test
    void severalTestRangesAreListed() {
        Outcome outcome = run(new FitR3d(), "test-range", "0.1:0.5:0.9", "donut", "0.01", "quantile-type", "1");
        @SuppressWarnings("unchecked")
        Map<String, Object> nullity =
                (Map<String, Object>) map(outcome, "tests").get("nullity");
        assertThat((List<?>) nullity.get("ranges")).hasSize(2);
        assertThat(nullity).containsEntry("low", 0.1).containsEntry("high", 0.5);
        assertThat((double) outcome.result().get("bandwidth")).isPositive();
    }

    @Test
    void bandwidthsAndPlaceboCutoffsAreCompared() {
        Outcome sensitivity = run(new R3dSensitivity(), "quantiles", "0.1:0.9:0.1", "treat", "t");
        double[] bandwidths = (double[]) sensitivity.result().get("bandwidths");
        assertThat(bandwidths).hasSizeGreaterThan(8).isSorted();
        assertThat((double[]) sensitivity.result().get("averageEffect")).hasSameSizeAs(bandwidths);
        assertThat(sensitivity.figures()).hasSize(1);
        Outcome given = run(new R3dSensitivity(), "bandwidths", "0.5,0.7", "quantiles", "0.5");
        assertThat((double[]) given.result().get("bandwidths")).containsExactly(0.5, 0.7);
        Outcome placebo = run(new R3dPlacebo(), "quantiles", "0.1:0.9:0.1");
        assertThat((double[]) placebo.result().get("cutoffs")).hasSizeGreaterThan(3);
        assertThat(placebo.summary()).contains("true cutoff");
        assertThatThrownBy(() -> run(new R3dPlacebo(), "cutoffs", cutoff())).hasMessageContaining("true cutoff");
    }

    @Test
    void pooledQuantilesAreThoseOfTheEstimator() {
        Outcome pooled = run(new R3dPooled(), "bandwidth", "0.6");
        double[] x = new double[input.get("X").size()];
        double[][] z = new double[x.length][];
        for (int i = 0; i < x.length; i++) {
            x[i] = input.get("X").get(i).asDouble();
            JsonNode sample = input.get("Y").get(i);
            z[i] = new double[sample.size()];
            Arrays.setAll(z[i], j -> sample.get(j).asDouble());
        }
        QuantileRd.Fit fit = QuantileRd.withDefaults()
                .withCutoff(Double.parseDouble(cutoff()))
                .withBandwidth(0.6)
                .fit(UnitSamples.of(x, z));
        assertThat((double[]) pooled.result().get("tau")).isEqualTo(fit.tau());
        assertThat(pooled.figures()).hasSize(1);
        assertThat((double) run(new R3dPooled()).result().get("bandwidth")).isPositive();
    }

    @Test
    void seriesCarryTheWarningsAndCountsOfTheirFits() {
        Outcome sensitivity =
                run(new R3dSensitivity(), "bandwidths", "0.01,0.2,0.5", "quantiles", "0.1:0.9:0.1", "donut", "0.02");
        assertThat((double[]) sensitivity.result().get("bandwidths")).containsExactly(0.2, 0.5);
        assertThat(sensitivity.diagnostics().warnings())
                .anyMatch(w -> w.startsWith("bandwidth 0.01 was left out"))
                .anyMatch(w -> w.matches("bandwidth 0.2: only [0-9]+ units .*"));
        assertThat(map(sensitivity, "effectiveUnits")).containsOnlyKeys("left", "right");
        assertThat((List<?>) map(sensitivity, "effectiveUnits").get("left")).hasSize(2);
        assertThatThrownBy(() -> run(new R3dSensitivity(), "bandwidths", "0.001", "quantiles", "0.5"))
                .isInstanceOf(EstimationException.class);
        Outcome placebo = run(new R3dPlacebo(), "quantiles", "0.1:0.9:0.1");
        assertThat(placebo.diagnostics().warnings()).anyMatch(w -> w.matches("placebo cutoffs? [-0-9., ]+: only .*"));
        assertThat((List<?>) map(placebo, "effectiveUnits").get("right"))
                .hasSameSizeAs((double[]) placebo.result().get("cutoffs"));
    }

    @Test
    void densityTakesOneRunningValuePerUnit() {
        Outcome density = run(new R3dDensity());
        double[] x = new double[input.get("X").size()];
        Arrays.setAll(x, i -> input.get("X").get(i).asDouble());
        DensityTestResult expected = DensityTest.withDefaults()
                .withCutoff(Double.parseDouble(cutoff()))
                .test(x);
        assertThat((double) density.result().get("statistic")).isEqualTo(expected.statistic());
        assertThat((double) density.result().get("pValue")).isEqualTo(expected.pValue());
        assertThat(density.result()).containsKeys("left", "right", "difference", "h", "effective");
        assertThat(density.data()).containsEntry("units", 120L);
        assertThat(density.summary()).contains("120 units");
        assertThat(density.figures()).hasSize(1);
    }

    @Test
    void wrongOptionsAreNamed() {
        refuses("'0.3:0.1:0.1'", "quantiles", "0.3:0.1:0.1");
        refuses("lo:hi:step", "quantiles", "0.1:0.9");
        refuses("'x' is not a number", "quantiles", "0.1,x");
        refuses("did you mean paper?", "bandwidth", "papr");
        refuses("bandwidth", "bandwidth", "-1");
        refuses("takes one bandwidth", "bandwidth", "0.5,0.6");
        refuses("did you mean gini?", "tests", "gin");
        refuses("no treatment", "bandwidth-treatment", "0.5");
        refuses("rows", "multipliers", folder.resolve("short.csv").toString());
        refuses("[0.001, 0.5]", "test-range", "0.001:0.5");
        refuses("no column 'zz'", "z", "zz");
        refuses("no units", "cutoff", "99");
        refuses("must be one of triangular", "kernel", "gaussian");
    }

    private void refuses(String message, String... options) {
        assertThatThrownBy(() -> {
                    Files.writeString(folder.resolve("short.csv"), "1,2\n3,4\n");
                    run(new FitR3d(), options);
                })
                .as(String.join(" ", options))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @Test
    void gridsOfBillionsOfPointsAreRefused() {
        assertThatThrownBy(() -> Ranges.grid("quantiles", "0.01:0.99:4e-10")).hasMessageContaining("more than");
    }

    @Test
    void gridsAreExactInDecimals() {
        assertThat(Ranges.grid("q", "0.05:0.95:0.05"))
                .hasSize(19)
                .startsWith(0.05, 0.1, 0.15)
                .endsWith(0.95);
        assertThat(Ranges.grid("q", "0.01:0.99:0.01")).hasSize(99).contains(0.07, 0.29, 0.57);
        assertThat(Ranges.grid("q", "0.1:0.9:0.3")).containsExactly(0.1, 0.4, 0.7);
        assertThat(Ranges.grid("q", "0.5:0.5:0.1")).containsExactly(0.5);
        assertThat(Ranges.grid("q", "0.1,0.25")).containsExactly(0.1, 0.25);
        assertThat(Ranges.ranges("r", "0.1:0.5:0.9,0.2:0.3")).hasDimensions(3, 2);
        assertThat(Ranges.ranges("r", "0.1,0.5,0.9")).isDeepEqualTo(new double[][] {{0.1, 0.5}, {0.5, 0.9}});
    }
}
