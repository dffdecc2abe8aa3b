package io.verity.estimators.r3d;

import static io.verity.estimators.r3d.Golden.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.verity.estimators.GoldenJson;
import io.verity.stats.quantiles.QuantileType;
import io.verity.stats.smoothing.Isotonic;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Figures of other programs: {@code r3d_package.json} and {@code bwselect_package.json} by the R package R3D 0.1.0 (Van Dijcke) with
 * the multipliers of {@code xi.csv}; {@code r3d_default.json} by an independent numpy program with the rules documented here;
 * {@code quantiles.json} by R 4.2.2 and Hmisc 4.8; {@code helpers.json} by R's isoreg, Rearrangement 2.1 and R3D 0.1.0.
 */
class GoldenTest {
    private static final double FIXED_BANDWIDTH = 1e-9;
    private static final double BOOTSTRAP = 1e-8;
    private static final double PACKAGE_H = 0.6;
    private static final double PACKAGE_H_TREATMENT = 0.5;

    @TestFactory
    List<DynamicTest> correctedRulesEqualAnIndependentProgram() {
        JsonNode golden = Golden.read("r3d_default.json");
        double[] grid = GoldenJson.array(golden.get("q_grid"));
        List<DynamicTest> tests = new ArrayList<>();
        for (JsonNode g : golden.get("results")) {
            String name = String.join(
                    " ",
                    g.get("method").asText(),
                    g.get("kernel").asText(),
                    g.get("fuzzy").asBoolean() ? "fuzzy" : "sharp",
                    g.get("selector").asText(),
                    g.get("residual_scaling").asText());
            tests.add(DynamicTest.dynamicTest(name, () -> checkCorrected(g, grid)));
        }
        assertThat(tests).hasSize(90);
        return tests;
    }

    private static void checkCorrected(JsonNode g, double[] grid) {
        boolean simple = g.get("method").asText().equals("simple");
        boolean fuzzy = g.get("fuzzy").asBoolean();
        Bandwidths bandwidths = switch (g.get("selector").asText()) {
            case "PAPER" -> Bandwidths.paper();
            case "IMSERD" -> Bandwidths.imserd();
            default -> {
                Bandwidths h = Bandwidths.fixed(Golden.numbers(g.get("h")));
                yield fuzzy ? h.withTreatment(g.get("h_den").asDouble()) : h;
            }
        };
        double[][] ranges = {};
        R3dFit fit = R3d.withDefaults()
                .withCutoff(Golden.CUTOFF)
                .withGrid(grid)
                .with(simple ? Method.SIMPLE : Method.FRECHET)
                .with(Golden.kernel(g.get("kernel").asText()))
                .withOrder(g.get("p").asInt())
                .withPilotOrder(g.get("s").asInt())
                .with(bandwidths)
                .with(ResidualScaling.valueOf(g.get("residual_scaling").asText()))
                .withTestRanges(ranges)
                .withMultipliers(Golden.XI)
                .fit(samples(fuzzy, false));
        double tolerance = simple && !g.get("selector").asText().equals("given") ? BOOTSTRAP : FIXED_BANDWIDTH;
        assertClose("h", fit.bandwidths(), Golden.numbers(g.get("h")), tolerance);
        assertClose("raw plus", fit.rawPlus(), GoldenJson.array(g.get("raw_plus")), tolerance);
        assertClose("raw minus", fit.rawMinus(), GoldenJson.array(g.get("raw_minus")), tolerance);
        assertClose("plus", fit.meanPlus(), GoldenJson.array(g.get("m_plus")), tolerance);
        assertClose("minus", fit.meanMinus(), GoldenJson.array(g.get("m_minus")), tolerance);
        assertClose("tau", fit.tau(), GoldenJson.array(g.get("tau")), tolerance);
        if (fuzzy) {
            assertThat(fit.firstStage()).isCloseTo(g.get("denominator").asDouble(), within(tolerance));
            assertThat(fit.bandwidthTreatment()).isCloseTo(g.get("h_den").asDouble(), within(tolerance));
        }
        assertThat(fit.criticalValue()).isCloseTo(g.get("crit").asDouble(), within(5 * BOOTSTRAP));
        assertThat(fit.test(TestKind.NULLITY).pValue())
                .isCloseTo(g.get("p_nullity").asDouble(), within(1e-12));
        assertThat(fit.test(TestKind.HOMOGENEITY).pValue())
                .isCloseTo(g.get("p_homogeneity").asDouble(), within(1e-12));
        double[] rms = GoldenJson.array(g.get("se")); // of 200 draws: 5 % Monte Carlo noise, four standard errors
        for (int j = 0; j < rms.length; j++) {
            assertThat(fit.standardErrors()[j] / rms[j]).isCloseTo(1, within(0.2));
        }
    }

    private static UnitSamples samples(boolean fuzzy, boolean weighted) {
        UnitSamples samples =
                weighted ? UnitSamples.of(Golden.X, Golden.Y, Golden.W) : UnitSamples.of(Golden.X, Golden.Y);
        return fuzzy ? samples.withTreatment(Golden.T) : samples;
    }

    @TestFactory
    List<DynamicTest> compatibilityModeEqualsThePackage() {
        List<DynamicTest> tests = new ArrayList<>();
        for (JsonNode g : Golden.read("r3d_package.json").get("results")) {
            String name = g.get("id").asInt() + " " + g.get("method").asText() + " "
                    + g.get("kernel").asText();
            tests.add(DynamicTest.dynamicTest(name, () -> checkPackage(g)));
        }
        assertThat(tests).hasSize(29);
        return tests;
    }

    private static void checkPackage(JsonNode g) {
        boolean simple = g.get("method").asText().equals("simple");
        boolean fuzzy = g.get("fuzzy").asBoolean();
        boolean given = g.get("bandwidth").asText().equals("given");
        Bandwidths bandwidths = given ? Bandwidths.fixed(PACKAGE_H) : Bandwidths.paper();
        bandwidths = given && fuzzy ? bandwidths.withTreatment(PACKAGE_H_TREATMENT) : bandwidths;
        R3dFit fit = R3d.withDefaults()
                .withCutoff(Golden.CUTOFF)
                .withGrid(GoldenJson.array(g.get("q_grid")))
                .with(simple ? Method.SIMPLE : Method.FRECHET)
                .with(Golden.kernel(g.get("kernel").asText()))
                .withOrder(g.get("p").asInt())
                .withPilotOrder(g.get("s").asInt())
                .withCoverageCorrection(g.get("coverage").asBoolean())
                .with(bandwidths)
                .with(Compatibility.R_PACKAGE)
                .withTests(TestKind.NULLITY, TestKind.HOMOGENEITY, TestKind.GINI)
                .withTestRanges(new double[] {0.05, 0.95}, new double[] {0.25, 0.5, 0.75})
                .withMultipliers(Golden.XI)
                .fit(samples(fuzzy, g.get("weighted").asBoolean()));
        double tolerance = simple && !given ? BOOTSTRAP : FIXED_BANDWIDTH;
        assertClose("h", fit.bandwidths(), Golden.numbers(g.get("h")), tolerance);
        assertClose("raw plus", fit.rawPlus(), GoldenJson.array(g.get("intercept_plus_raw")), tolerance);
        assertClose("raw minus", fit.rawMinus(), GoldenJson.array(g.get("intercept_minus_raw")), tolerance);
        assertClose("plus", fit.meanPlus(), GoldenJson.array(g.get("m_plus")), tolerance);
        assertClose("minus", fit.meanMinus(), GoldenJson.array(g.get("m_minus")), tolerance);
        assertClose("tau", fit.tau(), GoldenJson.array(g.get("tau")), tolerance);
        if (fuzzy) {
            assertThat(fit.firstStage()).isCloseTo(g.get("denominator").asDouble(), within(tolerance));
            assertThat(fit.bandwidthTreatment()).isCloseTo(g.get("h_den").asDouble(), within(tolerance));
        }
        assertThat(fit.criticalValue()).isCloseTo(g.get("crit_val").asDouble(), within(5 * BOOTSTRAP));
        assertClose("lower", fit.lower(), GoldenJson.array(g.get("cb_lower")), 5 * BOOTSTRAP);
        assertClose("upper", fit.upper(), GoldenJson.array(g.get("cb_upper")), 5 * BOOTSTRAP);
        for (TestKind kind : new TestKind[] {TestKind.NULLITY, TestKind.HOMOGENEITY}) {
            JsonNode ranges = g.get(kind == TestKind.NULLITY ? "nullity" : "homogeneity");
            List<TestResult> ours =
                    fit.tests().stream().filter(t -> t.kind() == kind).toList();
            assertThat(ours).hasSize(ranges.size());
            for (int r = 0; r < ranges.size(); r++) {
                assertThat(ours.get(r).statistic())
                        .isCloseTo(ranges.get(r).get("stat").asDouble(), within(5 * BOOTSTRAP));
                assertThat(ours.get(r).criticalValue())
                        .isCloseTo(ranges.get(r).get("crit").asDouble(), within(5 * BOOTSTRAP));
                assertThat(ours.get(r).pValue())
                        .isCloseTo(ranges.get(r).get("p").asDouble(), within(1e-12));
            }
        }
        JsonNode gini = g.get("gini");
        assertThat(fit.giniPlus()).isCloseTo(gini.get("plus").asDouble(), within(tolerance));
        assertThat(fit.giniMinus()).isCloseTo(gini.get("minus").asDouble(), within(tolerance));
        assertThat(fit.test(TestKind.GINI).pValue()).isCloseTo(gini.get("p").asDouble(), within(1e-12));
        assertThat(fit.warnings()).anyMatch(w -> w.contains("known defects"));
    }

    @Test
    void packageSelectorEqualsThePackage() {
        double[] grid = GoldenJson.array(Golden.read("quantiles.json").get("q_grid"));
        for (JsonNode g : Golden.read("bwselect_package.json")) {
            boolean simple = g.get("method").asText().equals("simple");
            boolean fuzzy = g.get("fuzzy").asBoolean();
            Settings settings = new Settings();
            settings.method = simple ? Method.SIMPLE : Method.FRECHET;
            settings.kernel = Golden.kernel(g.get("kernel").asText());
            settings.pilotOrder = g.get("s").asInt();
            settings.compatibility = Compatibility.R_PACKAGE;
            Units units = new Units(samples(fuzzy, false).quantiles(QuantileType.TYPE7, grid), Golden.CUTOFF);
            ChosenBandwidths chosen = ChosenBandwidths.of(units, settings);
            assertClose("h", chosen.outcome(), Golden.numbers(g.get("h")), BOOTSTRAP);
            if (fuzzy) {
                assertThat(chosen.treatment()).isCloseTo(g.get("h_den").asDouble(), within(BOOTSTRAP));
            }
        }
    }

    @Test
    void quantilesEqualThoseOfR() {
        JsonNode golden = Golden.read("quantiles.json");
        double[] grid = GoldenJson.array(golden.get("q_grid"));
        for (String type : List.of("type7", "type1", "weighted")) {
            UnitSamples samples = samples(false, type.equals("weighted"));
            QuantileMatrix q = samples.quantiles(type.equals("type1") ? QuantileType.TYPE1 : QuantileType.TYPE7, grid);
            double[][] expected = GoldenJson.matrix(golden.get(type));
            for (int i = 0; i < expected.length; i++) {
                assertClose(type + " of unit " + i, q.row(i), expected[i], 1e-12);
            }
        }
    }

    @Test
    void projectionAndRearrangementsEqualThoseOfR() {
        JsonNode golden = Golden.read("helpers.json");
        JsonNode isotonic = golden.get("isotonic");
        double[] y = GoldenJson.array(isotonic.get("y"));
        new Isotonic(y.length).project(y, 0);
        assertClose("isotonic", y, GoldenJson.array(isotonic.get("fit")), 1e-12);
        Settings settings = new Settings();
        settings.method = Method.SIMPLE;
        JsonNode r = golden.get("rearrangement");
        double[] grid = GoldenJson.array(r.get("q"));
        assertClose(
                "sorted",
                new Curves(grid, settings).monotone(GoldenJson.array(r.get("y"))),
                GoldenJson.array(r.get("fit_sorted")),
                0);
        settings.rearrangement = RearrangementType.R_PACKAGE;
        assertClose(
                "package",
                new Curves(grid, settings).monotone(GoldenJson.array(r.get("y"))),
                GoldenJson.array(r.get("fit_package")),
                1e-12);
        JsonNode monotone = golden.get("rearrangement_monotone_input");
        assertClose(
                "package, monotone",
                new Curves(GoldenJson.array(monotone.get("q")), settings).monotone(GoldenJson.array(monotone.get("y"))),
                GoldenJson.array(monotone.get("fit_package")),
                1e-12);
    }

    @Test
    void giniOfKnownDistributionsEqualsThePackage() {
        double[] grid = IntStream.range(1, 100).mapToDouble(k -> k / 100.0).toArray();
        double[] exponential = Arrays.stream(grid).map(q -> -Math.log1p(-q)).toArray();
        double[] pareto =
                Arrays.stream(grid).map(q -> Math.pow(1 - q, -1.0 / 3)).toArray();
        JsonNode golden = Golden.read("helpers.json").get("gini");
        assertThat(new Gini(grid).of(exponential))
                .isCloseTo(golden.get(0).get("value").asDouble(), within(1e-12));
        assertThat(new Gini(grid).of(grid)).isCloseTo(golden.get(1).get("value").asDouble(), within(1e-12));
        assertThat(new Gini(grid).of(pareto))
                .isCloseTo(golden.get(2).get("value").asDouble(), within(1e-12));
    }
}
