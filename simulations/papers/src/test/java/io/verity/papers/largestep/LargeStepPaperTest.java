package io.verity.papers.largestep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.verity.papers.PaperContract;
import io.verity.simulations.claims.Budget;
import io.verity.simulations.claims.Claim;
import io.verity.simulations.claims.ClaimRecord;
import io.verity.simulations.claims.Verdict;
import io.verity.simulations.claims.VerificationRun;
import io.verity.simulations.claims.Verifier;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class LargeStepPaperTest {
    private static final List<Claim> CLAIMS = new LargeStepPaper().claims();
    private static VerificationRun run;

    /** The whole paper at quick budget, once. */
    @BeforeAll
    static void verifyThePaper() {
        run = Verifier.withDefaults().withThreads(2).verify(CLAIMS);
    }

    @TestFactory
    Stream<DynamicTest> everyQuickVerdictIsTheExpectedOne() {
        return PaperContract.verdictsAreTheExpectedOnes(run);
    }

    @Test
    void paperIsFoundByTheServiceLoader() {
        PaperContract.assertFoundByTheServiceLoader("large-step");
    }

    @Test
    void claimsStandInOrderEachFollowedByItsControls() {
        List<String> parents = CLAIMS.stream()
                .filter(c -> c.controlOf().isEmpty() && !c.finding())
                .map(c -> c.id().name())
                .toList();
        assertThat(parents)
                .isEqualTo(IntStream.rangeClosed(1, 24)
                        .mapToObj(k -> String.format("LS-%02d", k))
                        .toList());
        for (String parent : parents) {
            assertThat(CLAIMS)
                    .as(parent)
                    .anyMatch(c -> c.controlOf().isPresent()
                            && c.controlOf().get().name().equals(parent));
        }
        for (int k = 1; k < CLAIMS.size(); k++) {
            Claim claim = CLAIMS.get(k);
            Claim before = CLAIMS.get(k - 1);
            claim.controlOf()
                    .ifPresent(parent ->
                            assertThat(parent).isEqualTo(before.controlOf().orElse(before.id())));
        }
    }

    @Test
    void onlyTheoremsOfThePaperAreAttributedToIt() {
        assertThat(CLAIMS.stream()
                        .filter(c -> c.controlOf().isEmpty() && !c.source().derived())
                        .map(c -> c.id().name() + " " + c.source().citation()))
                .containsExactly(
                        "LS-01 arXiv 2412.08424, Theorem 3.2",
                        "LS-03 arXiv 2412.08424, Theorem 3.3",
                        "LS-04 arXiv 2412.08424, Theorems 5.2 and 5.3",
                        "LS-06 arXiv 2412.08424, Theorem 6.1",
                        "LS-08 arXiv 2412.08424, Theorem 4.1",
                        "LS-10 doi 10.1007/978-1-4419-8853-9, descent lemma (Lemma 1.2.3)",
                        "LS-22 arXiv 2412.08424, Table 1, worst-case rows");
    }

    /** Computed for this test with numpy 2.4.6 (double precision), independently of this library. */
    @Test
    void statisticsAgreeWithNumpy() {
        Map<String, Double> expected = Map.ofEntries(
                Map.entry("LS-01N", 1.6452699328443487),
                Map.entry("LS-02N", 0.5),
                Map.entry("LS-03N", 301 / 5.0),
                Map.entry("LS-04N", 91 / 68.36292031338037),
                Map.entry("LS-06N", 308 / 5.608030727),
                Map.entry("LS-08", 1.0000045398899218),
                Map.entry("LS-09", -0.9486832980505139),
                Map.entry("LS-10N", 9.0),
                Map.entry("LS-11", 0.9259784277936816),
                Map.entry("LS-12N", 14.0),
                Map.entry("LS-13", -1.8013083794795282),
                Map.entry("LS-13N", -0.6772839281571145),
                Map.entry("LS-14", 0.006775810323770825),
                Map.entry("LS-15", 0.23209925538925227),
                Map.entry("LS-15N", 10.885527054658771),
                Map.entry("LS-16", 0.006402028803761454),
                Map.entry("LS-17", 0.9892200652239735),
                Map.entry("LS-23", 3.1300729318252674),
                Map.entry("LS-23N", 0.95),
                Map.entry("LS-24", 6.358855942071214));
        expected.forEach(
                (id, value) -> assertThat(record(id).verdict().statistic().value())
                        .as(id)
                        .isCloseTo(value, within(1e-6 * Math.abs(value))));
    }

    @Test
    void verdictsNeitherDependOnThreadsNorChangeWhenRepeated() {
        List<Claim> drawing = CLAIMS.stream()
                .filter(c -> c.id().name().matches("LS-(03|05|10|20|19N)"))
                .toList();
        PaperContract.assertSameVerdicts(
                run, Verifier.withDefaults().withThreads(1).verify(drawing));
    }

    @Test
    void anotherSeedDrawsOtherDataAndKeepsTheVerdicts() {
        List<Claim> drawing = CLAIMS.stream()
                .filter(c -> c.id().name().matches("LS-(03|04|20|19N)"))
                .toList();
        VerificationRun other = Verifier.withDefaults().withSeed(7).verify(drawing);
        assertThat(other.surprises()).isEmpty();
        assertThat(record("LS-03").verdict().tables())
                .isNotEqualTo(other.records().get(0).verdict().tables());
    }

    @Test
    void capsSufficeWithProbability999InAThousand() {
        for (Claim claim : CLAIMS) {
            claim.sequential().ifPresent(s -> {
                for (Budget budget : Budget.values()) {
                    assertThat(s.decisionProbability(budget, 1e-5))
                            .as("%s, %s", claim.id(), budget)
                            .isGreaterThanOrEqualTo(0.999);
                }
            });
        }
        assertThat(CLAIMS.stream().filter(c -> c.sequential().isPresent()).map(c -> c.id().name()))
                .containsExactly("LS-19N", "LS-20");
    }

    @Test
    void refutedControlsShowACounterexampleOrAnInterval() {
        for (ClaimRecord record : run.records()) {
            if (record.control()) {
                Verdict v = record.verdict();
                assertThat(v.counterexample() != null || v.statistic().upper() != null)
                        .as(record.id().toString())
                        .isTrue();
            }
        }
    }

    @Test
    void figuresAreLightAndEveryClaimHasEvidence() {
        PaperContract.assertEvidenceIsShown(run);
        for (ClaimRecord record : run.records()) {
            if (!record.control()) {
                assertThat(record.verdict().assumptions())
                        .as(record.id().toString())
                        .isNotEmpty();
            }
        }
    }

    private static ClaimRecord record(String name) {
        return run.records().stream()
                .filter(r -> r.id().name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
