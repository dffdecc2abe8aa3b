package io.verity.estimators.hconsistency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.verity.estimators.GoldenJson;
import io.verity.stats.losses.CompSumLoss;
import io.verity.stats.losses.ConstrainedHinge;
import io.verity.stats.losses.CrammerSingerHinge;
import io.verity.stats.losses.MarginLoss;
import io.verity.stats.losses.MulticlassLoss;
import io.verity.stats.losses.WestonWatkinsHinge;
import io.verity.stats.losses.ZLoss;
import io.verity.stats.random.RandomStream;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Golden values: scipy 1.10.1 (BFGS, SLSQP, HiGHS); the files name the calls. */
class MinimizabilityGapTest {
    private static Stream<JsonNode> cases(String file) {
        JsonNode cases = GoldenJson.read(MinimizabilityGapTest.class, file).get("cases");
        return StreamSupport.stream(cases.spliterator(), false);
    }

    static Stream<JsonNode> reference() {
        return cases("minimizability_gaps.json");
    }

    static Stream<JsonNode> others() {
        return cases("minimizability_gaps_other.json");
    }

    private static double[] vector(JsonNode node) {
        return StreamSupport.stream(node.spliterator(), false)
                .mapToDouble(JsonNode::asDouble)
                .toArray();
    }

    private static double[][] matrix(JsonNode node) {
        return StreamSupport.stream(node.spliterator(), false)
                .map(MinimizabilityGapTest::vector)
                .toArray(double[][]::new);
    }

    private static FiniteDistribution distribution(JsonNode node) {
        double[][] x = matrix(node.get("X"));
        double[] weights = vector(node.get("weights"));
        return node.has("p")
                ? FiniteDistribution.of(weights, matrix(node.get("p")), x)
                : binary(weights, vector(node.get("eta")), x);
    }

    private static FiniteDistribution binary(double[] weights, double[] eta, double[][] x) {
        double[][] p = new double[eta.length][];
        for (int i = 0; i < eta.length; i++) {
            p[i] = new double[] {1 - eta[i], eta[i]};
        }
        return FiniteDistribution.of(weights, p, x);
    }

    @ParameterizedTest
    @MethodSource("reference")
    void agreesWithGeneralOptimisers(JsonNode node) {
        FiniteDistribution d = distribution(node);
        MinimizabilityGap gap = node.has("tau")
                ? MinimizabilityGap.of(d, CompSumLoss.tau(node.get("tau").asDouble()), Hypotheses.linear())
                : MinimizabilityGap.of(
                        d,
                        MarginLoss.LOGISTIC,
                        Hypotheses.boundedLinear(
                                node.get("W").asDouble(), node.get("B").asDouble()));
        assertAgrees(gap, node, 1e-7);
        assertThat(gap.gap()).isCloseTo(node.get("minimizabilityGap").asDouble(), within(1e-7));
    }

    private static void assertAgrees(MinimizabilityGap gap, JsonNode node, double tolerance) {
        double risk = node.get("bestInClassRisk").asDouble();
        assertThat(gap.bestInClassRisk()).isCloseTo(risk, within(tolerance * (1 + risk)));
        assertThat(gap.quality()).isEqualTo(MinimizabilityGap.Quality.OPTIMUM);
        assertThat(gap.attained()).isTrue();
        assertThat(gap.notes()).isEmpty();
        if (node.has("meanConditionalOptimum")) {
            assertThat(gap.meanConditionalOptimum())
                    .isCloseTo(node.get("meanConditionalOptimum").asDouble(), within(1e-10));
        }
    }

    @ParameterizedTest
    @MethodSource("others")
    void agreesOnOddScalesManyClassesAndKinks(JsonNode node) {
        FiniteDistribution d = distribution(node);
        String kind = node.get("kind").asText();
        Hypotheses ball = node.has("W")
                ? Hypotheses.boundedLinear(
                        node.get("W").asDouble(), node.get("B").asDouble())
                : Hypotheses.linear();
        MinimizabilityGap gap = switch (kind) {
            case "comp-sum" ->
                MinimizabilityGap.of(d, CompSumLoss.tau(node.get("tau").asDouble()), ball);
            case "logistic" -> MinimizabilityGap.of(d, MarginLoss.LOGISTIC, ball);
            case "exponential" -> MinimizabilityGap.of(d, MarginLoss.EXPONENTIAL, ball);
            case "squared-hinge" -> MinimizabilityGap.of(d, MarginLoss.SQUARED_HINGE, ball);
            case "hinge", "bounded-hinge" -> MinimizabilityGap.of(d, MarginLoss.HINGE, ball);
            case "zero-one" -> MinimizabilityGap.zeroOne(d, ball);
            default -> MinimizabilityGap.of(d, hinge(kind), ball);
        };
        // Hinges in the tests of scipy's linear programmes have slacks for y - f with margin 1 on f = h_1 - h_0.
        assertAgrees(gap, node, 1e-9);
        assertThat(gap.residual()).isLessThan(1e-8);
    }

    private static MulticlassLoss hinge(String kind) {
        return switch (kind) {
            case "crammer-singer" -> new CrammerSingerHinge();
            case "weston-watkins" -> new WestonWatkinsHinge();
            case "constrained-hinge" -> new ConstrainedHinge();
            default -> throw new IllegalArgumentException(kind);
        };
    }

    private static FiniteDistribution random(RandomStream random, int points, int features, int classes) {
        double[] weights = new double[points];
        double[][] p = new double[points][classes];
        double[][] x = new double[points][features];
        for (int i = 0; i < points; i++) {
            weights[i] = random.nextDouble();
            double sum = 0;
            for (int k = 0; k < classes; k++) {
                p[i][k] = -Math.log(1 - random.nextDouble());
                sum += p[i][k];
            }
            for (int k = 0; k < classes; k++) {
                p[i][k] /= sum;
            }
            for (int j = 0; j < features; j++) {
                x[i][j] = random.nextGaussian();
            }
        }
        return FiniteDistribution.of(weights, p, x);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.4, 1, 1.5})
    void affinelyIndependentPointsHaveNoGap(double tau) {
        FiniteDistribution d = random(RandomStream.of(1, "gap-independent", 0, 0), 4, 3, 3);
        MinimizabilityGap gap = MinimizabilityGap.of(d, CompSumLoss.tau(tau), Hypotheses.linear());
        assertThat(gap.gap()).isLessThan(1e-9);
    }

    @Test
    void gapsAreNotNegativeAndVanishForAllFunctions() {
        List<MulticlassLoss> losses = List.of(
                CompSumLoss.tau(0),
                CompSumLoss.crossEntropy(),
                CompSumLoss.tau(1.4),
                CompSumLoss.meanAbsoluteError(),
                new ConstrainedHinge());
        for (int repeat = 0; repeat < 10; repeat++) {
            FiniteDistribution d = random(RandomStream.of(2, "gap-random", 0, repeat), 6, 2, 2 + repeat % 3);
            for (MulticlassLoss loss : losses) {
                MinimizabilityGap gap = MinimizabilityGap.of(d, loss, Hypotheses.linear());
                assertThat(gap.bestInClassRisk() - gap.meanConditionalOptimum()).isGreaterThan(-1e-9);
                assertThat(MinimizabilityGap.of(d, loss, Hypotheses.all()).gap())
                        .isZero();
            }
        }
    }

    @Test
    void labelsThatAreCertainAndSeparableHaveTheirInfimumAtInfinity() {
        double[][] x = {{0}, {1}, {2}};
        double[] w = {1, 1, 1};
        for (double tau : new double[] {0, 0.5, 1}) {
            MinimizabilityGap separable = MinimizabilityGap.of(
                    binary(w, new double[] {0, 0, 1}, x), CompSumLoss.tau(tau), Hypotheses.linear());
            assertThat(separable.attained()).isFalse();
            assertThat(separable.bestInClassRisk()).isZero();
            assertThat(separable.notes()).anyMatch(note -> note.contains("not attained"));
            MinimizabilityGap not = MinimizabilityGap.of(
                    binary(w, new double[] {0, 1, 0}, x), CompSumLoss.tau(tau), Hypotheses.linear());
            assertThat(not.attained()).isTrue();
            assertThat(not.gap()).isGreaterThan(0.3);
        }
    }

    @Test
    void onlyPartOfTheScoresMayRunToInfinity() {
        double[] w = {1, 1, 1};
        // The line x = 1 keeps its coin toss, the points beside it become certain.
        MinimizabilityGap toss = MinimizabilityGap.of(
                binary(w, new double[] {0, 0.5, 1}, new double[][] {{0}, {1}, {2}}),
                CompSumLoss.crossEntropy(),
                Hypotheses.linear());
        assertThat(toss.attained()).isFalse();
        assertThat(toss.bestInClassRisk()).isCloseTo(Math.log(2) / 3, within(1e-14));
        assertThat(toss.gap()).isLessThan(1e-14);
        // Class 2 never occurs and can be given up; the other two remain a logistic problem.
        double[] four = {1, 2, 1, 1};
        double[] eta = {0.3, 0.6, 0.2, 0.9};
        double[][] x = {{0, 1}, {1, 0.5}, {2, -1}, {3, 4}};
        double[][] p = new double[4][];
        for (int i = 0; i < 4; i++) {
            p[i] = new double[] {1 - eta[i], eta[i], 0};
        }
        MinimizabilityGap three =
                MinimizabilityGap.of(FiniteDistribution.of(four, p, x), CompSumLoss.tau(0.5), Hypotheses.linear());
        MinimizabilityGap two = MinimizabilityGap.of(binary(four, eta, x), CompSumLoss.tau(0.5), Hypotheses.linear());
        assertThat(three.attained()).isFalse();
        assertThat(two.attained()).isTrue();
        assertThat(three.bestInClassRisk()).isCloseTo(two.bestInClassRisk(), within(1e-12));
    }

    @Test
    void lossesThatAreNotConvexGetAnUpperBound() {
        FiniteDistribution d = random(RandomStream.of(5, "gap-nonconvex", 0, 0), 7, 1, 2);
        MinimizabilityGap mae = MinimizabilityGap.of(d, CompSumLoss.meanAbsoluteError(), Hypotheses.linear());
        assertThat(mae.quality()).isEqualTo(MinimizabilityGap.Quality.UPPER_BOUND);
        assertThat(mae.notes()).anyMatch(note -> note.contains("upper bound"));
        // MAE is the zero-one risk of randomised labels: its infimum is that of the zero-one loss.
        assertThat(mae.bestInClassRisk())
                .isCloseTo(MinimizabilityGap.zeroOne(d, Hypotheses.linear()).bestInClassRisk(), within(1e-8));
    }

    @Test
    void nonconvexMarginLossesInABallReachTheGridMinimum() {
        FiniteDistribution d = random(RandomStream.of(6, "gap-ball", 0, 0), 6, 1, 2);
        double[][] x = d.x();
        for (MarginLoss loss : List.of(MarginLoss.sigmoid(1.5), MarginLoss.rhoMargin(0.4))) {
            double grid = Double.POSITIVE_INFINITY;
            for (int a = -200; a <= 200; a++) {
                for (int b = -200; b <= 200; b++) {
                    double risk = 0;
                    for (int i = 0; i < d.size(); i++) {
                        double f = 1.2 * a / 200 * x[i][0] + 0.7 * b / 200;
                        risk += d.weight(i) * (d.p(i)[1] * loss.value(f) + d.p(i)[0] * loss.value(-f));
                    }
                    grid = Math.min(grid, risk);
                }
            }
            MinimizabilityGap gap = MinimizabilityGap.of(d, loss, Hypotheses.boundedLinear(1.2, 0.7));
            assertThat(gap.quality()).isEqualTo(MinimizabilityGap.Quality.UPPER_BOUND);
            assertThat(gap.bestInClassRisk()).as(loss.name()).isBetween(grid - 0.01, grid + 1e-9);
            assertThat(MinimizabilityGap.of(d, loss, Hypotheses.linear()).bestInClassRisk())
                    .isLessThanOrEqualTo(gap.bestInClassRisk() + 1e-9);
        }
    }

    @Test
    void pointsWithoutWeightAndRepeatedColumnsChangeNothing() {
        FiniteDistribution d = random(RandomStream.of(7, "gap-weights", 0, 0), 8, 2, 3);
        double[] weights = new double[9];
        double[][] p = new double[9][];
        double[][] x = new double[9][];
        double[][] features = d.x();
        for (int i = 0; i < 8; i++) {
            weights[i] = d.weight(i);
            p[i] = d.p(i);
            x[i] = new double[] {features[i][0], 1e6 - 2e3 * features[i][1], 4, features[i][0]};
        }
        p[8] = new double[] {1, 0, 0};
        x[8] = new double[] {9, 9, 9, 9};
        MinimizabilityGap plain = MinimizabilityGap.of(d, CompSumLoss.tau(0.2), Hypotheses.linear());
        MinimizabilityGap other =
                MinimizabilityGap.of(FiniteDistribution.of(weights, p, x), CompSumLoss.tau(0.2), Hypotheses.linear());
        assertThat(other.bestInClassRisk()).isCloseTo(plain.bestInClassRisk(), within(1e-11));
        assertThat(other.attained()).isTrue();
    }

    @Test
    void ballsOfNoSizeLeaveTheConstantScore() {
        FiniteDistribution d = binary(new double[] {1, 1}, new double[] {0.1, 0.3}, new double[][] {{1}, {2}});
        MinimizabilityGap zero = MinimizabilityGap.of(d, MarginLoss.LOGISTIC, Hypotheses.boundedLinear(0, 0));
        assertThat(zero.bestInClassRisk()).isCloseTo(Math.log(2), within(1e-15));
        assertThat(zero.gap()).isZero();
        MinimizabilityGap constant = MinimizabilityGap.of(d, MarginLoss.LOGISTIC, Hypotheses.boundedLinear(0, 5));
        assertThat(constant.bestInClassRisk()).isCloseTo(-0.2 * Math.log(0.2) - 0.8 * Math.log(0.8), within(1e-12));
        assertThat(MinimizabilityGap.of(d, MarginLoss.HINGE, Hypotheses.boundedLinear(0, 0))
                        .bestInClassRisk())
                .isCloseTo(1, within(1e-12));
        assertThat(MinimizabilityGap.of(d, CompSumLoss.crossEntropy(), Hypotheses.boundedLinear(1, 1))
                        .bestInClassRisk())
                .isEqualTo(MinimizabilityGap.of(d, MarginLoss.LOGISTIC, Hypotheses.boundedLinear(1, 1))
                        .bestInClassRisk());
    }

    @Test
    void impossibleRequestsAreNamed() {
        FiniteDistribution bare = FiniteDistribution.of(new double[] {1}, new double[][] {{0.2, 0.3, 0.5}}, null);
        FiniteDistribution placed =
                FiniteDistribution.of(new double[] {1}, new double[][] {{0.2, 0.3, 0.5}}, new double[][] {{1, 2, 3}});
        CompSumLoss ce = CompSumLoss.crossEntropy();
        refused(() -> MinimizabilityGap.of(bare, ce, Hypotheses.linear()), "need the features");
        refused(() -> MinimizabilityGap.of(placed, MarginLoss.HINGE, Hypotheses.linear()), "2 classes", "has 3");
        refused(() -> MinimizabilityGap.of(placed, ce, Hypotheses.boundedLinear(1, 1)), "2 classes", "has 3");
        refused(
                () -> MinimizabilityGap.of(placed, CompSumLoss.tau(0.5), Hypotheses.boundedLinear(1, 1)),
                "comp-sum(tau=0.5)");
        refused(() -> MinimizabilityGap.of(placed, ZLoss.of(1, 1), Hypotheses.linear()), "z-loss", "Crammer-Singer");
        refused(() -> MinimizabilityGap.zeroOne(placed, Hypotheses.linear()), "at most 12 points", "with 3");
        refused(() -> Hypotheses.boundedLinear(-1, 1), "W", "-1.0", "at least 0");
        refused(() -> Hypotheses.boundedLinear(1, -2), "B", "-2.0", "at least 0");
        refused(() -> Hypotheses.boundedLinear(Double.NaN, 1), "W", "NaN");
    }

    private static void refused(Runnable request, String... facts) {
        assertThatThrownBy(request::run)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(facts);
    }
}
