package io.verity.estimators.procedures.largestep;

import io.verity.estimators.largestep.LargeStepFit;
import io.verity.estimators.largestep.LargeStepLogistic;
import io.verity.estimators.largestep.Perceptrons;
import io.verity.estimators.largestep.Pick;
import io.verity.estimators.largestep.Recorder;
import io.verity.estimators.largestep.SeparableData;
import io.verity.estimators.largestep.StopRule;
import io.verity.estimators.largestep.TieRule;
import io.verity.estimators.largestep.Variant;
import io.verity.estimators.procedures.Inputs;
import io.verity.stats.Arguments;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The options that choose a large-step method, and the run they ask for. */
final class LargeStepChoices {
    static final String BATCH = "batch-perceptron";
    static final String NORMALIZED_BATCH = "normalized-batch-perceptron";
    static final String CLASSIC = "perceptron";

    private LargeStepChoices() {}

    static List<String> gradientVariants() {
        return Arrays.stream(Variant.values()).map(Variant::id).toList();
    }

    static List<String> variants() {
        List<String> all = new ArrayList<>(gradientVariants());
        all.addAll(List.of(BATCH, NORMALIZED_BATCH, CLASSIC));
        return all;
    }

    static boolean isPerceptron(String variant) {
        return !gradientVariants().contains(variant);
    }

    static Variant variant(String id) {
        return Arrays.stream(Variant.values())
                .filter(v -> v.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    /** {@code separated}, {@code max-iter}, {@code loss:X}, {@code grad:X}. */
    static StopRule stopRule(String text) {
        if (text.equals("separated")) {
            return StopRule.separated();
        }
        if (text.equals("max-iter")) {
            return StopRule.maxIterations();
        }
        if (text.startsWith("loss:")) {
            return StopRule.lossBelow(level(text));
        }
        if (text.startsWith("grad:")) {
            return StopRule.gradientBelow(level(text));
        }
        throw new IllegalArgumentException(
                "option --stop must be separated, max-iter, loss:X or grad:X, but is '" + text + "'");
    }

    private static double level(String text) {
        String number = text.substring(text.indexOf(':') + 1);
        try {
            return Arguments.nonNegative("the level of --stop", Double.parseDouble(number));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("option --stop has the level '" + number + "', which is no number", e);
        }
    }

    /** Comma-separated numbers. */
    static double[] numbers(String option, String text) {
        String[] parts = text.split(",", -1);
        double[] values = new double[parts.length];
        for (int k = 0; k < parts.length; k++) {
            try {
                values[k] = Arguments.finite("--" + option, Double.parseDouble(parts[k].strip()));
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException(
                        "option --" + option + " holds '" + parts[k].strip() + "', which is no number", e);
            }
        }
        return values;
    }

    static LargeStepLogistic gradientMethod(Inputs inputs, String variant, Recorder recorder) {
        LargeStepLogistic method = LargeStepLogistic.withDefaults()
                .with(variant(variant))
                .withMaxIterations(inputs.integer("max-iter"))
                .with(stopRule(inputs.text("stop")))
                .with(recorder)
                .with(inputs.backend());
        String start = inputs.optionalText("theta").orElse(null);
        return start == null ? method : method.withStart(numbers("theta", start));
    }

    static LargeStepFit perceptron(Inputs inputs, String variant, Recorder recorder, SeparableData data) {
        boolean half = inputs.text("tie").equals("half");
        Pick pick = inputs.text("pick").equals("first") ? Pick.FIRST : Pick.MOST_VIOLATED;
        Perceptrons method = switch (variant) {
            case BATCH -> Perceptrons.batch(half ? TieRule.HALF : TieRule.MISTAKE);
            case NORMALIZED_BATCH -> Perceptrons.normalizedBatch();
            default -> Perceptrons.classic(pick);
        };
        method = method.withMaxIterations(inputs.integer("max-iter"))
                .with(recorder)
                .with(inputs.backend());
        StopRule stop = stopRule(inputs.text("stop"));
        Arguments.require(
                stop.kind() == StopRule.Kind.SEPARATED || stop.kind() == StopRule.Kind.MAX_ITERATIONS,
                "a perceptron has no loss to stop at; --stop must be separated or max-iter");
        return (stop.kind() == StopRule.Kind.SEPARATED ? method : method.withoutStopping()).fit(data);
    }
}
