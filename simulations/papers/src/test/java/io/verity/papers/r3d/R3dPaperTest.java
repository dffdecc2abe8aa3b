package io.verity.papers.r3d;

import static org.assertj.core.api.Assertions.assertThat;

import io.verity.papers.PaperContract;
import io.verity.simulations.claims.Claim;
import io.verity.simulations.claims.ClaimRecord;
import io.verity.simulations.claims.Verdict.Kind;
import io.verity.simulations.claims.VerificationRun;
import io.verity.simulations.claims.Verifier;
import io.verity.stats.inference.Distributions;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class R3dPaperTest {
    private static final List<Claim> CLAIMS = new R3dPaper().claims();
    /** Records that decide within a second: sequential, simultaneous and deterministic ones, claims and controls. */
    private static final String CHEAP = "R3D-(3PN|4|4BN|5|7|7N|9N|12|12N|12N2)|RD-1N";

    private static VerificationRun run;

    @BeforeAll
    static void verifyTheCheapRecords() {
        run = Verifier.withDefaults().withThreads(2).verify(cheap());
    }

    private static List<Claim> cheap() {
        return CLAIMS.stream().filter(c -> c.id().name().matches(CHEAP)).toList();
    }

    @TestFactory
    Stream<DynamicTest> cheapRecordsComeOutAsExpected() {
        return PaperContract.verdictsAreTheExpectedOnes(run);
    }

    @Test
    void verdictsNeitherDependOnThreadsNorChangeWhenRepeated() {
        PaperContract.assertSameVerdicts(
                run, Verifier.withDefaults().withThreads(1).verify(cheap()));
    }

    @Test
    void paperIsFoundByTheServiceLoader() {
        PaperContract.assertFoundByTheServiceLoader("r3d");
    }

    @Test
    void claimsStandInOrderEachTrueOneFollowedByItsControls() {
        List<Claim> parents =
                CLAIMS.stream().filter(c -> c.controlOf().isEmpty()).toList();
        assertThat(parents.stream().map(c -> c.id().name()))
                .containsExactly(
                        "R3D-1", "R3D-2", "R3D-2B", "R3D-3", "R3D-3P", "R3D-4", "R3D-4B", "R3D-5", "R3D-6", "R3D-7",
                        "R3D-8", "R3D-9", "R3D-9B", "R3D-10", "R3D-11", "R3D-12", "R3D-13", "RD-1");
        for (Claim parent : parents) {
            assertThat(CLAIMS.stream().anyMatch(c -> c.controlOf().equals(Optional.of(parent.id()))))
                    .as(parent.id().toString())
                    .isEqualTo(parent.expected() == Kind.SUPPORTED);
        }
        assertThat(parents.stream().filter(c -> c.expected() == Kind.REFUTED).map(c -> c.id().name()))
                .containsExactly("R3D-4", "R3D-5");
    }

    @Test
    void everyClaimNamesItsAssumptions() {
        PaperContract.assertAssumptionsAreNamed(run);
    }

    @Test
    void capsSufficeWithProbability999InAThousand() {
        PaperContract.assertCapsSuffice(CLAIMS);
        assertThat(CLAIMS.stream().filter(c -> c.sequential().isEmpty()).map(c -> c.id().name()))
                .containsExactly(
                        "R3D-7", "R3D-7N", "R3D-11", "R3D-11N", "R3D-12", "R3D-12N", "R3D-12N2", "R3D-13", "R3D-13N");
    }

    /** R3D-11 looks once: both bands, and 99.9 % of the distances of two samples of one law, fit into the tolerance. */
    @Test
    void drawsSufficeForTheDistanceOfTwoLaws() {
        int draws = 40_000;
        double distance = 1.95 * Math.sqrt(2.0 / draws);
        assertThat(distance + 2 * Distributions.bandHalfWidth(draws, 1e-5 / 2)).isLessThan(.05);
    }

    @Test
    void onlyRecordsWithChanceSpendErrorProbability() {
        for (ClaimRecord record : run.records()) {
            boolean exact = record.id().name().matches("R3D-(7|12)N?\\d?");
            assertThat(record.verdict().errorProbability()).isEqualTo(exact ? 0 : 1e-5);
        }
    }

    @Test
    void figuresAreLightAndClaimsHaveEvidence() {
        PaperContract.assertEvidenceIsShown(run);
    }
}
