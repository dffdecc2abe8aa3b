package io.verity.estimators.logistic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.verity.stats.linalg.BackendOptions;
import io.verity.stats.linalg.Backends;
import io.verity.stats.linalg.DenseBackend;
import io.verity.stats.random.SplitMix64;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;

class SoftmaxTest {
    /** scikit-learn 1.2.1 (multinomial, newton-cg), polished by a full Newton method ({@code multinomial.json}). */
    @Test
    void threeClassesGiveTheReferenceFits() throws IOException {
        JsonNode golden = RidgeGoldenTest.read("multinomial.json");
        DMatrixRMaj x = RidgeGoldenTest.matrix(golden.get("X"));
        int[] y = RidgeGoldenTest.ints(golden.get("y"));
        for (JsonNode expected : golden.get("fits")) {
            Penalty penalty = Penalty.sum(expected.get("lambdaSum").asDouble());
            SoftmaxFit fit = RidgeLogistic.withDefaults().fitMultinomial(x, y, 3, penalty);
            assertThat(fit.status()).isEqualTo(Status.CONVERGED);
            assertThat(fit.toString()).contains("3 classes", "converged");
            for (int k = 0; k < 3; k++) {
                double[] w = RidgeGoldenTest.doubles(expected.get("W").get(k));
                assertThat(fit.weights(k)).containsExactly(w, within(1e-8));
                assertThat(fit.intercept(k))
                        .isCloseTo(expected.get("interceptCentered").get(k).asDouble(), within(1e-8));
            }
        }
    }

    static DMatrixRMaj rows(int n, int p) {
        SplitMix64 draws = new SplitMix64(n);
        DMatrixRMaj x = new DMatrixRMaj(n, p);
        for (int i = 0; i < x.data.length; i++) {
            x.data[i] = draws.nextDouble() * 4 - 1;
        }
        return x;
    }

    static int[] labels(DMatrixRMaj x, int classes) {
        SplitMix64 draws = new SplitMix64(classes);
        int[] y = new int[x.numRows];
        Arrays.setAll(y, i -> {
            int near = (int) ((x.get(i, 0) + 1) / 4 * classes);
            return draws.nextDouble() < 0.3 ? (int) (draws.nextDouble() * classes) : near;
        });
        return y;
    }

    /** Gradient of the objective at a fit by plain loops; also with respect to the intercepts. */
    private static double largestGradient(SoftmaxFit fit, DMatrixRMaj x, int[] y, double[] weights, double[] centres) {
        int p = x.numCols;
        double[][] gradient = new double[fit.classes()][p + 1];
        for (int k = 0; k < fit.classes(); k++) {
            double[] w = fit.weights(k);
            for (int j = 0; j < p; j++) {
                gradient[k][j] = fit.lambda() * w[j];
            }
        }
        double[] probabilities = new double[y.length * fit.classes()];
        for (int i = 0; i < y.length; i++) {
            double[] row = fit.probabilities(Arrays.copyOfRange(x.data, i * p, (i + 1) * p));
            System.arraycopy(row, 0, probabilities, i * fit.classes(), row.length);
        }
        double largest = 0;
        for (int k = 0; k < fit.classes(); k++) {
            for (int i = 0; i < y.length; i++) {
                double slope = weights[i] * (probabilities[i * fit.classes() + k] - (y[i] == k ? 1 : 0));
                for (int j = 0; j < p; j++) {
                    gradient[k][j] += slope * (x.get(i, j) - centres[j]);
                }
                gradient[k][p] += slope;
            }
            largest = Math.max(
                    largest, Arrays.stream(gradient[k]).map(Math::abs).max().orElseThrow());
        }
        return largest;
    }

    /** 40 x 61 coefficients, beyond those that Newton's method is used for. */
    @Test
    void manyCoefficientsReachAVanishingGradient() {
        DMatrixRMaj x = rows(500, 60);
        int[] y = labels(x, 40);
        double[] weights = new double[500];
        Arrays.setAll(weights, i -> i % 9 == 0 ? 0 : 0.5 + i % 2);
        double[] ones = new double[500];
        Arrays.fill(ones, 1);
        RidgeLogistic ridge = RidgeLogistic.withDefaults();
        for (double[] c : List.of(ones, weights)) {
            SoftmaxFit fit = ridge.withCaseWeights(c).fitMultinomial(x, y, 40, Penalty.sum(0.3));
            assertThat(fit.status()).isEqualTo(Status.CONVERGED);
            double[] centres = new double[60];
            Arrays.fill(centres, 1);
            assertThat(largestGradient(fit, x, y, c, centres)).isLessThan(1e-8 * 500);
            double sum = 0;
            for (int k = 0; k < 40; k++) {
                sum += fit.weights(k)[7];
            }
            assertThat(sum).isCloseTo(0, within(1e-7));
        }
    }

    @Test
    void columnsFarFromZeroGiveTheFitOfColumnsNearIt() {
        for (int classes : new int[] {3, 40}) {
            DMatrixRMaj x = rows(300, 55);
            int[] y = labels(x, classes);
            DMatrixRMaj far = x.copy();
            for (int i = 0; i < 300; i++) {
                far.data[i * 55 + 3] += 0x1p20;
                far.data[i * 55 + 4] = 1234.5;
                x.data[i * 55 + 4] = 0;
            }
            RidgeLogistic ridge = RidgeLogistic.withDefaults();
            SoftmaxFit near = ridge.fitMultinomial(x, y, classes, Penalty.sum(1));
            SoftmaxFit moved = ridge.fitMultinomial(far, y, classes, Penalty.sum(1));
            for (int k = 0; k < classes; k++) {
                assertThat(moved.weights(k)).containsExactly(near.weights(k), within(classes == 3 ? 1e-8 : 1e-5));
            }
            assertThat(moved.objective()).isCloseTo(near.objective(), within(1e-7));
        }
    }

    @Test
    void theBitsDoNotDependOnTheNumberOfThreads() {
        DMatrixRMaj x = rows(3000, 60);
        int[] y = labels(x, 40);
        try (DenseBackend one = Backends.open(new BackendOptions(1));
                DenseBackend three = Backends.open(new BackendOptions(3))) {
            RidgeLogistic ridge = RidgeLogistic.withDefaults().withTolerance(1e-5);
            SoftmaxFit alone = ridge.with(one).fitMultinomial(x, y, 40, Penalty.sum(1));
            SoftmaxFit together = ridge.with(three).fitMultinomial(x, y, 40, Penalty.sum(1));
            assertThat(together.weights(5)).isEqualTo(alone.weights(5));
            assertThat(together.objective()).isEqualTo(alone.objective());
        }
    }

    @Test
    void twoClassesAreTheBinaryFitWithHalfThePenalty() {
        DMatrixRMaj x = rows(80, 6);
        int[] y = labels(x, 2);
        SoftmaxFit soft = RidgeLogistic.withDefaults().fitMultinomial(x, y, 2, Penalty.sum(0.7));
        RidgeFit binary = RidgeLogistic.withDefaults().fit(x, y, Penalty.sum(0.35));
        for (int j = 0; j < 6; j++) {
            assertThat(soft.weights(1)[j] - soft.weights(0)[j]).isCloseTo(binary.weights()[j], within(1e-8));
        }
        assertThat(soft.intercept(1) - soft.intercept(0)).isCloseTo(binary.intercept(), within(1e-8));
        assertThat(soft.logLikelihood()).isCloseTo(binary.logLikelihood(), within(1e-8));
    }

    @Test
    void nearlyCertainRowsKeepTheirDigits() {
        DMatrixRMaj x = rows(40, 90);
        int[] y = labels(x, 2);
        SoftmaxFit soft = RidgeLogistic.withDefaults().fitMultinomial(x, y, 2, Penalty.sum(2e-6));
        RidgeFit binary = RidgeLogistic.withDefaults().fit(x, y, Penalty.sum(1e-6));
        assertThat(soft.objective()).isCloseTo(binary.objective(), within(1e-11 * binary.objective()));
        for (int j = 0; j < 90; j++) {
            assertThat(soft.weights(1)[j] - soft.weights(0)[j]).isCloseTo(binary.weights()[j], within(1e-7));
        }
    }

    @Test
    void weightsSumToZeroOverTheClassesAndProbabilitiesToOne() {
        DMatrixRMaj x = rows(120, 200);
        SoftmaxFit fit = RidgeLogistic.withDefaults().fitMultinomial(x, labels(x, 4), 4, Penalty.sum(0.01));
        assertThat(fit.status()).isEqualTo(Status.CONVERGED);
        assertThat(fit.gradientNorm()).isLessThan(1e-8 * 120);
        for (int j = 0; j < 200; j++) {
            double sum = 0;
            for (int k = 0; k < 4; k++) {
                sum += fit.weights(k)[j];
            }
            assertThat(sum).isCloseTo(0, within(1e-9));
        }
        double[] first = Arrays.copyOf(x.data, 200);
        assertThat(Arrays.stream(fit.probabilities(first)).sum()).isCloseTo(1, within(1e-14));
        assertThat(fit.scores(x).get(0, 2)).isEqualTo(fit.scores(first)[2]);
    }

    @Test
    void aPathGivesTheSingleFits() {
        DMatrixRMaj x = rows(90, 5);
        int[] y = labels(x, 3);
        double[] lambdas = {0.1, 10, 1};
        List<SoftmaxFit> path = RidgeLogistic.withDefaults().pathMultinomial(x, y, 3, lambdas);
        for (int k = 0; k < 3; k++) {
            SoftmaxFit single = RidgeLogistic.withDefaults().fitMultinomial(x, y, 3, Penalty.sum(lambdas[k]));
            assertThat(path.get(k).lambda()).isEqualTo(lambdas[k]);
            assertThat(path.get(k).weights(2)).containsExactly(single.weights(2), within(1e-9));
        }
    }

    @Test
    void aClassApartHasNoFiniteEstimateThoughTheOthersOverlap() {
        DMatrixRMaj x = rows(120, 3);
        int[] apart = labels(x, 2);
        int[] touching = new int[120];
        for (int i = 0; i < 120; i++) {
            apart[i] = x.get(i, 0) > 0.8 ? 2 : i % 2;
            touching[i] = x.get(i, 0) > 0.8 && i % 7 != 0 ? 2 : i % 2;
        }
        RidgeLogistic ridge = RidgeLogistic.withDefaults();
        assertThatThrownBy(() -> ridge.fitMultinomial(x, apart, 3, Penalty.none()))
                .isInstanceOf(SeparableDataException.class)
                .hasMessageContaining("quasi-separable");
        assertThat(ridge.with(SeparablePolicy.RIDGE_LIMIT)
                        .fitMultinomial(x, apart, 3, Penalty.none())
                        .lambda())
                .isPositive();
        assertThat(ridge.fitMultinomial(x, touching, 3, Penalty.none()).status())
                .isEqualTo(Status.CONVERGED);
    }

    @Test
    void whatIsTooLargeForTheExactTestIsNotCalledCertain() {
        DMatrixRMaj x = rows(120, 3);
        int[] apart = labels(x, 2);
        int[] touching = new int[120];
        for (int i = 0; i < 120; i++) {
            apart[i] = x.get(i, 0) > 0.8 ? 2 : i % 2;
            touching[i] = x.get(i, 0) > 0.8 && i % 7 != 0 ? 2 : i % 2;
        }
        Settings settings = RidgeLogistic.withDefaults().settings();
        assertThat(verdict(x, apart, settings, 1e9)).isEqualTo(SoftmaxExistence.Verdict.MISSING);
        assertThat(verdict(x, apart, settings, 0)).isEqualTo(SoftmaxExistence.Verdict.NOT_CERTIFIED);
        assertThat(verdict(x, touching, settings, 0)).isEqualTo(SoftmaxExistence.Verdict.EXISTS);
    }

    private static SoftmaxExistence.Verdict verdict(DMatrixRMaj x, int[] y, Settings settings, double largest) {
        SoftmaxNewton newton = new SoftmaxNewton(x, y, 3, settings);
        SoftmaxFit weak = newton.fit(1e-6 * x.numRows);
        return new SoftmaxExistence(x, y, 3, settings).of(newton.fit(0), weak, largest);
    }

    /** One class, and it alone, has rows in which the last column is not 0: its weight grows without end. */
    @Test
    void aLargeFitTowardsAMaximumThatMayBeMissingSaysSo() {
        int n = 4000;
        DMatrixRMaj x = rows(n, 60);
        int[] y = labels(x, 8);
        for (int i = 0; i < n; i++) {
            x.set(i, 59, y[i] == 7 && i % 3 == 0 ? 1 : 0);
        }
        SoftmaxFit fit = RidgeLogistic.withDefaults().fitMultinomial(x, y, 8, Penalty.none());
        assertThat(fit.warnings()).singleElement().asString().contains("could not be certified");
        assertThat(RidgeLogistic.withDefaults()
                        .fitMultinomial(x, y, 8, Penalty.sum(1))
                        .warnings())
                .isEmpty();
    }

    /** A third column made of the others, the same to nine digits, a constant; and, without an intercept, zeros. */
    @Test
    void dependentColumnsAreRefusedInTheWordsOfTheBinaryFit() {
        DMatrixRMaj x = rows(150, 4);
        int[] y = labels(x, 3);
        int[] two = labels(x, 2);
        RidgeLogistic ridge = RidgeLogistic.withDefaults();
        RidgeLogistic through = ridge.withIntercept(false);
        SplitMix64 draws = new SplitMix64(1);
        DMatrixRMaj sum = column(x, i -> x.get(i, 0) - 3 * x.get(i, 1));
        DMatrixRMaj near = column(x, i -> x.get(i, 0) - 3 * x.get(i, 1) + 1e-9 * draws.nextDouble());
        DMatrixRMaj shifted = column(x, i -> 7 - x.get(i, 1));
        DMatrixRMaj constant = column(x, i -> 12345.678);
        DMatrixRMaj zeros = column(x, i -> 0);
        for (DMatrixRMaj dependent : List.of(sum, near, shifted, constant, zeros)) {
            refusedAlike(ridge, dependent, y, two);
            assertThat(ridge.fitMultinomial(dependent, y, 3, Penalty.sum(0.1)).status())
                    .isEqualTo(Status.CONVERGED);
        }
        refusedAlike(through, sum, y, two);
        refusedAlike(through, zeros, y, two);
        assertThat(through.fitMultinomial(shifted, y, 3, Penalty.none()).status())
                .isEqualTo(Status.CONVERGED);
        double[] weights = new double[150];
        Arrays.setAll(weights, i -> i % 10 == 3 ? 0 : 1 + i % 3);
        refusedAlike(ridge.withCaseWeights(weights), column(x, i -> i % 10 == 3 ? 1 : 2), y, two);
        refusedAlike(ridge.with(ClassWeight.BALANCED), sum, y, two);
    }

    private static DMatrixRMaj column(DMatrixRMaj x, IntToDoubleFunction third) {
        DMatrixRMaj changed = x.copy();
        for (int i = 0; i < x.numRows; i++) {
            changed.set(i, 2, third.applyAsDouble(i));
        }
        return changed;
    }

    private static void refusedAlike(RidgeLogistic ridge, DMatrixRMaj x, int[] y, int[] two) {
        CollinearColumnsException binary =
                catchThrowableOfType(CollinearColumnsException.class, () -> ridge.fit(x, two, Penalty.none()));
        CollinearColumnsException several = catchThrowableOfType(
                CollinearColumnsException.class, () -> ridge.fitMultinomial(x, y, 3, Penalty.none()));
        assertThat(several).hasMessage(binary.getMessage());
        assertThat(several.column()).isEqualTo(2);
    }

    @Test
    void hopelessAndWrongInputIsNamed() {
        DMatrixRMaj x = new DMatrixRMaj(new double[][] {{-1}, {0}, {1}, {2}});
        RidgeLogistic ridge = RidgeLogistic.withDefaults();
        assertThatThrownBy(() -> ridge.fitMultinomial(x, new int[] {0, 0, 1, 1}, 2, Penalty.none()))
                .isInstanceOf(SeparableDataException.class);
        assertThatThrownBy(() -> ridge.fitMultinomial(x, new int[] {0, 0, 1, 1}, 3, Penalty.sum(1)))
                .hasMessage("no row belongs to class 2 of 3");
        assertThatThrownBy(() -> ridge.fitMultinomial(x, new int[] {0, 5, 1, 1}, 2, Penalty.sum(1)))
                .hasMessage("labels must be 0 to 1, but the label of row 2 is 5");
    }
}
