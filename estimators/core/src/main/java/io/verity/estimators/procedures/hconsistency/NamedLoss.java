package io.verity.estimators.procedures.hconsistency;

import io.verity.estimators.hconsistency.BoxTransform;
import io.verity.estimators.hconsistency.MarginTransform;
import io.verity.estimators.hconsistency.Surrogate;
import io.verity.estimators.hconsistency.Transform;
import io.verity.estimators.hconsistency.Transforms;
import io.verity.estimators.procedures.Inputs;
import io.verity.estimators.procedures.Option;
import io.verity.stats.Arguments;
import io.verity.stats.losses.CompSumLoss;
import io.verity.stats.losses.MarginLoss;
import io.verity.stats.losses.MulticlassLoss;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A loss as the options name it, with its surrogate, its number of classes and its transform. */
record NamedLoss(
        Surrogate surrogate, int classes, @Nullable MarginLoss margin, double bound, Map<String, Double> constants) {
    private static final String BOX = "cross-entropy-box";

    static List<Option> options() {
        List<Option> options = new ArrayList<>(LossOptions.options(BOX, null));
        options.add(Option.of("classes", Option.Kind.INTEGER, "number of classes K; default 2, or what --data has"));
        options.add(Option.of(
                "bound", Option.Kind.TEXT, "A: the scores of a margin loss lie in [-A, A]; default Infinity"));
        options.add(Option.of("lambda", Option.Kind.NUMBER, "bound of every score of " + BOX));
        return List.copyOf(options);
    }

    /**
     * @param inputs the options
     * @param columns number of classes that data have, or 0
     * @return the loss
     */
    static NamedLoss of(Inputs inputs, int columns) {
        String name = inputs.text("loss");
        int classes = inputs.isGiven("classes") ? inputs.integer("classes") : columns > 0 ? columns : 2;
        Arguments.atLeast("the number of classes K (--classes)", classes, 2);
        Arguments.require(
                columns == 0 || columns == classes, "--classes is %d, but the data have %d classes", classes, columns);
        LossOptions.check(inputs);
        LossOptions.belongs(inputs, "lambda", BOX);
        Map<String, Double> constants = new LinkedHashMap<>();
        constants.put("K", (double) classes);
        for (String other : List.of("tau", "q", "A", "rho", "k")) {
            constants.put(other, Double.NaN);
        }
        Optional<MarginLoss> margin = LossOptions.margin(inputs);
        if (margin.isPresent()) {
            Arguments.require(classes == 2, "%s is a binary loss: --classes must be 2, but is %d", name, classes);
            double bound = LossOptions.number(inputs, "bound").orElse(Double.POSITIVE_INFINITY);
            constants.put("A", bound);
            constants.put("rho", inputs.number("rho"));
            constants.put("k", inputs.number("k"));
            return new NamedLoss(Surrogate.margin(margin.get(), bound), 2, margin.get(), bound, constants);
        }
        Arguments.require(!inputs.isGiven("bound"), "--bound belongs to the binary margin losses, not to %s", name);
        Optional<MulticlassLoss> loss = LossOptions.multiclass(inputs);
        if (loss.isPresent() && loss.get() instanceof CompSumLoss compSum) {
            constants.put("tau", compSum.tau());
            constants.put("q", compSum.tau() - 1);
        }
        Surrogate surrogate =
                loss.map(Surrogate::of).orElseGet(() -> Surrogate.crossEntropyInBox(inputs.number("lambda")));
        return new NamedLoss(surrogate, classes, null, Double.POSITIVE_INFINITY, constants);
    }

    /** The known transform; with Massart's condition the linear one. */
    Optional<Transform> transform(Inputs inputs) {
        Optional<Transform> known = Transforms.of(surrogate, classes);
        if (!inputs.isGiven("massart")) {
            return known;
        }
        if (margin == null) {
            throw new IllegalArgumentException("--massart belongs to the binary margin losses");
        }
        return Optional.of(MarginTransform.of(margin, bound).massart(inputs.number("massart")));
    }

    /** The formula that circulates for boxes, whether it is true or not. */
    Optional<Transform> claimed(Inputs inputs) {
        return inputs.text("loss").equals(BOX)
                ? Optional.of(new BoxTransform(inputs.number("lambda"), classes))
                : transform(inputs);
    }
}
