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
import io.verity.stats.losses.ConstrainedHinge;
import io.verity.stats.losses.CrammerSingerHinge;
import io.verity.stats.losses.MarginLoss;
import io.verity.stats.losses.WestonWatkinsHinge;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A loss as the options name it, with its surrogate, its number of classes and its transform. */
record NamedLoss(
        Surrogate surrogate, int classes, @Nullable MarginLoss margin, double bound, Map<String, Double> constants) {
    private static final String COMP_SUM = "comp-sum";
    private static final String BOX = "cross-entropy-box";

    static List<Option> options() {
        return List.of(
                Option.choice(
                        "loss",
                        List.of(
                                COMP_SUM,
                                "cross-entropy",
                                "gce",
                                "mae",
                                "hinge",
                                "squared-hinge",
                                "logistic",
                                "exponential",
                                "sigmoid",
                                "rho-margin",
                                "constrained-hinge",
                                "crammer-singer",
                                "weston-watkins",
                                BOX),
                        null,
                        "surrogate loss (required); hinge to rho-margin are binary margin losses"),
                Option.of(
                        "tau",
                        Option.Kind.TEXT,
                        "parameter of comp-sum, at least 0: 0 sum-exponential, 1 cross-entropy, 2 MAE"),
                Option.of("q", Option.Kind.NUMBER, "parameter of gce, in (0, 1]: tau = 1 + q"),
                Option.of("classes", Option.Kind.INTEGER, "number of classes K; default 2, or what --data has"),
                Option.of("bound", Option.Kind.TEXT, "A: the scores of a margin loss lie in [-A, A]; default Infinity"),
                Option.of("k", Option.Kind.NUMBER, "steepness of sigmoid 1 - tanh(k u)")
                        .withDefault("1"),
                Option.of("rho", Option.Kind.NUMBER, "margin of rho-margin").withDefault("1"),
                Option.of("lambda", Option.Kind.NUMBER, "bound of every score of " + BOX));
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
        Arguments.require(
                !inputs.isGiven("tau") || name.equals(COMP_SUM), "--tau belongs to --loss comp-sum, not to %s", name);
        Arguments.require(!inputs.isGiven("q") || name.equals("gce"), "--q belongs to --loss gce, not to %s", name);
        Map<String, Double> constants = new LinkedHashMap<>();
        constants.put("K", (double) classes);
        for (String other : List.of("tau", "q", "A", "rho", "k")) {
            constants.put(other, Double.NaN);
        }
        MarginLoss margin = switch (name) {
            case "hinge" -> MarginLoss.HINGE;
            case "squared-hinge" -> MarginLoss.SQUARED_HINGE;
            case "logistic" -> MarginLoss.LOGISTIC;
            case "exponential" -> MarginLoss.EXPONENTIAL;
            case "sigmoid" -> MarginLoss.sigmoid(inputs.number("k"));
            case "rho-margin" -> MarginLoss.rhoMargin(inputs.number("rho"));
            default -> null;
        };
        if (margin != null) {
            Arguments.require(classes == 2, "%s is a binary loss: --classes must be 2, but is %d", name, classes);
            double bound = number(inputs, "bound").orElse(Double.POSITIVE_INFINITY);
            constants.put("A", bound);
            constants.put("rho", inputs.number("rho"));
            constants.put("k", inputs.number("k"));
            return new NamedLoss(Surrogate.margin(margin, bound), 2, margin, bound, constants);
        }
        Arguments.require(!inputs.isGiven("bound"), "--bound belongs to the binary margin losses, not to %s", name);
        Surrogate surrogate = switch (name) {
            case COMP_SUM -> compSum(constants, number(inputs, "tau").orElse(1.0));
            case "cross-entropy" -> compSum(constants, 1);
            case "mae" -> compSum(constants, 2);
            case "gce" -> {
                double q = inputs.number("q");
                constants.put("q", q);
                constants.put("tau", 1 + q);
                yield Surrogate.of(CompSumLoss.generalizedCrossEntropy(q));
            }
            case "constrained-hinge" -> Surrogate.of(new ConstrainedHinge());
            case "crammer-singer" -> Surrogate.of(new CrammerSingerHinge());
            case "weston-watkins" -> Surrogate.of(new WestonWatkinsHinge());
            default -> Surrogate.crossEntropyInBox(inputs.number("lambda"));
        };
        return new NamedLoss(surrogate, classes, null, Double.POSITIVE_INFINITY, constants);
    }

    private static Surrogate compSum(Map<String, Double> constants, double tau) {
        Surrogate surrogate = Surrogate.of(CompSumLoss.tau(tau));
        constants.put("tau", tau);
        constants.put("q", tau - 1);
        return surrogate;
    }

    /** A number that may be NaN or infinite, so that the library says what it may be. */
    private static Optional<Double> number(Inputs inputs, String name) {
        return inputs.optionalText(name).map(text -> {
            try {
                return Double.parseDouble(text.strip().replaceFirst("(?i)^inf(inity)?$", "Infinity"));
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException("option --" + name + " must be a number, but is '" + text + "'", e);
            }
        });
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
