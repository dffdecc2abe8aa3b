package io.verity.stats.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.verity.stats.random.RandomStream;
import java.util.Arrays;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class SequenceTest {
    @Test
    void decisionIsThePositionOfTheIntervalOfProportions() {
        RandomStream stream = RandomStream.of(1, "position", 0, 0);
        BetaBinomialSequence sequence = BetaBinomialSequence.uniform(0.25, 0.4, 0.001);
        for (int t = 0; t < 4000; t++) {
            sequence.add(stream.nextDouble() < 0.3 ? 1 : 0);
            if (t % 50 == 0) {
                assertThat(sequence.decision()).isEqualTo(sequence.interval().against(0.25, 0.4));
            }
        }
        assertThat(sequence.decision()).isEqualTo(Decision.INSIDE);
        assertThat(Math.exp(sequence.logCapital(sequence.interval().lower()))).isCloseTo(1000, within(1e-6));
        assertThat(Math.exp(sequence.logCapital(sequence.interval().upper()))).isCloseTo(1000, within(1e-6));
    }

    @Test
    void decisionIsThePositionOfTheIntervalOfBets() {
        RandomStream stream = RandomStream.of(2, "position", 0, 0);
        BettingSequence sequence = new BettingSequence(-1, 3, 0.8, 1.3, 0.001);
        double[] values = new double[3000];
        for (int t = 0; t < values.length; t++) {
            values[t] = 4 * stream.nextDouble() - 1;
            sequence.add(values[t]);
            if (t % 200 == 199) {
                Interval interval = BettingSequence.interval(Arrays.copyOf(values, t + 1), -1, 3, 0.001);
                assertThat(interval.contains(sequence.mean())).isTrue();
                assertThat(sequence.decision()).isEqualTo(interval.against(0.8, 1.3));
            }
        }
        assertThat(sequence.decision()).isEqualTo(Decision.INSIDE);
    }

    @Test
    void intervalOfBetsIsWhereTheCapitalsOnAGridAreSmall() {
        RandomStream stream = RandomStream.of(3, "grid", 0, 0);
        double[] values = stream.doubles(800).map(u -> u * u).toArray();
        Interval interval = BettingSequence.interval(values, 0, 1, 0.01);
        for (int i = 1; i < 200; i++) {
            double m = i / 200.0;
            BettingSequence below = new BettingSequence(0, 1, m, 2, 0.01);
            Arrays.stream(values).forEach(below::add);
            assertThat(below.decision() == Decision.OPEN).isEqualTo(interval.contains(m));
        }
    }

    @Test
    void stateIsAllThatASequenceNeeds() {
        Supplier<RandomStream> streams = () -> RandomStream.of(4, "state", 0, 0);
        assertResumes(() -> BetaBinomialSequence.uniform(0.4, 0.6, 0.01), streams.get(), true);
        assertResumes(() -> new BettingSequence(0, 1, 0.4, 0.6, 0.01), streams.get(), false);
        assertResumes(() -> new AsymptoticSequence(0.4, 0.6, 0.01, 500), streams.get(), false);
    }

    private static void assertResumes(Supplier<ConfidenceSequence> make, RandomStream stream, boolean trials) {
        ConfidenceSequence whole = make.get();
        ConfidenceSequence resumed = make.get();
        for (int t = 0; t < 1000; t++) {
            double u = stream.nextDouble();
            double x = trials ? Math.rint(u) : u;
            whole.add(x);
            resumed.add(x);
            if (t == 333) {
                double[] state = resumed.state();
                resumed = make.get();
                resumed.restore(state);
            }
        }
        assertThat(resumed.state()).isEqualTo(whole.state());
        assertThat(resumed.count()).isEqualTo(1000);
        assertThat(resumed.decision()).isEqualTo(whole.decision()).isEqualTo(Decision.INSIDE);
    }

    @Test
    void boundedRangeThatIsBrokenIsNamed() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new BettingSequence(0, 1, 0.4, 0.6, 0.01).add(1.5))
                .withMessage("a value must lie in [0.0, 1.0], but is 1.5");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BetaBinomialSequence.uniform(0.4, 0.6, 0.01).add(0.5))
                .withMessage("a trial must give 0 or 1, but gave 0.5");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new AsymptoticSequence(0, 1, 0.01, 500).add(Double.NaN))
                .withMessage("value must be finite, but is NaN");
    }

    @Test
    void skewedValuesNeedTwoHundredBlocks() {
        RandomStream stream = RandomStream.of(5, "blocks", 0, 0);
        AsymptoticSequence sequence = new AsymptoticSequence(0, 2, 1e-5, 1000);
        for (int t = 0; t < 3999; t++) {
            sequence.add(Math.exp(stream.nextGaussian() - 0.5));
        }
        assertThat(sequence.blocked()).isTrue();
        assertThat(sequence.decision()).isEqualTo(Decision.OPEN);
        sequence.add(1);
        assertThat(sequence.decision()).isEqualTo(Decision.INSIDE);
    }
}
