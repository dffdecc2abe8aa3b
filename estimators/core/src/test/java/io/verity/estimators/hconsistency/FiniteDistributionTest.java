package io.verity.estimators.hconsistency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.verity.estimators.GoldenJson;
import io.verity.stats.losses.CompSumLoss;
import io.verity.stats.losses.CrammerSingerHinge;
import org.junit.jupiter.api.Test;

class FiniteDistributionTest {
    @Test
    void bothSidesEqualTheReference() {
        for (JsonNode c : GoldenJson.read(FiniteDistributionTest.class, "hconsistency_finite.json")
                .get("cases")) {
            FiniteDistribution d =
                    FiniteDistribution.of(GoldenJson.array(c.get("weights")), GoldenJson.matrix(c.get("p")));
            for (JsonNode row : c.get("taus")) {
                HConsistencyReport report = HConsistency.check(
                        d, CompSumLoss.tau(row.get("tau").asDouble()), GoldenJson.matrix(c.get("scores")));
                assertThat(report.zeroOneRegret())
                        .isCloseTo(c.get("zeroOneRegretMean").asDouble(), within(1e-9));
                assertNear(report.surrogateRisk(), row, "surrogateRisk");
                assertNear(report.meanConditionalOptimum(), row, "meanConditionalOptimum");
                assertNear(report.surrogateRegret(), row, "surrogateRegret");
                assertNear(report.gamma(), row, "gamma");
                assertNear(report.ratio(), row, "ratio");
                assertThat(report.holds()).isEqualTo(row.get("holds").asBoolean());
                assertThat(report.pointwiseBound()).isLessThanOrEqualTo(report.gamma() + 1e-12);
            }
        }
    }

    private static void assertNear(double found, JsonNode row, String key) {
        double expected = GoldenJson.number(row.get(key));
        assertThat(found).as(key + " " + row).isCloseTo(expected, within(1e-9 * Math.max(1, Math.abs(expected))));
    }

    @Test
    void tiesGoAgainstTheLearner() {
        FiniteDistribution d = FiniteDistribution.at(0.6, 0.4);
        HConsistencyReport report =
                HConsistency.check(d, CompSumLoss.crossEntropy(), new double[][] {{0.3, 0.3 - 1e-13}});
        assertThat(report.zeroOneRegret()).isCloseTo(0.2, within(1e-15));
        assertThat(report.gamma()).isCloseTo(0.2, within(1e-12));
        assertThat(report.ratio()).isCloseTo(1, within(1e-12));
        assertThat(report.holds()).isTrue();
        assertThat(report.points().get(0).predicted()).isEqualTo(1);
        assertThat(report.toTable().rows()).hasSize(1);
        assertThat(report.toString()).contains("<= Gamma(0.0201355)");
    }

    @Test
    void infiniteRegretGivesTheTrivialBound() {
        HConsistencyReport report =
                HConsistency.check(FiniteDistribution.at(1, 0), CompSumLoss.tau(0), new double[][] {{-2000, 2000}});
        assertThat(report.gamma()).isOne();
        assertThat(report.holds()).isTrue();
    }

    @Test
    void weightsAreDividedByTheirSumAndPointsWithoutWeightDoNotCount() {
        double[][] p = {{0.7, 0.3}, {1, 0}};
        double[][] scores = {{0, 0}, {-2000, 2000}};
        HConsistencyReport report =
                HConsistency.check(FiniteDistribution.of(new double[] {4, 0}, p), CompSumLoss.tau(0), scores);
        assertThat(report.surrogateRegret()).isCloseTo(1 - Math.sqrt(1 - 0.16), within(1e-12));
        assertThat(FiniteDistribution.of(new double[] {1, 3}, p).weight(1)).isEqualTo(0.75);
    }

    @Test
    void badDistributionsAreRefusedWithRowAndSum() {
        double[] one = {1};
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FiniteDistribution.of(new double[] {1, 1}, new double[][] {{1, 0}, {0.5, 0.4}}))
                .withMessageContaining("row 2")
                .withMessageContaining("0.9");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FiniteDistribution.of(one, new double[][] {{1.2, -0.2}}))
                .withMessageContaining("row 1")
                .withMessageContaining("-0.2")
                .withMessageContaining("sum is 1.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FiniteDistribution.of(one, new double[][] {{Double.NaN, 1}}))
                .withMessageContaining("row 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FiniteDistribution.of(new double[] {1, -2}, new double[][] {{1, 0}, {1, 0}}))
                .withMessageContaining("row 2")
                .withMessageContaining("-2.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FiniteDistribution.of(new double[] {0}, new double[][] {{1, 0}}))
                .withMessageContaining("all 1 weights are 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FiniteDistribution.of(new double[] {1, 2}, new double[][] {{1, 0}}))
                .withMessageContaining("2 weights")
                .withMessageContaining("1 row");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FiniteDistribution.of(new double[] {1, 2}, new double[][] {{1, 0}, {1, 0, 0}}))
                .withMessageContaining("row 2 has 3");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FiniteDistribution.of(one, new double[][] {{1}}))
                .withMessageContaining("at least 2, but row 1 has 1");
    }

    @Test
    void scoresMustFitTheDistribution() {
        FiniteDistribution d = FiniteDistribution.at(0.6, 0.4);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HConsistency.check(d, CompSumLoss.crossEntropy(), new double[][] {{0, 0, 0}}))
                .withMessageContaining("3 scores")
                .withMessageContaining("2 classes");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HConsistency.check(d, CompSumLoss.crossEntropy(), new double[][] {{0, Double.NaN}}))
                .withMessageContaining("row 1, column 2");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HConsistency.check(
                        FiniteDistribution.at(0.5, 0.3, 0.2), new CrammerSingerHinge(), new double[][] {{0, 0, 0}}))
                .withMessageContaining("no transform is known");
    }
}
