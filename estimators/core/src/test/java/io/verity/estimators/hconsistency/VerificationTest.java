package io.verity.estimators.hconsistency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.verity.estimators.GoldenJson;
import io.verity.stats.losses.CompSumLoss;
import io.verity.stats.losses.ConstrainedHinge;
import io.verity.stats.losses.CrammerSingerHinge;
import io.verity.stats.losses.MarginLoss;
import io.verity.stats.losses.MulticlassLoss;
import io.verity.stats.losses.WestonWatkinsHinge;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

class VerificationTest {
    private static final int RESTARTS = 20;

    private static Verification attack(MulticlassLoss loss, int classes, DoubleUnaryOperator gamma) {
        return HConsistency.verify(loss, classes, gamma, RESTARTS, 7);
    }

    private static void assertBroken(Verification v) {
        assertThat(v.survived()).as(v.toString()).isFalse();
        Counterexample c = v.counterexample().orElseThrow();
        assertThat(c.ratio()).isGreaterThan(1 + 1e-6);
        // The printed instance itself, evaluated afresh.
        double t = 0;
        for (int i = 0; i < c.distribution().size(); i++) {
            t += c.distribution().weight(i)
                    * ZeroOne.regret(c.distribution().p(i), c.scores().get(i));
        }
        assertThat(t).isCloseTo(c.zeroOneRegret(), within(1e-12));
    }

    @Test
    void trueTransformsSurvive() {
        for (double tau : new double[] {0, 0.5, 1, 1 + 1e-8, 1.5, 1.9999, 2, 3}) {
            for (int classes : new int[] {2, 3, 10}) {
                Transform transform = CompSumTransform.of(tau, classes);
                MulticlassLoss loss = CompSumLoss.tau(tau);
                Verification v = attack(loss, classes, transform::gamma);
                assertThat(v.survived()).as(v.toString()).isTrue();
                assertThat(attack(loss, classes, transform::simpleBound).survived())
                        .isTrue();
                if (transform.tight()) {
                    assertThat(v.ratio()).isCloseTo(1, within(1e-6));
                }
            }
        }
        assertThat(attack(new ConstrainedHinge(), 4, r -> r).survived()).isTrue();
    }

    @Test
    void constantsThatAreSlightlyTooSmallAreFound() {
        for (int classes : new int[] {2, 3, 10}) {
            assertBroken(attack(CompSumLoss.crossEntropy(), classes, r -> Math.sqrt(1.999 * r)));
            assertBroken(attack(CompSumLoss.tau(0), classes, r -> Math.sqrt(1.99 * r)));
            assertBroken(attack(CompSumLoss.meanAbsoluteError(), classes, r -> (classes - 0.01) * r));
            assertBroken(attack(new ConstrainedHinge(), classes, r -> 0.99 * r));
            Transform exact = CompSumTransform.of(0.5, classes);
            assertBroken(attack(CompSumLoss.tau(0.5), classes, r -> 0.9999 * exact.gamma(r)));
        }
    }

    @Test
    void candidatesThatFailOnlySomewhereAreFound() {
        MulticlassLoss loss = CompSumLoss.crossEntropy();
        DoubleUnaryOperator right = r -> Math.sqrt(2 * r);
        assertBroken(attack(loss, 4, r -> r < 1e-8 ? 1.4 * Math.sqrt(r) : right.applyAsDouble(r)));
        assertBroken(attack(loss, 4, r -> r > 0.6 ? 0.8 * right.applyAsDouble(r) : right.applyAsDouble(r)));
        assertBroken(
                attack(loss, 4, r -> r > 0.1 && r < 0.103 ? 0.9 * right.applyAsDouble(r) : right.applyAsDouble(r)));
        assertBroken(attack(loss, 4, r -> r > 2 ? 0.5 : right.applyAsDouble(r)));
        assertBroken(attack(loss, 3, r -> r > 60 ? 0.9 : right.applyAsDouble(r)));
        assertBroken(attack(loss, 4, r -> Math.pow(r, 0.6)));
        // Above the frontier of single points, but not concave: only mixtures fail.
        assertBroken(attack(loss, 2, r -> r < 0.1 ? Math.max(10 * r * r, 0) : 1));
    }

    @Test
    void transformsOfAnotherLossOrAnotherNumberOfClassesAreFound() {
        assertBroken(attack(CompSumLoss.crossEntropy(), 3, CompSumTransform.of(0.5, 3)::gamma));
        assertBroken(attack(CompSumLoss.tau(1.7), 5, CompSumTransform.of(1.7, 2)::gamma));
        assertBroken(attack(CompSumLoss.tau(2), 5, CompSumTransform.of(2, 4)::gamma));
        assertBroken(attack(CompSumLoss.tau(1.4), 10, CompSumTransform.of(1, 10)::gamma));
        for (int classes : new int[] {3, 6}) {
            assertBroken(HConsistency.verify(
                    Surrogate.crossEntropyInBox(0.1), classes, Candidate.of(new BoxTransform(0.1, classes)), 5, 1));
        }
        assertThat(HConsistency.verify(
                                Surrogate.crossEntropyInBox(0.1), 2, Candidate.of(new BoxTransform(0.1, 2)), 5, 1)
                        .survived())
                .isTrue();
    }

    @Test
    void hingesWithoutBoundsHaveCounterexamplesAtVanishingRegret() {
        Verification cs = attack(new CrammerSingerHinge(), 3, r -> 0.49 + 100 * r);
        assertBroken(cs);
        Verification ww = attack(new WestonWatkinsHinge(), 3, r -> 1000 * r);
        assertBroken(ww);
    }

    @Test
    void marginTransformsSurviveAndOneThousandthLessDoesNot() {
        List<MarginLoss> losses = List.of(
                MarginLoss.HINGE,
                MarginLoss.SQUARED_HINGE,
                MarginLoss.LOGISTIC,
                MarginLoss.EXPONENTIAL,
                MarginLoss.sigmoid(1.5),
                MarginLoss.rhoMargin(2));
        for (MarginLoss loss : losses) {
            for (double bound : new double[] {0.3, 2, Double.POSITIVE_INFINITY}) {
                Transform transform = MarginTransform.of(loss, bound);
                Surrogate surrogate = Surrogate.margin(loss, bound);
                Verification v = HConsistency.verify(surrogate, 2, Candidate.of(transform), RESTARTS, 1);
                assertThat(v.survived()).as(v.toString()).isTrue();
                assertBroken(HConsistency.verify(
                        surrogate, 2, Candidate.gamma("0.999 Gamma", r -> 0.999 * transform.gamma(r)), RESTARTS, 1));
            }
        }
    }

    @Test
    void lossesKnownByValueAndGradientOnlyAreAttackedToo() {
        MulticlassLoss brier = new Brier();
        assertThat(attack(brier, 2, r -> Math.sqrt(2 * r)).survived()).isTrue();
        assertBroken(attack(brier, 3, r -> Math.sqrt(1.9 * r)));
    }

    @Test
    void countersAreShrunkToNumbersThatCanBeCheckedByHand() {
        Counterexample c = attack(CompSumLoss.crossEntropy(), 4, Math::sqrt)
                .counterexample()
                .orElseThrow();
        assertThat(c.distribution().size()).isOne();
        assertThat(c.distribution().p(0)).containsExactly(0.6, 0.4, 0, 0);
        assertThat(c.zeroOneRegret()).isCloseTo(0.2, within(1e-12));
        assertThat(c.surrogateRegret()).isCloseTo(0.0201355, within(1e-6));
        assertThat(c.right()).isCloseTo(0.1419, within(1e-5));
        assertThat(c.precision()).contains("48");
        assertThat(c.toTable().rows()).hasSize(1);
        assertThat(c.toString()).contains("p = (0.6, 0.4, 0, 0)").contains("0-1 regret 0.200000 > Gamma(0.02013");
    }

    @Test
    void referenceCounterexamplesAreWhatTheyAreSaidToBe() {
        for (JsonNode c :
                GoldenJson.read(VerificationTest.class, "counterexamples.json").get("cases")) {
            double[] p = GoldenJson.array(c.get("p"));
            double[] h = GoldenJson.array(c.get("scores"));
            Surrogate surrogate = switch (c.get("id").asText()) {
                case "crammer-singer" -> Surrogate.of(new CrammerSingerHinge());
                case "weston-watkins-hinge" -> Surrogate.of(new WestonWatkinsHinge());
                case "bounded-multiclass-logistic" ->
                    Surrogate.crossEntropyInBox(c.get("Lambda").asDouble());
                default -> Surrogate.of(CompSumLoss.tau(c.get("tau").asDouble()));
            };
            assertThat(ZeroOne.regret(p, h)).isCloseTo(c.get("zeroOneRegret").asDouble(), within(1e-6));
            double regret = c.has("surrogateRegret") ? c.get("surrogateRegret").asDouble() : 0;
            // The box instance prefers the wrong class by 1e-6.
            assertThat(surrogate.regret(p, h)).as(c.toString()).isCloseTo(regret, within(2e-6));
            if (c.has("rightGamma")) {
                assertThat(Transforms.of(surrogate, p.length).orElseThrow().gamma(surrogate.regret(p, h)))
                        .isCloseTo(c.get("rightGamma").asDouble(), within(1e-6));
            }
        }
    }

    @Test
    void exactPsiEqualsTheReferenceWithinItsAccuracy() {
        for (JsonNode row : GoldenJson.read(VerificationTest.class, "comp_sum_transforms.json")
                .get("transforms")) {
            if (row.get("bruteForceInfimum").isNull()) {
                continue;
            }
            double tau = row.get("tau").asDouble();
            int classes = row.get("n").asInt();
            double t = row.get("t").asDouble();
            double found =
                    ExactPsi.of(Surrogate.of(CompSumLoss.tau(tau)), classes, 1).psi(t);
            double expected = row.get("bruteForceInfimum").asDouble();
            double closed = CompSumTransform.of(tau, classes).psi(t);
            assertThat(found).as(row.toString()).isGreaterThanOrEqualTo(closed * (1 - 1e-9));
            assertThat(found).as(row.toString()).isBetween(closed * (1 - 1e-9), expected * 1.001);
            if (CompSumTransform.of(tau, classes).tightAt(t)) {
                assertThat(found).isCloseTo(closed, within(1e-4 * closed));
            } else {
                assertThat(found).as(row.toString()).isCloseTo(expected, within(0.02 * expected));
            }
        }
    }

    @Test
    void theSameSeedGivesTheSameSearch() {
        Verification a = attack(CompSumLoss.tau(1.5), 4, CompSumTransform.of(1.5, 4)::gamma);
        Verification b = attack(CompSumLoss.tau(1.5), 4, CompSumTransform.of(1.5, 4)::gamma);
        assertThat(a.ratio()).isEqualTo(b.ratio());
        assertThat(a.closest()).isEqualTo(b.closest());
        assertThat(a.examined()).isEqualTo(b.examined());
    }

    @Test
    void candidatesThatAreNotNumbersAndTooFewClassesAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> attack(CompSumLoss.crossEntropy(), 3, r -> Math.log(-1)))
                .withMessageContaining("is not a number at r = ");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> attack(CompSumLoss.crossEntropy(), 1, r -> r))
                .withMessageContaining("at least 2, but is 1");
    }

    /** The squared distance of softmax and the label's indicator, whose transform is t^2 / 2. */
    private static final class Brier implements MulticlassLoss {
        private static double[] softmax(double[] h) {
            double top = Pooling.max(h);
            double sum = 0;
            double[] s = new double[h.length];
            for (int k = 0; k < h.length; k++) {
                s[k] = StrictMath.exp(h[k] - top);
                sum += s[k];
            }
            for (int k = 0; k < h.length; k++) {
                s[k] /= sum;
            }
            return s;
        }

        @Override
        public double value(double[] h, int y) {
            double sum = 0;
            double[] s = softmax(h);
            for (int k = 0; k < s.length; k++) {
                double d = s[k] - (k == y ? 1 : 0);
                sum += d * d;
            }
            return sum;
        }

        @Override
        public void gradient(double[] h, int y, double[] out) {
            double[] s = softmax(h);
            double mean = 0;
            for (int k = 0; k < s.length; k++) {
                mean += s[k] * 2 * (s[k] - (k == y ? 1 : 0));
            }
            for (int k = 0; k < s.length; k++) {
                out[k] = s[k] * (2 * (s[k] - (k == y ? 1 : 0)) - mean);
            }
        }

        @Override
        public String name() {
            return "brier";
        }
    }
}
