package io.verity.simulations.claims;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.verity.simulations.claims.Verdict.Counterexample;
import io.verity.simulations.claims.Verdict.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AlwaysTest {
    @Test
    void inequalityWithSlackEverywhereIsSupported() {
        Verdict verdict = Always.of("T / bound")
                .atMost("a", 3.0, 10.0)
                .atMost("b", 9.0, 10.0)
                .verdict();
        assertThat(verdict.kind()).isEqualTo(Kind.SUPPORTED);
        assertThat(verdict.statistic().name()).isEqualTo("T / bound");
        assertThat(verdict.statistic().value()).isEqualTo(0.9);
        assertThat(verdict.errorProbability()).isZero();
        assertThat(verdict.replicates()).isEqualTo(2);
        assertThat(verdict.tolerance()).isEqualTo(1e-9);
        assertThat(verdict.reason()).isEqualTo("holds at all 2, closest b: 9 <= 10");
    }

    @Test
    void oneViolationRefutesAndTheWorstIsShown() {
        Verdict verdict = Always.of("T / bound")
                .atMost("a", 3.0, 10.0)
                .atMost("b", 11.0, 10.0)
                .atMost("c", 301.0, 5.0)
                .undecided("d", "capped")
                .verdict();
        assertThat(verdict.kind()).isEqualTo(Kind.REFUTED);
        assertThat(verdict.reason()).isEqualTo("violated at 2 of 4, worst c: 301 > 5");
        assertThat(verdict.counterexample()).isNotNull();
        assertThat(verdict.counterexample().values())
                .containsEntry("found", 301.0)
                .containsEntry("claimed", 5.0);
        assertThat(verdict.statistic().value()).isEqualTo(60.2);
    }

    @Test
    void equalityOfDoublesDecidesNothingWhereSlackIsDemanded() {
        assertThat(Always.of("r").atMost("a", 1.0, 1.0).verdict().kind()).isEqualTo(Kind.INCONCLUSIVE);
        assertThat(Always.of("r").atMost("a", 1.0 + 5e-10, 1.0).verdict().kind())
                .isEqualTo(Kind.INCONCLUSIVE);
        assertThat(Always.of("r").atMost("a", 1.0 + 2e-9, 1.0).verdict().kind()).isEqualTo(Kind.REFUTED);
        assertThat(Always.of("r").atMost("a", 1.0 - 2e-9, 1.0).verdict().kind()).isEqualTo(Kind.SUPPORTED);
    }

    @Test
    void slackIsRelativeToTheSides() {
        assertThat(Always.of("D").atMost("tiny", 1e-15, 1e-12).verdict().kind()).isEqualTo(Kind.SUPPORTED);
        assertThat(Always.of("D")
                        .atMost("huge", 1e20 * (1 + 1e-10), 1e20)
                        .verdict()
                        .kind())
                .isEqualTo(Kind.INCONCLUSIVE);
        Check cancelling = Check.atMost("cancelling", 1e-12, 0.0);
        assertThat(Always.of("D").add(cancelling).verdict().kind()).isEqualTo(Kind.REFUTED);
        assertThat(Always.of("D").add(cancelling.withScale(1)).verdict().kind()).isEqualTo(Kind.INCONCLUSIVE);
    }

    @Test
    void zeroToleranceTellsStrictFromWeakInequality() {
        assertThat(Always.of("r")
                        .tolerance(0, "exact in binary")
                        .atMost("a", 1.0, 1.0)
                        .verdict()
                        .kind())
                .isEqualTo(Kind.SUPPORTED);
        assertThat(Always.of("r")
                        .tolerance(0, "exact in binary")
                        .below("a", 1.0, 1.0)
                        .verdict()
                        .kind())
                .isEqualTo(Kind.REFUTED);
    }

    @Test
    void integersAndStatementsHaveNoSlack() {
        assertThat(Always.of("T").atMost("a", 5, 5).verdict().kind()).isEqualTo(Kind.SUPPORTED);
        assertThat(Always.of("T").below("a", 5, 5).verdict().kind()).isEqualTo(Kind.REFUTED);
        assertThat(Always.of("T").above("a", 6, 5).atLeast("b", 5, 5).verdict().kind())
                .isEqualTo(Kind.SUPPORTED);
        assertThat(Always.of("T").equal("a", 301, 301).verdict().kind()).isEqualTo(Kind.SUPPORTED);
        Verdict mismatch = Always.of("T").equal("n=10", 4, 3).verdict();
        assertThat(mismatch.kind()).isEqualTo(Kind.REFUTED);
        assertThat(mismatch.reason()).isEqualTo("violated at 1 of 1, worst n=10: 4 != 3");
        assertThat(mismatch.tolerance()).isNull();
        Verdict statement =
                Always.of("overflows").holds("wutoy", false, "status MAX_ITER").verdict();
        assertThat(statement.kind()).isEqualTo(Kind.REFUTED);
        assertThat(statement.statistic().value()).isEqualTo(1);
        assertThat(statement.reason()).isEqualTo("violated at 1 of 1, worst wutoy: status MAX_ITER");
    }

    @Test
    void lowerBoundsAreJudgedInTheirOwnDirection() {
        Verdict verdict = Always.of("f / bound")
                .atLeast("a", 6.45, 5)
                .atLeast("b", 4.0, 5.0)
                .verdict();
        assertThat(verdict.kind()).isEqualTo(Kind.REFUTED);
        assertThat(verdict.reason()).contains("b: 4 < 5");
        assertThat(verdict.statistic().value()).isEqualTo(1.25);
    }

    @Test
    void cappedRunKeepsTheVerdictOpenUnlessSomethingElseRefutes() {
        Always capped = Always.of("T").atMost("a", 3, 5).undecided("b", "not separated in 4000 iterations");
        assertThat(capped.verdict().kind()).isEqualTo(Kind.INCONCLUSIVE);
        assertThat(capped.verdict().reason())
                .isEqualTo("undecided at 1 of 2, first b: not separated in 4000 iterations");
        assertThat(capped.atMost("c", 9, 5).verdict().kind()).isEqualTo(Kind.REFUTED);
    }

    @Test
    void violationThatVanishesInHigherPrecisionIsARoundingFinding() {
        Check rounding = Check.atMost("a", 1.0 + 1e-8, 1.0).withRecheck(() -> -1e-8);
        Verdict verdict = Always.of("r").add(rounding).atMost("b", 0.5, 1.0).verdict();
        assertThat(verdict.kind()).isEqualTo(Kind.SUPPORTED);
        assertThat(verdict.notes()).anyMatch(n -> n.startsWith("rounding finding"));
        Check real = rounding.withRecheck(() -> 1e-8);
        assertThat(Always.of("r").add(real).verdict().kind()).isEqualTo(Kind.REFUTED);
    }

    @Test
    void infiniteSidesAreOrdered() {
        assertThat(Always.of("r")
                        .atMost("a", 1.0, Double.POSITIVE_INFINITY)
                        .verdict()
                        .kind())
                .isEqualTo(Kind.SUPPORTED);
        assertThat(Always.of("r")
                        .atMost("a", Double.POSITIVE_INFINITY, 1.0)
                        .verdict()
                        .kind())
                .isEqualTo(Kind.REFUTED);
        assertThat(Always.of("r")
                        .atMost("a", Double.NEGATIVE_INFINITY, 1.0)
                        .verdict()
                        .kind())
                .isEqualTo(Kind.SUPPORTED);
    }

    @Test
    void nanIsNeverCompared() {
        assertThatThrownBy(() -> Always.of("r").atMost("wutoy, gamma=10", Double.NaN, 1.0))
                .isInstanceOf(ArithmeticException.class)
                .hasMessage("instance wutoy, gamma=10: cannot compare NaN <= 1.0");
    }

    @Test
    void nothingExaminedSupportsNothing() {
        assertThatThrownBy(() -> Always.of("r").verdict())
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("r: no instance was checked");
    }

    @Test
    void witnessOfTheWorstViolationIsShrunkAndShown() {
        List<Integer> numbers = List.of(3, 1, 4, 1, 5, 9, 2, 6);
        Check check = Check.atMost("sum", 31, 8).withWitness(() -> {
            List<Integer> small = Shrinking.smallest(
                    numbers,
                    list -> IntStream.range(0, list.size())
                            .mapToObj(i -> without(list, i))
                            .toList(),
                    list -> list.stream().mapToInt(i -> i).sum() > 8);
            return new Counterexample(small.toString(), Map.of(), "");
        });
        Counterexample shown = Always.of("sum").add(check).verdict().counterexample();
        assertThat(shown).isNotNull();
        assertThat(shown.description()).isEqualTo("[9]");
    }

    private static List<Integer> without(List<Integer> list, int index) {
        List<Integer> rest = new ArrayList<>(list);
        rest.remove(index);
        return rest;
    }

    @Test
    void controlsFollowTheirClaimAndExpectRefutation() {
        Source source = new Source("A. Author", "On sums", "arXiv 1234.56789", "Theorem 1", false);
        Verification yes = context -> Always.of("r").atMost("a", 1, 2).verdict();
        List<Claim> claims = Claims.inOrder(
                Claims.claim("sums/S-01")
                        .from(source)
                        .title("Sums")
                        .states("Sums are small.")
                        .assuming("terms", "positive")
                        .verifiedBy(yes)
                        .control("False sums", "Sums are large.", yes)
                        .control("More false sums", "Sums are larger.", yes),
                Claims.claim("sums/S-02")
                        .from(source)
                        .title("More sums")
                        .states("Sums are finite.")
                        .finding()
                        .verifiedBy(yes));
        assertThat(claims)
                .extracting(c -> c.id().toString())
                .containsExactly("sums/S-01", "sums/S-01N", "sums/S-01N2", "sums/S-02");
        assertThat(claims.get(1).expected()).isEqualTo(Kind.REFUTED);
        assertThat(claims.get(1).controlOf()).contains(claims.get(0).id());
        assertThat(claims.get(3).finding()).isTrue();
        assertThat(Claims.claim("sums/S-03")
                        .from(claims.get(0).source())
                        .title("Other sums")
                        .states("Sums are sums.")
                        .verifiedBy(yes)
                        .control("NC-OTHER", "t", "s", yes)
                        .build())
                .extracting(c -> c.id().name())
                .containsExactly("S-03", "NC-OTHER");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Claims.claim("sums/S-03").control("S-04N", "t", "s", yes))
                .withMessageContaining("a control of sums/S-03 must be called S-03N");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Claims.claim("sums/S-03").build())
                .withMessage("claim sums/S-03 has no source (from)");
    }
}
