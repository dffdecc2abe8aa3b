package io.verity.stats.losses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.ValueSource;

class CompSumLossTest {
    @ParameterizedTest
    @CsvFileSource(resources = "comp-sum.csv", numLinesToSkip = 2)
    void agreesWithFortyDigits(String scores, int y, double tau, double loss, String gradient) {
        boolean near = tau != 1 && tau != 2 && (Math.abs(tau - 1) < 1e-5 || Math.abs(tau - 2) < 1e-5);
        assertAgrees(scores, y, tau, loss, gradient, near ? 1e-9 : 1e-12);
    }

    @ParameterizedTest
    @CsvFileSource(resources = "comp-sum-hard.csv", numLinesToSkip = 2, maxCharsPerColumn = 8192)
    void keepsItsDigitsOnScoresOfOddScales(String scores, int y, double tau, double loss, String gradient) {
        assertAgrees(scores, y, tau, loss, gradient, 1e-12);
    }

    private static void assertAgrees(String scores, int y, double tau, double loss, String gradient, double relative) {
        CompSumLoss surrogate = CompSumLoss.tau(tau);
        double[] h = Vectors.parse(scores);
        Vectors.assertClose(surrogate.value(h, y), loss, relative);
        Vectors.assertClose(Vectors.gradient(surrogate, h, y), Vectors.parse(gradient), relative);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.5, 1, 1.5, 2, 7})
    void isNeverNanForFiniteScores(double tau) {
        CompSumLoss loss = CompSumLoss.tau(tau);
        double m = Double.MAX_VALUE;
        for (double[] scores :
                new double[][] {{m, -m}, {-m, m, 0}, {m, m, -m}, {m, -m, -m}, {-m, -m}, {1e200, 0, -m}}) {
            for (int y = 0; y < scores.length; y++) {
                assertThat(loss.value(scores, y)).isNotNaN().isNotNegative();
                assertThat(Vectors.gradient(loss, scores, y)).doesNotContain(Double.NaN);
            }
        }
    }

    @Test
    void specialCasesHaveTheirNames() {
        double[] h = {0.3, -1, 2};
        double s = 1 / (1 + Math.exp(-1.3) + Math.exp(1.7));
        assertThat(CompSumLoss.crossEntropy().value(h, 0)).isCloseTo(-Math.log(s), within(1e-14));
        assertThat(CompSumLoss.meanAbsoluteError().value(h, 0)).isCloseTo(1 - s, within(1e-15));
        assertThat(CompSumLoss.generalizedCrossEntropy(0.7).value(h, 0))
                .isCloseTo((1 - Math.pow(s, 0.7)) / 0.7, within(1e-14));
        assertThat(CompSumLoss.tau(0).value(h, 0)).isCloseTo(1 / s - 1, within(1e-13));
        assertThat(CompSumLoss.generalizedCrossEntropy(0.7).tau()).isEqualTo(1.7);
    }

    @Test
    void tauWithinAMillionthOfAMillionthOfOneIsCrossEntropy() {
        double[] h = {0.3, -1, 2};
        assertThat(CompSumLoss.tau(1 + 9e-13).value(h, 1))
                .isEqualTo(CompSumLoss.crossEntropy().value(h, 1));
        assertThat(CompSumLoss.tau(1 - 9e-13).isCrossEntropy()).isTrue();
        assertThat(CompSumLoss.tau(1 + 2e-12).isCrossEntropy()).isFalse();
        assertThat(CompSumLoss.tau(1 + 2e-12).value(h, 1))
                .isCloseTo(CompSumLoss.crossEntropy().value(h, 1), within(1e-10));
    }

    @Test
    void lossesFallAsTauGrows() {
        double[] h = {0.3, -1, 2};
        double last = Double.POSITIVE_INFINITY;
        for (double tau : new double[] {0, 0.3, 1, 1.2, 2, 5, 1e6}) {
            double value = CompSumLoss.tau(tau).value(h, 0);
            assertThat(value).isLessThan(last);
            last = value;
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void impossibleTausAreNamed(double tau) {
        assertThatThrownBy(() -> CompSumLoss.tau(tau))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("tau")
                .hasMessageContaining("at least 0")
                .hasMessageContaining(Double.toString(tau));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, 1.1, Double.NaN})
    void impossiblePowersAreNamed(double q) {
        assertThatThrownBy(() -> CompSumLoss.generalizedCrossEntropy(q))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("(0, 1]")
                .hasMessageContaining(Double.toString(q));
    }

    @Test
    void impossibleRowsAreNamed() {
        CompSumLoss loss = CompSumLoss.crossEntropy();
        assertThatThrownBy(() -> loss.value(new double[] {1, 2, 3}, 3))
                .hasMessageContaining("label 3")
                .hasMessageContaining("0..2");
        assertThatThrownBy(() -> loss.value(new double[] {1, 2, 3}, -1)).hasMessageContaining("label -1");
        assertThatThrownBy(() -> loss.value(new double[] {1}, 0)).hasMessageContaining("at least 2 classes");
        assertThatThrownBy(() -> loss.value(new double[] {1, Double.NaN}, 0)).hasMessageContaining("position 2");
        assertThatThrownBy(() -> loss.value(new double[] {Double.POSITIVE_INFINITY, 0}, 0))
                .hasMessageContaining("position 1");
        assertThatThrownBy(() -> loss.gradient(new double[] {1, 2}, 0, new double[3]))
                .hasMessageContaining("2 classes")
                .hasMessageContaining("3 entries");
    }
}
