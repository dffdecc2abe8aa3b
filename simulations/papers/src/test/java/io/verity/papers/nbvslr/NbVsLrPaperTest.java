package io.verity.papers.nbvslr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.verity.papers.PaperContract;
import io.verity.simulations.claims.Claim;
import io.verity.simulations.claims.Verdict.Kind;
import io.verity.simulations.claims.VerificationRun;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class NbVsLrPaperTest {
    private static final List<Claim> CLAIMS = new NbVsLrPaper().claims();
    /** Records that decide within a second or two. */
    private static final String CHEAP =
            "NBLR-PARAMN?|NBLR-BAYES|NC-NO-REGIMES|NBLR-REGIMES|NC-FIXED-SIGNAL|NBLR-NB-LOG|HC-.*|NC-(SQRT-T|MAE-NO-K|BOX|CS|WW|RHO|MASSART)";

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
        PaperContract.assertFoundByTheServiceLoader("nb-vs-lr");
    }

    @Test
    void claimsOnRowsStandFirstWithTheirControls() {
        assertThat(CLAIMS.stream().map(c -> c.id().name()))
                .startsWith(
                        "NBLR-PARAM",
                        "NBLR-PARAMN",
                        "NBLR-NB-GROWTH",
                        "NC-FIXED-SIGNAL",
                        "NBLR-NB-LOG",
                        "NBLR-LR-GROWTH",
                        "NC-LR-LOG",
                        "NBLR-RATIO",
                        "NBLR-REGIMES",
                        "NC-NO-REGIMES",
                        "NBLR-ASYM",
                        "NBLR-REAL");
        assertThat(CLAIMS.stream()
                        .filter(c -> c.controlOf().isEmpty() && c.expected() == Kind.REFUTED)
                        .map(c -> c.id().name()))
                .contains("NBLR-NB-LOG", "NBLR-BAYES");
    }

    @Test
    void distancesAndGapsAreReportedAsTheyAre() {
        assertThat(statistic("NBLR-BAYES"))
                .as("0.1103357 against the published 0.0666")
                .isEqualTo(0.0437357, within(1e-7));
        assertThat(statistic("HC-GAPN")).as("no gap exceeds the risk").isBetween(0.1, 5.0);
    }

    private static double statistic(String name) {
        return run.records().stream()
                .filter(r -> r.id().name().equals(name))
                .findFirst()
                .orElseThrow()
                .verdict()
                .statistic()
                .value();
    }

    @Test
    void capsSufficeWithProbability999InAThousand() {
        PaperContract.assertCapsSuffice(CLAIMS.stream()
                .filter(c -> !c.finding() && c.id().name().matches("NBLR-.*|NC-NO-REGIMES"))
                .toList());
    }
}
