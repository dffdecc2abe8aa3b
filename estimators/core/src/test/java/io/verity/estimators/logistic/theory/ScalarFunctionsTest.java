package io.verity.estimators.logistic.theory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.verity.estimators.logistic.theory.NormalQuadrature.Feature;
import io.verity.stats.losses.LogisticLoss;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScalarFunctionsTest {
    @ParameterizedTest
    @ValueSource(doubles = {1e-9, 0.3, 4, 8, 14, 77, 1e4, 1e9, 1e15})
    void proximalPointSolvesItsEquation(double gamma) {
        Proximal proximal = new Proximal(gamma);
        for (double q :
                new double[] {-2 * gamma, -gamma - 3, -gamma, -0.6 * gamma, -0.5 * gamma, -40, -1, 0, 1e-12, 2, 50}) {
            double p = proximal.at(q);
            double scale = Math.abs(p) + Math.abs(q) + gamma;
            assertThat(p - gamma * LogisticLoss.sigmoidNegative(p) - q).isCloseTo(0, within(4e-16 * scale));
            assertThat(p).isBetween(q, q + gamma);
        }
    }

    @Test
    void logisticNormalMeansAreTheSameOnBothSidesOfTheSwitch() {
        for (double a : new double[] {-30, -2, 0, 0.7, 15}) {
            assertThat(new LogisticNormal(16 - 1e-13).meanSigmoid(a))
                    .isCloseTo(new LogisticNormal(16 + 1e-13).meanSigmoid(a), within(1e-13));
            assertThat(new LogisticNormal(16 - 1e-13).meanSlope(a))
                    .isCloseTo(new LogisticNormal(16 + 1e-13).meanSlope(a), within(1e-13));
        }
        assertThat(new LogisticNormal(0).meanSigmoid(1)).isEqualTo(LogisticLoss.sigmoidNegative(-1));
    }

    @Test
    void quadratureFollowsNarrowSteps() {
        double width = 1e-6;
        double centre = 0.3;
        NormalQuadrature quadrature = NormalQuadrature.near(new Feature(centre, Math.PI * width));
        double mean = quadrature.mean(v -> LogisticLoss.sigmoidNegative((v - centre) / width));
        // A sigmoid this narrow is a step up to its second moment, of order width^2.
        assertThat(mean).isCloseTo(NormalQuadrature.probability(centre), within(1e-11));
        assertThat(NormalQuadrature.near().mean(v -> v * v)).isCloseTo(1, within(1e-14));
    }
}
