package io.verity.estimators.logistic.theory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import com.fasterxml.jackson.databind.JsonNode;
import io.verity.estimators.GoldenJson;
import io.verity.stats.EstimationException;
import io.verity.stats.losses.LogisticLoss;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class RidgeLogisticTheoryTest {
    static Stream<JsonNode> goldenRows() {
        JsonNode rows = GoldenJson.read(RidgeLogisticTheoryTest.class, "fixed_points.json")
                .get("rows");
        return StreamSupport.stream(rows.spliterator(), false);
    }

    @ParameterizedTest
    @MethodSource("goldenRows")
    void fixedPointsAgreeWithTheIndependentSolution(JsonNode row) {
        FixedPoint point = RidgeLogisticTheory.solve(
                row.get("kappa").doubleValue(),
                row.get("delta").doubleValue(),
                row.get("lambdaMean").doubleValue());
        assertThat(point.mu() / row.get("mu").doubleValue()).isCloseTo(1, within(1e-9));
        assertThat(point.sigma() / row.get("sigma").doubleValue()).isCloseTo(1, within(1e-9));
        assertThat(point.gamma() / row.get("gamma").doubleValue()).isCloseTo(1, within(1e-9));
        assertThat(point.norm()).isCloseTo(row.get("norm").doubleValue(), within(1e-9));
        assertThat(point.cosine()).isCloseTo(row.get("cos").doubleValue(), within(1e-9));
        assertThat(point.accuracy()).isCloseTo(row.get("acc").doubleValue(), within(1e-9));
        assertThat(point.bayesAccuracy()).isCloseTo(row.get("bayes").doubleValue(), within(1e-9));
        assertThat(point.testLogLoss()).isCloseTo(row.get("nll").doubleValue(), within(1e-9));
        assertThat(point.trainLogLoss()).isCloseTo(row.get("trainnll").doubleValue(), within(1e-9));
        assertThat(point.disjointCosine()).isCloseTo(row.get("indep").doubleValue(), within(1e-9));
        row.get("overlap")
                .properties()
                .forEach(entry -> assertThat(point.overlapCosine(Double.parseDouble(entry.getKey())))
                        .as("omega = %s", entry.getKey())
                        .isCloseTo(entry.getValue().doubleValue(), within(1e-8)));
        assertThat(point.residual()).isLessThan(1e-12);
    }

    @ParameterizedTest
    @CsvSource({
        "2,2,0.1",
        "4,0.25,0.01",
        "1,5,0.001",
        "3,4,0",
        "0,1,0.1",
        "0,5,0",
        "6,0.3,1e-6",
        "2,2,1e-7",
        "5,15,1e-8",
        "1,0.5,500"
    })
    void originalEquationsHoldUnderAPlainTwoDimensionalIntegration(double kappa, double delta, double lambdaMean) {
        FixedPoint point = RidgeLogisticTheory.solve(kappa, delta, lambdaMean);
        double gamma = point.gamma();
        double square = 0;
        double shrinkage = 0;
        double correlation = 0;
        double magnitude = 0;
        double gStep = 0.6 / Math.max(1, Math.max(kappa, point.mu()));
        double zStep = 0.6 / Math.max(1, point.sigma());
        for (double g = -8.4; g <= 8.4; g += gStep) {
            for (double z = -8.4; z <= 8.4; z += zStep) {
                double share = gStep
                        * zStep
                        * Math.exp(-0.5 * (g * g + z * z))
                        / (2 * Math.PI)
                        * 2
                        / (1 + Math.exp(-kappa * g));
                double margin = bisected(gamma, point.mu() * g + point.sigma() * z);
                double r = LogisticLoss.sigmoidNegative(margin);
                double h = r * LogisticLoss.sigmoidNegative(-margin);
                square += share * r * r;
                shrinkage += share * gamma * h / (1 + gamma * h);
                correlation += share * g * r;
                magnitude += share * Math.abs(g) * r;
            }
        }
        assertThat(delta * gamma * gamma * square).isCloseTo(point.sigma() * point.sigma(), withinPercentage(1e-7));
        assertThat(shrinkage + lambdaMean * gamma).isCloseTo(1 / delta, withinPercentage(1e-7));
        assertThat(correlation).isCloseTo(lambdaMean * point.mu(), within(1e-9 * magnitude));
    }

    @Test
    void trainAccuracyIsTheShareOfPositiveMarginsAfterTraining() {
        FixedPoint point = RidgeLogisticTheory.solve(1, 5, 0.001);
        double step = 0.01;
        double right = 0;
        for (double g = -8.4; g <= 8.4; g += step) {
            for (double z = -8.4; z <= 8.4; z += step) {
                if (point.mu() * g + point.sigma() * z > -0.5 * point.gamma()) {
                    right += step * step * Math.exp(-0.5 * (g * g + z * z)) / Math.PI / (1 + Math.exp(-g));
                }
            }
        }
        assertThat(point.trainAccuracy()).isCloseTo(right, within(1e-4));
    }

    private static double bisected(double gamma, double q) {
        double low = q;
        double high = q + gamma;
        for (int k = 0; k < 80; k++) {
            double middle = 0.5 * (low + high);
            if (middle - gamma * LogisticLoss.sigmoidNegative(middle) > q) {
                high = middle;
            } else {
                low = middle;
            }
        }
        return 0.5 * (low + high);
    }

    @Test
    void accuracyDependsOnTheCosineAlone() {
        FixedPoint point = RidgeLogisticTheory.solve(2, 2, 0.1);
        assertThat(RidgeLogisticTheory.accuracy(2, point.cosine())).isCloseTo(point.accuracy(), within(1e-14));
        assertThat(RidgeLogisticTheory.accuracy(2, -point.cosine())).isCloseTo(1 - point.accuracy(), within(1e-14));
        assertThat(RidgeLogisticTheory.accuracy(2, 1)).isCloseTo(point.bayesAccuracy(), within(1e-14));
        assertThatThrownBy(() -> RidgeLogisticTheory.accuracy(2, 1.5)).hasMessageContaining("but is 1.5");
    }

    /** A wrong reading of the penalty (lambda / p for lambda / n) moves the norm and hardly anything else. */
    @ParameterizedTest
    @CsvSource({
        "2,2,0.1,0.9464",
        "2,2,1,0.1936",
        "2,2,0.01,2.816",
        "2,0.5,0.1,1.9008",
        "2,0.5,0.01,3.4087",
        "4,0.25,0.01,2.9009",
        "1,5,0.001,1.7954"
    })
    void normTellsPenaltyScalingsApart(double kappa, double delta, double lambdaMean, double wrongNorm) {
        assertThat(RidgeLogisticTheory.solve(kappa, delta, lambdaMean * delta).norm())
                .isCloseTo(wrongNorm, within(5e-4));
    }

    @ParameterizedTest
    @CsvSource({"0,2", "0.5,2.07636", "1,2.27822", "2,2.89914", "3,3.66943", "4,4.51522", "5,5.40389"})
    void maximumLikelihoodExistsAboveTheTabulatedRatio(double kappa, double threshold) {
        assertThat(RidgeLogisticTheory.mleThreshold(kappa)).isCloseTo(threshold, within(5.1e-6));
    }

    @Test
    void thresholdGrowsFromTwoWithTheSignal() {
        assertThat(RidgeLogisticTheory.mleThreshold(1e-6)).isCloseTo(2, within(1e-9));
        assertThat(RidgeLogisticTheory.mleThreshold(1e4)).isGreaterThan(RidgeLogisticTheory.mleThreshold(1e3));
    }

    @ParameterizedTest
    @CsvSource({"2,2,0.65055", "2,0.5,0.39371", "4,1,0.58934"})
    void infinitePenaltyIsTheDifferenceOfMeans(double kappa, double delta, double cosine) {
        MeanDifferenceLimit limit = RidgeLogisticTheory.infinitePenalty(kappa, delta);
        FixedPoint strong = RidgeLogisticTheory.solve(kappa, delta, 1e7);
        assertThat(limit.cosine()).isCloseTo(cosine, within(5.1e-6));
        assertThat(strong.cosine()).isCloseTo(limit.cosine(), within(1e-8));
        assertThat(strong.accuracy()).isCloseTo(limit.accuracy(), within(1e-8));
        assertThat(strong.overlapCosine(0.8)).isCloseTo(limit.overlapCosine(0.8), within(1e-8));
        assertThat(strong.disjointCosine()).isCloseTo(limit.disjointCosine(), within(1e-8));
    }

    /** The values come from a search on a fine grid with an independent implementation (scipy 1.10, 2-D trapezoid). */
    @ParameterizedTest
    @CsvSource({"2,2,0.162", "2,0.5,0.703", "4,1,0.113", "1,5,0.220", "3,4,0.0364"})
    void bestPenaltyBeatsItsNeighboursAndIsNearTheBayesianOne(double kappa, double delta, double lambda) {
        FixedPoint best = RidgeLogisticTheory.bestPenalty(kappa, delta);
        assertThat(best.lambdaMean()).isCloseTo(lambda, withinPercentage(0.5));
        assertThat(best.lambdaMean() * delta * kappa * kappa).isBetween(1.0, 2.0);
        for (double factor : new double[] {0.8, 1.25}) {
            FixedPoint neighbour = RidgeLogisticTheory.solve(kappa, delta, best.lambdaMean() * factor);
            assertThat(neighbour.accuracy()).isLessThan(best.accuracy());
            assertThat(neighbour.disjointCosine()).isLessThan(best.disjointCosine());
        }
    }

    @Test
    void overlapStabilityPeaksAtAStrongerPenaltyThanAccuracy() {
        double[] expected = {0.823, 0.855, 0.878, 0.8875, 0.8887, 0.8869, 0.8855};
        List<FixedPoint> curve = RidgeLogisticTheory.curve(2, 2, 0.01, 0.03, 0.1, 0.3, 1, 3, 10);
        for (int k = 0; k < expected.length; k++) {
            assertThat(curve.get(k).overlapCosine(0.8)).isCloseTo(expected[k], within(5.1e-4));
        }
    }

    @Test
    void overlapGrowsFromIndependenceToIdentity() {
        FixedPoint point = RidgeLogisticTheory.solve(2, 2, 1e-4);
        double previous = point.overlapCosine(0);
        assertThat(previous).isEqualTo(point.disjointCosine());
        for (double omega : new double[] {0.1, 0.5, 0.9, 0.999, 0.999999}) {
            double cosine = point.overlapCosine(omega);
            assertThat(cosine).isGreaterThan(previous).isLessThan(1);
            previous = cosine;
        }
        assertThat(point.overlapCosine(1)).isEqualTo(1);
        // Identity is a fixed point of the general formula too: equation (1) with rho = 1.
        assertThat(new Overlap(point, 1).image(1)[0]).isCloseTo(1, within(1e-10));
    }

    @Test
    void curveKeepsTheOrderGivenAndAgreesWithSingleSolutions() {
        double[] lambdas = {1e-6, 10, 1e-3, 0.1, 0};
        List<FixedPoint> curve = RidgeLogisticTheory.curve(2, 4, lambdas);
        for (int k = 0; k < lambdas.length; k++) {
            FixedPoint alone = RidgeLogisticTheory.solve(2, 4, lambdas[k]);
            assertThat(curve.get(k).lambdaMean()).isEqualTo(lambdas[k]);
            assertThat(curve.get(k).mu()).isCloseTo(alone.mu(), withinPercentage(1e-8));
            assertThat(curve.get(k).gamma()).isCloseTo(alone.gamma(), withinPercentage(1e-8));
        }
    }

    @Test
    void withoutSignalThereIsNothingToFind() {
        FixedPoint point = RidgeLogisticTheory.solve(0, 1.5, 0.1);
        assertThat(point.mu()).isZero();
        assertThat(point.cosine()).isZero();
        assertThat(point.accuracy()).isCloseTo(0.5, within(1e-14));
        assertThat(point.bayesAccuracy()).isCloseTo(0.5, within(1e-14));
        assertThat(point.disjointCosine()).isZero();
        assertThat(point.overlapCosine(0.5)).isBetween(0.3, 0.6);
        assertThat(point.trainAccuracy()).isBetween(0.7, 1.0);
        assertThatThrownBy(() -> RidgeLogisticTheory.bestPenalty(0, 1))
                .hasMessageContaining("kappa must be a positive finite number, but is 0.0");
    }

    @ParameterizedTest
    @CsvSource({
        "8,20,1e-8",
        "8,0.1,1e-8",
        "8,0.1,1000",
        "2,2.9,0",
        "2,2.8992,0",
        "2,2.899,1e-8",
        "2,2.5,1e-8",
        "2,2,1e-16",
        "8,8,1e-8",
        "2,1e-6,0.1",
        "2,1e6,0",
        "1000,1,1e-8",
        "1e12,1,0.1",
        "2,2,1e10",
        "2,2,1e100",
        "1e-8,1,1",
        "0,2.0001,0"
    })
    void extremesAreSolvedToo(double kappa, double delta, double lambdaMean) {
        FixedPoint point = RidgeLogisticTheory.solve(kappa, delta, lambdaMean);
        assertThat(point.residual()).isLessThan(1e-10);
        assertThat(point.accuracy()).isBetween(0.5 - 1e-14, point.bayesAccuracy() + 1e-12);
        assertThat(point.trainLogLoss()).isLessThanOrEqualTo(point.testLogLoss());
    }

    @Test
    void penaltyBeyondDoublePrecisionIsOneClearSentence() {
        assertThatThrownBy(() -> RidgeLogisticTheory.solve(2, 1e308, 1e308))
                .isInstanceOf(EstimationException.class)
                .hasMessage(
                        "the fixed point for kappa=2.0, n/p=1.0E308, lambdaMean=1.0E308 was not found in double precision;"
                                + " move the penalty or n/p away from the extreme");
    }

    @Test
    void withoutPenaltyBelowTheThresholdThereIsNoLimit() {
        assertThatThrownBy(() -> RidgeLogisticTheory.solve(2, 2, 0))
                .isInstanceOf(EstimationException.class)
                .hasMessage("no finite limit: n/p=2.0 <= 2.899 for kappa=2; use lambdaMean > 0");
        assertThat(RidgeLogisticTheory.solve(2, 3, 0).norm()).isGreaterThan(10);
    }

    @Test
    void argumentsOutOfRangeAreNamed() {
        assertThatThrownBy(() -> RidgeLogisticTheory.solve(-1, 2, 0.1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("kappa must be finite and at least 0, but is -1.0");
        assertThatThrownBy(() -> RidgeLogisticTheory.solve(1, 0, 0.1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("n/p must be a positive finite number, but is 0.0");
        assertThatThrownBy(() -> RidgeLogisticTheory.solve(1, 2, -0.1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("lambdaMean must be finite and at least 0, but is -0.1");
        assertThatThrownBy(() -> RidgeLogisticTheory.solve(1, 2, 0.1).overlapCosine(1.5))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("omega, the shared fraction, must be in [0, 1], but is 1.5");
    }
}
