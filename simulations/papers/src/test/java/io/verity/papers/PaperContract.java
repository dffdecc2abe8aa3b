package io.verity.papers;

import static org.assertj.core.api.Assertions.assertThat;

import io.verity.simulations.claims.Budget;
import io.verity.simulations.claims.Claim;
import io.verity.simulations.claims.ClaimRecord;
import io.verity.simulations.claims.Paper;
import io.verity.simulations.claims.Verdict;
import io.verity.simulations.claims.VerificationRun;
import io.verity.simulations.claims.Verifier;
import io.verity.stats.result.Figure;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/** What holds of every paper. */
public final class PaperContract {
    private PaperContract() {}

    /** Verifies the records whose names match, on two threads. */
    public static VerificationRun verified(List<Claim> claims, String names) {
        return Verifier.withDefaults()
                .withThreads(2)
                .verify(claims.stream()
                        .filter(c -> c.id().name().matches(names))
                        .toList());
    }

    /** @return one test for each record: the verdict is the expected one */
    public static Stream<DynamicTest> verdictsAreTheExpectedOnes(VerificationRun run) {
        return run.records().stream()
                .map(record -> DynamicTest.dynamicTest(
                        record.id().name(),
                        () -> assertThat(record.verdict().kind())
                                .as("%s: %s", record.id(), record.verdict().reason())
                                .isEqualTo(record.expected())));
    }

    public static void assertFoundByTheServiceLoader(String paper) {
        assertThat(ServiceLoader.load(Paper.class).stream().map(p -> p.get().name()))
                .contains(paper);
    }

    /** Sequential claims decide at the quick budget with probability .999, and get three times as much at the full one. */
    public static void assertCapsSuffice(List<Claim> claims) {
        for (Claim claim : claims) {
            claim.sequential().ifPresent(s -> {
                assertThat(s.decisionProbability(Budget.QUICK, 1e-5))
                        .as(claim.id().toString())
                        .isGreaterThanOrEqualTo(0.999);
                assertThat(s.cap(Budget.FULL)).isGreaterThanOrEqualTo(3 * s.cap(Budget.QUICK));
            });
        }
    }

    public static void assertAssumptionsAreNamed(VerificationRun run) {
        for (ClaimRecord record : run.records()) {
            assertThat(record.verdict().assumptions())
                    .as(record.id().toString())
                    .containsKey("assumptions");
        }
    }

    /** Figures are light, and every record that is no control has a table or a figure. */
    public static void assertEvidenceIsShown(VerificationRun run) {
        for (ClaimRecord record : run.records()) {
            for (Figure figure : record.verdict().figures()) {
                assertThat(figure.layers().stream().mapToInt(l -> l.x().length).sum())
                        .as("%s, figure %s", record.id(), figure.name())
                        .isBetween(2, 2500);
            }
            if (!record.control()) {
                assertThat(record.verdict().tables().size()
                                + record.verdict().figures().size())
                        .as(record.id().toString())
                        .isPositive();
            }
        }
    }

    public static void assertSameVerdicts(VerificationRun run, VerificationRun again) {
        for (ClaimRecord record : again.records()) {
            Verdict second = record.verdict();
            Verdict first = run.records().stream()
                    .filter(r -> r.id().equals(record.id()))
                    .findFirst()
                    .orElseThrow()
                    .verdict();
            assertThat(second.statistic()).isEqualTo(first.statistic());
            assertThat(second.reason()).isEqualTo(first.reason());
            assertThat(second.tables()).isEqualTo(first.tables());
        }
    }
}
