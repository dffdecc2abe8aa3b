package io.verity.papers.raptor;

import static org.assertj.core.api.Assertions.assertThat;

import io.verity.papers.PaperContract;
import io.verity.simulations.claims.Claim;
import io.verity.simulations.claims.ClaimRecord;
import io.verity.simulations.claims.Verdict.Kind;
import io.verity.simulations.claims.VerificationRun;
import io.verity.simulations.claims.Verifier;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class RaptorPaperTest {
    private static final List<Claim> CLAIMS = new RaptorPaper().claims();
    /** Records that decide within a second or two. */
    private static final String CHEAP = "R1N|R1M|R3N|R4N|R6N?|R7N?|R8N";

    private static VerificationRun run;

    @BeforeAll
    static void verifyTheCheapRecords() {
        run = PaperContract.verified(CLAIMS, CHEAP);
    }

    @TestFactory
    Stream<DynamicTest> cheapRecordsComeOutAsExpected() {
        return PaperContract.verdictsAreTheExpectedOnes(run);
    }

    @Test
    void paperIsFoundByTheServiceLoader() {
        PaperContract.assertFoundByTheServiceLoader("raptor");
    }

    @Test
    void claimsStandInOrderWithControlsAndFindings() {
        assertThat(CLAIMS.stream().map(c -> c.id().name()))
                .containsExactly(
                        "R1", "R1N", "R1M", "R2", "R3", "R3N", "R4", "R4N", "R5", "R5B", "R6", "R6N", "R7", "R7N", "R8",
                        "R8N", "R9", "R9N", "R10", "R10N", "R11", "R12");
        assertThat(CLAIMS.stream().filter(Claim::finding).map(c -> c.id().name()))
                .containsExactly("R1M", "R5B", "R9N");
        assertThat(CLAIMS.stream()
                        .filter(c -> c.controlOf().isEmpty() && c.expected() == Kind.REFUTED)
                        .map(c -> c.id().name()))
                .containsExactly("R12");
    }

    @Test
    void capsSufficeWithProbability999InAThousand() {
        PaperContract.assertCapsSuffice(
                CLAIMS.stream().filter(c -> !c.finding()).toList());
    }

    @Test
    void recordsOnRealLayersAreSkippedWithTheReasonWhereTheModelIsMissing() {
        List<Claim> real = CLAIMS.stream()
                .filter(c -> c.id().name().matches("R9N?|R1[012]N?"))
                .toList();
        VerificationRun skipped = Verifier.withDefaults().withThreads(2).verify(real);
        assertThat(skipped.passed()).isTrue();
        for (ClaimRecord record : skipped.records()) {
            assertThat(record.verdict().kind()).as(record.id().toString()).isEqualTo(Kind.SKIPPED);
            assertThat(record.verdict().reason())
                    .startsWith("skipped: model minilm-q is not on this machine; ")
                    .contains("verity");
        }
    }

    @Test
    void everyClaimNamesItsAssumptions() {
        PaperContract.assertAssumptionsAreNamed(run);
    }
}
