package io.verity.estimators.r3d;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.verity.stats.EstimationException;
import io.verity.stats.InsufficientDataException;
import io.verity.stats.quantiles.QuantileType;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Everything that can be wrong with input, and the message that says so. */
class R3dInputTest {
    private static final R3d R3D = R3d.withDefaults().withGrid(0.25, 0.5, 0.75).withDraws(99);

    private static QuantileMatrix data(int n) {
        return R3dTest.shifted(1, n, 30).quantiles(QuantileType.TYPE7, 0.25, 0.5, 0.75);
    }

    private static void refused(String message, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class).hasMessageContaining(message);
    }

    @Test
    void dataThatAreTooFewOrBroken() {
        refused(
                "need at least 8 units, but there are 0",
                () -> R3D.fit(UnitSamples.of(new double[0], new double[0][])));
        refused("need at least 8 units, but there are 5", () -> R3D.fit(data(5)));
        double[][] z = {{1}, {2, Double.NaN}};
        refused("observation 2 of unit 2 is not finite (NaN)", () -> UnitSamples.of(new double[] {1, 2}, z));
        refused(
                "the running variable of unit 1 is not finite",
                () -> UnitSamples.of(new double[] {Double.POSITIVE_INFINITY}, new double[][] {{1}}));
        refused("unit 2 has no observations", () -> UnitSamples.of(new double[] {1, 2}, new double[][] {{1}, {}}));
        refused("1 samples for 2 units", () -> UnitSamples.of(new double[] {1, 2}, new double[][] {{1}}));
    }

    @Test
    void weightsThatDoNotFit() {
        double[] x = {1};
        double[][] z = {{1, 2}};
        refused("unit 1 has 2 observations but 1 weights", () -> UnitSamples.of(x, z, new double[][] {{1}}));
        refused("weight 2 of unit 1 must be finite", () -> UnitSamples.of(x, z, new double[][] {{1, -1}}));
        refused("weight 1 of unit 1", () -> UnitSamples.of(x, z, new double[][] {{Double.NaN, 1}}));
        refused("all weights of unit 1 are zero", () -> UnitSamples.of(x, z, new double[][] {{0, 0}}));
    }

    @Test
    void cutoffOutsideTheData() {
        refused("no units above the cutoff 5.0", () -> R3D.withCutoff(5).fit(data(50)));
        refused("no units below the cutoff -5.0", () -> R3D.withCutoff(-5).fit(data(50)));
        refused("cutoff must be finite", () -> R3D.withCutoff(Double.NaN));
    }

    @Test
    void windowThatIsTooSmallNamesTheSmallestThatWorks() {
        double[] x =
                IntStream.range(0, 40).mapToDouble(i -> (i - 20 + 0.5) / 10).toArray();
        double[][] q = new double[40][3];
        for (int i = 0; i < 40; i++) {
            Arrays.setAll(q[i], j -> j + 0.1);
        }
        QuantileMatrix data = QuantileMatrix.of(x, q, 0.25, 0.5, 0.75);
        assertThatThrownBy(() -> R3D.with(Bandwidths.fixed(0.2)).fit(data))
                .isInstanceOf(InsufficientDataException.class)
                .hasMessageContaining("below the cutoff")
                .hasMessageContaining("bandwidth 0.2")
                .hasMessageContaining("reaches 2")
                .hasMessageContaining("use a bandwidth above 0.25");
        assertThat(R3D.with(Bandwidths.fixed(0.2501)).fit(data).tau()).hasSize(3);
    }

    @Test
    void gridThatIsNone() {
        refused("the quantile grid is empty", () -> R3D.withGrid());
        refused("quantile 2 of the grid must lie strictly between 0 and 1, but is 1.0", () -> R3D.withGrid(0.5, 1));
        refused("quantile 1 of the grid", () -> R3D.withGrid(Double.NaN));
        refused("point 2 (0.5) follows 0.5", () -> R3D.withGrid(0.5, 0.5));
    }

    @Test
    void ordersThatDoNotFit() {
        refused("order must lie between 0 and 8, but is 9", () -> R3D.withOrder(9));
        refused("order must lie between 0 and 8, but is -1", () -> R3D.withOrder(-1));
        refused("pilot order must lie between 1 and 8, but is 0", () -> R3D.withPilotOrder(0));
        refused(
                "order (1) must not be below the pilot order (2)",
                () -> R3D.withOrder(1).withPilotOrder(2).fit(data(50)));
    }

    @Test
    void bandwidthsThatDoNotFit() {
        refused("bandwidth must be a positive finite number, but is 0.0", () -> Bandwidths.fixed(0));
        refused("bandwidth of quantile 2 must be a positive", () -> Bandwidths.fixed(1, Double.NaN));
        refused(
                "the method frechet takes one bandwidth, but 3 are given",
                () -> R3D.with(Bandwidths.fixed(1, 1, 1)).fit(data(50)));
        refused(
                "2 bandwidths for 3 quantiles",
                () -> R3D.with(Method.SIMPLE).with(Bandwidths.fixed(1, 1)).fit(data(50)));
        double[] t = IntStream.range(0, 50).mapToDouble(i -> i % 2).toArray();
        refused(
                "needs one for the treatment too",
                () -> R3D.with(Bandwidths.fixed(1)).fit(data(50).withTreatment(t)));
        refused("no treatment", () -> R3D.with(Bandwidths.fuzzy(1, 1)).fit(data(50)));
    }

    @Test
    void treatmentThatDoesNotFit() {
        refused("3 treatments for 50 units", () -> data(50).withTreatment(0, 1, 0));
        refused("the treatment is the same (1.0) for all units", () -> {
            double[] ones = new double[50];
            Arrays.fill(ones, 1);
            data(50).withTreatment(ones);
        });
    }

    @Test
    void oneClusterIsNone() {
        assertThatThrownBy(() -> R3D.fit(data(60).withClusters(new int[60])))
                .isInstanceOf(EstimationException.class)
                .hasMessageContaining("one cluster");
        int[] few = IntStream.range(0, 60).map(i -> i % 4).toArray();
        assertThat(R3D.fit(data(60).withClusters(few)).warnings()).anyMatch(w -> w.contains("only 4 clusters"));
    }

    @Test
    void outcomesWhoseSquaresOverflow() {
        double[][] huge = new double[50][];
        Arrays.setAll(huge, i -> new double[] {1, 2, 1e200});
        refused(
                "outcomes are as large as 1.0E200",
                () -> R3D.fit(QuantileMatrix.of(data(50).runningVariable(), huge, 0.25, 0.5, 0.75)));
    }

    @Test
    void inferenceOptionsThatDoNotFit() {
        refused("level must lie strictly between 0 and 1, but is 95.0", () -> R3D.withLevel(95));
        refused("draws must be at least 1, but is 0", () -> R3D.withDraws(0));
        refused("needs two ends", () -> R3D.withTestRanges(new double[] {0.5}));
        refused("does not increase", () -> R3D.withTestRanges(new double[] {0.5, 0.2}));
        refused(
                "outside the quantile grid",
                () -> R3D.withTestRanges(new double[] {0.1, 0.5}).fit(data(50)));
        refused(
                "holds 1 grid points, but needs 2",
                () -> R3D.withTestRanges(new double[] {0.4, 0.6}).fit(data(50)));
        refused(
                "the multipliers have 2 rows, but there are 50 units",
                () -> R3D.withMultipliers(new double[2][7]).fit(data(50)));
        refused(
                "the multipliers have 7 columns, but 99 draws were asked for",
                () -> R3D.withMultipliers(new double[50][7]).withDraws(99).fit(data(50)));
        refused(
                "the engine is factor",
                () -> R3D.withMultipliers(new double[50][7])
                        .with(BootstrapEngine.FACTOR)
                        .fit(data(50)));
        refused(
                "are left outside the donut of radius 0.95",
                () -> R3D.withDonut(0.95).fit(data(50)));
        refused("multipliers is ragged", () -> R3D.withMultipliers(new double[][] {{1, 2}, {1}}));
        refused("true cutoff", () -> R3D.placeboCutoffs(data(50), 0));
    }

    @Test
    void warningsNameWhatIsDoubtful() {
        List<String> few = R3D.withDraws(5).fit(R3dTest.shifted(2, 60, 10)).warnings();
        assertThat(few).anyMatch(w -> w.contains("uses the largest draw"));
        assertThat(few).anyMatch(w -> w.contains("fewer than 20 observations"));
        assertThat(R3D.with(Bandwidths.fixed(0.2)).fit(data(100)).warnings())
                .anyMatch(w -> w.contains("units below the cutoff are inside the window"));
        double[] rounded = Arrays.stream(data(200).runningVariable())
                .map(v -> Math.round(v * 20) / 20.0)
                .toArray();
        double[][] q = IntStream.range(0, 200).mapToObj(i -> data(200).row(i)).toArray(double[][]::new);
        assertThat(R3D.fit(QuantileMatrix.of(rounded, q, 0.25, 0.5, 0.75)).warnings())
                .anyMatch(w -> w.contains("ties or heaping"));
        double[][] flat = IntStream.range(0, 200)
                .mapToObj(i -> new double[] {1, 1, 2 + i % 3})
                .toArray(double[][]::new);
        assertThat(R3D.fit(QuantileMatrix.of(data(200).runningVariable(), flat, 0.25, 0.5, 0.75))
                        .warnings())
                .anyMatch(w -> w.contains("flat over 2 of 3 grid points"));
        double[] t = Arrays.stream(data(200).runningVariable())
                .map(v -> v >= 0 ? 1 : 0)
                .toArray();
        R3d apart = R3D.with(Bandwidths.fuzzy(0.2, 0.9));
        assertThat(apart.fit(data(200).withTreatment(t)).warnings())
                .contains("everybody complies: this is the sharp design")
                .noneMatch(w -> w.contains("factor of 3"));
        double[] x = data(200).runningVariable();
        int nearest = IntStream.range(0, 200)
                .boxed()
                .min(Comparator.comparingDouble(i -> Math.abs(x[i])))
                .orElseThrow();
        t[nearest] = 2;
        assertThat(apart.fit(data(200).withTreatment(t)).warnings())
                .anyMatch(w -> w.contains("factor of 3"))
                .contains("the treatment takes values other than 0 and 1: effects are per unit of it");
        assertThat(R3D.withTests(TestKind.GINI).fit(data(200)).warnings())
                .anyMatch(w -> w.contains("leaves out tails"));
        double[][] falling = IntStream.range(0, 200)
                .mapToObj(i -> new double[] {2, 1 + i % 3, 4})
                .toArray(double[][]::new);
        assertThat(R3D.fit(QuantileMatrix.of(data(200).runningVariable(), falling, 0.25, 0.5, 0.75))
                        .warnings())
                .anyMatch(w -> w.contains("not in ascending order"));
        double[][] negative =
                IntStream.range(0, 200).mapToObj(i -> new double[] {-3, -2, -1}).toArray(double[][]::new);
        assertThat(R3D.withTests(TestKind.GINI)
                        .fit(QuantileMatrix.of(data(200).runningVariable(), negative, 0.25, 0.5, 0.75))
                        .warnings())
                .anyMatch(w -> w.contains("Gini coefficient is undefined"));
        assertThat(R3D.withTests(TestKind.GINI)
                        .fit(QuantileMatrix.of(data(200).runningVariable(), negative, 0.25, 0.5, 0.75))
                        .toString())
                .endsWith("gini: undefined (the mean outcome is not positive)");
    }

    @Test
    void aSideWithTooFewRunningValuesIsNotAskedForALargerBandwidth() {
        double[] x =
                IntStream.range(0, 40).mapToDouble(i -> i < 20 ? -1 : i / 20.0).toArray();
        double[][] q = new double[40][];
        Arrays.setAll(q, i -> new double[] {0, 1 + i % 3, 5});
        assertThatThrownBy(() -> R3D.with(Bandwidths.fixed(3)).fit(QuantileMatrix.of(x, q, 0.25, 0.5, 0.75)))
                .isInstanceOf(InsufficientDataException.class)
                .hasMessageContaining("at least 3 distinct running values, but that side has 1 at any bandwidth")
                .message()
                .doesNotContain("larger bandwidth");
        assertThatThrownBy(() -> QuantileRd.withDefaults()
                        .withBandwidth(0.01)
                        .fit(UnitSamples.of(new double[] {-2, -1, 1, 2, 3}, new double[][] {{1}, {1}, {1}, {1}, {1}})))
                .hasMessageContaining("use a bandwidth above 2");
    }

    @Test
    void bandwidthsFarBeyondTheDataAreThoseOfAllUnits() {
        R3dFit wide = R3D.with(Bandwidths.fixed(1e9)).fit(data(200));
        assertThat(wide.effectiveUnitsLeft() + wide.effectiveUnitsRight()).isEqualTo(200);
        double[] wider = R3D.with(Bandwidths.fixed(1e12)).fit(data(200)).tau();
        for (int j = 0; j < 3; j++) {
            assertThat(wider[j]).isCloseTo(wide.tau()[j], within(1e-6));
        }
        assertThat(QuantileRd.withDefaults()
                        .withBandwidth(1e9)
                        .fit(R3dTest.shifted(1, 200, 5))
                        .tau())
                .doesNotContain(Double.NaN);
    }

    @Test
    void resultsSayWhatTheyMean() {
        double[] t = Arrays.stream(data(200).runningVariable())
                .map(v -> v >= 0 ? 1 : 0)
                .toArray();
        refused(
                "--bandwidth-treatment, or in Java Bandwidths.fuzzy",
                () -> R3D.with(Bandwidths.fixed(0.5)).fit(data(200).withTreatment(t)));
        assertThat(R3D.with(Bandwidths.fuzzy(0.5, 0.75))
                        .fit(data(200).withTreatment(t))
                        .toString())
                .contains("bandwidth 0.5, of the treatment 0.75;");
        double[][] jump = new double[200][];
        double[] x = data(200).runningVariable();
        Arrays.setAll(jump, i -> new double[] {i % 5 * 0.01 + (x[i] >= 0 ? 9 : 0), 10 + i % 7 * 0.01, 20});
        assertThat(R3D.withDraws(100)
                        .fit(QuantileMatrix.of(x, jump, 0.25, 0.5, 0.75))
                        .toString())
                .contains("p < 0.01");
    }

    @Test
    void warningsAndCountsAreOfTheSameUnits() {
        double[] x = {-1, -0.8, -0.6, -0.4, -0.2, 0.1, 0.2, 0.4, 0.6, 0.8, 1};
        double[][] z = new double[x.length][];
        Arrays.setAll(z, i -> new double[] {i % 3, 1 + i % 4, 7});
        R3dFit fit = R3D.with(Bandwidths.fixed(1)).fit(UnitSamples.of(x, z));
        assertThat(fit.effectiveUnitsLeft() + fit.effectiveUnitsRight()).isEqualTo(9);
        assertThat(fit.warnings()).anyMatch(w -> w.startsWith("9 of the 9 units inside the window"));
    }
}
