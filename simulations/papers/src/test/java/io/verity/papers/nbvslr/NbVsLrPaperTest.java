package io.verity.papers.nbvslr;

import static org.assertj.core.api.Assertions.assertThat;

import io.verity.simulations.claims.Budget;
import io.verity.simulations.claims.Claim;
import io.verity.simulations.claims.Paper;
import io.verity.simulations.claims.Verdict.Kind;
import io.verity.simulations.claims.VerificationRun;
import io.verity.simulations.claims.Verifier;
import java.util.List;
import java.util.ServiceLoader;
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
        run = Verifier.withDefaults()
                .withThreads(2)
                .verify(CLAIMS.stream()
                        .filter(c -> c.id().name().matches(CHEAP))
                        .toList());
    }

    @TestFactory
    Stream<DynamicTest> cheapRecordsComeOutAsExpected() {
        return run.records().stream()
                .map(record -> DynamicTest.dynamicTest(
                        record.id().name(),
                        () -> assertThat(record.verdict().kind())
                                .as("%s: %s", record.id(), record.verdict().reason())
                                .isEqualTo(record.expected())));
    }

    @Test
    void paperIsFoundByTheServiceLoader() {
        assertThat(ServiceLoader.load(Paper.class).stream().map(p -> p.get().name()))
                .contains("nb-vs-lr");
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
    void capsSufficeWithProbability999InAThousand() {
        for (Claim claim : CLAIMS) {
            if (!claim.finding() && claim.id().name().matches("NBLR-.*|NC-NO-REGIMES")) {
                claim.sequential().ifPresent(s -> {
                    assertThat(s.decisionProbability(Budget.QUICK, 1e-5))
                            .as(claim.id().toString())
                            .isGreaterThanOrEqualTo(0.999);
                    assertThat(s.cap(Budget.FULL)).isGreaterThanOrEqualTo(3 * s.cap(Budget.QUICK));
                });
            }
        }
    }
}
