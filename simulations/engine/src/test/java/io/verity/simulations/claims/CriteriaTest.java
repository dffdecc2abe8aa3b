package io.verity.simulations.claims;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.verity.simulations.claims.Verdict.Kind;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CriteriaTest {
    private static final Replicate UNIFORM = (context, stream) -> stream.nextDouble();
    private static final Replicate NORMAL = (context, stream) -> stream.nextGaussian();
    private static final Replicate FAIR = (context, stream) -> stream.nextDouble() < 0.5 ? 1 : 0;

    private static SequentialMean fair() {
        return Criteria.proportion("heads", FAIR).caps(1500, 1500);
    }

    private static SequentialMean uniform() {
        return Criteria.boundedMean("mean", 0, 1, UNIFORM).caps(700, 700);
    }

    private static SequentialMean normal() {
        return Criteria.mean("mean", NORMAL).caps(1500, 1500);
    }

    private static Verdict verify(Verification criterion, long seed, double alpha) {
        return criterion.verify(PlainContext.quick(seed, alpha));
    }

    @Test
    void looksAreAtFixedCounts() {
        assertThat(Looks.until(5000, 50)).containsExactly(200L, 300L, 450L, 700L, 1050L, 1600L, 2400L, 3600L, 5000L);
        assertThat(Looks.until(1000, 30)).containsExactly(210L, 330L, 510L, 780L, 1000L);
        assertThat(Looks.until(150, 50)).containsExactly(150L);
    }

    /** Every decision about a set that ends at the truth excludes the truth, so it may happen in at most alpha of the runs. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5})
    void truthAtTheBoundaryIsDecidedInAtMostAlphaOfTheRuns(int kind) {
        IntFunction<SequentialMean> criteria = k -> switch (k) {
            case 0 -> fair().above(0.5);
            case 1 -> fair().expecting(0.5).withCentredPrior().below(0.5);
            case 2 -> fair().between(0.5, 0.9);
            case 3 -> uniform().above(0.5);
            case 4 -> uniform().between(0.1, 0.5);
            default -> normal().below(0);
        };
        SequentialMean criterion = criteria.apply(kind);
        long decided = IntStream.range(0, 2000)
                .filter(run -> verify(criterion, 1000L * kind + run, 0.01).kind() != Kind.INCONCLUSIVE)
                .count();
        assertThat(decided).isBetween(1L, 20L);
    }

    @Test
    void hundredTrueRecordsRaiseAFalseAlarmInAtMostATenthOfTheRuns() {
        List<SequentialMean> records = List.of(
                fair().above(0.5).caps(600, 600),
                uniform().below(0.5).caps(300, 300),
                normal().above(0).caps(600, 600),
                fair().within(0.45, 0.05).caps(600, 600));
        long alarms = IntStream.range(0, 300)
                .filter(run -> IntStream.range(0, 100)
                        .anyMatch(i -> records.get(i % records.size())
                                        .verify(new PlainContext(Budget.QUICK, run, i, 0.001))
                                        .kind()
                                == Kind.REFUTED))
                .count();
        assertThat(alarms / 300.0).isLessThanOrEqualTo(0.1 + Math.sqrt(0.1 * 0.9 / 300));
        assertThat(alarms).isPositive();
    }

    @Test
    void verdictCarriesItsEvidence() {
        Verdict verdict = verify(fair().within(0.5, 0.1).expecting(0.5), 3, 1e-5);
        assertThat(verdict.kind()).isEqualTo(Kind.SUPPORTED);
        assertThat(verdict.criterion()).isEqualTo("meanWithin");
        assertThat(verdict.target()).isEqualTo(0.5);
        assertThat(verdict.tolerance()).isEqualTo(0.1);
        assertThat(verdict.errorProbability()).isEqualTo(1e-5);
        assertThat(verdict.statistic().lower()).isGreaterThan(0.4);
        assertThat(verdict.statistic().upper()).isLessThan(0.6);
        assertThat(verdict.tables().get(0).rows()).hasSizeGreaterThan(1);
        assertThat(verdict.reason()).contains("lies inside [0.4, 0.6]");
        assertThat(Looks.until(1500, 50)).contains(verdict.replicates());
    }

    @Test
    void undecidedVerdictSaysHowManyReplicatesAreNeeded() {
        Verdict verdict = verify(fair().within(0.5, 0.02), 4, 1e-5);
        assertThat(verdict.kind()).isEqualTo(Kind.INCONCLUSIVE);
        assertThat(verdict.replicates()).isEqualTo(1500);
        assertThat(verdict.notes())
                .anyMatch(n -> n.matches("about \\d+ replicates would be needed at the present estimate"));
        assertThat(verify(uniform().within(0.5, 0.005), 4, 1e-5).notes())
                .anyMatch(n -> n.matches("about \\d+ replicates would be needed at the present estimate"));
    }

    @Test
    void asymptoticRecordSaysSo() {
        Verdict verdict = verify(normal().within(0, 0.5), 5, 1e-5);
        assertThat(verdict.kind()).isEqualTo(Kind.SUPPORTED);
        assertThat(verdict.notes()).anyMatch(n -> n.startsWith("asymptotic"));
        Replicate skewed = (context, stream) -> Math.exp(stream.nextGaussian());
        Verdict blocked = verify(Criteria.mean("mean", skewed).within(1.65, 1).caps(10_000, 10_000), 5, 1e-5);
        assertThat(blocked.kind()).isEqualTo(Kind.SUPPORTED);
        assertThat(blocked.replicates()).isGreaterThanOrEqualTo(4000);
        assertThat(blocked.notes()).anyMatch(n -> n.endsWith("means of blocks of 20 were used"));
    }

    @Test
    void coverageIsItsOwnCriterion() {
        Verdict verdict = verify(
                Criteria.coverage("coverage", 0.5, 0.1, FAIR).expecting(0.5).caps(1500, 1500), 6, 1e-5);
        assertThat(verdict.criterion()).isEqualTo("coverage");
        assertThat(verdict.kind()).isEqualTo(Kind.SUPPORTED);
    }

    @Test
    void wrongMeansAreRefuted() {
        assertThat(verify(fair().within(0.7, 0.05), 7, 1e-5).kind()).isEqualTo(Kind.REFUTED);
        assertThat(verify(uniform().above(0.7), 7, 1e-5).kind()).isEqualTo(Kind.REFUTED);
        assertThat(verify(normal().below(-0.5), 7, 1e-5).kind()).isEqualTo(Kind.REFUTED);
    }

    /** Quantiles of the numbers of trials needed, from the table of SequenceLengthTest: 99.9 % decide by 2,000. */
    @Test
    void capsAreJudgedByTheProbabilityOfADecision() {
        SequentialMean coverage =
                Criteria.proportion("coverage", FAIR).between(0.9, 0.985).expecting(0.95);
        assertThat(coverage.caps(1000, 2400).decisionProbability(Budget.QUICK, 1e-5))
                .isBetween(0.3, 0.6);
        assertThat(coverage.caps(1000, 2400).decisionProbability(Budget.FULL, 1e-5))
                .isGreaterThan(0.999);
        SequentialMean bounded =
                Criteria.boundedMean("mean", 0, 1, UNIFORM).above(0.85).expecting(0.9, 0.1);
        assertThat(bounded.caps(300, 1500).decisionProbability(Budget.QUICK, 1e-5))
                .isLessThan(0.1);
        assertThat(bounded.caps(300, 1500).decisionProbability(Budget.FULL, 1e-5))
                .isGreaterThan(0.999);
        SequentialMean asymptotic =
                Criteria.mean("mean", NORMAL).within(0, 0.25).expecting(0, 1);
        assertThat(asymptotic.caps(400, 1600).decisionProbability(Budget.QUICK, 1e-5))
                .isLessThan(0.1);
        assertThat(asymptotic.caps(400, 1600).decisionProbability(Budget.FULL, 1e-5))
                .isGreaterThan(0.999);
    }

    @Test
    void incompleteCriteriaSayWhatIsMissing() {
        assertThatIllegalStateException()
                .isThrownBy(() -> verify(fair(), 1, 1e-5))
                .withMessage("heads: no acceptance set was stated");
        assertThatIllegalStateException()
                .isThrownBy(() -> verify(Criteria.proportion("heads", FAIR).above(0.5), 1, 1e-5))
                .withMessage("heads: no caps were stated");
        assertThatIllegalStateException()
                .isThrownBy(() -> fair().above(0.4).decisionProbability(Budget.QUICK, 1e-5))
                .withMessage("heads: no expected mean was stated");
    }

    @Test
    void exponentIsTheSlopeOfLogMeans() {
        SizedReplicate halving = (context, stream, size) -> stream.nextDouble() / Math.sqrt(size);
        double[] sizes = {100, 200, 400, 800, 1600};
        Exponent exponent = Criteria.exponent("rate", sizes, halving);
        Verdict right = verify(exponent.within(-0.5, 0.1).caps(2000, 2000), 8, 1e-5);
        assertThat(right.kind()).isEqualTo(Kind.SUPPORTED);
        assertThat(right.criterion()).isEqualTo("exponent");
        assertThat(right.statistic().value()).isCloseTo(-0.5, within(0.05));
        assertThat(right.replicates()).isEqualTo(10_000);
        assertThat(verify(exponent.within(-1, 0.1).caps(2000, 2000), 8, 1e-5).kind())
                .isEqualTo(Kind.REFUTED);
        assertThat(verify(exponent.within(-0.5, 0.001).caps(2000, 2000), 8, 1e-5)
                        .kind())
                .isEqualTo(Kind.INCONCLUSIVE);
        Verdict few = verify(exponent.between(-0.8, -0.2).caps(150, 150), 8, 1e-5);
        assertThat(few.kind()).isEqualTo(Kind.SUPPORTED);
        assertThat(few.notes()).anyMatch(n -> n.contains("bootstrap"));
    }

    @Test
    void exponentIsWronglyDecidedInAtMostAlphaOfTheRuns() {
        SizedReplicate halving = (context, stream, size) -> stream.nextDouble() / Math.sqrt(size);
        Exponent boundary = Criteria.exponent("rate", new double[] {1, 4, 16, 64}, halving)
                .between(Double.NEGATIVE_INFINITY, -0.5)
                .caps(200, 200);
        long decided = IntStream.range(0, 1000)
                .filter(run -> verify(boundary, run, 0.05).kind() != Kind.INCONCLUSIVE)
                .count();
        assertThat(decided / 1000.0).isCloseTo(0.05, within(3 * Math.sqrt(0.05 * 0.95 / 1000)));
    }

    @Test
    void meanWithoutLogarithmIsNamed() {
        Exponent exponent = Criteria.exponent("rate", new double[] {1, 2}, (context, stream, size) -> -size)
                .within(1, 0.1)
                .caps(300, 300);
        assertThatThrownBy(() -> verify(exponent, 1, 1e-5))
                .isInstanceOf(ArithmeticException.class)
                .hasMessage("rate: the mean at size 1.0 is -1.0, which has no logarithm");
    }

    @Test
    void closeLawsAreToldFromDistantOnes() {
        Replicate shifted = (context, stream) -> stream.nextGaussian() + 1;
        Verdict same = verify(
                Criteria.lawsClose("distance", NORMAL, NORMAL).within(0.1).caps(5000, 5000), 9, 1e-5);
        assertThat(same.kind()).isEqualTo(Kind.SUPPORTED);
        Verdict other = verify(
                Criteria.lawsClose("distance", NORMAL, shifted).within(0.1).caps(5000, 5000), 9, 1e-5);
        assertThat(other.kind()).isEqualTo(Kind.REFUTED);
        // distance of N(0,1) and N(1,1) is 2 Phi(1/2) - 1
        assertThat(other.statistic().value()).isCloseTo(0.3829, within(0.03));
        assertThat(verify(
                                Criteria.lawsClose("distance", NORMAL, NORMAL)
                                        .within(0.1)
                                        .caps(500, 500),
                                9,
                                1e-5)
                        .kind())
                .isEqualTo(Kind.INCONCLUSIVE);
    }

    @Test
    void adversaryClimbsFromTheWorstSample() {
        Adversary.Found<Double> found = Adversary.worst(
                PlainContext.quick(1, 1e-5),
                50,
                stream -> stream.nextDouble(),
                x -> -Math.abs(x - 0.75),
                (x, stream) -> x + 0.01 * stream.nextGaussian(),
                200);
        assertThat(found.instance()).isCloseTo(0.75, within(1e-3));
        assertThat(found.severity()).isGreaterThan(found.sampledSeverity());
        assertThat(found.examined()).isEqualTo(250);
        double sampled = PlainContext.quick(1, 1e-5).stream(found.replicate()).nextDouble();
        assertThat(-Math.abs(sampled - 0.75)).isEqualTo(found.sampledSeverity());
    }
}
