package io.verity.papers.largestep;

import static org.assertj.core.api.Assertions.assertThat;

import io.verity.simulations.claims.Budget;
import io.verity.simulations.claims.Claim;
import io.verity.simulations.claims.Paper;
import io.verity.simulations.claims.Verdict;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class LargeStepPaperTest {
    private static final List<Claim> CLAIMS = new LargeStepPaper().claims();

    @TestFactory
    Stream<DynamicTest> everyQuickVerdictIsTheExpectedOne() {
        return CLAIMS.stream()
                .map(claim -> DynamicTest.dynamicTest(claim.id().name(), () -> {
                    Verdict verdict = claim.verify(
                            new TestContext(Budget.QUICK, 42, claim.id().toString()));
                    assertThat(verdict.kind())
                            .as("%s: %s", claim.id(), verdict.reason())
                            .isEqualTo(claim.expected());
                }));
    }

    @Test
    void paperIsFoundByTheServiceLoader() {
        assertThat(ServiceLoader.load(Paper.class).stream().map(p -> p.get().name()))
                .contains("large-step");
    }
}
