package io.verity.simulations.claims;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.verity.simulations.claims.Verdict.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;

class EveryMeanTest {
    private static final List<String> NAMES = List.of("first", "second", "third");

    private static EveryMean means(double second) {
        return Criteria.everyMean("error", NAMES, (c, stream) ->
                        new double[] {stream.nextGaussian(), second + stream.nextGaussian(), stream.nextGaussian()})
                .within(0, .3)
                .expecting(new double[] {0, second, 0}, new double[] {1, 1, 1})
                .caps(2000, 4000);
    }

    @Test
    void allMeansInsideSupport() {
        Verdict verdict = means(.05).verify(PlainContext.quick(3, 1e-5));
        assertThat(verdict.kind()).isEqualTo(Kind.SUPPORTED);
        assertThat(verdict.errorProbability()).isEqualTo(1e-5);
        assertThat(verdict.tables()).hasSize(1);
    }

    @Test
    void oneMeanOutsideRefutesAndIsTheOneShown() {
        Verdict verdict = means(.8).verify(PlainContext.quick(3, 1e-5));
        assertThat(verdict.kind()).isEqualTo(Kind.REFUTED);
        assertThat(verdict.reason()).contains("second");
        assertThat(verdict.statistic().lower()).isGreaterThan(.3);
    }

    @Test
    void everyMeanMustReachALowerBound() {
        EveryMean above = means(.8).above(-.3);
        Verdict verdict = above.verify(PlainContext.quick(3, 1e-5));
        assertThat(verdict.kind()).isEqualTo(Kind.SUPPORTED);
        assertThat(verdict.criterion()).isEqualTo("meanAbove");
        Verdict refuted = means(-.9).above(-.3).verify(PlainContext.quick(3, 1e-5));
        assertThat(refuted.kind()).isEqualTo(Kind.REFUTED);
        assertThat(refuted.reason()).contains("second");
        assertThat(above.truth()).hasValue(0);
    }

    @Test
    void meanAtTheBoundaryIsRarelyDecided() {
        int decided = 0;
        for (int run = 0; run < 300; run++) {
            Verdict verdict = means(.3).caps(600, 600).verify(PlainContext.quick(run, .05));
            decided += verdict.kind() == Kind.INCONCLUSIVE ? 0 : 1;
        }
        assertThat(decided).isLessThanOrEqualTo(15); // 300 runs at 0.05
    }

    @Test
    void capsAreJudgedByAllMeansTogether() {
        assertThat(means(.05).decisionProbability(Budget.QUICK, 1e-5)).isGreaterThan(.999);
        assertThat(means(.25).decisionProbability(Budget.QUICK, 1e-5)).isLessThan(.2);
        assertThat(means(.05).truth()).hasValue(.05);
    }

    @Test
    void nanAndWrongLengthAreErrors() {
        EveryMean nan = Criteria.everyMean("error", NAMES, (c, s) -> new double[] {0, 0, Double.NaN})
                .within(0, 1)
                .caps(200, 200);
        assertThatThrownBy(() -> nan.verify(PlainContext.quick(1, 1e-5)))
                .isInstanceOf(ArithmeticException.class)
                .hasMessageContaining("third");
        EveryMean two = Criteria.everyMean("error", NAMES, (c, s) -> new double[2])
                .within(0, 1)
                .caps(200, 200);
        assertThatThrownBy(() -> two.verify(PlainContext.quick(1, 1e-5))).hasMessageContaining("2 values");
    }

    @Test
    void threadsChangeNothing() {
        List<Claim> claims = Claims.claim("every/E-01")
                .from(new Source("a", "t", "i", "p", true))
                .title("t")
                .states("s")
                .verifiedBy(means(.1))
                .build();
        Verdict one = Verifier.withDefaults()
                .withThreads(1)
                .verify(claims)
                .records()
                .get(0)
                .verdict();
        Verdict three = Verifier.withDefaults()
                .withThreads(3)
                .verify(claims)
                .records()
                .get(0)
                .verdict();
        assertThat(three.reason()).isEqualTo(one.reason());
        assertThat(three.tables()).isEqualTo(one.tables());
    }

    @Test
    void falseStatementMayBeExpectedToBeRefuted() {
        List<Claim> claims = Claims.claim("every/E-02")
                .from(new Source("a", "t", "i", "p", false))
                .title("t")
                .states("s")
                .expectingRefuted()
                .verifiedBy(means(.8))
                .build();
        VerificationRun run = Verifier.withDefaults().verify(claims);
        assertThat(claims.get(0).controlOf()).isEmpty();
        assertThat(run.passed()).isTrue();
        assertThat(run.records().get(0).verdict().kind()).isEqualTo(Kind.REFUTED);
    }
}
