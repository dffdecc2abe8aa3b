package io.verity.estimators.hconsistency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.verity.estimators.GoldenJson;
import io.verity.stats.losses.CompSumLoss;
import io.verity.stats.losses.ConstrainedHinge;
import io.verity.stats.losses.CrammerSingerHinge;
import io.verity.stats.losses.MarginLoss;
import io.verity.stats.losses.MulticlassLoss;
import io.verity.stats.losses.WestonWatkinsHinge;
import io.verity.stats.random.RandomStream;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConditionalRiskTest {
    @Test
    void optimaEqualTheReference() {
        for (JsonNode row : GoldenJson.read(ConditionalRiskTest.class, "conditional_risk.json")
                .get("cases")) {
            double[] p = GoldenJson.array(row.get("p"));
            int predicted = row.get("predicted").asInt();
            Surrogate surrogate = Surrogate.of(CompSumLoss.tau(row.get("tau").asDouble()));
            assertThat(surrogate.optimum(p))
                    .as(row.toString())
                    .isCloseTo(row.get("conditionalOptimum").asDouble(), within(1e-10));
            assertThat(surrogate.optimumGivenPrediction(p, predicted))
                    .as(row.toString())
                    .isCloseTo(row.get("optimumGivenPrediction").asDouble(), within(1e-10));
            double[] scores = surrogate.scoresGivenPrediction(p, predicted);
            assertThat(ZeroOne.predicted(p, scores)).isEqualTo(predicted);
            assertThat(surrogate.risk(p, scores))
                    .as("the scores attain the optimum")
                    .isCloseTo(row.get("optimumGivenPrediction").asDouble(), within(1e-10));
            assertThat(ZeroOne.regret(p, scores))
                    .isCloseTo(row.get("zeroOneRegret").asDouble(), within(1e-12));
        }
    }

    @Test
    void regretsOfATieKeepTheirDigitsDownToTinyDifferences() {
        for (double tau : new double[] {0, 0.4, 1, 1 + 1e-7, 1.3, 1.8, 1.97}) {
            Surrogate surrogate = Surrogate.of(CompSumLoss.tau(tau));
            for (double t : new double[] {1e-7, 1e-5, 1e-3, 0.1, 0.6}) {
                double[] p = {0.5 + t / 2, 0.5 - t / 2};
                double exact = surrogate
                        .preciseRegret(p, new double[] {0, 0})
                        .orElseThrow()
                        .toDouble();
                assertThat(surrogate.regretGivenPrediction(p, 1))
                        .as("tau %s, t %s", tau, t)
                        .isCloseTo(exact, within(1e-8 * exact));
            }
        }
    }

    @Test
    void regretsKeepTheirDigitsWherePowersOfTheProbabilitiesVanish() {
        for (double tau : new double[] {1.9, 1.95, 1.974}) {
            Surrogate surrogate = Surrogate.of(CompSumLoss.tau(tau));
            for (int classes : new int[] {2, 10, 30}) {
                double[] certain = new double[classes];
                certain[0] = 0.9999;
                certain[1] = 0.0001;
                double[] even = new double[classes];
                double total = classes * (classes + 99) / 2.0;
                for (int k = 0; k < classes; k++) {
                    even[k] = (50 + k) / total;
                }
                for (double[] p : new double[][] {certain, even}) {
                    double[] scores = new double[classes];
                    scores[0] = 0.3;
                    String where = "tau " + tau + ", K " + classes + ", p0 " + p[0];
                    double exact =
                            surrogate.preciseRegret(p, scores).orElseThrow().toDouble();
                    assertThat(surrogate.regret(p, scores)).as(where).isCloseTo(exact, within(1e-14));
                    double[] best = surrogate.scoresGivenPrediction(p, 1);
                    double given =
                            surrogate.preciseRegret(p, best).orElseThrow().toDouble();
                    assertThat(surrogate.regretGivenPrediction(p, 1)).as(where).isCloseTo(given, within(1e-13));
                }
            }
        }
    }

    @Test
    void scoresThatPredictAClassNeverBeatTheOptimumGivenThatPrediction() {
        RandomStream stream = RandomStream.of(1, "given prediction", 0, 0);
        List<Surrogate> surrogates = List.of(
                Surrogate.of(CompSumLoss.tau(0)),
                Surrogate.of(CompSumLoss.crossEntropy()),
                Surrogate.of(CompSumLoss.tau(1.6)),
                Surrogate.of(CompSumLoss.tau(2)),
                Surrogate.of(CompSumLoss.tau(3)),
                Surrogate.of(new ConstrainedHinge()),
                Surrogate.of(new CrammerSingerHinge()),
                Surrogate.of(new WestonWatkinsHinge()),
                Surrogate.crossEntropyInBox(0.7));
        for (Surrogate surrogate : surrogates) {
            for (int n = 0; n < 3000; n++) {
                int classes = 2 + n % 4;
                double[] p = RandomInstances.dirichlet(stream, classes, n % 3 == 0 ? 0.3 : 2);
                double[] h = new double[classes];
                for (int k = 0; k < classes; k++) {
                    h[k] = (n % 2 == 0 ? 0.5 : 2) * stream.nextGaussian();
                }
                surrogate.allow(h);
                double risk = surrogate.risk(p, h);
                int predicted = Pooling.argmax(h);
                assertThat(risk).isGreaterThanOrEqualTo(surrogate.optimumGivenPrediction(p, predicted) - 1e-12);
                assertThat(surrogate.optimumGivenPrediction(p, predicted))
                        .isGreaterThanOrEqualTo(surrogate.optimum(p) - 1e-12);
            }
        }
    }

    @Test
    void closedFormsAgreeWithNumericalMinimisation() {
        RandomStream stream = RandomStream.of(2, "numerical", 0, 0);
        List<MulticlassLoss> losses = List.of(
                CompSumLoss.tau(0),
                CompSumLoss.tau(0.5),
                CompSumLoss.crossEntropy(),
                CompSumLoss.tau(1.5),
                CompSumLoss.tau(2),
                CompSumLoss.tau(2.7),
                new ConstrainedHinge(),
                new CrammerSingerHinge(),
                new WestonWatkinsHinge());
        for (MulticlassLoss loss : losses) {
            Surrogate closed = Surrogate.of(loss);
            Surrogate numerical = new NumericSurrogate(loss);
            for (int n = 0; n < 12; n++) {
                int classes = 2 + n % 3;
                double[] p = RandomInstances.dirichlet(stream, classes, 1);
                int predicted = n % classes;
                assertThat(numerical.optimum(p))
                        .as("%s %s", loss.name(), List.of(p[0], p[1]))
                        .isCloseTo(closed.optimum(p), within(1e-9));
                assertThat(numerical.optimumGivenPrediction(p, predicted))
                        .as("%s given %s, n = %s", loss.name(), predicted, n)
                        .isCloseTo(closed.optimumGivenPrediction(p, predicted), within(1e-9));
            }
        }
    }

    @Test
    void marginOptimaAgreeWithAGrid() {
        List<MarginLoss> losses = List.of(
                MarginLoss.HINGE,
                MarginLoss.SQUARED_HINGE,
                MarginLoss.LOGISTIC,
                MarginLoss.EXPONENTIAL,
                MarginLoss.sigmoid(1.5),
                MarginLoss.rhoMargin(0.7));
        for (MarginLoss loss : losses) {
            for (double bound : new double[] {0.2, 0.9, 3}) {
                Surrogate surrogate = Surrogate.margin(loss, bound);
                MarginTransform transform = MarginTransform.of(loss, bound);
                for (double t : new double[] {0.02, 0.3, 0.8, 1}) {
                    double[] p = {(1 - t) / 2, (1 + t) / 2};
                    double smallest = Double.POSITIVE_INFINITY;
                    double wrong = Double.POSITIVE_INFINITY;
                    for (int i = -6000; i <= 6000; i++) {
                        double f = bound * i / 6000;
                        double risk = p[1] * loss.value(f) + p[0] * loss.value(-f);
                        smallest = Math.min(smallest, risk);
                        wrong = f <= 0 ? Math.min(wrong, risk) : wrong;
                    }
                    assertThat(surrogate.optimum(p)).as(loss + " " + bound).isCloseTo(smallest, within(2e-6));
                    assertThat(surrogate.regretGivenPrediction(p, 0)).isCloseTo(wrong - smallest, within(3e-6));
                    assertThat(surrogate.regretGivenPrediction(p, 0)).isCloseTo(transform.psi(t), within(1e-13));
                    assertThat(surrogate.regretGivenPrediction(p, 1)).isZero();
                }
            }
        }
    }

    @Test
    void hingeOptimaAreTheKnownOnes() {
        double[] p = {0.5, 1 / 3.0, 1 / 6.0};
        Surrogate ww = Surrogate.of(new WestonWatkinsHinge());
        assertThat(ww.regretGivenPrediction(p, 1)).isCloseTo(0, within(1e-12));
        Surrogate cs = Surrogate.of(new CrammerSingerHinge());
        assertThat(cs.optimum(new double[] {0.5, 0.5, 0})).isOne();
        assertThat(cs.regretGivenPrediction(new double[] {0.5, 0.5, 0}, 2)).isZero();
        assertThat(cs.regretGivenPrediction(new double[] {0.8, 0.2, 0}, 2)).isCloseTo(0.6, within(1e-15));
    }
}
