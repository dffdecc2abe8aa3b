package io.verity.estimators.largestep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.verity.estimators.GoldenJson;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Iterates and diagnostics against {@code trajectories.json} (mpmath 1.2.1, 60 digits). Tolerance 1e-12 or 50 times the
 * deviation of a plain numpy run, relative to the largest coordinate; runs in which numpy deviates by more than 1e-6 are
 * compared up to the first iterate where ours deviates by 1e-9, which must not come before t = 5. Runs without a numpy
 * deviation are held to the deviation of the neighbouring method: where ours exceeds 1e-9 the same rule applies.
 */
class TrajectoriesTest {
    private static final Recorder EVERYTHING = Recorder.of(
                    Field.LOSS,
                    Field.MEAN_SIGMOID,
                    Field.MISCLASSIFIED,
                    Field.MIN_MARGIN,
                    Field.GRADIENT_NORM,
                    Field.NORM)
            .withIterates();

    static Stream<Arguments> runs() {
        return StreamSupport.stream(
                        GoldenJson.read(TrajectoriesTest.class, "trajectories.json")
                                .get("runs")
                                .spliterator(),
                        false)
                .map(run -> Arguments.of(
                        run.get("instance").asText() + " " + run.get("method").asText() + " "
                                + run.get("gamma").asText(),
                        run));
    }

    private static LargeStepFit ours(JsonNode run, SeparableData data) {
        int steps = run.get("T").asInt();
        double gamma = run.get("gamma").asDouble();
        LargeStepLogistic gradient = LargeStepLogistic.withDefaults()
                .withStepSize(gamma)
                .withMaxIterations(steps)
                .with(StopRule.maxIterations())
                .with(EVERYTHING);
        return switch (run.get("method").asText()) {
            case "gd" -> gradient.fit(data);
            case "ngd" -> gradient.with(Variant.NORMALIZED).fit(data);
            case "exp" -> gradient.with(Variant.SOFTMAX).fit(data);
            case "bpone" -> batch(TieRule.MISTAKE, steps, data);
            case "bphalf" -> batch(TieRule.HALF, steps, data);
            default -> throw new IllegalArgumentException(run.get("method").asText());
        };
    }

    private static LargeStepFit batch(TieRule rule, int steps, SeparableData data) {
        return Perceptrons.batch(rule)
                .withMaxIterations(steps)
                .withoutStopping()
                .with(EVERYTHING)
                .fit(data);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("runs")
    void runFollowsTheExactOne(String name, JsonNode run) {
        SeparableData data = Instances.named(run.get("instance").asText());
        LargeStepFit fit = ours(run, data);
        Trace trace = fit.trace();
        double numpy =
                run.get("numpyRelDev").isNull() ? 0 : run.get("numpyRelDev").asDouble();
        boolean sensitive = numpy > 1e-6;
        double tolerance = Math.max(1e-12, 50 * numpy);
        JsonNode iterates = run.get("theta");
        int compared = 0;
        for (int t = 0; t < iterates.size(); t++) {
            double[] exact = GoldenJson.array(iterates.get(t));
            double[] found = trace.iterate(t);
            double size = run.has("thetaNorm") ? run.get("thetaNorm").get(t).asDouble() : RunGeometry.norm(exact);
            double deviation = 0;
            for (int j = 0; j < exact.length; j++) {
                deviation = Math.max(deviation, Math.abs(found[j] - exact[j]) / Math.max(size, Double.MIN_NORMAL));
            }
            boolean judgeByOurs = sensitive || run.get("numpyRelDev").isNull();
            if (judgeByOurs && deviation > 1e-9) {
                assertThat(t).as("first deviating iterate").isGreaterThanOrEqualTo(5);
                return;
            }
            double allowed = judgeByOurs ? 1e-9 : tolerance;
            assertThat(deviation).as("theta at t=%d", t).isLessThanOrEqualTo(allowed);
            diagnostics(run, trace, data, t, Math.max(allowed, 1e-12), size);
            compared++;
        }
        assertThat(compared).isEqualTo(run.get("T").asInt() + 1);
    }

    private static void diagnostics(
            JsonNode run, Trace trace, SeparableData data, int t, double relative, double size) {
        // an error of theta moves every margin by at most R times it, and so the loss, and the rest, accordingly
        double slack = 4 * relative * data.radius() * Math.max(size, 1e-3) + 1e-13;
        double loss = run.get("loss").get(t).asDouble();
        double minMargin = run.get("minMargin").get(t).asDouble();
        assertThat(trace.values(Field.LOSS)[t]).isCloseTo(loss, within(slack * Math.min(1, loss) + 1e-300));
        assertThat(trace.values(Field.MIN_MARGIN)[t]).isCloseTo(minMargin, within(slack));
        assertThat(trace.values(Field.MEAN_SIGMOID)[t])
                .isCloseTo(run.get("G").get(t).asDouble(), within(slack));
        assertThat(trace.values(Field.GRADIENT_NORM)[t])
                .isCloseTo(run.get("gradNorm").get(t).asDouble(), within(slack * data.radius()));
        boolean perceptron = run.get("method").asText().startsWith("bp");
        // at an exact tie 60 digits leave a margin of some 1e-62, which the reference does not count as a mistake
        boolean referenceRounds = minMargin != 0 && Math.abs(minMargin) < 1e-50;
        if ((perceptron || Math.abs(minMargin) > 10 * slack) && !referenceRounds) {
            assertThat(trace.values(Field.MISCLASSIFIED)[t])
                    .isEqualTo(run.get("mis").get(t).asDouble());
        }
    }
}
