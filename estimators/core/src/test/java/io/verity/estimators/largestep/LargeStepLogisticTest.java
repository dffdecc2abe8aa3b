package io.verity.estimators.largestep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.verity.estimators.EstimatorContract;
import io.verity.stats.linalg.BackendOptions;
import io.verity.stats.linalg.Backends;
import io.verity.stats.linalg.DenseBackend;
import io.verity.stats.losses.LogisticLoss;
import io.verity.stats.result.Provenance;
import io.verity.stats.result.ResultTable;
import java.util.Arrays;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LargeStepLogisticTest extends EstimatorContract<SeparableData, LargeStepFit> {
    private static final LargeStepLogistic FIXED =
            LargeStepLogistic.withDefaults().with(StopRule.maxIterations()).withMaxIterations(200);

    @Override
    protected SeparableData data() {
        return Instances.sep(700, 300, 0.05, 11); // large enough for a second thread
    }

    @Override
    protected LargeStepFit fit(SeparableData data, DenseBackend backend) {
        return FIXED.withMaxIterations(20).withStepSize(10).with(backend).fit(data);
    }

    @Override
    protected double[] estimates(LargeStepFit fit) {
        double[] all = Arrays.copyOf(fit.theta(), fit.theta().length + 3);
        all[all.length - 1] = fit.last().loss();
        all[all.length - 2] = fit.last().gradientNorm();
        all[all.length - 3] = fit.last().meanSigmoid();
        return all;
    }

    @Override
    protected ResultTable table(LargeStepFit fit) {
        return fit.toTable();
    }

    @Override
    protected Provenance provenance(LargeStepFit fit) {
        return fit.provenance();
    }

    @Override
    protected double[] contents(SeparableData data) {
        return data.signedRows();
    }

    @Override
    protected List<BadInput> badInputs() {
        double[][] square = {{1, 2}, {3, 4}};
        LargeStepLogistic method = LargeStepLogistic.withDefaults();
        SeparableData two = Instances.two();
        return List.of(
                new BadInput("no rows", () -> SeparableData.ofSignedRows(new double[0][0]), "no rows"),
                new BadInput("no columns", () -> SeparableData.ofSignedRows(new double[][] {{}, {}}), "no columns"),
                new BadInput(
                        "ragged rows",
                        () -> SeparableData.of(new double[][] {{1, 2}, {3}}, new int[] {1, -1}, false),
                        "ragged",
                        "row 2"),
                new BadInput(
                        "NaN feature",
                        () -> SeparableData.of(new double[][] {{1, 2}, {3, Double.NaN}}, new int[] {1, -1}, false),
                        "NaN",
                        "row 2, column 2"),
                new BadInput(
                        "infinite feature",
                        () -> SeparableData.of(
                                new DMatrixRMaj(new double[][] {{1, Double.POSITIVE_INFINITY}}), new int[] {1}, true),
                        "Infinity",
                        "row 1, column 2"),
                new BadInput(
                        "labels 0 and 1",
                        () -> SeparableData.of(square, new int[] {0, 1}, false),
                        "label 0 at row 1",
                        "2*y-1"),
                new BadInput("label 2", () -> SeparableData.of(square, new int[] {1, 2}, false), "label 2 at row 2"),
                new BadInput("label count", () -> SeparableData.of(square, new int[] {1}, false), "2 rows", "1 labels"),
                new BadInput("step 0", () -> method.withStepSize(0), "step size", "0.0"),
                new BadInput("step -1", () -> method.withStepSize(-1), "step size", "-1.0"),
                new BadInput("step NaN", () -> method.withStepSize(Double.NaN), "step size", "NaN"),
                new BadInput("step infinite", () -> method.withStepSize(1 / 0.0), "step size", "Infinity"),
                new BadInput("step among several", () -> method.fitAll(two, 1, 0), "step size", "0.0"),
                new BadInput("iterations", () -> method.withMaxIterations(-1), "maxIterations", "-1"),
                new BadInput("theta0 length", () -> method.withStart(1, 2, 3).fit(two), "theta0", "3", "2 columns"),
                new BadInput("theta0 NaN", () -> method.withStart(1, Double.NaN), "theta0", "position 2"),
                new BadInput("loss tolerance", () -> StopRule.lossBelow(-1e-9), "tolerance", "-1.0E-9"),
                new BadInput(
                        "tie tolerance", () -> Perceptrons.normalizedBatch().withTieTolerance(-1), "tie", "-1"),
                new BadInput("stride", () -> Recorder.of(Field.LOSS).every(0), "stride", "0"),
                new BadInput(
                        "angle without reference",
                        () -> method.with(Recorder.of(Field.ANGLE_DEGREES)).fit(two),
                        "ANGLE_DEGREES",
                        "withMaxMargin"),
                new BadInput(
                        "reference of other data",
                        () -> method.with(Recorder.of(Field.ANGLE_DEGREES)
                                        .withMaxMargin(MaxMargin.withDefaults().solve(Instances.named("iris01"))))
                                .fit(two),
                        "5 columns",
                        "2"),
                new BadInput(
                        "field not recorded", () -> FIXED.fit(two).trace().values(Field.LOSS), "LOSS was not recorded"),
                new BadInput("prediction length", () -> FIXED.fit(two).predict(new double[3]), "3 features", "2"));
    }

    /** Plain iteration of theta itself with the library's scalar functions and orders of summation. */
    private static double[] unscaled(SeparableData data, double gamma, int steps) {
        int n = data.n();
        double[] theta = new double[data.d()];
        double[] margins = new double[n];
        double[] weights = new double[n];
        double[] sum = new double[data.d()];
        DenseBackend backend = Backends.shared();
        var kernel = backend.logisticKernel(backend.upload(data.signedRows(), n, data.d()));
        for (int t = 0; t < steps; t++) {
            kernel.margins(theta, margins);
            for (int i = 0; i < n; i++) {
                weights[i] = LogisticLoss.sigmoidNegative(margins[i]);
            }
            kernel.combine(weights, sum);
            for (int j = 0; j < theta.length; j++) {
                theta[j] += gamma * (1.0 / n) * sum[j];
            }
        }
        return theta;
    }

    @Test
    void scaledCoordinatesChangeNoBitForPowersOfTwo() {
        for (String name : List.of("wutoy", "sepA", "iris01")) {
            SeparableData data = Instances.named(name);
            for (int k : new int[] {0, 5, 20}) {
                double gamma = Math.scalb(1.0, k);
                LargeStepFit fit = FIXED.withStepSize(gamma).with(Mode.PRIMAL).fit(data);
                assertThat(fit.theta()).as(name + " 2^" + k).containsExactly(unscaled(data, gamma, 200));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Variant.class,
            names = {"GD", "SOFTMAX", "NORMALIZED", "ADAPTIVE"})
    void gramModeAgreesWithPrimalModeUpToRounding(Variant variant) {
        for (String name : List.of("gmix", "wutoy", "worst20")) {
            SeparableData data = Instances.named(name);
            // normalised steps above 1/R^2 multiply rounding at every step
            double gamma = variant == Variant.GD ? 1 : 0.5 / (data.radius() * data.radius());
            LargeStepLogistic method = FIXED.with(variant).withStepSize(gamma).withMaxIterations(60);
            LargeStepFit primal = method.with(Mode.PRIMAL).fit(data);
            LargeStepFit gram = method.with(Mode.GRAM).fit(data);
            assertThat(gram.mode()).isEqualTo(Mode.GRAM);
            double size = RunGeometry.norm(primal.theta());
            assertThat(gram.theta()).containsExactly(primal.theta(), within(1e-9 * size));
            assertThat(gram.separatedAt()).isEqualTo(primal.separatedAt());
        }
    }

    @Test
    void gramModeStartsWhereItIsTold() {
        SeparableData data = Instances.sep(20, 15, .1, 4);
        double[] start = new double[15];
        Arrays.setAll(start, j -> j - 7);
        LargeStepFit primal = FIXED.withStart(start).with(Mode.PRIMAL).fit(data);
        LargeStepFit gram = FIXED.withStart(start).with(Mode.GRAM).fit(data);
        assertThat(gram.theta()).containsExactly(primal.theta(), within(1e-10));
    }

    @Test
    void wideDataUseTheGramMatrixByThemselves() {
        assertThat(FIXED.fit(Instances.named("gmix")).mode()).isEqualTo(Mode.GRAM);
        assertThat(FIXED.fit(Instances.named("sepA")).mode()).isEqualTo(Mode.PRIMAL);
        assertThat(FIXED.fit(Instances.two()).mode()).isEqualTo(Mode.PRIMAL);
    }

    @Test
    void recordingDoesNotChangeTheRun() {
        SeparableData wide = Instances.named("gmix");
        LargeStepLogistic chaotic = FIXED.with(Variant.NORMALIZED).withStepSize(100);
        LargeStepFit recorded = chaotic.with(
                        Recorder.of(Field.LOSS, Field.GRADIENT_NORM).withIterates())
                .fit(wide);
        assertThat(recorded.theta()).containsExactly(chaotic.fit(wide).theta());
    }

    @Test
    void manyStepSizesAtOnceEqualSingleFits() {
        double[] steps = {1e-3, .1, 1, 10, 1e4};
        try (DenseBackend backend = Backends.open(new BackendOptions(2))) {
            SeparableData small = Instances.named("sepA");
            LargeStepLogistic method = LargeStepLogistic.withDefaults()
                    .with(backend)
                    .withMaxIterations(500)
                    .with(Recorder.of(Field.LOSS, Field.MISCLASSIFIED));
            List<LargeStepFit> fits = method.fitAll(small, steps);
            for (int k = 0; k < steps.length; k++) {
                LargeStepFit single = method.withStepSize(steps[k]).fit(small);
                assertThat(fits.get(k).theta()).containsExactly(single.theta());
                assertThat(fits.get(k).trace().values(Field.LOSS))
                        .containsExactly(single.trace().values(Field.LOSS));
            }
            SeparableData large = Instances.sep(600, 150, .05, 3);
            List<LargeStepFit> batch = method.fitAll(large, steps);
            for (int k = 0; k < steps.length; k++) {
                LargeStepFit single = method.withStepSize(steps[k]).fit(large);
                assertThat(batch.get(k).stepSize()).isEqualTo(steps[k]);
                assertThat(batch.get(k).status()).isEqualTo(single.status());
                assertThat(batch.get(k).iterations()).isEqualTo(single.iterations());
                assertThat(batch.get(k).scaledTheta()).containsExactly(single.scaledTheta(), within(1e-10));
                assertThat(batch.get(k).trace().values(Field.LOSS))
                        .containsExactly(single.trace().values(Field.LOSS), within(1e-9 * steps[k]));
                assertThat(batch.get(k).last().gradientNorm())
                        .isCloseTo(single.last().gradientNorm(), within(1e-10));
            }
        }
    }

    @Test
    void aBatchOfStepSizesDoesNotDependOnThreadsOrCompany() {
        SeparableData large = Instances.sep(1200, 120, .05, 3);
        double[][] thetas = new double[3][];
        int k = 0;
        for (int threads : new int[] {1, 2, 5}) {
            try (DenseBackend backend = Backends.open(new BackendOptions(threads))) {
                LargeStepLogistic method =
                        LargeStepLogistic.withDefaults().with(backend).withMaxIterations(100);
                thetas[k++] = method.fitAll(large, .1, 1, 100).get(1).theta();
                thetas[0] = thetas[k - 1];
                assertThat(method.fitAll(large, 1, 50).get(0).theta()).containsExactly(thetas[0]);
            }
        }
        assertThat(thetas[1]).containsExactly(thetas[0]);
        assertThat(thetas[2]).containsExactly(thetas[0]);
    }

    @Test
    void permutedRowsGiveTheSameSeparatorUpToRounding() {
        SeparableData data = Instances.named("sepA");
        double[][] rows = new double[data.n()][];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = data.row((i * 77) % rows.length); // 77 and 200 have no common factor
        }
        LargeStepFit there = FIXED.withStepSize(10).fit(data);
        LargeStepFit back = FIXED.withStepSize(10).fit(SeparableData.ofSignedRows(rows));
        assertThat(back.theta()).containsExactly(there.theta(), within(1e-11 * RunGeometry.norm(there.theta())));
    }

    @Test
    void scalingTheDataAndTheStepScalesTheIterate() {
        SeparableData data = Instances.named("iris01");
        double[][] rows = new double[data.n()][];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = Arrays.stream(data.row(i)).map(v -> 4 * v).toArray();
        }
        LargeStepFit plain = FIXED.withStepSize(16).fit(data);
        LargeStepFit scaled = FIXED.withStepSize(1).fit(SeparableData.ofSignedRows(rows));
        for (int j = 0; j < data.d(); j++) {
            assertThat(4 * scaled.theta()[j]).isEqualTo(plain.theta()[j]); // powers of two round nothing
        }
    }

    @Test
    void hugeStepsKeepTheScaledIterateFinite() {
        LargeStepFit fit = FIXED.withStepSize(1e305).withMaxIterations(20_000).fit(Instances.named("worst20"));
        assertThat(fit.scaledTheta()).doesNotContain(Double.NaN, Double.POSITIVE_INFINITY);
        assertThat(fit.separatedAt()).hasValue(7);
    }

    @Test
    void lossUnderflowKeepsItsLogarithm() {
        LargeStepFit fit = FIXED.withStepSize(1e4).fit(Instances.two());
        assertThat(fit.last().loss()).isZero();
        assertThat(fit.last().logLoss()).isFinite().isLessThan(-1000);
        assertThat(fit.converged()).isFalse();
        assertThat(fit.separatedAt()).hasValue(2);
    }

    @Test
    void averagedIterateOfSoftmaxIsTheMeanOfTheIterates() {
        LargeStepFit fit = FIXED.with(Variant.SOFTMAX)
                .withStepSize(3)
                .withMaxIterations(25)
                .with(Recorder.of(Field.AVERAGED_MIN_MARGIN, Field.AVERAGED_LOG_EXPONENTIAL_LOSS)
                        .withIterates())
                .fit(Instances.wuToy());
        double[] mean = new double[2];
        for (int t = 0; t < 25; t++) {
            for (int j = 0; j < 2; j++) {
                mean[j] += fit.trace().iterate(t)[j] / 25;
            }
        }
        assertThat(fit.averagedTheta()).containsExactly(mean, within(1e-13));
        double[] margins = new double[4];
        for (int i = 0; i < 4; i++) {
            margins[i] = RunGeometry.dot(Instances.wuToy().row(i), mean);
        }
        double phi =
                Math.log(Arrays.stream(margins).map(m -> Math.exp(-m)).average().orElseThrow());
        assertThat(fit.trace().values(Field.AVERAGED_MIN_MARGIN)[25])
                .isCloseTo(Arrays.stream(margins).min().orElseThrow(), within(1e-12));
        assertThat(fit.trace().values(Field.AVERAGED_LOG_EXPONENTIAL_LOSS)[25]).isCloseTo(phi, within(1e-12));
        assertThat(fit.trace().values(Field.AVERAGED_MIN_MARGIN)[0]).isNaN();
    }

    @Test
    void recordedFieldsAgreeWithTheirDefinitions() {
        SeparableData data = Instances.named("sepA");
        MarginResult margin = MaxMargin.withDefaults().solve(data);
        Recorder recorder =
                Recorder.of(Field.values()).withMaxMargin(margin).every(7).withIterates();
        Trace trace = FIXED.withStepSize(14)
                .withMaxIterations(30)
                .with(recorder)
                .fit(data)
                .trace();
        assertThat(trace.iterations()).containsExactly(0, 7, 14, 21, 28, 30);
        double[] theta = trace.iterate(3);
        double norm = RunGeometry.norm(theta);
        double least = Double.POSITIVE_INFINITY;
        for (int i = 0; i < data.n(); i++) {
            least = Math.min(least, RunGeometry.dot(data.row(i), theta));
        }
        assertThat(trace.values(Field.MIN_MARGIN)[3]).isCloseTo(least, within(1e-12 * norm));
        assertThat(trace.values(Field.NORM)[3]).isCloseTo(norm, within(1e-13 * norm));
        assertThat(trace.values(Field.MARGIN_RATIO)[3]).isCloseTo(least / norm / margin.marginLower(), within(1e-12));
        assertThat(trace.values(Field.ANGLE_DEGREES)[3])
                .isCloseTo(RunGeometry.angleDegrees(theta, margin.direction()), within(1e-10));
        assertThat(trace.values(Field.EDGE_RATIO)[3]).isEqualTo(14 * trace.values(Field.SHARPNESS)[3] / 2);
        assertThat(trace.values(Field.SHARPNESS)[0]).isCloseTo(data.smoothness(), within(1e-12));
        assertThat(trace.values(Field.LOG_LOSS)[3]).isCloseTo(Math.log(trace.values(Field.LOSS)[3]), within(1e-14));
        assertThat(trace.values(Field.NORMALIZED_MARGIN)[0]).isNaN();
        assertThat(trace.toTable().rows()).hasSize(6);
    }

    @Test
    void lossHistoryCountsIncreases() {
        LargeStepFit wild = FIXED.withStepSize(10)
                .withMaxIterations(300)
                .with(Recorder.of(Field.LOSS_INCREASES, Field.LAST_INCREASE))
                .fit(Instances.wuToy());
        assertThat(wild.lossHistory().increases()).isEqualTo(9);
        assertThat(wild.lossHistory().lastIncrease()).isEqualTo(14);
        SeparableData data = Instances.named("sepA");
        LargeStepFit calm = FIXED.withStepSize(1.9 / data.smoothness())
                .withMaxIterations(300)
                .with(Recorder.of(Field.LOSS_INCREASES).every(100))
                .fit(data);
        assertThat(calm.lossHistory().increases()).isZero();
        assertThat(1.9 / data.smoothness()).isCloseTo(14.252, within(5e-4));
    }

    @Test
    void exponentialLossBlowsUpWhereLogisticLossDoesNot() {
        LargeStepFit exponential =
                FIXED.with(Variant.EXPONENTIAL_LOSS).withStepSize(2).fit(Instances.wuToy());
        assertThat(exponential.status()).isEqualTo(Status.OVERFLOW);
        assertThat(exponential.iterations()).isLessThanOrEqualTo(4);
        LargeStepFit logistic = FIXED.withStepSize(2).withMaxIterations(2000).fit(Instances.wuToy());
        assertThat(logistic.last().loss()).isCloseTo(.0064, within(5e-5));
    }

    @Test
    void stopRulesStopWhereTheySay() {
        LargeStepLogistic method = LargeStepLogistic.withDefaults().withStepSize(1);
        LargeStepFit loss = method.with(StopRule.lossBelow(.1)).fit(Instances.two());
        assertThat(loss.status()).isEqualTo(Status.TOLERANCE);
        assertThat(loss.last().loss()).isLessThan(.1);
        LargeStepFit before = method.withMaxIterations(loss.iterations() - 1)
                .with(StopRule.maxIterations())
                .fit(Instances.two());
        assertThat(before.last().loss()).isGreaterThanOrEqualTo(.1);
        LargeStepFit gradient = method.with(StopRule.gradientBelow(.05)).fit(Instances.two());
        assertThat(gradient.last().gradientNorm()).isLessThan(.05);
        LargeStepFit nothing = method.withMaxIterations(0).fit(Instances.two());
        assertThat(nothing.iterations()).isZero();
        assertThat(nothing.theta()).containsExactly(0, 0);
        assertThat(nothing.last().normalizedMargin()).isNaN();
    }

    @Test
    void adaptiveStepsNeedLinearlyManyIterationsOnTheWorstCase() {
        LargeStepFit fit = LargeStepLogistic.withDefaults()
                .with(Variant.ADAPTIVE)
                .withStepSize(1000)
                .fit(Instances.worst(200));
        assertThat(fit.separatedAt()).hasValue(90);
    }

    @Test
    void predictionsFollowTheSignOfTheScore() {
        double[][] features = {{1, 5}, {2, 1}, {-1, 0}};
        LargeStepFit fit = LargeStepLogistic.withDefaults().fit(SeparableData.of(features, new int[] {1, 1, -1}, true));
        assertThat(fit.separated()).isTrue();
        assertThat(fit.predict(features[0])).isEqualTo(1);
        assertThat(fit.predict(features[2])).isEqualTo(-1);
        assertThat(fit.score(new double[] {0, 0})).isEqualTo(fit.theta()[2]);
        assertThat(fit.toTable().rows()).hasSize(3);
    }

    @Test
    void hopelessDataAreReportedAndNotThrown() {
        SeparableData oneLabel = SeparableData.of(new double[][] {{1, 2}, {1, 3}}, new int[] {1, 1}, false);
        assertThat(oneLabel.remarks()).singleElement().asString().contains("only the label +1");
        assertThat(LargeStepLogistic.withDefaults().fit(oneLabel).separated()).isTrue();
        SeparableData zeroRow = SeparableData.of(new double[][] {{1}, {0}, {1}}, new int[] {1, -1, 1}, false);
        assertThat(zeroRow.remarks()).anyMatch(r -> r.contains("row 2 is all zeros"));
        assertThat(zeroRow.remarks()).anyMatch(r -> r.contains("row 3 equals row 1"));
        assertThat(LargeStepLogistic.withDefaults()
                        .withMaxIterations(5)
                        .fit(zeroRow)
                        .status())
                .isEqualTo(Status.MAX_ITER);
    }
}
