package io.verity.estimators.rd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.verity.estimators.EstimatorContract;
import io.verity.stats.EstimationException;
import io.verity.stats.InsufficientDataException;
import io.verity.stats.linalg.DenseBackend;
import io.verity.stats.random.RandomStream;
import io.verity.stats.result.Provenance;
import io.verity.stats.result.ResultTable;
import io.verity.stats.smoothing.SmoothingKernel;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class ScalarRdTest extends EstimatorContract<RdSample, ScalarRdFit> {
    private static final Percentage CLOSE = Percentage.withPercentage(1e-7);
    private static final ScalarRd RD = ScalarRd.withDefaults();
    private static final Senate SENATE = Senate.complete();

    @Override
    protected RdSample data() {
        return SENATE.sample().withTreatment(SENATE.treatment("T"));
    }

    @Override
    protected ScalarRdFit fit(RdSample data, DenseBackend backend) {
        return RD.fit(data);
    }

    @Override
    protected double[] estimates(ScalarRdFit fit) {
        return new double[] {
            fit.conventional().estimate(),
            fit.robust().estimate(),
            fit.robust().standardError(),
            fit.robust().p(),
            fit.bandwidths().left(),
            fit.bandwidths().pilotRight()
        };
    }

    @Override
    protected ResultTable table(ScalarRdFit fit) {
        return fit.toTable();
    }

    @Override
    protected Provenance provenance(ScalarRdFit fit) {
        return fit.provenance();
    }

    @Override
    protected double[] contents(RdSample data) {
        return data.outcome();
    }

    @Override
    protected List<BadInput> badInputs() {
        double[] x = IntStream.range(0, 40).mapToDouble(i -> i - 19.5).toArray();
        double[] y = Arrays.stream(x).map(v -> v * v % 7).toArray();
        double[] broken = y.clone();
        broken[3] = Double.NaN;
        return List.of(
                new BadInput("a missing outcome", () -> RD.fit(broken, x), "outcome", "position 4", "NaN"),
                new BadInput(
                        "an infinite running value", () -> RD.fit(y, with(x, 9, 1 / 0.0)), "running", "position 10"),
                new BadInput("lengths", () -> RD.fit(new double[3], x), "outcome has 3 values", "40"),
                new BadInput("constant treatment", () -> RD.fit(y, x, new double[40]), "treatment is constant"),
                new BadInput("treatment length", () -> RD.fit(y, x, new double[4]), "treatment has 4 values"),
                new BadInput("cutoff above the data", () -> RD.withCutoff(50).fit(y, x), "no rows above the cutoff 50"),
                new BadInput(
                        "cutoff below the data", () -> RD.withCutoff(-50).fit(y, x), "no rows below the cutoff -50"),
                new BadInput("no data", () -> RD.fit(new double[0], new double[0]), "at least 6 rows", "there are 0"),
                new BadInput(
                        "q below p", () -> RD.withOrder(2).withPilotOrder(2).fit(y, x), "q must be above p = 2"),
                new BadInput(
                        "derivative above p",
                        () -> RD.withOrder(1).withDerivative(2).fit(y, x),
                        "at most p = 1, but is 2"),
                new BadInput("order", () -> RD.withOrder(9), "p must be 0 to 8, but is 9"),
                new BadInput("bandwidth", () -> RD.withBandwidth(0), "bandwidth h", "0.0"),
                new BadInput("pilot bandwidth", () -> RD.withPilotBandwidth(Double.NaN), "bandwidth b", "NaN"),
                new BadInput("rho", () -> RD.withRho(-1), "rho", "-1"),
                new BadInput("level", () -> RD.withLevel(95), "level", "95"),
                new BadInput("cutoff", () -> RD.withCutoff(Double.NaN), "cutoff", "NaN"),
                new BadInput("neighbours", () -> RD.withMatches(0), "neighbours", "0"),
                new BadInput("no clusters", () -> RD.with(RdVariance.CR1).fit(y, x), "CR1 needs clusters"),
                new BadInput("a weight", () -> RdSample.of(y, x).withWeights(with(y, 2, -1)), "weights", "position 3"));
    }

    private static double[] with(double[] values, int at, double value) {
        double[] copy = values.clone();
        copy[at] = value;
        return copy;
    }

    @Test
    void biasCorrectionWithEqualBandwidthsIsTheNextOrder() {
        for (SmoothingKernel kernel : SmoothingKernel.values()) {
            for (int p = 0; p <= 3; p++) {
                ScalarRd rd = RD.with(kernel).withBandwidth(30);
                ScalarRdFit corrected = rd.withOrder(p).fit(SENATE.sample());
                ScalarRdFit next = rd.withOrder(p + 1).fit(SENATE.sample());
                assertThat(corrected.biasCorrected().estimate())
                        .isCloseTo(next.conventional().estimate(), CLOSE);
                assertThat(corrected.robust().standardError())
                        .isCloseTo(next.conventional().standardError(), CLOSE);
            }
        }
    }

    @Test
    void unitsOfMeasurementDoNotMatter() {
        double[] x = SENATE.margin();
        double[] y = SENATE.vote();
        ScalarRdFit base = RD.fit(y, x);
        ScalarRdFit scaled = RD.withCutoff(1000)
                .fit(
                        Arrays.stream(y).map(v -> 7 - 3 * v).toArray(),
                        Arrays.stream(x).map(v -> 1000 + 1e-3 * v).toArray());
        assertThat(scaled.bandwidths().left())
                .isCloseTo(1e-3 * base.bandwidths().left(), CLOSE);
        assertThat(scaled.robust().estimate()).isCloseTo(-3 * base.robust().estimate(), CLOSE);
        assertThat(scaled.robust().standardError()).isCloseTo(3 * base.robust().standardError(), CLOSE);
    }

    @Test
    void reflectionChangesTheSignAlone() {
        double[] x = SENATE.margin();
        double[] y = SENATE.vote();
        double[] mirrored = Arrays.stream(x).map(v -> -v).toArray();
        for (RdVariance variance : List.of(RdVariance.NN, RdVariance.HC2)) {
            ScalarRd rd = RD.with(variance).with(BandwidthSelector.MSETWO);
            ScalarRdFit fit = rd.fit(y, x);
            ScalarRdFit reflected = rd.fit(y, mirrored);
            assertThat(reflected.robust().estimate()).isCloseTo(-fit.robust().estimate(), CLOSE);
            assertThat(reflected.robust().standardError())
                    .isCloseTo(fit.robust().standardError(), CLOSE);
            assertThat(reflected.bandwidths().left()).isCloseTo(fit.bandwidths().right(), CLOSE);
        }
    }

    @Test
    void fullComplianceIsTheSharpDesign() {
        double[] x = SENATE.margin();
        double[] t = Arrays.stream(x).map(v -> v >= 0 ? 1 : 0).toArray();
        ScalarRdFit fuzzy = RD.fit(SENATE.vote(), x, t);
        ScalarRdFit sharp = RD.fit(SENATE.vote(), x);
        assertThat(fuzzy.robust().estimate()).isCloseTo(sharp.robust().estimate(), CLOSE);
        assertThat(fuzzy.robust().standardError()).isCloseTo(sharp.robust().standardError(), CLOSE);
        assertThat(fuzzy.firstStage().orElseThrow().conventional().estimate()).isCloseTo(1, within(1e-12));
    }

    @Test
    void aPolynomialIsRecoveredExactlyAndAKinkToo() {
        double[] x = SENATE.margin();
        double[] y = Arrays.stream(x)
                .map(v -> v < 0 ? 1 + 0.2 * v : 4 - 0.3 * v + 0.01 * v * v)
                .toArray();
        ScalarRdFit level = RD.withBandwidth(40).fit(y, x);
        assertThat(level.biasCorrected().estimate()).isCloseTo(3, within(1e-10));
        ScalarRdFit slope = RD.withOrder(1).withDerivative(1).withBandwidth(40).fit(y, x);
        assertThat(slope.biasCorrected().estimate()).isCloseTo(-0.5, within(1e-10));
    }

    @Test
    void aWeightOfTwoIsARepeatedRow() {
        RandomStream random = RandomStream.of(5, "rows", 0, 0);
        double[] x = random.doubles(200).map(u -> 2 * u - 1).toArray();
        double[] y = random.doubles(200).toArray();
        double[] w = IntStream.range(0, 200).mapToDouble(i -> i < 50 ? 2 : 1).toArray();
        double[] xx = IntStream.range(0, 250).mapToDouble(i -> x[i % 200]).toArray();
        double[] yy = IntStream.range(0, 250).mapToDouble(i -> y[i % 200]).toArray();
        ScalarRd rd = RD.with(RdVariance.HC0).withBandwidth(0.7);
        assertThat(rd.fit(RdSample.of(y, x).withWeights(w)).robust().estimate())
                .isCloseTo(rd.fit(yy, xx).robust().estimate(), CLOSE);
    }

    @Test
    void clustersOfOneRowAreHc1() {
        int[] own = IntStream.range(0, SENATE.sample().size()).map(i -> 5 * i).toArray();
        ScalarRd rd = RD.withBandwidth(20);
        double clustered = rd.fit(SENATE.sample().withClusters(own)).robust().standardError();
        double hc1 = rd.with(RdVariance.HC1).fit(SENATE.sample()).robust().standardError();
        assertThat(clustered).isCloseTo(hc1, CLOSE);
    }

    @Test
    void coverageBandwidthIsSmallerByTheRateOfItsOrder() {
        for (int p = 1; p <= 2; p++) {
            ScalarRdFit mse = RD.withOrder(p).fit(SENATE.sample());
            ScalarRdFit cer = RD.withOrder(p).with(BandwidthSelector.CERRD).fit(SENATE.sample());
            double rate = Math.pow(1297, -p / ((3.0 + p) * (3 + 2 * p)));
            assertThat(cer.bandwidths().left())
                    .isCloseTo(rate * mse.bandwidths().left(), CLOSE);
            assertThat(cer.bandwidths().pilotLeft()).isEqualTo(mse.bandwidths().pilotLeft());
        }
    }

    @Test
    void combinedSelectorsAreMinimumAndMedian() {
        RdBandwidths rd = RD.fit(SENATE.sample()).bandwidths();
        RdBandwidths sum =
                RD.with(BandwidthSelector.MSESUM).fit(SENATE.sample()).bandwidths();
        RdBandwidths two =
                RD.with(BandwidthSelector.MSETWO).fit(SENATE.sample()).bandwidths();
        assertThat(RD.with(BandwidthSelector.MSECOMB1)
                        .fit(SENATE.sample())
                        .bandwidths()
                        .left())
                .isEqualTo(Math.min(rd.left(), sum.left()));
        double[] right = {rd.right(), sum.right(), two.right()};
        Arrays.sort(right);
        assertThat(RD.with(BandwidthSelector.MSECOMB2)
                        .fit(SENATE.sample())
                        .bandwidths()
                        .right())
                .isEqualTo(right[1]);
    }

    @Test
    void hopelessDataAreRefusedWithARemedy() {
        double[] x = SENATE.margin();
        assertThatThrownBy(() -> RD.withBandwidth(0.01).fit(SENATE.vote(), x))
                .isInstanceOf(InsufficientDataException.class)
                .hasMessageContaining("left")
                .hasMessageContaining("choose a bandwidth above");
        assertThatThrownBy(() -> RD.fit(new double[x.length], x))
                .isInstanceOf(EstimationException.class)
                .hasMessageContaining("does not vary");
        double[] few = IntStream.range(0, 12).mapToDouble(i -> i - 5.5).toArray();
        assertThatThrownBy(() -> RD.fit(few, few))
                .isInstanceOf(EstimationException.class)
                .hasMessageContaining("12 rows are too few to choose a bandwidth");
        double[] flat = Arrays.stream(x).map(v -> v > 60 ? 1 : 0).toArray();
        assertThatThrownBy(() -> RD.withBandwidth(20).fit(SENATE.vote(), x, flat))
                .hasMessageContaining("does not jump");
    }

    @Test
    void variancesWithoutDegreesOfFreedomAreRefused() {
        double[] x = {-4, -3, -2, -1, 1, 2, 3, 4};
        double[] y = {1, 2, 2, 3, 5, 5, 7, 6};
        assertThatThrownBy(() -> RD.with(RdVariance.HC1).withBandwidth(3.5).fit(y, x))
                .isInstanceOf(InsufficientDataException.class)
                .hasMessageContaining("3 rows on the left leave nothing");
        assertThatThrownBy(() -> RD.withBandwidth(5).fit(RdSample.of(y, x).withClusters(1, 1, 1, 1, 2, 3, 4, 5)))
                .isInstanceOf(InsufficientDataException.class)
                .hasMessageContaining("on the left are one cluster");
    }

    @Test
    void residualsOfASaturatedFitAreNoVariance() {
        double[] x = {-4, -3, -2, -1, 1, 2, 3, 4};
        double[] y = {1, 2, 2, 3, 5, 5, 7, 6};
        List<RdVariance> residuals = List.of(RdVariance.HC0, RdVariance.HC1, RdVariance.HC2, RdVariance.HC3);
        for (RdVariance variance : residuals) {
            assertThatThrownBy(() -> RD.with(variance).withBandwidth(3.5).fit(y, x))
                    .isInstanceOf(InsufficientDataException.class)
                    .hasMessageContaining("3 rows on the left leave nothing")
                    .hasMessageContaining("3 coefficients (bandwidth 3.50000)")
                    .hasMessageContaining("nearest neighbours");
            assertThatThrownBy(() -> RD.with(variance)
                            .withBandwidth(2.5)
                            .withPilotBandwidth(5)
                            .fit(y, x))
                    .hasMessageContaining("2 rows on the left leave nothing");
            // a fourth row with a weight of 1e-12 changes nothing
            assertThatThrownBy(() ->
                            RD.with(variance).withBandwidth(4 * (1 + 1e-12)).fit(y, x))
                    .hasMessageContaining("leave nothing");
            assertThat(RD.with(variance).withBandwidth(5).fit(y, x).robust().standardError())
                    .isGreaterThan(0.1);
        }
        assertThat(RD.withBandwidth(3.5).fit(y, x).robust().standardError()).isGreaterThan(0.1);
    }

    @Test
    void selectorsSayWhatTheyNeedWhenTheRunningVariableIsCoarse() {
        double[] x = IntStream.range(0, 110).mapToDouble(i -> i % 11 - 5).toArray();
        double[] y = IntStream.range(0, 110).mapToDouble(i -> i * 37 % 17).toArray();
        assertThatThrownBy(() -> RD.fit(y, x))
                .isInstanceOf(InsufficientDataException.class)
                .hasMessageContaining("no bandwidth can be chosen: that needs at least 6 distinct values")
                .hasMessageContaining("5 on the left and 6 on the right")
                .hasMessageContaining("give the bandwidth h (and b) yourself");
        assertThat(RD.withBandwidth(4.5).fit(y, x).robust().p()).isBetween(0.0, 1.0);
        double[] six = IntStream.range(0, 120).mapToDouble(i -> i % 12 - 6).toArray();
        assertThat(MseBandwidth.of(RD)
                        .select(six, Arrays.copyOf(SENATE.vote(), 120))
                        .left())
                .isPositive();
    }

    @Test
    void aConstantOutcomeTestsNothing() {
        double[] x = SENATE.margin();
        double[] t = SENATE.treatment("T");
        for (RdVariance variance : List.of(RdVariance.NN, RdVariance.HC3)) {
            ScalarRd rd = RD.with(variance).withBandwidth(20);
            for (double value : new double[] {0, 0.1, -1e9 / 3, 1e-200}) {
                double[] y = new double[x.length];
                Arrays.fill(y, value);
                for (ScalarRdFit fit :
                        List.of(rd.fit(y, x), rd.withDerivative(1).fit(y, x), rd.fit(y, x, t))) {
                    assertThat(fit.conventional().p()).isNaN();
                    assertThat(fit.robust().p()).isNaN();
                    assertThat(fit.robust().z()).isNaN();
                }
                assertThatThrownBy(() -> RD.fit(y, x)).isInstanceOf(ConstantResponseException.class);
            }
        }
        double[] step = Arrays.stream(x).map(v -> v < 0 ? 0.1 : 0.3).toArray();
        assertThat(RD.withBandwidth(20).fit(step, x).robust().p()).isZero();
    }

    @Test
    void theFirstStageIsJudgedInTheUnitsOfTheTreatment() {
        double[] x = SENATE.margin();
        double[] t = SENATE.treatment("T");
        ScalarRd rd = RD.withBandwidth(20);
        double effect = rd.fit(SENATE.vote(), x, t).robust().estimate();
        for (double unit : new double[] {1e-20, 1e15}) {
            double[] scaled = Arrays.stream(t).map(v -> unit * v).toArray();
            assertThat(unit * rd.fit(SENATE.vote(), x, scaled).robust().estimate())
                    .isCloseTo(effect, CLOSE);
        }
        double[] flat = Arrays.stream(x).map(v -> v > 60 ? 2e9 : 1e9 / 3).toArray();
        assertThatThrownBy(() -> rd.fit(SENATE.vote(), x, flat)).hasMessageContaining("does not jump");
        assertThatThrownBy(() -> rd.withDerivative(1).fit(SENATE.vote(), x, flat))
                .hasMessageContaining("does not jump");
    }

    @Test
    void theSmallestBandwidthNamedInTheMessageWorks() {
        double[] x = SENATE.margin();
        String message = "";
        try {
            RD.withBandwidth(0.01).fit(SENATE.vote(), x);
        } catch (InsufficientDataException e) {
            message = e.getMessage();
        }
        double named = Double.parseDouble(message.substring(message.lastIndexOf(' ') + 1));
        assertThat(RD.withBandwidth(1.001 * named)
                        .fit(Arrays.copyOf(SENATE.vote(), x.length), x)
                        .counts()
                        .effectiveLeft())
                .isGreaterThanOrEqualTo(3);
    }

    @Test
    void tiesFewRowsAndWeakFirstStagesAreReported() {
        double[] heaped = Arrays.stream(SENATE.margin()).map(Math::rint).toArray();
        assertThat(RD.fit(SENATE.vote(), heaped).warnings()).anyMatch(w -> w.contains("ties"));
        assertThat(RD.with(MassPoints.OFF).fit(SENATE.vote(), heaped).warnings())
                .noneMatch(w -> w.contains("ties"));
        assertThat(RD.withBandwidth(0.7).fit(SENATE.sample()).warnings()).anyMatch(w -> w.contains("few rows"));
        RandomStream random = RandomStream.of(1, "t", 0, 0);
        double[] coin = Arrays.stream(SENATE.margin())
                .map(v -> random.nextDouble() < 0.5 ? 1 : 0)
                .toArray();
        assertThat(RD.withBandwidth(30)
                        .fit(SENATE.vote(), SENATE.margin(), coin)
                        .warnings())
                .anyMatch(w -> w.contains("first stage is weak"));
        assertThat(RD.fit(SENATE.sample()).warnings()).isEmpty();
    }
}
