package io.verity.stats.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.verity.stats.quantiles.QuantileType;
import io.verity.stats.quantiles.Quantiles;
import io.verity.stats.random.RandomStream;
import java.util.Arrays;
import java.util.function.DoubleSupplier;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import org.apache.commons.rng.sampling.distribution.AhrensDieterMarsagliaTsangGammaSampler;
import org.apache.commons.rng.sampling.distribution.SharedStateContinuousSampler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * How many values a decision takes at alpha = 1e-5. The expected medians were simulated beforehand in Python with other
 * random numbers, looking every 50 values (proportions) and every 10 (betting).
 */
class SequenceLengthTest {
    private static final double ALPHA = 1e-5;
    private static final int PATHS = 500;

    /** Median of the first look at which the sequence decides as expected. */
    private static double median(
            Supplier<ConfidenceSequence> sequences, LongFunction<DoubleSupplier> draws, int step, Decision expected) {
        double[] lengths = new double[PATHS];
        for (int path = 0; path < PATHS; path++) {
            ConfidenceSequence sequence = sequences.get();
            DoubleSupplier draw = draws.apply(path);
            while (sequence.decision() == Decision.OPEN) {
                for (int i = 0; i < step; i++) {
                    sequence.add(draw.getAsDouble());
                }
            }
            assertThat(sequence.decision()).isEqualTo(expected);
            lengths[path] = sequence.count();
        }
        Arrays.sort(lengths);
        return Quantiles.ofSorted(lengths, 0.5, QuantileType.TYPE7);
    }

    @ParameterizedTest
    @CsvSource({
        "0.95, 0.90, 0.985, 1000, INSIDE",
        "0.943, 0.90, 0.985, 1300, INSIDE",
        "0.95, 0.925, 0.985, 3150, INSIDE",
        "0.97, 0.92, 0.99, 1250, INSIDE",
        "0.055, 0.02, 0.10, 1250, INSIDE",
        "0.05, 0.03, 0.07, 4850, INSIDE",
        "0.81, 0.5, 1, 100, INSIDE",
        "0.91, 0.85, 0.97, 950, INSIDE",
        "0.608, 0.90, 1, 50, OUTSIDE",
        "0.82, 0.90, 1, 500, OUTSIDE",
        "0.90, 0.925, 1, 3750, OUTSIDE",
        "0.96, 0, 0.1, 50, OUTSIDE"
    })
    void mixtureDecidesAfterAsManyTrialsAsStated(
            double truth, double low, double high, double expected, Decision right) {
        double median = median(
                () -> BetaBinomialSequence.uniform(low, high, ALPHA),
                path -> {
                    RandomStream stream = RandomStream.of(5, "length " + truth, 0, path);
                    return () -> stream.nextDouble() < truth ? 1 : 0;
                },
                50,
                right);
        assertThat(median).isCloseTo(expected, within(0.1 * expected));
    }

    @Test
    void priorCentredAtTheTruthSavesTrials() {
        LongFunction<DoubleSupplier> draws = path -> {
            RandomStream stream = RandomStream.of(5, "centred", 0, path);
            return () -> stream.nextDouble() < 0.95 ? 1 : 0;
        };
        double uniform = median(() -> BetaBinomialSequence.uniform(0.9, 0.985, ALPHA), draws, 50, Decision.INSIDE);
        double centred =
                median(() -> BetaBinomialSequence.centred(0.95, 0.9, 0.985, ALPHA), draws, 50, Decision.INSIDE);
        assertThat(centred / uniform).isBetween(0.75, 0.95);
    }

    @Test
    void bettingDecidesAfterAsManyValuesAsStated() {
        double skewed = median(
                () -> new BettingSequence(0, 1, 0.25, 2, ALPHA),
                path -> SequenceErrorTest.law("beta25", RandomStream.of(6, "length", 0, path)),
                10,
                Decision.INSIDE);
        assertThat(skewed).isCloseTo(590, within(59.0));
        double narrow = median(
                () -> new BettingSequence(0, 1, 0.89, 2, ALPHA),
                path -> {
                    RandomStream stream = RandomStream.of(6, "narrow", 0, path);
                    SharedStateContinuousSampler successes = gamma(stream, 90);
                    SharedStateContinuousSampler failures = gamma(stream, 10);
                    return () -> {
                        double x = successes.sample();
                        return x / (x + failures.sample());
                    };
                },
                10,
                Decision.INSIDE);
        assertThat(narrow).isCloseTo(2250, within(225.0));
    }

    private static SharedStateContinuousSampler gamma(RandomStream stream, double shape) {
        return AhrensDieterMarsagliaTsangGammaSampler.of(stream, shape, 1);
    }

    @ParameterizedTest
    @CsvSource({"0.95, 0.92, 0.985", "0.90, 0.925, 1", "0.3, 0, 0.29"})
    void forecastOfAnUndecidedSequenceIsNearTheTypicalLength(double truth, double low, double high) {
        BetaBinomialSequence mixture = BetaBinomialSequence.uniform(low, high, ALPHA);
        mixture.add(Math.round(truth * 400), 400);
        long forecast = mixture.needed(1_000_000);
        BetaBinomialSequence there = BetaBinomialSequence.uniform(low, high, ALPHA);
        there.add(Math.round(truth * forecast), forecast);
        assertThat(mixture.decision()).isEqualTo(Decision.OPEN);
        BetaBinomialSequence before = BetaBinomialSequence.uniform(low, high, ALPHA);
        before.add(Math.round(truth * (forecast * 0.98)), Math.round(forecast * 0.98));
        assertThat(before.decision()).isEqualTo(Decision.OPEN);
        there.add(Math.round(truth * (forecast * 0.02)), Math.round(forecast * 0.02));
        assertThat(there.decision()).isNotEqualTo(Decision.OPEN);
    }

    @Test
    void forecastOfBettingIsNearTheTypicalLength() {
        DoubleSupplier draw = SequenceErrorTest.law("beta25", RandomStream.of(6, "forecast", 0, 0));
        BettingSequence sequence = new BettingSequence(0, 1, 0.25, 2, ALPHA);
        double sum = 0;
        for (int i = 0; i < 300; i++) {
            double x = draw.getAsDouble();
            sum += x;
            sequence.add(x);
        }
        assertThat(sequence.mean()).isEqualTo(sum / 300);
        assertThat(sequence.decision()).isEqualTo(Decision.OPEN);
        assertThat(sequence.needed(100_000)).isBetween(350L, 1500L);
    }

    @Test
    void nothingDecidesAnEstimateOnTheBoundary() {
        BetaBinomialSequence mixture = BetaBinomialSequence.uniform(0.5, 1, ALPHA);
        mixture.add(500, 1000);
        assertThat(mixture.needed(1_000_000_000)).isEqualTo(1_000_000_000);
    }
}
