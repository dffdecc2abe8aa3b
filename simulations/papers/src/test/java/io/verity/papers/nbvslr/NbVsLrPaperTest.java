package io.verity.papers.nbvslr;

import static org.assertj.core.api.Assertions.assertThat;

import io.verity.simulations.claims.Claim;
import io.verity.simulations.claims.Paper;
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
    private static final String CHEAP = "NBLR-PARAMN?|NBLR-BAYES";

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
}
