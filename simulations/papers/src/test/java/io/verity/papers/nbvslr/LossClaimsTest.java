package io.verity.papers.nbvslr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.verity.simulations.claims.Claim;
import io.verity.simulations.claims.ClaimRecord;
import io.verity.simulations.claims.Verdict;
import io.verity.simulations.claims.VerificationRun;
import io.verity.simulations.claims.Verifier;
import io.verity.stats.losses.MarginLoss;
import io.verity.stats.random.RandomStream;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class LossClaimsTest {
    private static final String RECORDS =
            "(HC-GAP|HC-ADV|Z-INVARIANT|DICE-PLAIN|ENS-CONVEX)N?|DICE-(MONOTONE|F1)|ANY-F1|NC-ANY-TUNED|ENS-ACC";

    private static VerificationRun run;

    @BeforeAll
    static void verify() {
        List<Claim> claims = new NbVsLrPaper()
                .claims().stream().filter(c -> c.id().name().matches(RECORDS)).toList();
        run = Verifier.withDefaults().withThreads(2).verify(claims);
    }

    @TestFactory
    Stream<DynamicTest> recordsComeOutAsExpected() {
        assertThat(run.records()).hasSize(15);
        return run.records().stream()
                .filter(record -> !record.finding())
                .map(record -> DynamicTest.dynamicTest(
                        record.id().name(),
                        () -> assertThat(record.verdict().kind())
                                .as("%s: %s", record.id(), record.verdict().reason())
                                .isEqualTo(record.expected())));
    }

    @Test
    void refutationsShowAnInstance() {
        for (String name : List.of("HC-GAPN", "HC-ADVN", "Z-INVARIANTN", "DICE-MONOTONE")) {
            Verdict verdict = record(name).verdict();
            assertThat(verdict.counterexample()).as(name).isNotNull();
            assertThat(verdict.counterexample().values()).hasSizeGreaterThanOrEqualTo(3);
        }
    }

    private static ClaimRecord record(String name) {
        return run.records().stream()
                .filter(r -> r.id().name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** Golden means: numpy 1.24.2, 15 seeds; compared within four combined standard errors. */
    @Test
    void imbalancedDataHaveThePublishedF1() {
        int beds = 8;
        double[][] f1 = IntStream.range(0, beds)
                .mapToObj(repeat -> {
                    ImbalancedBed bed = ImbalancedBed.drawn(RandomStream.of(3, "imbalanced", 0, repeat));
                    double[] w = bed.train(ImbalancedBed.crossEntropy());
                    return new double[] {
                        bed.testF1(w, 0),
                        bed.testF1(w, bed.tunedThreshold(w)),
                        bed.testF1(bed.train(ImbalancedBed.softF1(10)), 0),
                        bed.testF1(bed.train(ImbalancedBed.softF1(73)), 0),
                        bed.testF1(bed.train(ImbalancedBed.dice(0)), 0),
                        bed.testF1(bed.train(ImbalancedBed.dice(1)), 0)
                    };
                })
                .toArray(double[][]::new);
        double[] mean = IntStream.range(0, 6)
                .mapToDouble(k ->
                        Arrays.stream(f1).mapToDouble(row -> row[k]).average().orElseThrow())
                .toArray();
        assertThat(mean[0]).isCloseTo(.223, within(4 * .017));
        assertThat(mean[1]).isCloseTo(.375, within(4 * .014));
        assertThat(mean[2]).isCloseTo(.366, within(4 * .014));
        assertThat(mean[3]).isCloseTo(.356, within(4 * .014));
        assertThat(mean[4]).isZero();
        assertThat(mean[5]).isZero();
    }

    /** Golden accuracies: numpy 1.24.2, 10 seeds, standard error about .003. */
    @Test
    void smallTablesHaveThePublishedAccuracies() {
        double[] mean = new double[4];
        for (int repeat = 0; repeat < 10; repeat++) {
            MarginTraining training = MarginTraining.drawn(RandomStream.of(3, "margin-training", 0, repeat));
            mean[0] += training.accuracy(training.ensemble()) / 10;
            mean[1] += training.accuracy(MarginTraining.of(MarginLoss.LOGISTIC)) / 10;
            mean[2] += training.accuracy(MarginTraining.of(MarginLoss.HINGE)) / 10;
            mean[3] += training.accuracy(MarginTraining.of(MarginLoss.EXPONENTIAL)) / 10;
        }
        assertThat(mean[0]).isCloseTo(.976, within(4 * .0042));
        assertThat(mean[1]).isCloseTo(.975, within(4 * .0042));
        assertThat(mean[2]).isCloseTo(.973, within(4 * .0042));
        assertThat(mean[3]).isCloseTo(.967, within(4 * .0042));
    }

    @Test
    void statementsLeftOpenAreFindings() {
        assertThat(record("DICE-F1").verdict().kind()).isEqualTo(Verdict.Kind.REFUTED);
        assertThat(record("ENS-ACC").verdict().kind()).isEqualTo(Verdict.Kind.INCONCLUSIVE);
        assertThat(new NbVsLrPaper().claims().stream().filter(Claim::finding).map(c -> c.id().name()))
                .contains("DICE-F1", "ENS-ACC");
    }
}
