package io.verity.stats.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.verity.stats.random.RandomStream;
import java.util.function.DoubleSupplier;
import org.apache.commons.rng.sampling.distribution.SharedStateContinuousSampler;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * How often the sequences ever exclude the truth. The expected figures were simulated beforehand in Python with other
 * random numbers; the tolerance is three Monte Carlo standard errors of the difference of two runs of this size.
 */
class SequenceErrorTest {
    private static final int PATHS = 2000;

    private static void assertRate(int errors, double expected) {
        double error = Math.sqrt(2 * expected * (1 - expected) / PATHS);
        assertThat(errors / (double) PATHS).isCloseTo(expected, within(3 * error));
    }

    @ParameterizedTest
    @CsvSource({
        "0.05,,0.023", "0.5,,0.042", "0.95,,0.020",
        "0.05,0.95,0.003", "0.5,0.95,0.043", "0.95,0.95,0.037"
    })
    void mixtureExcludesTheTruthAsOftenAsStated(double truth, Double centre, double expected) {
        double a = centre == null ? 1 : 50 * centre;
        double b = centre == null ? 1 : 50 * (1 - centre);
        int errors = 0;
        for (int path = 0; path < PATHS; path++) {
            RandomStream stream = RandomStream.of(1, "mixture " + truth + " " + centre, 0, path);
            double capital = 1;
            int successes = 0;
            for (int t = 0; t < 5000 && capital < 20; t++) {
                boolean success = stream.nextDouble() < truth;
                // M_t / M_{t-1} is the predictive probability of the outcome over its probability under the truth
                capital *= success
                        ? (a + successes) / ((a + b + t) * truth)
                        : (b + t - successes) / ((a + b + t) * (1 - truth));
                successes += success ? 1 : 0;
            }
            errors += capital >= 20 ? 1 : 0;
        }
        assertRate(errors, expected);
    }

    @Test
    void logCapitalIsTheProductOfPredictiveProbabilityRatios() {
        RandomStream stream = RandomStream.of(1, "product", 0, 0);
        BetaBinomialSequence sequence = new BetaBinomialSequence(2, 3, 0.2, 0.4, 0.05);
        double log = 0;
        int successes = 0;
        for (int t = 0; t < 500; t++) {
            boolean success = stream.nextDouble() < 0.3;
            log += success
                    ? Math.log((2 + successes) / ((5.0 + t) * 0.37))
                    : Math.log((3 + t - successes) / ((5.0 + t) * 0.63));
            successes += success ? 1 : 0;
            sequence.add(success ? 1 : 0);
            assertThat(sequence.logCapital(0.37)).isCloseTo(log, within(1e-10));
        }
    }

    @ParameterizedTest
    @CsvSource({"beta25, 0.2857142857142857, 0.023", "bernoulli, 0.9, 0.032"})
    void bettingExcludesTheTruthAsOftenAsStated(String law, double truth, double expected) {
        int errors = 0;
        for (int path = 0; path < PATHS; path++) {
            DoubleSupplier draw = law(law, RandomStream.of(2, law, 0, path));
            BettingSequence sequence = new BettingSequence(0, 1, truth, 2, 0.05);
            int t = 0;
            while (t++ < 3000 && sequence.decision() == Decision.OPEN) {
                sequence.add(draw.getAsDouble());
            }
            errors += t <= 3000 ? 1 : 0;
        }
        assertRate(errors, expected);
    }

    @ParameterizedTest
    @CsvSource({
        "normal, 0.05, 0.035",
        "exponential, 0.05, 0.039",
        "t5, 0.05, 0.032",
        "lognormal, 0.05, 0.065",
        "normal, 0.001, 0.0007",
        "exponential, 0.001, 0.002",
        "lognormal, 0.001, 0.010"
    })
    void asymptoticExcludesTheTruthAsOftenAsStated(String law, double alpha, double expected) {
        int looks = 5000;
        double[] reach = new double[looks + 1];
        for (int t = AsymptoticSequence.FIRST; t <= looks; t++) {
            double width = AsymptoticSequence.width(t, 500, alpha);
            reach[t] = width * width / t;
        }
        int errors = 0;
        for (int path = 0; path < PATHS; path++) {
            DoubleSupplier draw = law(law, RandomStream.of(3, law, 0, path));
            double sum = 0;
            double squares = 0;
            for (int t = 1; t <= looks; t++) {
                double x = draw.getAsDouble();
                sum += x;
                squares += x * x;
                double mean = sum / t;
                if (t >= AsymptoticSequence.FIRST && mean * mean > (squares - sum * mean) / (t - 1) * reach[t]) {
                    errors++;
                    break;
                }
            }
        }
        assertRate(errors, expected);
    }

    @ParameterizedTest
    @CsvSource({"exponential, 0.05", "lognormal, 0.05", "lognormal, 0.001"})
    void blockingKeepsTheErrorOfSkewedValuesBelowAlpha(String law, double alpha) {
        int errors = 0;
        for (int path = 0; path < PATHS; path++) {
            DoubleSupplier draw = law(law, RandomStream.of(4, law, 0, path));
            AsymptoticSequence sequence = new AsymptoticSequence(-1e9, 1e9, alpha, 500);
            boolean wrong = false;
            int next = AsymptoticSequence.FIRST;
            for (int t = 1; t <= 5000; t++) {
                sequence.add(draw.getAsDouble());
                if (t == next) {
                    wrong |= !sequence.interval().contains(0);
                    next += next / 20;
                }
            }
            errors += wrong ? 1 : 0;
        }
        assertThat(errors / (double) PATHS).isLessThanOrEqualTo(alpha + 3 * Math.sqrt(alpha / PATHS));
    }

    @Test
    void widthsAreAsStated() {
        assertThat(AsymptoticSequence.width(200, 500, 1e-5)).isCloseTo(5.28, within(0.005));
        assertThat(AsymptoticSequence.width(1000, 500, 1e-5)).isCloseTo(5.25, within(0.005));
        assertThat(AsymptoticSequence.width(10000, 500, 1e-5)).isCloseTo(5.42, within(0.005));
    }

    /** Draws with mean 0, except for the bounded laws. */
    static DoubleSupplier law(String name, RandomStream stream) {
        return switch (name) {
            case "bernoulli" -> () -> stream.nextDouble() < 0.9 ? 1 : 0;
            case "beta25" -> () -> orderStatistic(stream);
            case "normal" -> stream::nextGaussian;
            case "exponential" -> {
                SharedStateContinuousSampler sampler = ZigguratSampler.Exponential.of(stream);
                yield () -> sampler.sample() - 1;
            }
            case "t5" ->
                () -> {
                    double chiSquared = 0;
                    for (int i = 0; i < 5; i++) {
                        double z = stream.nextGaussian();
                        chiSquared += z * z;
                    }
                    return stream.nextGaussian() / Math.sqrt(chiSquared / 5);
                };
            case "lognormal" -> () -> Math.exp(stream.nextGaussian()) - Math.exp(0.5);
            default -> throw new IllegalArgumentException(name);
        };
    }

    /** The second smallest of six uniform numbers is Beta(2, 5). */
    private static double orderStatistic(RandomStream stream) {
        double smallest = 1;
        double second = 1;
        for (int i = 0; i < 6; i++) {
            double u = stream.nextDouble();
            if (u < smallest) {
                second = smallest;
                smallest = u;
            } else if (u < second) {
                second = u;
            }
        }
        return second;
    }
}
