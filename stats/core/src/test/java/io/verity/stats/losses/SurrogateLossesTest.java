package io.verity.stats.losses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.verity.stats.random.RandomStream;
import java.util.List;
import org.junit.jupiter.api.Test;

class SurrogateLossesTest {
    private static final List<MulticlassLoss> MULTICLASS = List.of(
            CompSumLoss.tau(0.4),
            new ConstrainedHinge(),
            new CrammerSingerHinge(),
            new WestonWatkinsHinge(),
            ZLoss.of(0.7, 1.2));

    @Test
    void gradientsAreDerivatives() {
        RandomStream random = RandomStream.of(11, "loss-gradients", 0, 0);
        for (MulticlassLoss loss : MULTICLASS) {
            for (int repeat = 0; repeat < 50; repeat++) {
                double[] scores = new double[2 + repeat % 6];
                for (int k = 0; k < scores.length; k++) {
                    scores[k] = 1.5 * random.nextGaussian();
                }
                int y = repeat % scores.length;
                double[] gradient = Vectors.gradient(loss, scores, y);
                double[] differences = Vectors.differences(loss, scores, y, 1e-6);
                for (int k = 0; k < scores.length; k++) {
                    assertThat(gradient[k])
                            .as("%s, %d classes", loss.name(), scores.length)
                            .isCloseTo(differences[k], within(1e-7 * (1 + Math.abs(gradient[k]))));
                }
            }
        }
    }

    @Test
    void hingesAreTheirFormulas() {
        double[] h = {0.4, -0.9, 0.5};
        assertThat(new ConstrainedHinge().value(h, 0)).isCloseTo(0.1 + 1.5, within(1e-15));
        assertThat(new CrammerSingerHinge().value(h, 0)).isCloseTo(1.1, within(1e-15));
        assertThat(new CrammerSingerHinge().value(h, 2)).isCloseTo(0.9, within(1e-15));
        assertThat(new WestonWatkinsHinge().value(h, 0)).isCloseTo(1.1, within(1e-15));
        assertThat(new WestonWatkinsHinge().value(h, 1)).isCloseTo(2.3 + 2.4, within(1e-15));
        assertThat(new CrammerSingerHinge().value(new double[] {3, 0}, 0)).isZero();
    }

    @Test
    void constrainedHingeIgnoresACommonShift() {
        double[] shifted = {5.4, 4.1, 5.5};
        assertThat(new ConstrainedHinge().value(shifted, 0))
                .isCloseTo(new ConstrainedHinge().value(new double[] {0.4, -0.9, 0.5}, 0), within(1e-14));
    }

    @Test
    void hugeScoresNeverGiveNan() {
        double m = Double.MAX_VALUE;
        for (MulticlassLoss loss : MULTICLASS) {
            for (double[] scores : new double[][] {{m, -m, 0}, {-m, m, m}, {m, 1, 2, -m}}) {
                assertThat(loss.value(scores, 0)).as(loss.name()).isNotNaN();
                assertThat(Vectors.gradient(loss, scores, 0)).as(loss.name()).doesNotContain(Double.NaN);
            }
        }
    }

    @Test
    void impossibleRowsAreNamedByEveryLoss() {
        for (MulticlassLoss loss : MULTICLASS) {
            assertThatThrownBy(() -> loss.value(new double[] {1, 2}, 2))
                    .hasMessageContaining("label 2")
                    .hasMessageContaining("0..1");
            assertThatThrownBy(() -> loss.gradient(new double[] {1, Double.NaN}, 0, new double[2]))
                    .hasMessageContaining("position 2");
            assertThatThrownBy(() -> loss.gradient(new double[] {1, 2}, 0, new double[1]))
                    .hasMessageContaining("1 entries");
        }
    }

    @Test
    void marginLossesAreTheirFormulas() {
        for (double u : new double[] {-3.2, -1, -0.1, 0, 0.4, 0.999, 1, 1.6, 30}) {
            assertThat(MarginLoss.HINGE.value(u)).isEqualTo(Math.max(0, 1 - u));
            assertThat(MarginLoss.SQUARED_HINGE.value(u)).isEqualTo(Math.pow(Math.max(0, 1 - u), 2));
            assertThat(MarginLoss.LOGISTIC.value(u)).isCloseTo(Math.log1p(Math.exp(-u)), within(1e-15));
            assertThat(MarginLoss.EXPONENTIAL.value(u)).isCloseTo(Math.exp(-u), within(1e-14));
            assertThat(MarginLoss.sigmoid(0.8).value(u)).isCloseTo(1 - Math.tanh(0.8 * u), within(1e-15));
            assertThat(MarginLoss.rhoMargin(0.5).value(u)).isEqualTo(Math.min(1, Math.max(0, 1 - u / 0.5)));
        }
        // mpmath 1.2.1, 60 digits.
        assertThat(MarginLoss.sigmoid(1).value(40)).isCloseTo(3.6097027756908303e-35, within(1e-49));
    }

    @Test
    void marginDerivativesAreDerivatives() {
        List<MarginLoss> losses = List.of(
                MarginLoss.HINGE,
                MarginLoss.SQUARED_HINGE,
                MarginLoss.LOGISTIC,
                MarginLoss.EXPONENTIAL,
                MarginLoss.sigmoid(2.5),
                MarginLoss.rhoMargin(1.7));
        for (MarginLoss loss : losses) {
            for (double u : new double[] {-4.1, -1.3, -0.2, 0.1, 0.63, 1.4, 2.8}) {
                double difference = (loss.value(u + 1e-6) - loss.value(u - 1e-6)) / 2e-6;
                assertThat(loss.derivative(u))
                        .as("%s at %s", loss.name(), u)
                        .isCloseTo(difference, within(1e-7 * (1 + Math.abs(difference))));
                assertThat(loss.derivative(u)).isNotPositive();
            }
        }
    }

    @Test
    void marginLossesKnowTheirParameters() {
        assertThat(MarginLoss.sigmoid(2).parameter()).isEqualTo(2);
        assertThat(MarginLoss.rhoMargin(0.5).kind()).isEqualTo(MarginLoss.Kind.RHO_MARGIN);
        assertThat(MarginLoss.rhoMargin(0.5).name()).isEqualTo("rho-margin(rho=0.5)");
        assertThat(MarginLoss.LOGISTIC.convex()).isTrue();
        assertThat(MarginLoss.sigmoid(1).convex()).isFalse();
        for (double bad : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThatThrownBy(() -> MarginLoss.sigmoid(bad))
                    .hasMessageContaining("k of the sigmoid")
                    .hasMessageContaining("" + bad);
            assertThatThrownBy(() -> MarginLoss.rhoMargin(bad))
                    .hasMessageContaining("rho")
                    .hasMessageContaining("" + bad);
        }
    }
}
