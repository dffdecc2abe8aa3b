package io.verity.estimators.r3d;

import static io.verity.estimators.r3d.Golden.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.verity.estimators.rd.ScalarRd;
import io.verity.stats.linalg.Backends;
import io.verity.stats.quantiles.QuantileType;
import io.verity.stats.random.RandomStream;
import io.verity.stats.smoothing.SmoothingKernel;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class R3dTest {
    private static final double[] DECILES = {0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9};
    private static final R3d DECILE_R3D = R3d.withDefaults().withGrid(DECILES).withDraws(199);

    /** Units whose distributions shift by 2 at zero; n units of size observations. */
    static UnitSamples shifted(long seed, int n, int size) {
        RandomStream random = RandomStream.of(seed, "r3d-test", 0, 0);
        double[] x = new double[n];
        double[][] z = new double[n][size];
        for (int i = 0; i < n; i++) {
            x[i] = 2 * random.nextDouble() - 1;
            double mean = 5 + 5 * x[i] + random.nextGaussian() + (x[i] >= 0 ? 2 : 0);
            double spread = Math.abs(1 + x[i] + random.nextGaussian());
            for (int j = 0; j < size; j++) {
                z[i][j] = mean + spread * random.nextGaussian();
            }
        }
        return UnitSamples.of(x, z);
    }

    private static QuantileMatrix deciles(long seed, int n, int size) {
        return shifted(seed, n, size).quantiles(QuantileType.TYPE7, DECILES);
    }

    @Test
    void meanEffectIsTheScalarDiscontinuityOfUnitMeans() {
        QuantileMatrix q = deciles(1, 300, 40);
        double[] means = IntStream.range(0, q.units())
                .mapToDouble(i -> Arrays.stream(q.row(i)).average().orElseThrow())
                .toArray();
        for (Method method : Method.values()) {
            R3dFit fit = DECILE_R3D.with(method).with(Bandwidths.fixed(0.5)).fit(q);
            double scalar = ScalarRd.withDefaults()
                    .withOrder(2)
                    .withBandwidth(0.5)
                    .fit(means, q.runningVariable())
                    .conventional()
                    .estimate();
            assertThat(fit.averageEffect()).isCloseTo(scalar, within(1e-10));
        }
    }

    @Test
    void effectsMoveWithTheUnitOfTheOutcomeAndNotWithThatOfTheRunningVariable() {
        QuantileMatrix q = deciles(2, 250, 30);
        R3dFit fit = DECILE_R3D.fit(q);
        double[][] rows = new double[q.units()][];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = Arrays.stream(q.row(i)).map(v -> 3 * v - 7).toArray();
        }
        double[] x = Arrays.stream(q.runningVariable()).map(v -> 1000 + 50 * v).toArray();
        R3dFit moved = DECILE_R3D.withCutoff(1000).fit(QuantileMatrix.of(x, rows, DECILES));
        assertClose("tau", moved.tau(), scaled(fit.tau(), 3), 1e-8);
        assertClose("se", moved.standardErrors(), scaled(fit.standardErrors(), 3), 1e-8);
        assertThat(moved.criticalValue()).isCloseTo(3 * fit.criticalValue(), within(1e-6));
        assertThat(moved.bandwidths()[0]).isCloseTo(50 * fit.bandwidths()[0], within(1e-6));
    }

    @Test
    void noUnitOfMeasurementIsTooLargeOrTooSmall() {
        QuantileMatrix q = deciles(2, 250, 30);
        for (Method method : Method.values()) {
            R3d r3d = DECILE_R3D.with(method);
            R3dFit fit = r3d.fit(q);
            for (double unit : new double[] {1e-100, 1e-9, 1e9, 1e100}) {
                double[][] rows = new double[q.units()][];
                for (int i = 0; i < rows.length; i++) {
                    rows[i] = scaled(q.row(i), unit);
                }
                double[] x = q.runningVariable();
                assertClose(
                        "y in " + unit,
                        scaled(r3d.fit(QuantileMatrix.of(x, rows, DECILES)).tau(), 1 / unit),
                        fit.tau(),
                        1e-7);
                for (int i = 0; i < rows.length; i++) {
                    rows[i] = q.row(i);
                }
                R3dFit far = r3d.fit(QuantileMatrix.of(scaled(x, unit), rows, DECILES));
                assertClose("x in " + unit, far.tau(), fit.tau(), 1e-7);
                assertClose("h in " + unit, scaled(far.bandwidths(), 1 / unit), fit.bandwidths(), 1e-7);
            }
        }
    }

    private static double[] scaled(double[] values, double factor) {
        return Arrays.stream(values).map(v -> factor * v).toArray();
    }

    @Test
    void orderOfUnitsDoesNotMatter() {
        QuantileMatrix q = deciles(3, 200, 30);
        int[] reversed = IntStream.range(0, 200).map(i -> 199 - i).toArray();
        R3dFit a = DECILE_R3D.fit(q);
        R3dFit b = DECILE_R3D.fit(q.select(reversed));
        assertClose("tau", b.tau(), a.tau(), 1e-10);
        assertThat(b.criticalValue()).isCloseTo(a.criticalValue(), within(1e-7));
    }

    @Test
    void bitsDoNotDependOnTheNumberOfThreads() throws InterruptedException, ExecutionException {
        UnitSamples units = shifted(4, 2500, 60);
        R3d r3d = R3d.withDefaults().withDraws(3000).withTests(TestKind.values());
        R3dFit one = inPool(1, r3d, units);
        for (int threads : new int[] {2, 7}) {
            R3dFit other = inPool(threads, r3d, units);
            assertThat(other.tau()).isEqualTo(one.tau());
            assertThat(other.criticalValue()).isEqualTo(one.criticalValue());
            assertThat(other.tests()).isEqualTo(one.tests());
        }
    }

    private static R3dFit inPool(int threads, R3d r3d, UnitSamples units)
            throws InterruptedException, ExecutionException {
        ForkJoinPool pool = new ForkJoinPool(threads);
        try {
            return pool.submit(() -> r3d.fit(units)).get();
        } finally {
            pool.shutdown();
        }
    }

    @Test
    void enginesHaveTheSameLaw() {
        QuantileMatrix q = deciles(5, 300, 30);
        R3d many = DECILE_R3D.withDraws(20_000);
        double factor = many.fit(q).criticalValue();
        double multiplier = many.with(BootstrapEngine.MULTIPLIER).fit(q).criticalValue();
        assertThat(factor / multiplier)
                .isCloseTo(1, within(0.03)); // 95 % quantiles of 20,000 draws: s.e. about 0.7 % each
    }

    @Test
    void factorReproducesTheCovariance() {
        RandomStream random = RandomStream.of(6, "factor", 0, 0);
        double[] psi = IntStream.range(0, 4 * 7)
                .mapToDouble(i -> random.nextGaussian() * (1 + i % 7))
                .toArray();
        double[] r = CovarianceFactor.of(new Influence(4, 7, psi), Backends.shared());
        for (int a = 0; a < 7; a++) {
            for (int b = 0; b < 7; b++) {
                double expected = 0;
                double actual = 0;
                for (int i = 0; i < 4; i++) {
                    expected += psi[i * 7 + a] * psi[i * 7 + b];
                }
                for (int i = 0; i < 7; i++) {
                    actual += r[i * 7 + a] * r[i * 7 + b];
                }
                assertThat(actual).isCloseTo(expected, within(1e-10));
            }
        }
    }

    /** With 99 percentiles of samples of 10 to 75 observations the covariance is singular or nearly so. */
    @Test
    void drawsOfSingularCovariancesHaveTheRightSpread() {
        R3d percentiles = R3d.withDefaults().with(Bandwidths.fixed(0.6));
        for (int size : new int[] {10, 20, 40, 50, 75}) {
            UnitSamples units = shifted(30 + size, 300, size);
            Settings settings = new Settings();
            Units prepared = new Units(units.quantiles(QuantileType.TYPE7, percentiles.grid()), 0);
            Estimate estimate = Estimate.of(prepared, settings, new double[] {0.6}, Double.NaN, Double.NaN);
            Influence influence = Influence.of(estimate.influence(), 99, null);
            double[] factor = CovarianceFactor.of(influence, Backends.shared());
            double[] se = influence.standardErrors();
            for (int j = 0; j < 99; j++) {
                double variance = 0;
                for (int k = 0; k < factor.length / 99; k++) {
                    variance += factor[k * 99 + j] * factor[k * 99 + j];
                }
                assertThat(Math.sqrt(variance) / se[j]).isCloseTo(1, within(1e-9));
            }
        }
    }

    @Test
    void orderOfUnitsDoesNotMatterWhereTheCovarianceIsSingular() {
        R3d percentiles = R3d.withDefaults().withDraws(300).withTests(TestKind.values());
        for (int size : new int[] {10, 40}) {
            QuantileMatrix q = shifted(31, 300, size).quantiles(QuantileType.TYPE7, percentiles.grid());
            R3dFit a = percentiles.fit(q);
            R3dFit b = percentiles.fit(
                    q.select(IntStream.range(0, 300).map(i -> (i * 7 + 3) % 300).toArray()));
            assertThat(b.criticalValue()).isCloseTo(a.criticalValue(), within(1e-5));
            for (int t = 0; t < a.tests().size(); t++) {
                assertThat(b.tests().get(t).pValue()).isCloseTo(a.tests().get(t).pValue(), within(0.004));
            }
        }
    }

    @Test
    void enginesAgreeOnAFineGrid() {
        R3d percentiles = R3d.withDefaults().withDraws(4000).with(Bandwidths.fixed(0.6));
        for (int size : new int[] {20, 50}) {
            UnitSamples units = shifted(32, 300, size);
            double factor = percentiles.fit(units).criticalValue();
            double multiplier =
                    percentiles.with(BootstrapEngine.MULTIPLIER).fit(units).criticalValue();
            assertThat(factor / multiplier).isCloseTo(1, within(0.06)); // s.e. about 1.5 % each
        }
    }

    @Test
    void polynomialThroughAllUnitsHasNoInference() {
        double[] x = {-0.9, -0.6, -0.3, -0.02, 0.01, 0.2, 0.5, 0.9};
        double[][] rows = new double[8][];
        for (int i = 0; i < 8; i++) {
            rows[i] = new double[] {x[i], 1 + x[i] * x[i] + i % 3};
        }
        R3dFit fit = R3d.withDefaults()
                .with(Bandwidths.fixed(0.85))
                .withTests(TestKind.values())
                .fit(QuantileMatrix.of(x, rows, 0.25, 0.75));
        assertThat(fit.tau()[0]).isFinite();
        assertThat(fit.standardErrors()).containsOnly(Double.NaN);
        assertThat(fit.tests()).isEmpty();
        assertThat(fit.warnings()).anyMatch(w -> w.contains("no residuals"));
    }

    @Test
    void selectedBandwidthsNeverLeaveTooFewUnits() {
        double[] x = new double[24];
        double[][] rows = new double[24][];
        RandomStream random = RandomStream.of(33, "few", 0, 0);
        int tried = 0;
        for (int trial = 0; trial < 200; trial++) {
            for (int i = 0; i < 24; i++) {
                x[i] = (i - 11.5) / 12;
                double m = random.nextGaussian() + 30 * (x[i] > 0 ? 1 : -1) * x[i] * x[i];
                rows[i] = new double[] {m, m + 1};
            }
            R3dFit fit = R3d.withDefaults().withDraws(20).fit(QuantileMatrix.of(x, rows, 0.25, 0.75));
            assertThat(Math.min(fit.effectiveUnitsLeft(), fit.effectiveUnitsRight()))
                    .isGreaterThanOrEqualTo(6);
            tried += fit.warnings().stream()
                            .anyMatch(
                                    w -> w.matches(
                                            ".*of the (outcome|treatment) was pulled back to .*: [0-9.e-]+ instead of [0-9.e-]+.*"))
                    ? 1
                    : 0;
        }
        assertThat(tried).isPositive();
    }

    @Test
    void constantEffectIsHomogeneousWhateverTheRounding() {
        double[][] rows = new double[200][];
        double[] x = deciles(34, 200, 10).runningVariable();
        RandomStream random = RandomStream.of(35, "constant", 0, 0);
        for (int i = 0; i < 200; i++) {
            double m = random.nextGaussian();
            rows[i] = new double[] {m, m + 0.1, m + 0.3};
        }
        R3dFit fit = R3d.withDefaults().withDraws(99).fit(QuantileMatrix.of(x, rows, 0.25, 0.5, 0.75));
        assertThat(fit.test(TestKind.HOMOGENEITY).pValue()).isEqualTo(1);
        R3dFit single = R3d.withDefaults().withGrid(0.5).withDraws(99).fit(shifted(36, 100, 10));
        assertThat(single.test(TestKind.HOMOGENEITY).pValue()).isNaN();
        assertThat(single.warnings()).anyMatch(w -> w.contains("at least two quantiles"));
    }

    @Test
    void unitsOfWeightZeroAreNotThere() {
        QuantileMatrix q = deciles(37, 240, 20);
        double[] weights = IntStream.range(0, 240)
                .mapToDouble(i -> i % 4 == 0 ? 0 : 1 + i % 3)
                .toArray();
        int[] kept = IntStream.range(0, 240).filter(i -> i % 4 != 0).toArray();
        double[] positive = Arrays.stream(kept).mapToDouble(i -> weights[i]).toArray();
        for (Bandwidths rule : List.of(Bandwidths.paper(), Bandwidths.imserd())) {
            R3dFit with = DECILE_R3D.with(rule).fit(q.withUnitWeights(weights));
            R3dFit without = DECILE_R3D.with(rule).fit(q.select(kept).withUnitWeights(positive));
            assertThat(with.bandwidths()).isEqualTo(without.bandwidths());
            assertThat(with.lower()).isEqualTo(without.lower());
            assertThat(DECILE_R3D.with(rule).fit(q.select(kept)).bandwidths()).isNotEqualTo(without.bandwidths());
        }
    }

    @Test
    void fuzzyDesignsHavePlacebosToo() {
        QuantileMatrix q = deciles(38, 600, 20);
        double[] t = Arrays.stream(q.runningVariable()).map(v -> v >= 0 ? 1 : 0).toArray();
        R3dFit fit = DECILE_R3D
                .with(Bandwidths.fuzzy(0.4, 0.4))
                .placeboCutoffs(q.withTreatment(t), 0.5)
                .get(0);
        assertThat(fit.fuzzy()).isFalse();
        assertThat(DECILE_R3D.with(Bandwidths.imserd()).fit(q.withTreatment(t)).firstStage())
                .isCloseTo(1, within(1e-9)); // a treatment that the cutoff decides has no bandwidth of its own
    }

    @Test
    void treatmentInLargeNumbersThatDoesNotJumpIsWeak() {
        QuantileMatrix q = deciles(39, 300, 20);
        double[] t = Arrays.stream(q.runningVariable()).map(v -> 1000 + 500 * v).toArray();
        R3dFit fit = DECILE_R3D.with(Bandwidths.fuzzy(0.5, 0.5)).fit(q.withTreatment(t));
        assertThat(fit.weakFirstStage()).isTrue();
    }

    @Test
    void fewerDrawsAreTheFirstOfMore() {
        QuantileMatrix q = deciles(7, 150, 25);
        Influence influence = new Influence(q.units(), q.points(), Arrays.copyOf(q.flat(), q.units() * q.points()));
        for (Draws draws : List.of(
                Draws.factor(influence, Backends.shared(), 3, "x"),
                Draws.multipliers(influence, Backends.shared(), 3, "x"))) {
            double[] many = new double[64 * 9];
            double[] few = new double[5 * 9];
            draws.fill(64, 64, many);
            draws.fill(70, 5, few);
            assertThat(few).isEqualTo(Arrays.copyOfRange(many, 6 * 9, 11 * 9));
        }
    }

    @Test
    void explicitBiasCorrectionAtEqualBandwidthsIsTheHigherOrder() {
        QuantileMatrix q = deciles(8, 400, 30);
        R3dFit explicit = DECILE_R3D
                .with(BiasCorrection.CCT)
                .with(Bandwidths.fixed(0.6).withBias(0.6))
                .fit(q);
        R3dFit higher = DECILE_R3D.with(Bandwidths.fixed(0.6)).fit(q);
        assertClose("tau", explicit.tau(), higher.tau(), 1e-9);
        assertClose("se", explicit.standardErrors(), higher.standardErrors(), 1e-9);
        R3dFit other = DECILE_R3D
                .with(BiasCorrection.CCT)
                .with(Bandwidths.fixed(0.4).withBias(0.8))
                .fit(q);
        assertThat(other.tau()[4]).isNotCloseTo(higher.tau()[4], within(1e-6));
    }

    @Test
    void explicitBiasCorrectionEqualsTheScalarOneOfUnitMeans() {
        QuantileMatrix q = deciles(8, 400, 30);
        double[] means = IntStream.range(0, q.units())
                .mapToDouble(i -> Arrays.stream(q.row(i)).average().orElseThrow())
                .toArray();
        R3dFit fit = DECILE_R3D
                .with(BiasCorrection.CCT)
                .with(Bandwidths.fixed(0.4).withBias(0.8))
                .fit(q);
        double scalar = ScalarRd.withDefaults()
                .withBandwidth(0.4)
                .withPilotBandwidth(0.8)
                .fit(means, q.runningVariable())
                .robust()
                .estimate();
        assertThat(fit.averageEffect()).isCloseTo(scalar, within(1e-9));
    }

    @Test
    void conventionalFitSaysThatItIgnoresBias() {
        R3dFit fit = DECILE_R3D.with(BiasCorrection.CONVENTIONAL).fit(deciles(9, 200, 30));
        assertThat(fit.warnings()).anyMatch(w -> w.contains("ignore smoothing bias"));
        assertThat(DECILE_R3D.fit(deciles(9, 200, 30)).warnings()).noneMatch(w -> w.contains("smoothing bias"));
    }

    @Test
    void everyUnitItsOwnClusterChangesOnlyTheDegreesOfFreedom() {
        QuantileMatrix q = deciles(10, 300, 30);
        R3d fixed = DECILE_R3D.with(Bandwidths.fixed(2));
        R3dFit plain = fixed.fit(q);
        R3dFit clustered = fixed.fit(q.withClusters(IntStream.range(0, 300).toArray()));
        assertClose("se", clustered.standardErrors(), scaled(plain.standardErrors(), Math.sqrt(300 / 299.0)), 1e-9);
        assertThat(clustered.tau()).isEqualTo(plain.tau());
    }

    @Test
    void copiesOfUnitsInOneClusterCarryNoInformation() {
        QuantileMatrix q = deciles(11, 200, 30);
        int[] twice = IntStream.range(0, 400).map(i -> i / 2).toArray();
        R3d fixed = DECILE_R3D.with(Bandwidths.fixed(0.8)).with(ResidualScaling.HC0);
        R3dFit single = fixed.fit(q.withClusters(IntStream.range(0, 200).toArray()));
        R3dFit doubled = fixed.fit(q.select(twice).withClusters(twice));
        assertClose("tau", doubled.tau(), single.tau(), 1e-9);
        assertClose("se", doubled.standardErrors(), single.standardErrors(), 1e-9);
    }

    @Test
    void weightTwoIsTwoCopies() {
        QuantileMatrix q = deciles(12, 200, 30);
        int[] copies =
                IntStream.range(0, 400).map(i -> i / 2).filter(i -> i % 3 == 0).toArray();
        int[] all = IntStream.concat(IntStream.range(0, 200).filter(i -> i % 3 != 0), Arrays.stream(copies))
                .toArray();
        double[] weights =
                IntStream.range(0, 200).mapToDouble(i -> i % 3 == 0 ? 2 : 1).toArray();
        R3d fixed = DECILE_R3D.with(Bandwidths.fixed(0.7));
        assertClose(
                "tau",
                fixed.fit(q.withUnitWeights(weights)).tau(),
                fixed.fit(q.select(all)).tau(),
                1e-9);
        double[] ones = new double[200];
        Arrays.fill(ones, 5);
        R3dFit equal = DECILE_R3D.fit(q.withUnitWeights(ones));
        assertClose("h", equal.bandwidths(), DECILE_R3D.fit(q).bandwidths(), 1e-9);
        assertClose("se", equal.standardErrors(), DECILE_R3D.fit(q).standardErrors(), 1e-9);
    }

    @Test
    void perfectComplianceIsTheSharpDesign() {
        QuantileMatrix q = deciles(13, 300, 30);
        double[] t = Arrays.stream(q.runningVariable()).map(v -> v >= 0 ? 1 : 0).toArray();
        R3dFit sharp = DECILE_R3D.with(Bandwidths.fixed(0.5)).fit(q);
        R3dFit fuzzy = DECILE_R3D.with(Bandwidths.fuzzy(0.5, 0.5)).fit(q.withTreatment(t));
        assertThat(fuzzy.firstStage()).isCloseTo(1, within(1e-12));
        assertThat(fuzzy.fuzzy()).isTrue();
        assertClose("tau", fuzzy.tau(), sharp.tau(), 1e-10);
        assertClose("se", fuzzy.standardErrors(), sharp.standardErrors(), 1e-10);
    }

    @Test
    void treatmentThatDoesNotJumpGivesNoEffect() {
        QuantileMatrix q = deciles(14, 300, 30);
        double[] t = q.runningVariable();
        R3dFit fit = DECILE_R3D
                .with(Bandwidths.fuzzy(0.5, 0.5))
                .withTests(TestKind.NULLITY)
                .fit(q.withTreatment(t));
        assertThat(fit.warnings()).anyMatch(w -> w.contains("weak first stage") || w.contains("WEAK_FIRST_STAGE"));
        double[] never = Arrays.stream(t).map(v -> v > 0.9 ? 1 : 0).toArray();
        R3dFit none = DECILE_R3D.with(Bandwidths.fuzzy(0.5, 0.5)).fit(q.withTreatment(never));
        assertThat(none.weakFirstStage()).isTrue();
        assertThat(none.tau()).containsOnly(Double.NaN);
        assertThat(none.lower()).containsOnly(Double.NaN);
        assertThat(none.tests()).isEmpty();
    }

    @Test
    void studentisedBandIsProportionalToStandardErrors() {
        R3dFit fit = DECILE_R3D.with(BandType.STUDENTIZED).fit(deciles(15, 300, 30));
        for (int j = 0; j < 9; j++) {
            assertThat((fit.upper()[j] - fit.lower()[j]) / fit.standardErrors()[j])
                    .isCloseTo(2 * fit.criticalValue(), within(1e-9));
        }
        assertThat(fit.criticalValue()).isBetween(1.96, 3.5);
    }

    @Test
    void oneQuantileIsEnough() {
        for (Method method : Method.values()) {
            R3dFit fit = R3d.withDefaults().withGrid(0.5).with(method).fit(shifted(16, 200, 30));
            assertThat(fit.tau()).hasSize(1);
            assertThat(fit.standardErrors()[0]).isPositive();
        }
    }

    @Test
    void donutLeavesOutTheNearest() {
        QuantileMatrix q = deciles(17, 400, 30);
        R3dFit whole = DECILE_R3D.with(Bandwidths.fixed(0.6)).fit(q);
        R3dFit donut = DECILE_R3D.with(Bandwidths.fixed(0.6)).withDonut(0.05).fit(q);
        assertThat(donut.units()).isLessThan(whole.units());
        assertThat(donut.effectiveUnitsLeft()).isLessThan(whole.effectiveUnitsLeft());
    }

    @Test
    void placeboUsesItsOwnSideAlone() {
        QuantileMatrix q = deciles(18, 600, 30);
        R3d r3d = DECILE_R3D.with(Bandwidths.fixed(0.4));
        List<R3dFit> placebos = r3d.placeboCutoffs(q, -0.5, 0.5);
        long below = Arrays.stream(q.runningVariable()).filter(v -> v < 0).count();
        assertThat(placebos.get(0).units()).isEqualTo((int) below);
        assertThat(placebos.get(1).units()).isEqualTo((int) (600 - below));
    }

    @Test
    void sensitivityIsTheFitAtEachBandwidth() {
        QuantileMatrix q = deciles(19, 300, 30);
        List<R3dFit> fits = DECILE_R3D.sensitivity(q, 0.3, 0.6);
        assertThat(fits.get(1).tau())
                .isEqualTo(DECILE_R3D.with(Bandwidths.fixed(0.6)).fit(q).tau());
        assertThat(fits.get(0).standardErrors()[4]).isGreaterThan(fits.get(1).standardErrors()[4]);
    }

    @Test
    void centredGiniTestCanReject() {
        RandomStream random = RandomStream.of(20, "gini", 0, 0);
        int n = 400;
        double[] x = new double[n];
        double[][] z = new double[n][60];
        for (int i = 0; i < n; i++) {
            x[i] = 2 * random.nextDouble() - 1;
            for (int j = 0; j < 60; j++) {
                double spread = x[i] >= 0 ? 1.2 : 0.3;
                z[i][j] = 10 * Math.exp(0.1 * random.nextGaussian() + spread * random.nextGaussian());
            }
        }
        UnitSamples units = UnitSamples.of(x, z);
        R3d r3d = R3d.withDefaults().withDraws(499).withTests(TestKind.GINI);
        assertThat(r3d.fit(units).test(TestKind.GINI).pValue()).isLessThan(0.01);
        assertThat(r3d.with(Compatibility.R_PACKAGE)
                        .fit(units)
                        .test(TestKind.GINI)
                        .pValue())
                .isGreaterThan(0.3); // the package's draws are not centred
    }

    @Test
    void pooledQuantilesOfAShiftAreTheShift() {
        QuantileRd.Fit fit = QuantileRd.withDefaults().withBandwidth(0.5).fit(shifted(21, 4000, 20));
        for (double tau : fit.tau()) {
            assertThat(tau).isCloseTo(2, within(0.5));
        }
        assertThat(QuantileRd.withDefaults().fit(shifted(21, 500, 20)).bandwidth())
                .isPositive();
    }

    @Test
    void pooledQuantilesOfOneUnitPerPointInvertTheDistributionFunction() {
        double[] x = {-0.5, -0.25, 0.25, 0.5};
        double[][] z = {{1, 2, 3, 4}, {1, 2, 3, 4}, {11, 12, 13, 14}, {11, 12, 13, 14}};
        QuantileRd.Fit fit = QuantileRd.withDefaults()
                .with(SmoothingKernel.UNIFORM)
                .withBandwidth(1)
                .withGrid(0.25, 0.3, 0.75, 0.8)
                .fit(UnitSamples.of(x, z));
        assertThat(fit.minus()).containsExactly(1, 2, 3, 4);
        assertThat(fit.tau()).containsExactly(10, 10, 10, 10);
    }
}
