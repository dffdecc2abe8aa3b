package io.verity.papers.largestep;

import static org.assertj.core.api.Assertions.assertThat;

import io.verity.estimators.largestep.Bounds;
import io.verity.estimators.largestep.Perceptrons;
import io.verity.estimators.largestep.TieRule;
import io.verity.estimators.largestep.Variant;
import io.verity.papers.TestContext;
import io.verity.papers.largestep.PerceptronLimitClaims.Horizon;
import io.verity.simulations.claims.Budget;
import io.verity.simulations.claims.Verdict;
import io.verity.simulations.claims.Verdict.Kind;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** Claims can fail: a wrong formula, a wrong method or a wrong constant turns the verdict. */
class FalseStatementsTest {
    private static final TestContext CONTEXT = new TestContext(Budget.QUICK, 42, "test");

    @Test
    void countOffByOneIsRefuted() {
        Verdict verdict = WorstCaseClaims.verify(CONTEXT, Perceptrons.batch(TieRule.MISTAKE), n -> (3 * n + 2) / 10);
        assertThat(verdict.kind()).isEqualTo(Kind.REFUTED);
        assertThat(verdict.counterexample()).isNotNull();
        assertThat(verdict.counterexample().description()).contains("worst(10): 4 != 3");
    }

    @Test
    void batchPerceptronBoundDividedByTwentyIsRefuted() {
        assertThat(SeparationBoundClaims.perceptrons(
                                CONTEXT,
                                (i, gamma) -> Bounds.batchPerceptron(i.n(), i.radius(), i.mu()) / 20,
                                SeparationTime.Method.BATCH)
                        .kind())
                .isEqualTo(Kind.REFUTED);
    }

    @Test
    void normalizedBoundWithoutItsLogarithmIsRefuted() {
        assertThat(SeparationBoundClaims.descent(
                                CONTEXT, Variant.NORMALIZED, (i, gamma) -> Bounds.novikoff(i.radius(), i.mu()))
                        .kind())
                .isEqualTo(Kind.REFUTED);
    }

    @Test
    void cappedRunIsUndecidedBelowItsBoundAndAViolationAboveIt() {
        Instance data = Instance.named("wutoy");
        SeparationTime early = new SeparationTime(data, "gd", 1, OptionalInt.empty(), 50, 100);
        SeparationTime late = new SeparationTime(data, "gd", 1, OptionalInt.empty(), 101, 100);
        assertThat(SeparationTime.record(List.of(early)).verdict().kind()).isEqualTo(Kind.INCONCLUSIVE);
        assertThat(SeparationTime.record(List.of(late)).verdict().kind()).isEqualTo(Kind.REFUTED);
    }

    @Test
    void averageLossBoundWithATenthLessIsRefuted() {
        assertThat(LossBoundClaims.verifyAverages(CONTEXT, 0.9).kind()).isEqualTo(Kind.REFUTED);
    }

    @Test
    void perceptronLimitFailsAtATenthOfTheStepSize() {
        Horizon worst = Horizon.of("worst20", 12);
        double enough = 40 / PerceptronLimitClaims.smallestMargin(worst);
        assertThat(PerceptronLimitClaims.deviation(CONTEXT, worst, enough, TieRule.MISTAKE))
                .isLessThan(1e-12);
        assertThat(PerceptronLimitClaims.deviation(CONTEXT, worst, enough / 10, TieRule.MISTAKE))
                .isGreaterThan(1e-4);
    }

    @Test
    void publishedTableFailsOneSampleAway() {
        assertThat(WorstCaseClaims.verifyTable(CONTEXT, 998).kind()).isEqualTo(Kind.SUPPORTED);
        assertThat(WorstCaseClaims.verifyTable(CONTEXT, 1001).kind()).isEqualTo(Kind.REFUTED);
    }

    @Test
    void accelerationIsNotSeenWithAFixedStep() {
        assertThat(RateClaims.verifySlope(CONTEXT, Instance.named("sepA"), false)
                        .kind())
                .isEqualTo(Kind.REFUTED);
    }

    @Test
    void lossIsNotMonotoneAtTwiceTheStableStep() {
        Verdict verdict = UnreliableLossClaims.monotone(
                CONTEXT, List.of("wutoy", "worst200"), data -> 4 / data.smoothness(), "4/L");
        assertThat(verdict.kind()).isEqualTo(Kind.REFUTED);
    }
}
