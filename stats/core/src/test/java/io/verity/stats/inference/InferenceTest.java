package io.verity.stats.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.verity.stats.quantiles.QuantileType;
import io.verity.stats.quantiles.Quantiles;
import io.verity.stats.random.RandomStream;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InferenceTest {
    /** Golden values: scipy 1.17.1, {@code binomtest(s, n).proportion_ci(level, method)}. */
    @ParameterizedTest
    @CsvSource({
        "17, 20, 0.95, 0.6210731734547044, 0.9679290628144552, 0.6395811352592431, 0.9476312541037835",
        "0, 10, 0.99, 0, 0.4112959813475254, 0, 0.39885409330490806",
        "10, 10, 0.95, 0.6915028921812371, 1, 0.7224672001371109, 1",
        "943, 1000, 0.99999, 0.90402180278266, 0.9700111629745454, 0.9013470802893646, 0.9676966418120332",
        "1, 3, 0.9, 0.01695242750844312, 0.8646496378284162, 0.07826572633372841, 0.7464661317187758"
    })
    void binomialIntervalsAgreeWithScipy(
            long successes,
            long trials,
            double level,
            double cpLow,
            double cpHigh,
            double wilsonLow,
            double wilsonHigh) {
        Interval exact = Binomial.clopperPearson(successes, trials, level);
        assertThat(exact.lower()).isCloseTo(cpLow, within(1e-9));
        assertThat(exact.upper()).isCloseTo(cpHigh, within(1e-9));
        Interval score = Binomial.wilson(successes, trials, level);
        assertThat(score.lower()).isCloseTo(wilsonLow, within(1e-12));
        assertThat(score.upper()).isCloseTo(wilsonHigh, within(1e-12));
    }

    @Test
    void impossibleCountsAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Binomial.wilson(5, 4, 0.95))
                .withMessage("successes must lie between 0 and 4, but are 5");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Binomial.clopperPearson(0, 0, 0.95))
                .withMessage("trials must be at least 1, but are 0");
    }

    @Test
    void momentsAgreeWithTwoPasses() {
        RandomStream stream = RandomStream.of(1, "moments", 0, 0);
        double[] x = stream.doubles(1000).map(u -> 1e6 + u * u).toArray();
        double mean = Arrays.stream(x).average().orElseThrow();
        double m2 = central(x, mean, 2);
        Moments moments = Moments.of(x);
        assertThat(moments.mean()).isCloseTo(mean, within(1e-9));
        assertThat(moments.variance()).isCloseTo(m2 * 1000 / 999, within(1e-10));
        assertThat(moments.skewness()).isCloseTo(central(x, mean, 3) / Math.pow(m2, 1.5), within(1e-6));
        assertThat(moments.excessKurtosis()).isCloseTo(central(x, mean, 4) / (m2 * m2) - 3, within(1e-5));
    }

    private static double central(double[] x, double mean, int order) {
        return Arrays.stream(x).map(v -> Math.pow(v - mean, order)).average().orElseThrow();
    }

    @Test
    void monteCarloErrorsAreTheSpreadOverRepetitions() {
        int repetitions = 2000;
        int n = 100;
        Moments means = new Moments();
        Moments deviations = new Moments();
        Moments medians = new Moments();
        double meanError = 0;
        double deviationError = 0;
        double medianError = 0;
        for (int r = 0; r < repetitions; r++) {
            double[] x = RandomStream.of(2, "errors", 0, r).doubles(n).toArray();
            double[] sorted = MonteCarlo.sorted(x);
            Moments moments = Moments.of(x);
            means.add(moments.mean());
            deviations.add(moments.standardDeviation());
            medians.add(Quantiles.ofSorted(sorted, 0.5, QuantileType.TYPE7));
            meanError += MonteCarlo.errorOfMean(moments) / repetitions;
            deviationError += MonteCarlo.errorOfStandardDeviation(moments) / repetitions;
            medianError += MonteCarlo.errorOfQuantile(sorted, 0.5) / repetitions;
        }
        assertThat(meanError / means.standardDeviation()).isCloseTo(1, within(0.05));
        assertThat(deviationError / deviations.standardDeviation()).isCloseTo(1, within(0.05));
        assertThat(medianError / medians.standardDeviation()).isCloseTo(1, within(0.1));
        assertThat(MonteCarlo.errorOfProportion(0.5, 100)).isEqualTo(0.05);
    }

    @Test
    void medianOfEvenSampleIsMidpoint() {
        assertThat(Quantiles.ofSorted(new double[] {1, 2, 4, 10}, 0.5, QuantileType.TYPE7))
                .isEqualTo(3);
        assertThat(Quantiles.ofSorted(new double[] {1, 2, 4, 10}, 1, QuantileType.TYPE7))
                .isEqualTo(10);
        assertThat(Quantiles.ofSorted(new double[] {7}, 0.3, QuantileType.TYPE7))
                .isEqualTo(7);
    }

    @Test
    void bootstrapOfTheMeanHasItsStandardError() {
        double[] data = RandomStream.of(3, "bootstrap", 0, 0).doubles(200).toArray();
        RandomStream stream = RandomStream.of(3, "bootstrap", 0, 0).forPurpose(RandomStream.BOOTSTRAP);
        Bootstrap bootstrap = Bootstrap.of(data, x -> Arrays.stream(x).average().orElseThrow(), 2000, stream);
        double error = MonteCarlo.errorOfMean(Moments.of(data));
        assertThat(bootstrap.standardError() / error).isCloseTo(1, within(3 / Math.sqrt(2 * 2000.0) + 1 / 200.0));
        Interval interval = bootstrap.percentile(0.95);
        assertThat(interval.width() / (2 * 1.96 * error)).isCloseTo(1, within(0.1));
        assertThat(interval.contains(Moments.of(data).mean())).isTrue();
    }

    @Test
    void lineThroughExactPointsHasTheirSlopeAndNoError() {
        Line line = Line.through(new double[] {0, 1, 2, 3}, new double[] {1, -1, -3, -5}, new double[4]);
        assertThat(line.slope()).isEqualTo(-2);
        assertThat(line.intercept()).isEqualTo(1);
        assertThat(line.error()).isZero();
        assertThat(line.excessScatter()).isFalse();
    }

    @Test
    void slopeErrorIsThatOfItsPointsUnlessTheyScatterMore() {
        double[] x = {0, 1, 2, 3, 4};
        double[] errors = {0.1, 0.1, 0.1, 0.1, 0.1};
        Line quiet = Line.through(x, new double[] {0.05, 0.95, 2.02, 2.98, 4.01}, errors);
        assertThat(quiet.excessScatter()).isFalse();
        assertThat(quiet.error()).isCloseTo(0.1 / Math.sqrt(10), within(1e-15));
        assertThat(quiet.slopeInterval(1e-5).width() / (2 * quiet.error())).isCloseTo(4.417, within(5e-4));
        Line loud = Line.through(x, new double[] {0, 2, 1, 4, 3}, errors);
        assertThat(loud.excessScatter()).isTrue();
        // numpy: slope 0.8, residual sum of squares 3.6, so sqrt(3.6 / 3 / 10); Student quantile (scipy) 60.3968
        assertThat(loud.slope()).isCloseTo(0.8, within(1e-15));
        assertThat(loud.error()).isCloseTo(Math.sqrt(0.12), within(1e-14));
        assertThat(loud.slopeInterval(1e-5).width() / (2 * loud.error())).isCloseTo(60.3968, within(1e-4));
    }

    /** Golden values: scipy 1.17.1, {@code spearmanr}. */
    @Test
    void spearmanUsesAverageRanks() {
        assertThat(Distributions.spearman(new double[] {.693, .693, 15.7, 254}, new double[] {2777, 278, 92, 69})
                        .orElseThrow())
                .isCloseTo(-0.9486832980505139, within(1e-15));
        assertThat(Distributions.spearman(new double[] {1, 2, 2, 3, 5, 5, 5}, new double[] {3, 1, 4, 1, 5, 9, 2})
                        .orElseThrow())
                .isCloseTo(0.3870681424252975, within(1e-15));
        assertThat(Distributions.spearman(new double[] {1, 1, 1}, new double[] {1, 2, 3}))
                .isEmpty();
    }

    @Test
    void bandOfTheEmpiricalDistributionCoversIt() {
        int wrong = 0;
        int n = 100;
        double half = Distributions.bandHalfWidth(n, 0.1);
        for (int r = 0; r < 2000; r++) {
            double[] u = MonteCarlo.sorted(
                    RandomStream.of(4, "band", 0, r).doubles(n).toArray());
            double distance = 0;
            for (int i = 0; i < n; i++) {
                distance = Math.max(distance, Math.max(u[i] - i / (double) n, (i + 1) / (double) n - u[i]));
            }
            wrong += distance > half ? 1 : 0;
        }
        // the bound is nearly sharp: scipy kstwo.sf gives 0.0918
        assertThat(wrong / 2000.0).isCloseTo(0.0918, within(3 * Math.sqrt(0.0918 * 0.9082 / 2000)));
    }

    @Test
    void distanceOfSamplesIsTheLargestGapOfTheirSteps() {
        assertThat(Distributions.distance(new double[] {1, 2, 3, 4}, new double[] {3, 4, 5, 6}))
                .isEqualTo(0.5);
        assertThat(Distributions.distance(new double[] {1, 1, 2}, new double[] {1, 2, 2}))
                .isCloseTo(1 / 3.0, within(1e-15));
    }
}
