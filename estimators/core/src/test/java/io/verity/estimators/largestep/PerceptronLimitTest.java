package io.verity.estimators.largestep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.verity.estimators.GoldenJson;
import io.verity.stats.random.SplitMix64;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Gradient descent with a large step against the batch perceptron: {@code perceptron_limit.json} (mpmath, 400 digits). */
class PerceptronLimitTest {
    private static final Recorder ITERATES = Recorder.none().withIterates();

    private static double deviation(
            SeparableData data, double gamma, int steps, TieRule rule, Coordinates coordinates) {
        Trace gradient = LargeStepLogistic.withDefaults()
                .withStepSize(gamma)
                .withMaxIterations(steps)
                .with(StopRule.maxIterations())
                .with(coordinates)
                .with(ITERATES)
                .fit(data)
                .trace();
        Trace perceptron = Perceptrons.batch(rule)
                .withMaxIterations(steps)
                .withoutStopping()
                .with(ITERATES)
                .fit(data)
                .trace();
        double largest = 0;
        for (int t = 0; t <= steps; t++) {
            for (int j = 0; j < data.d(); j++) {
                largest = Math.max(
                        largest,
                        Math.abs(gradient.scaledIterate(t)[j] - perceptron.scaledIterate(t)[j]));
            }
        }
        return largest;
    }

    @Test
    void deviationsEqualTheReference() {
        for (JsonNode row : GoldenJson.read(PerceptronLimitTest.class, "perceptron_limit.json")
                .get("rows")) {
            SeparableData data = Instances.named(row.get("instance").asText());
            int steps = row.get("T").asInt();
            for (JsonNode run : row.get("rows")) {
                double gamma = run.get("gamma").asDouble();
                String what = row.get("instance").asText() + " gamma " + gamma;
                check(
                        what + " half",
                        gamma,
                        deviation(data, gamma, steps, TieRule.HALF, Coordinates.SUMMED),
                        run.get("maxAbsDevHalf").asDouble());
                check(
                        what + " one",
                        gamma,
                        deviation(data, gamma, steps, TieRule.MISTAKE, Coordinates.SUMMED),
                        run.get("maxAbsDevOne").asDouble());
            }
        }
    }

    private static void check(String what, double gamma, double found, double exact) {
        if (exact > 1e-12) {
            // a difference of numbers near one, whose rounding a tie multiplies by gamma / 4
            assertThat(found).as(what).isCloseTo(exact, within(1e-6 * exact + gamma / 4 * Math.ulp(1.0)));
        } else {
            assertThat(found).as(what).isLessThanOrEqualTo(1e-12);
        }
    }

    @Test
    void withHalfTiesTheLimitHoldsForRandomIntegerSets() {
        int met = 0;
        for (long seed = 1; seed <= 20; seed++) {
            SplitMix64 stream = new SplitMix64(seed);
            double[][] z = new double[5][2];
            boolean zeroRow = false;
            for (double[] row : z) {
                for (int j = 0; j < 2; j++) {
                    row[j] = Long.remainderUnsigned(stream.nextLong(), 7) - 3;
                }
                zeroRow |= row[0] == 0 && row[1] == 0;
            }
            if (zeroRow) {
                continue;
            }
            SeparableData data = SeparableData.ofSignedRows(z);
            assertThat(deviation(data, 2000, 12, TieRule.HALF, Coordinates.SUMMED))
                    .as("seed %d", seed)
                    .isLessThanOrEqualTo(1e-12);
            long ties = Perceptrons.batch(TieRule.HALF)
                    .withMaxIterations(12)
                    .withoutStopping()
                    .fit(data)
                    .ties();
            met += ties > 0 ? 1 : 0;
        }
        assertThat(met).isGreaterThanOrEqualTo(5);
    }

    @Test
    void doubledCountsAreTheExactStateOfTheHalfRule() {
        SeparableData data = Instances.tie1();
        LargeStepFit fit = Perceptrons.batch(TieRule.HALF)
                .withMaxIterations(9)
                .withoutStopping()
                .fit(data);
        double[] theta = new double[2];
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 2; j++) {
                theta[j] += fit.doubledCounts()[i] * data.get(i, j) / 6;
            }
        }
        assertThat(fit.theta()).containsExactly(theta, within(1e-15));
        assertThat(Arrays.stream(fit.doubledCounts())).anyMatch(c -> c % 2 == 1);
    }
}
