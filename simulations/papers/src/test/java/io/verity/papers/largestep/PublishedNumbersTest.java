package io.verity.papers.largestep;

import static org.assertj.core.api.Assertions.assertThat;

import io.verity.estimators.largestep.Instances;
import io.verity.estimators.largestep.Perceptrons;
import io.verity.estimators.largestep.Pick;
import io.verity.estimators.largestep.SeparableData;
import io.verity.estimators.largestep.TieRule;
import io.verity.estimators.largestep.Variant;
import io.verity.papers.TestContext;
import io.verity.papers.largestep.ImbalanceClaims.Pair;
import io.verity.papers.largestep.ImbalanceClaims.Times;
import io.verity.papers.largestep.PerceptronLimitClaims.Horizon;
import io.verity.simulations.claims.Budget;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Integers that do not depend on rounding, computed with numpy (double precision, repeated on perturbed data). */
class PublishedNumbersTest {
    private static final TestContext CONTEXT = new TestContext(Budget.QUICK, 42, "test");

    @ParameterizedTest
    @CsvSource({
        "wutoy, 0.01, 2227",
        "wutoy, 0.1, 223",
        "wutoy, 1, 23",
        "wutoy, 10, 10",
        "wutoy, 100, 13",
        "wutoy, 1e6, 13",
        "worst1000, 10, 729",
        "worst1000, 100, 308",
        "worst1000, 1e3, 301",
        "worst1000, 1e6, 301",
        "sepA, 0.01, 3727",
        "sepA, 0.1, 373",
        "sepA, 1, 38",
        "sepA, 10, 4",
        "sepA, 100, 2",
        "sepA, 1e3, 4",
        "sepA, 1e4, 5",
        "sepB, 10, 2540",
        "sepB, 100, 187",
        "sepB, 1e3, 4",
        "sepB, 1e4, 6",
        "gmix, 0.01, 276",
        "gmix, 0.1, 28",
        "gmix, 1, 3",
        "gmix, 10, 4",
        "gmix, 100, 6",
        "gmix, 1e6, 6",
        "digits38, 0.1, 2777",
        "digits38, 1, 278",
        "digits38, 10, 92",
        "digits38, 100, 69",
        "digits38, 1e3, 72",
        "digits49, 1, 280",
        "digits49, 10, 28",
        "digits49, 100, 17",
        "digits49, 1e3, 20",
        "digits49, 1e4, 16"
    })
    void gradientDescentSeparatesAtTheTabulatedIteration(String name, double gamma, int iterations) {
        assertThat(SeparationTime.exactly(CONTEXT, Variant.GD, gamma, Instances.named(name), 5000))
                .isEqualTo(iterations);
    }

    @ParameterizedTest
    @CsvSource({
        "wutoy, 0.01, 925", "wutoy, 0.1, 93", "wutoy, 1, 10", "wutoy, 10, 13", "worst1000, 0.01, 1566",
                "worst1000, 0.1, 157",
        "worst1000, 1, 16", "worst1000, 10, 2", "worst1000, 100, 2", "sepA, 0.01, 901", "sepA, 0.1, 91", "sepA, 1, 10",
        "sepB, 1, 515"
    })
    void normalizedDescentSeparatesAtTheTabulatedIteration(String name, double gamma, int iterations) {
        assertThat(SeparationTime.exactly(CONTEXT, Variant.NORMALIZED, gamma, Instances.named(name), 5000))
                .isEqualTo(iterations);
    }

    @ParameterizedTest
    @CsvSource({
        "wutoy, 13, 13, 3",
        "worst1000, 301, 2, 2",
        "sepA, 5, 29, 91",
        "sepB, 5, 200, 542",
        "gmix, 6, 10, 40",
        "digits38, 72, 43, 108",
        "digits49, 19, 35, 41"
    })
    void perceptronsSeparateAtTheTabulatedIteration(String name, int batch, int normalized, int classic) {
        SeparableData data = Instances.named(name);
        assertThat(List.of(
                        Perceptrons.batch(TieRule.MISTAKE).fit(data).iterations(),
                        Perceptrons.normalizedBatch().fit(data).iterations(),
                        Perceptrons.classic(Pick.FIRST).fit(data).iterations()))
                .containsExactly(batch, normalized, classic);
    }

    @ParameterizedTest
    @CsvSource({
        "3, 8, 3, 30, 21",
        "3, 8, 5, 25, 18",
        "3, 8, 30, 25, 14",
        "4, 9, 3, 31, 7",
        "4, 9, 5, 25, 9",
        "0, 1, 3, 19, 4",
        "0, 1, 5, 13, 2",
        "0, 1, 30, 3, 6"
    })
    void imbalancedDigitsSeparateAtTheTabulatedIterations(int a, int b, int k, int batch, int normalized) {
        Times times = ImbalanceClaims.times(new Pair(a, b, k));
        assertThat(List.of(times.batch(), times.normalized())).containsExactly(batch, normalized);
    }

    @Test
    void normalizedPerceptronWinsAlmostAllPairsUnderExtremeImbalanceOnly() {
        assertThat(wins(3)).isEqualTo(90);
        assertThat(wins(5)).isEqualTo(88);
        assertThat(wins(30)).isEqualTo(13);
        assertThat(ImbalanceClaims.allPairs(30).stream()
                        .map(ImbalanceClaims::times)
                        .filter(t -> t.normalized() > t.batch()))
                .hasSize(76);
    }

    private static long wins(int k) {
        return ImbalanceClaims.allPairs(k).stream()
                .map(ImbalanceClaims::times)
                .filter(Times::normalizedWins)
                .count();
    }

    @Test
    void onBalancedDataTheNormalizedPerceptronNeverWinsAtSeedsOneToTwenty() {
        List<Times> times = LongStream.rangeClosed(1, 20)
                .mapToObj(seed -> ImbalanceClaims.times("sep", Instances.sep(100, 5, 0.05, seed)))
                .toList();
        assertThat(times).noneMatch(Times::normalizedWins);
        assertThat(times.stream().filter(t -> t.normalized() == t.batch())).hasSize(5);
        assertThat(times.stream().filter(t -> t.normalized() > t.batch())).hasSize(15);
    }

    @Test
    void largeStepIsSoonerAtSeventeenOfTwentySeeds() {
        assertThat(LongStream.rangeClosed(1, 20)
                        .filter(seed -> SoonerClaims.isSooner(CONTEXT, Instances.sep(100, 5, 0.05, seed))))
                .hasSize(17);
    }

    @Test
    void batchPerceptronRespectsItsBoundAtSeedsOneToTwenty() {
        for (long seed = 1; seed <= 20; seed++) {
            Instance i = Instance.sep(seed);
            int iterations = Perceptrons.batch(TieRule.MISTAKE).fit(i.data()).iterations();
            assertThat((double) iterations).isLessThanOrEqualTo(i.n() * i.complexity());
        }
    }

    @Test
    void halfTieLimitHoldsOnAllIntegerSetsOfWhichElevenMeetTies() {
        List<Horizon> sets = PerceptronLimitClaims.integerSets();
        assertThat(sets).hasSize(18);
        assertThat(sets)
                .allSatisfy(set -> assertThat(PerceptronLimitClaims.deviation(CONTEXT, set, 2000, TieRule.HALF))
                        .isLessThanOrEqualTo(1e-12));
        assertThat(sets.stream().filter(set -> PerceptronLimitClaims.ties(set, TieRule.HALF) > 0))
                .hasSize(11);
    }

    @Test
    void smallestMarginsOfTheBatchPerceptronAreTheTabulatedOnes() {
        assertThat(PerceptronLimitClaims.smallestMargin(Horizon.of("worst20", 12)))
                .isBetween(.0125 - 1e-15, .0125 + 1e-15);
        assertThat(PerceptronLimitClaims.smallestMargin(Horizon.of("two", 8))).isEqualTo(.25);
        assertThat(PerceptronLimitClaims.smallestMargin(Horizon.of("sepA", 8))).isBetween(4.384e-6, 4.385e-6);
    }
}
