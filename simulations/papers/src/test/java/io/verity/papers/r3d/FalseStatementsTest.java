package io.verity.papers.r3d;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.verity.estimators.r3d.Bandwidths;
import io.verity.estimators.r3d.TestKind;
import io.verity.papers.TestContext;
import io.verity.simulations.claims.Budget;
import io.verity.simulations.claims.Criteria;
import io.verity.simulations.claims.SequentialMean;
import io.verity.simulations.claims.Verdict;
import io.verity.simulations.claims.Verdict.Kind;
import io.verity.stats.smoothing.SmoothingKernel;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Claims can fail: a wrong truth, a wrong rule or a broken estimator turns the verdict. */
class FalseStatementsTest {
    private static final TestContext CONTEXT = new TestContext(Budget.QUICK, 42, "test");

    @Test
    void bandDoesNotCoverAnEffectThatIsThreeTimesTooLarge() {
        double[] wrong = Targets.average(Design.DGP1, 3, Targets.deciles());
        SequentialMean coverage = Criteria.proportion(
                "coverage", Experiments.event(Design.DGP1, 1, UnaryOperator.identity(), (fit, t) -> fit.covers(wrong)));
        assertThat(kind(coverage.between(.90, .985))).isEqualTo(Kind.REFUTED);
    }

    @Test
    void overcoverageIsNoSupport() {
        SequentialMean coverage = Criteria.proportion(
                "coverage",
                Experiments.event(
                        Design.DGP1,
                        1,
                        UnaryOperator.identity(),
                        (fit, truth) -> Experiments.coversWithShare(fit, truth, 4)));
        assertThat(kind(coverage.between(.50, .95))).isEqualTo(Kind.REFUTED);
    }

    @Test
    void bandwidthMuchTooWideRuinsTheCoverageOfABentDesign() {
        SequentialMean coverage = Criteria.proportion(
                "coverage",
                Experiments.coverage(Design.DGP3, 0, r3d -> r3d.withOrder(1).with(Bandwidths.fixed(1))));
        assertThat(kind(coverage.above(.90))).isEqualTo(Kind.REFUTED);
    }

    @Test
    void testThatRejectsAtRandomHasNoSize() {
        SequentialMean rejection = Criteria.proportion(
                "rejection",
                Experiments.event(
                        Design.DGP1,
                        0,
                        r3d -> r3d.withTests(TestKind.NULLITY),
                        (fit, truth) -> fit.test(TestKind.NULLITY).pValue() <= .5));
        assertThat(kind(rejection.between(.02, .10))).isEqualTo(Kind.REFUTED);
    }

    @Test
    void biasOfHalfAUnitAtOneDecileIsFound() {
        Verdict verdict = Criteria.everyMean("error", List.of("first", "last"), (context, stream) -> {
                    double[] tau = Experiments.fit(context, stream, Design.DGP1, 1, r3d -> r3d.withDraws(1))
                            .tau();
                    return new double[] {tau[0] - 1, tau[8] - 1.5};
                })
                .within(0, .2)
                .caps(600, 600)
                .verify(CONTEXT);
        assertThat(verdict.kind()).isEqualTo(Kind.REFUTED);
        assertThat(verdict.reason()).contains("last");
    }

    /** Table of the asymptotic loss: 2.7, 3.6 and 4.8 % of the half width at order 2. */
    @Test
    void lossOfPositiveWeightsIsTheDerivedOne() {
        assertThat(WidthClaims.limit(SmoothingKernel.TRIANGULAR)).isCloseTo(.973, within(5e-4));
        assertThat(WidthClaims.limit(SmoothingKernel.EPANECHNIKOV)).isCloseTo(.964, within(5e-4));
        assertThat(WidthClaims.limit(SmoothingKernel.UNIFORM)).isCloseTo(.952, within(5e-4));
    }

    private static Kind kind(SequentialMean criterion) {
        return criterion.caps(600, 600).verify(CONTEXT).kind();
    }
}
