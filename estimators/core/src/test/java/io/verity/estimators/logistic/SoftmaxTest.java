package io.verity.estimators.logistic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.verity.stats.random.SplitMix64;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
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
            for (int k = 0; k < 3; k++) {
                double[] w = RidgeGoldenTest.doubles(expected.get("W").get(k));
                assertThat(fit.weights(k)).containsExactly(w, within(1e-8));
                assertThat(fit.intercept(k))
                        .isCloseTo(expected.get("interceptCentered").get(k).asDouble(), within(1e-8));
            }
        }
    }

    private static DMatrixRMaj rows(int n, int p) {
        SplitMix64 draws = new SplitMix64(n);
        DMatrixRMaj x = new DMatrixRMaj(n, p);
        for (int i = 0; i < x.data.length; i++) {
            x.data[i] = draws.nextDouble() * 4 - 1;
        }
        return x;
    }

    private static int[] labels(DMatrixRMaj x, int classes) {
        SplitMix64 draws = new SplitMix64(classes);
        int[] y = new int[x.numRows];
        Arrays.setAll(y, i -> {
            int near = (int) ((x.get(i, 0) + 1) / 4 * classes);
            return draws.nextDouble() < 0.3 ? (int) (draws.nextDouble() * classes) : near;
        });
        return y;
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
