package io.verity.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.verity.simulations.claims.Budget;
import io.verity.simulations.claims.Claim;
import io.verity.simulations.claims.Sequential;
import io.verity.simulations.claims.Verdict.Kind;
import io.verity.simulations.claims.VerificationRun;
import io.verity.simulations.claims.Verifier;
import org.junit.jupiter.api.Test;

class OwnClaimTest {
    @Test
    void wilsonIsSupportedAndWaldRefuted() {
        VerificationRun run = Verifier.withDefaults().withThreads(2).verify(OwnClaim.claims());
        assertThat(run.records()).extracting(r -> r.verdict().kind()).containsExactly(Kind.SUPPORTED, Kind.REFUTED);
        assertThat(run.passed()).isTrue();
        assertThat(run.toString()).startsWith("2 of 2 records as expected").contains("SUPPORTED  intervals/I-01 ");
    }

    @Test
    void capsAreLargeEnough() {
        for (Claim claim : OwnClaim.claims()) {
            Sequential experiment = claim.sequential().orElseThrow();
            assertThat(experiment.decisionProbability(Budget.QUICK, 1e-5)).isGreaterThanOrEqualTo(0.999);
        }
    }
}
