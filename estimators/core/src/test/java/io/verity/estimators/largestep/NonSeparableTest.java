package io.verity.estimators.largestep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.verity.estimators.GoldenJson;
import java.util.Arrays;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** One-dimensional data without a separator against {@code nonseparable_1d.json} (mpmath, 50 digits). */
class NonSeparableTest {
    private static final int BURN_IN = 3000;
    private static final int OBSERVED = 300;

    private static double[][] orbit(SeparableData data, double gamma, double theta0) {
        Trace trace = LargeStepLogistic.withDefaults()
                .withStepSize(gamma)
                .withStart(theta0)
                .withMaxIterations(BURN_IN + OBSERVED)
                .with(StopRule.maxIterations())
                .with(Recorder.none().withIterates())
                .fit(data)
                .trace();
        double[][] orbit = new double[OBSERVED][];
        for (int k = 0; k < OBSERVED; k++) {
            orbit[k] = trace.iterate(BURN_IN + 1 + k);
        }
        return orbit;
    }

    @Test
    void minimisersCurvaturesAndCyclesEqualTheReference() {
        for (JsonNode golden :
                GoldenJson.read(NonSeparableTest.class, "nonseparable_1d.json").get("cases")) {
            double[] values = new double[golden.get("z").size()];
            int[] counts = new int[values.length];
            for (int k = 0; k < values.length; k++) {
                values[k] = golden.get("z").get(k).get(0).asDouble();
                counts[k] = golden.get("z").get(k).get(1).asInt();
            }
            SeparableData data = Instances.oneD(values, counts);
            double star = golden.get("thetaStar").asDouble();
            double lambda = golden.get("lambda_").asDouble();
            LargeStepFit minimiser = LargeStepLogistic.withDefaults()
                    .withStepSize(0.5 / lambda)
                    .withStart(star)
                    .withMaxIterations(500)
                    .with(StopRule.maxIterations())
                    .with(Recorder.of(Field.SHARPNESS).every(500))
                    .fit(data);
            assertThat(minimiser.theta()[0]).isCloseTo(star, within(1e-12 * Math.max(star, 1)));
            double[] sharpness = minimiser.trace().values(Field.SHARPNESS);
            assertThat(sharpness[sharpness.length - 1]).isCloseTo(lambda, within(1e-12 * Math.max(1, lambda)));
            for (JsonNode run : golden.get("runs")) {
                check(data, run);
            }
        }
    }

    private static void check(SeparableData data, JsonNode run) {
        double[][] orbit =
                orbit(data, run.get("gamma").asDouble(), run.get("theta0").asDouble());
        OptionalInt period = Cycles.period(orbit, 1e-9, 64);
        String what = run.toString();
        if (run.get("period").isNull()) {
            assertThat(period).as(what).isEmpty();
            return;
        }
        assertThat(period).as(what).hasValue(run.get("period").asInt());
        double min = Arrays.stream(orbit).mapToDouble(o -> o[0]).min().orElseThrow();
        double max = Arrays.stream(orbit).mapToDouble(o -> o[0]).max().orElseThrow();
        assertThat(min).as(what).isCloseTo(run.get("min").asDouble(), within(1e-8 * Math.max(1, Math.abs(min))));
        assertThat(max).as(what).isCloseTo(run.get("max").asDouble(), within(1e-8 * Math.max(1, Math.abs(max))));
    }

    @Test
    void periodsOfHandMadeOrbitsAreFound() {
        double[][] three = new double[12][];
        double[][] growing = new double[12][];
        for (int k = 0; k < 12; k++) {
            three[k] = new double[] {k % 3, 1e9 * (k % 3)};
            growing[k] = new double[] {k};
        }
        assertThat(Cycles.period(three, 1e-12, 4)).hasValue(3);
        assertThat(Cycles.period(three, 1e-12, 2)).isEmpty();
        assertThat(Cycles.period(growing, 1e-12, 4)).isEmpty();
        assertThat(Cycles.period(Arrays.copyOf(three, 8), 1e-12, 4)).isEmpty(); // fewer than 3 periods are no evidence
        assertThatThrownBy(() -> Cycles.period(three, -1, 2)).hasMessageContaining("tolerance");
    }
}
