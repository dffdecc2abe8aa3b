package io.verity.estimators.hconsistency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.verity.estimators.GoldenJson;
import io.verity.stats.losses.MarginLoss;
import org.junit.jupiter.api.Test;

class TransformTest {
    private static final double[] TAUS = {0, 0.3, 0.9, 0.999999, 1, 1.000001, 1.2, 1.7, 1.99, 1.9999999, 2, 2.5, 7};

    @Test
    void closedFormsEqualTheReference() {
        for (JsonNode row :
                GoldenJson.read(TransformTest.class, "comp_sum_transforms.json").get("transforms")) {
            CompSumTransform transform =
                    CompSumTransform.of(row.get("tau").asDouble(), row.get("n").asInt());
            double t = row.get("t").asDouble();
            double expected = row.get("T").asDouble();
            assertThat(transform.psi(t)).as(row.toString()).isCloseTo(expected, within(1e-10 * expected));
            assertThat(transform.simpleBound(expected))
                    .as(row.toString())
                    .isCloseTo(row.get("gammaTilde").asDouble(), within(1e-10));
            double back = row.get("gammaOfT").asDouble();
            if (expected < transform.psi(1)) {
                assertThat(transform.gamma(expected)).as(row.toString()).isCloseTo(back, within(1e-9 * back));
            }
        }
    }

    @Test
    void inversesEqualTheReference() {
        for (JsonNode row :
                GoldenJson.read(TransformTest.class, "comp_sum_transforms.json").get("gammaInverse")) {
            double expected = row.get("gamma").asDouble();
            assertThat(CompSumTransform.of(
                                    row.get("tau").asDouble(), row.get("n").asInt())
                            .gamma(row.get("r").asDouble()))
                    .as(row.toString())
                    .isCloseTo(expected, within(1e-9 * expected));
        }
    }

    @Test
    void digitsSurviveNextToCrossEntropyAndNextToTheMeanAbsoluteError() {
        for (JsonNode row :
                GoldenJson.read(TransformTest.class, "transform_digits.json").get("cases")) {
            double expected = row.get("psi").asDouble();
            assertThat(CompSumTransform.of(
                                    row.get("tau").asDouble(), row.get("K").asInt())
                            .psi(row.get("t").asDouble()))
                    .as(row.toString())
                    .isCloseTo(expected, within(2e-14 * expected));
        }
    }

    @Test
    void marginTransformsEqualTheReference() {
        JsonNode file = GoldenJson.read(TransformTest.class, "binary_transforms.json");
        for (JsonNode row : file.get("cases")) {
            MarginLoss loss = switch (row.get("loss").asText()) {
                case "hinge" -> MarginLoss.HINGE;
                case "sqhinge" -> MarginLoss.SQUARED_HINGE;
                case "logistic" -> MarginLoss.LOGISTIC;
                case "exp" -> MarginLoss.EXPONENTIAL;
                case "sigmoid" -> MarginLoss.sigmoid(file.get("sigmoidK").asDouble());
                default -> MarginLoss.rhoMargin(file.get("rho").asDouble());
            };
            MarginTransform transform = MarginTransform.of(loss, GoldenJson.number(row.get("A")));
            double t = row.get("t").asDouble();
            double expected = row.get("T").asDouble();
            assertThat(transform.psi(t)).as(row.toString()).isCloseTo(expected, within(1e-12));
            assertThat(transform.gamma(transform.psi(t))).as(row.toString()).isCloseTo(t, within(1e-12));
        }
    }

    @Test
    void smallBoundsKeepTheirDigits() {
        // mpmath, 50 digits, at A = 1e-9, t = 0.4
        assertThat(MarginTransform.of(MarginLoss.LOGISTIC, 1e-9).psi(0.4)).isCloseTo(1.99999999875e-10, within(1e-22));
        assertThat(MarginTransform.of(MarginLoss.EXPONENTIAL, 1e-9).psi(0.4))
                .isCloseTo(3.9999999949999999e-10, within(1e-22));
    }

    @Test
    void gammaInvertsPsiOverElevenOrders() {
        for (double tau : TAUS) {
            for (int classes : new int[] {2, 3, 10, 100}) {
                CompSumTransform transform = CompSumTransform.of(tau, classes);
                for (double t = 1e-11; t < 1; t *= 3.7) {
                    assertThat(transform.gamma(transform.psi(t)))
                            .as("tau %s, K %s, t %s", tau, classes, t)
                            .isCloseTo(t, within(1e-13 * t));
                }
                assertThat(transform.gamma(0)).isZero();
                assertThat(transform.gamma(Double.POSITIVE_INFINITY)).isOne();
            }
        }
    }

    @Test
    void psiIsConvexIncreasingAndContinuousInTau() {
        for (double tau : TAUS) {
            CompSumTransform transform = CompSumTransform.of(tau, 4);
            for (int i = 1; i < 100; i++) {
                double here = transform.psi(i / 100.0);
                assertThat(here).isGreaterThan(transform.psi((i - 1) / 100.0));
                assertThat(2 * here)
                        .isLessThanOrEqualTo(
                                (transform.psi((i - 1) / 100.0) + transform.psi((i + 1) / 100.0)) * (1 + 1e-14));
            }
        }
        for (double tau : new double[] {1, 2}) {
            for (double t : new double[] {1e-6, 0.01, 0.3, 0.8, 1}) {
                double at = CompSumTransform.of(tau, 5).psi(t);
                double below = CompSumTransform.of(tau - 1e-13, 5).psi(t);
                assertThat(below).isCloseTo(at, within((tau == 1 ? 1e-12 : 1e-6) * at));
            }
        }
    }

    @Test
    void simpleBoundsLieAboveGamma() {
        for (double tau : TAUS) {
            for (int classes : new int[] {2, 3, 10}) {
                CompSumTransform transform = CompSumTransform.of(tau, classes);
                for (double t = 1e-6; t < 1; t *= 1.3) {
                    assertThat(transform.simpleBound(transform.psi(t))).isGreaterThanOrEqualTo(t * (1 - 1e-12));
                }
            }
        }
    }

    @Test
    void crossEntropyWithTenClassesAtTwoPercent() {
        assertThat(CompSumTransform.of(1, 10).gamma(0.02)).isCloseTo(0.199330, within(5e-7));
    }

    @Test
    void massartsBoundIsTheSlopeOfTheChord() {
        LinearTransform bound = MarginTransform.of(MarginLoss.LOGISTIC, Double.POSITIVE_INFINITY)
                .massart(0.2);
        assertThat(1 / bound.slope()).isCloseTo(4.8613, within(5e-5));
        assertThat(bound.gamma(0.005008)).isCloseTo(0.02435, within(5e-6));
        assertThat(bound.tight()).isFalse();
        assertThat(bound.tightAt(0.4)).isTrue();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MarginTransform.of(MarginLoss.HINGE, 1).massart(0.6))
                .withMessageContaining("(0, 1/2]")
                .withMessageContaining("0.6");
    }

    @Test
    void logarithmsToBaseTwoDivideByLogTwo() {
        MarginTransform natural = MarginTransform.of(MarginLoss.LOGISTIC, 1.5);
        assertThat(natural.inLogBase(2).psi(0.3)).isCloseTo(natural.psi(0.3) / Math.log(2), within(1e-16));
        assertThat(natural.inLogBase(2).gamma(natural.psi(0.3) / Math.log(2))).isCloseTo(0.3, within(1e-13));
    }

    @Test
    void boxFormulaWithTwoClassesIsTheLogisticTransformWithTwiceTheBound() {
        for (double lambda : new double[] {1e-6, 0.1, 0.7, 3}) {
            MarginTransform logistic = MarginTransform.of(MarginLoss.LOGISTIC, 2 * lambda);
            for (double t : new double[] {0.01, 0.2, 0.7, 1}) {
                assertThat(new BoxTransform(lambda, 2).psi(t))
                        .isCloseTo(logistic.psi(t), within(1e-12 * logistic.psi(t)));
            }
        }
    }

    @Test
    void tightnessIsWhatTheTransformsSay() {
        assertThat(CompSumTransform.of(0.5, 7).tight()).isTrue();
        assertThat(CompSumTransform.of(1.5, 2).tight()).isTrue();
        assertThat(CompSumTransform.of(1.5, 3).tight()).isFalse();
        assertThat(CompSumTransform.of(2, 3).tightAt(0.5)).isTrue();
        assertThat(CompSumTransform.of(2, 3).tightAt(0.51)).isFalse();
        assertThat(CompSumTransform.of(3, 2).tightAt(0.1)).isFalse();
        assertThat(new ConstrainedHingeTransform(3).tightAt(0.5)).isTrue();
    }

    @Test
    void argumentsOutsideTheirRangesAreNamedWithTheRange() {
        CompSumTransform transform = CompSumTransform.of(1, 3);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CompSumTransform.of(-0.5, 3))
                .withMessageContaining("tau")
                .withMessageContaining("at least 0")
                .withMessageContaining("-0.5");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CompSumTransform.of(Double.NaN, 3))
                .withMessageContaining("NaN");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CompSumTransform.of(1, 1))
                .withMessageContaining("at least 2, but is 1");
        for (double t : new double[] {-0.1, 1.1, Double.NaN}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> transform.psi(t))
                    .withMessageContaining("[0, 1]")
                    .withMessageContaining(Double.toString(t));
        }
        for (double r : new double[] {-1e-9, Double.NaN}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> transform.gamma(r))
                    .withMessageContaining("at least 0")
                    .withMessageContaining(Double.toString(r));
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MarginTransform.of(MarginLoss.HINGE, -1))
                .withMessageContaining("bound A")
                .withMessageContaining("-1.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MarginTransform.ofLinearClass(MarginLoss.HINGE, -2, 1))
                .withMessageContaining("bound W")
                .withMessageContaining("-2.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MarginTransform.ofLinearClass(MarginLoss.HINGE, 1, -3))
                .withMessageContaining("bound B")
                .withMessageContaining("-3.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new BoxTransform(-4, 3))
                .withMessageContaining("Lambda")
                .withMessageContaining("-4.0");
    }
}
