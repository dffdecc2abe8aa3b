package io.verity.estimators.bayes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.verity.stats.EstimationException;
import io.verity.stats.linalg.BackendOptions;
import io.verity.stats.linalg.Backends;
import io.verity.stats.linalg.DenseBackend;
import io.verity.stats.random.RandomStream;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class GaussianNaiveBayesTest {
    private static final GaussianNaiveBayes SHARED = GaussianNaiveBayes.withDefaults();
    private static final GaussianNaiveBayes OWN = SHARED.with(Variance.PER_CLASS);

    private static DMatrixRMaj rows(int n, int d, int classes, long seed) {
        RandomStream random = RandomStream.of(seed, "naive Bayes test", n, d);
        DMatrixRMaj x = new DMatrixRMaj(n, d);
        for (int i = 0; i < x.data.length; i++) {
            x.data[i] = (i / d % classes) * 0.3 * (i % d + 1) + (1 + i % d) * random.nextGaussian();
        }
        return x;
    }

    private static int[] labels(int n, int classes) {
        int[] y = new int[n];
        Arrays.setAll(y, i -> i % classes);
        return y;
    }

    private static double[] numbers(NaiveBayesFit fit) {
        return DoubleStream.concat(
                        Arrays.stream(fit.means()).flatMapToDouble(Arrays::stream),
                        Arrays.stream(fit.variances()).flatMapToDouble(Arrays::stream))
                .toArray();
    }

    @ParameterizedTest
    @EnumSource(Variance.class)
    void meansAndVariancesAreThoseOfTheDefinition(Variance variance) {
        int n = 1000;
        int d = 3;
        DMatrixRMaj x = rows(n, d, 4, 5);
        int[] y = labels(n, 4);
        NaiveBayesFit fit =
                SHARED.with(variance).with(VarianceFloor.absolute(0)).fit(x, y, 4);
        double[][] squares = new double[4][d];
        for (int j = 0; j < d; j++) {
            double[] sums = new double[4];
            for (int i = 0; i < n; i++) {
                sums[y[i]] += x.get(i, j);
            }
            for (int k = 0; k < 4; k++) {
                assertThat(fit.means()[k][j]).isCloseTo(sums[k] / 250, within(1e-12));
            }
            for (int i = 0; i < n; i++) {
                double deviation = x.get(i, j) - sums[y[i]] / 250;
                squares[y[i]][j] += deviation * deviation;
            }
        }
        for (int j = 0; j < d; j++) {
            int feature = j;
            double together =
                    Arrays.stream(squares).mapToDouble(s -> s[feature]).sum() / n;
            if (variance == Variance.SHARED) {
                assertThat(fit.variances().length).isEqualTo(1);
                assertThat(fit.variances()[0][j]).isCloseTo(together, within(1e-11 * together));
            } else {
                for (int k = 0; k < 4; k++) {
                    assertThat(fit.variances()[k][j]).isCloseTo(squares[k][j] / 250, within(1e-11 * together));
                }
            }
        }
    }

    @Test
    void bitsDependNeitherOnThreadsNorOnPieces() {
        int n = 60_000;
        DMatrixRMaj x = rows(n, 4, 3, 9);
        int[] y = labels(n, 3);
        double[] expected = numbers(OWN.fit(x, y, 3));
        try (DenseBackend three = Backends.open("java", new BackendOptions(3))) {
            NaiveBayesFit fit = OWN.with(three).fit(x, y, 3);
            assertThat(numbers(fit)).containsExactly(expected);
            assertThat(fit.predict(x)).containsExactly(OWN.fit(x, y, 3).predict(x));
        }
        NaiveBayesAccumulator pieces = OWN.accumulator(3, 4);
        int[] cuts = {0, 7, 8, 1000, 20_011, 20_012, 55_000, n};
        for (int c = 1; c < cuts.length; c++) {
            DMatrixRMaj part = new DMatrixRMaj(cuts[c] - cuts[c - 1], 4);
            System.arraycopy(x.data, cuts[c - 1] * 4, part.data, 0, part.data.length);
            pieces.add(part, Arrays.copyOfRange(y, cuts[c - 1], cuts[c]));
            if (c == 3) {
                pieces.fit(); // asking in between changes nothing
            }
        }
        assertThat(numbers(pieces.fit())).containsExactly(expected);
        NaiveBayesAccumulator single = OWN.accumulator(3, 4);
        for (int i = 0; i < n; i++) {
            single.add(Arrays.copyOfRange(x.data, i * 4, i * 4 + 4), y[i]);
        }
        assertThat(numbers(single.fit())).containsExactly(expected);
        assertThat(single.rows()).isEqualTo(n);
    }

    @ParameterizedTest
    @EnumSource(Variance.class)
    void mergedFitsAreTheFitToAllRows(Variance variance) {
        GaussianNaiveBayes model = SHARED.with(variance);
        DMatrixRMaj x = rows(301, 5, 3, 2);
        int[] y = labels(301, 3);
        NaiveBayesFit whole = model.fit(x, y, 3);
        DMatrixRMaj first = new DMatrixRMaj(100, 5, true, Arrays.copyOf(x.data, 500));
        DMatrixRMaj second = new DMatrixRMaj(201, 5, true, Arrays.copyOfRange(x.data, 500, 1505));
        NaiveBayesFit merged =
                model.fit(first, Arrays.copyOf(y, 100), 3).merge(model.fit(second, Arrays.copyOfRange(y, 100, 301), 3));
        assertThat(numbers(merged)).containsExactly(numbers(whole), within(1e-12));
        assertThat(merged.priors()).containsExactly(whole.priors(), within(1e-15));
        assertThat(merged.floor()).isCloseTo(whole.floor(), within(1e-20));
        assertThat(merged.rows()).isEqualTo(301);
    }

    @ParameterizedTest
    @EnumSource(Variance.class)
    void wholeWeightsAreRepeatedRows(Variance variance) {
        GaussianNaiveBayes model = SHARED.with(variance).with(VarianceFloor.absolute(1e-9));
        DMatrixRMaj x = rows(40, 3, 2, 3);
        int[] y = labels(40, 2);
        double[] w = new double[40];
        Arrays.setAll(w, i -> i % 4);
        NaiveBayesAccumulator repeated = model.accumulator(2, 3);
        for (int i = 0; i < 40; i++) {
            for (int r = 0; r < i % 4; r++) {
                repeated.add(Arrays.copyOfRange(x.data, 3 * i, 3 * i + 3), y[i]);
            }
        }
        NaiveBayesFit weighted = model.withCaseWeights(w).fit(x, y, 2);
        assertThat(numbers(weighted)).containsExactly(numbers(repeated.fit()), within(1e-12));
        assertThat(weighted.priors()).containsExactly(repeated.fit().priors(), within(1e-15));
        assertThat(weighted.classRows()).containsExactly(10, 20);
    }

    @Test
    void relativeFloorIgnoresWeights() {
        DMatrixRMaj x = new DMatrixRMaj(new double[][] {{0, 0}, {2, 0}, {4, 1}, {6, 1}});
        GaussianNaiveBayes model = OWN.with(VarianceFloor.relative(0.5));
        double expected = 0.5 * 5;
        assertThat(model.withCaseWeights(1, 3, 0.5, 9)
                        .fit(x, new int[] {0, 0, 1, 1}, 2)
                        .floor())
                .isCloseTo(expected, within(1e-15));
        assertThat(model.fit(x, new int[] {0, 0, 1, 1}, 2).floor()).isCloseTo(expected, within(1e-15));
    }

    @Test
    void farFromZeroNothingCancels() {
        DMatrixRMaj x = rows(300, 2, 2, 8);
        // entries on a grid of 2^-20 are exact after the shift, too
        for (int i = 0; i < x.data.length; i++) {
            x.data[i] = Math.rint(x.data[i] * 0x1p20) * 0x1p-20;
        }
        DMatrixRMaj far = x.copy();
        for (int i = 0; i < far.data.length; i++) {
            far.data[i] += 0x1p30;
        }
        int[] y = labels(300, 2);
        NaiveBayesFit near = OWN.fit(x, y, 2);
        NaiveBayesFit shifted = OWN.fit(far, y, 2);
        for (int k = 0; k < 2; k++) {
            for (int j = 0; j < 2; j++) {
                assertThat(shifted.variances()[k][j])
                        .isCloseTo(near.variances()[k][j], within(1e-12 * near.variances()[k][j]));
            }
        }
        // means themselves are rounded to 1e-7 here
        assertThat(shifted.scores(far).data).containsExactly(near.scores(x).data, within(1e-5));
        assertThat(shifted.predict(far)).containsExactly(near.predict(x));
    }

    @Test
    void sharedVariancesGiveLinearScores() {
        DMatrixRMaj x = rows(90, 4, 3, 1);
        NaiveBayesFit fit = SHARED.withPriors(0.2, 0.3, 0.5).fit(x, labels(90, 3), 3);
        DMatrixRMaj scores = fit.scores(x);
        double[] v = fit.variances()[0];
        for (int i = 0; i < 90; i++) {
            double[] linear = new double[3];
            for (int k = 0; k < 3; k++) {
                linear[k] = Math.log(fit.priors()[k]);
                for (int j = 0; j < 4; j++) {
                    double m = fit.means()[k][j];
                    linear[k] += m / v[j] * x.get(i, j) - 0.5 * m * m / v[j];
                }
            }
            assertThat(scores.get(i, 1) - scores.get(i, 0)).isCloseTo(linear[1] - linear[0], within(1e-11));
            assertThat(scores.get(i, 2) - scores.get(i, 0)).isCloseTo(linear[2] - linear[0], within(1e-11));
        }
    }

    @Test
    void givenPriorsDoNotEnterTheSharedVariance() {
        DMatrixRMaj x = rows(60, 2, 2, 4);
        int[] y = new int[60];
        Arrays.fill(y, 50, 60, 1);
        NaiveBayesFit empirical = SHARED.fit(x, y, 2);
        NaiveBayesFit given = SHARED.withPriors(0.5, 0.5).fit(x, y, 2);
        assertThat(given.variances()[0]).containsExactly(empirical.variances()[0]);
        assertThat(given.priors()).containsExactly(0.5, 0.5);
        assertThat(SHARED.withUniformPriors().fit(x, y, 2).priors()).containsExactly(0.5, 0.5);
        assertThat(SHARED.withUniformPriors().withPriors().fit(x, y, 2).priors())
                .containsExactly(50 / 60.0, 10 / 60.0);
    }

    @Test
    void equalScoresGoToTheLowestClass() {
        double[][] x = {{-1}, {-1}, {1}, {1}, {1}, {-1}};
        NaiveBayesFit fit = SHARED.fit(x, new int[] {0, 1, 0, 1, 2, 2});
        assertThat(fit.predict(new DMatrixRMaj(new double[][] {{0}, {3}}))).containsExactly(0, 0);
        DMatrixRMaj p = fit.probabilities(new DMatrixRMaj(new double[][] {{0.25}}));
        assertThat(p.data).containsExactly(new double[] {1 / 3.0, 1 / 3.0, 1 / 3.0}, within(1e-15));
    }

    @Test
    void logPosteriorsAreLogarithmsOfProbabilities() {
        DMatrixRMaj x = rows(50, 3, 3, 6);
        NaiveBayesFit fit = OWN.fit(x, labels(50, 3), 3);
        DMatrixRMaj p = fit.probabilities(x);
        DMatrixRMaj log = fit.logPosterior(x);
        for (int i = 0; i < 50; i++) {
            double sum = 0;
            for (int k = 0; k < 3; k++) {
                sum += p.get(i, k);
                assertThat(log.get(i, k)).isCloseTo(Math.log(p.get(i, k)), within(1e-13));
            }
            assertThat(sum).isCloseTo(1, within(1e-15));
        }
    }

    @Test
    void constantFeaturesChangeNothingAndAreNamed() {
        double[][] x = {{0.1, 7.3}, {0.4, 7.3}, {1.1, 7.3}, {1.9, 7.3}};
        double[][] without = {{0.1}, {0.4}, {1.1}, {1.9}};
        int[] y = {0, 0, 1, 1};
        for (Variance variance : Variance.values()) {
            NaiveBayesFit fit = SHARED.with(variance).fit(x, y);
            DMatrixRMaj p = fit.probabilities(new DMatrixRMaj(x));
            assertThat(p.data)
                    .containsExactly(
                            SHARED.with(variance).fit(without, y).probabilities(new DMatrixRMaj(without)).data,
                            within(1e-12));
            assertThat(fit.warnings()).singleElement().asString().contains("CONSTANT_FEATURE", "feature 2");
            // a value never seen is equally unlikely in all classes
            assertThat(fit.probabilities(new DMatrixRMaj(new double[][] {{0.1, 8}})).data)
                    .containsExactly(Arrays.copyOf(p.data, 2), within(1e-6));
        }
    }

    @Test
    void classesOfOneRowAreNamedWhereTheyMatter() {
        double[][] x = {{0}, {1}, {5}, {6}, {9}};
        int[] y = {0, 0, 1, 1, 2};
        assertThat(OWN.fit(x, y).warnings())
                .singleElement()
                .asString()
                .contains("SINGLETON_CLASS", "class 2")
                .doesNotContain("class 1");
        assertThat(SHARED.fit(x, y).warnings()).isEmpty();
        assertThat(OWN.fit(x, y).warnings(List.of("a", "b", "c"), List.of("height")))
                .singleElement()
                .asString()
                .contains("c has one row");
    }

    @Test
    void oneRowPerClassIsFittedWithAWarning() {
        double[][] x = {{0, 1}, {2, 5}, {4, 4}};
        NaiveBayesFit fit = SHARED.fit(x, new int[] {0, 1, 2});
        assertThat(fit.variances()[0]).containsExactly(1e-9, 1e-9);
        assertThat(fit.warnings()).singleElement().asString().contains("DEGENERATE_VARIANCE", "1.0E-9");
        assertThat(fit.predict(new DMatrixRMaj(x))).containsExactly(0, 1, 2);
    }

    @Test
    void aHundredClassesAndOneColumn() {
        double[][] x = new double[300][1];
        int[] y = new int[300];
        for (int i = 0; i < 300; i++) {
            y[i] = i % 100;
            x[i][0] = 10 * y[i] + (i / 100 - 1);
        }
        NaiveBayesFit fit = OWN.fit(x, y);
        assertThat(fit.predict(new DMatrixRMaj(x))).containsExactly(y);
        assertThat(fit.error(new DMatrixRMaj(x), y)).isZero();
    }

    @Test
    void classesMayComeLaterButNotTooLate() {
        NaiveBayesAccumulator accumulator = SHARED.accumulator(3, 1);
        accumulator.add(new DMatrixRMaj(new double[][] {{1}, {2}}), new int[] {0, 2});
        assertThatThrownBy(accumulator::fit)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("class 1");
        accumulator.add(new double[] {3}, 1);
        assertThat(accumulator.fit().classRows()).containsExactly(1, 1, 1);
    }

    @Test
    void aFitGoesOnWithMoreRows() {
        DMatrixRMaj x = rows(80, 2, 2, 7);
        int[] y = labels(80, 2);
        NaiveBayesFit half = OWN.fit(new DMatrixRMaj(40, 2, true, Arrays.copyOf(x.data, 80)), Arrays.copyOf(y, 40), 2);
        NaiveBayesAccumulator more = half.accumulator();
        more.add(new DMatrixRMaj(40, 2, true, Arrays.copyOfRange(x.data, 80, 160)), Arrays.copyOfRange(y, 40, 80));
        assertThat(numbers(more.fit())).containsExactly(numbers(OWN.fit(x, y, 2)), within(1e-12));
    }

    private static void refused(ThrowingCallable attempt, String... words) {
        assertThatThrownBy(attempt)
                .isInstanceOf(IllegalArgumentException.class)
                .satisfies(e -> assertThat(e.getMessage()).contains(words));
    }

    @Test
    void badInputIsRefusedByNameAndPlace() {
        double[][] x = {{1, 2}, {3, 4}, {5, 6}};
        int[] y = {0, 1, 1};
        refused(() -> SHARED.fit(new double[0][], new int[0]), "no rows");
        refused(() -> SHARED.fit(new DMatrixRMaj(0, 2), new int[3], 2), "0 rows", "3 labels");
        refused(() -> SHARED.fit(new double[][] {{1, 2}, {3}}, new int[] {0, 1}), "row 2", "1 columns", "2");
        refused(() -> SHARED.fit(x, new int[] {0, 1}), "3 rows", "2 labels");
        refused(
                () -> SHARED.fit(new double[][] {{1, 2}, {3, Double.NaN}}, new int[] {0, 1}),
                "NaN",
                "row 2",
                "column 2");
        refused(
                () -> SHARED.fit(
                        new DMatrixRMaj(new double[][] {{1}, {Double.NEGATIVE_INFINITY}}), new int[] {0, 1}, 2),
                "-Infinity",
                "row 2",
                "column 1");
        refused(() -> SHARED.fit(x, new int[] {0, -1, 1}), "row 2", "-1", "0 to 1");
        refused(() -> SHARED.fit(new DMatrixRMaj(x), new int[] {0, 1, 2}, 2), "row 3", "is 2", "0 to 1");
        refused(() -> SHARED.fit(x, new int[3]), "classes", "2", "is 1");
        refused(() -> SHARED.fit(x, new int[] {0, 2, 2}), "class 1");
        refused(() -> SHARED.withCaseWeights(1, -2, 1), "row 2", "-2");
        refused(() -> SHARED.withCaseWeights(1, 1, Double.NaN), "row 3", "NaN");
        refused(() -> SHARED.withCaseWeights(0, 1, 1).fit(x, y), "class 0", "positive weight");
        refused(() -> SHARED.withCaseWeights(1, 1).fit(x, y), "3 rows", "2 weights");
        refused(() -> SHARED.withPriors(0.5, 0.4), "sum", "0.9");
        refused(() -> SHARED.withPriors(1.5, -0.5), "positive", "class 1", "sum found: 1.0");
        refused(() -> SHARED.withPriors(0.2, 0.3, 0.5).fit(x, y), "3 priors", "2 classes", "sum 1.0");
        refused(() -> VarianceFloor.absolute(-1e-9), "varianceFloor", "-1.0E-9");
        refused(() -> VarianceFloor.relative(Double.NaN), "varianceFloor", "NaN");
        double[][] constant = {{1, 7}, {2, 7}, {5, 7}, {7, 7}};
        int[] two = {0, 0, 1, 1};
        refused(() -> SHARED.with(VarianceFloor.absolute(0)).fit(constant, two), "feature 2", "variance 0");
        refused(() -> OWN.with(VarianceFloor.relative(0)).fit(constant, two), "feature 2", "class 0");
        NaiveBayesFit fit = SHARED.fit(x, y);
        refused(() -> fit.predict(new DMatrixRMaj(1, 3)), "3 columns", "2 features");
        refused(
                () -> fit.scores(new DMatrixRMaj(new double[][] {{1, 2}, {1, Double.NaN}})),
                "NaN",
                "row 2",
                "column 2");
        NaiveBayesFit oneFeature = SHARED.fit(new double[][] {{1}, {2}}, new int[] {0, 1});
        refused(() -> fit.merge(oneFeature), "2 classes of 1 features", "2 of 2");
        refused(() -> SHARED.accumulator(2, 2).add(new double[3], 0), "row 1", "3 entries", "2 features");
    }

    @Test
    void overflowIsSaidRatherThanReturned() {
        double[][] x = {{1e200}, {-1e200}, {3e200}, {1}};
        assertThatThrownBy(() -> SHARED.fit(x, new int[] {0, 0, 1, 1}))
                .isInstanceOf(EstimationException.class)
                .hasMessageContaining("overflow");
        NaiveBayesFit fit = SHARED.fit(new double[][] {{1}, {2}}, new int[] {0, 1});
        assertThatThrownBy(() -> fit.probabilities(new DMatrixRMaj(new double[][] {{1e200}})))
                .isInstanceOf(EstimationException.class)
                .hasMessageContaining("row 1");
    }

    @ParameterizedTest
    @EnumSource(Variance.class)
    void theKernelGivesTheSameFits(Variance variance) {
        GaussianNaiveBayes model = SHARED.with(variance);
        NaiveBayesKernel kernel = NaiveBayesKernel.of(model, 3, 5);
        DMatrixRMaj test = rows(400, 5, 3, 77);
        double[] expanded = NaiveBayesKernel.expand(test.data, 400, 5);
        for (int sample = 0; sample < 4; sample++) {
            DMatrixRMaj x = rows(30 + sample, 5, 3, sample);
            int[] y = labels(30 + sample, 3);
            NaiveBayesFit fit = model.fit(x, y, 3);
            assertThat(kernel.fit(x.data, y, 30 + sample)).isTrue();
            assertThat(kernel.means()).containsExactly(new DMatrixRMaj(fit.means()).data);
            assertThat(kernel.variances()).containsExactly(new DMatrixRMaj(fit.variances()).data, within(1e-15));
            assertThat(kernel.errors(test.data, labels(400, 3), 400))
                    .isEqualTo(Math.round(400 * fit.error(test, labels(400, 3))));
            double[] coefficients = new double[11 * 4];
            kernel.writeCoefficients(coefficients, 1, 4);
            kernel.writeContrast(2, 1, coefficients, 0, 4);
            DMatrixRMaj scores = fit.scores(test);
            for (int i = 0; i < 400; i++) {
                double contrast = 0;
                for (int r = 0; r < 11; r++) {
                    contrast += expanded[i * 11 + r] * coefficients[r * 4];
                }
                assertThat(contrast).isCloseTo(scores.get(i, 2) - scores.get(i, 1), within(1e-10));
                for (int k = 0; k < 3; k++) {
                    double sum = 0;
                    for (int r = 0; r < 11; r++) {
                        sum += expanded[i * 11 + r] * coefficients[r * 4 + 1 + k];
                    }
                    assertThat(sum).isCloseTo(scores.get(i, k), within(1e-10));
                }
            }
            if (variance == Variance.SHARED) {
                double[] w = new double[5];
                double b = kernel.contrast(2, 0, w);
                double at = b;
                for (int j = 0; j < 5; j++) {
                    at += w[j] * test.get(3, j);
                }
                assertThat(at).isCloseTo(scores.get(3, 2) - scores.get(3, 0), within(1e-12));
            }
        }
        assertThat(kernel.fit(test.data, new int[400], 400)).isFalse();
    }
}
