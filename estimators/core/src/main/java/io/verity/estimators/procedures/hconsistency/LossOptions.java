package io.verity.estimators.procedures.hconsistency;

import io.verity.estimators.procedures.Inputs;
import io.verity.estimators.procedures.Option;
import io.verity.stats.Arguments;
import io.verity.stats.losses.CompSumLoss;
import io.verity.stats.losses.ConstrainedHinge;
import io.verity.stats.losses.CrammerSingerHinge;
import io.verity.stats.losses.MarginLoss;
import io.verity.stats.losses.MulticlassLoss;
import io.verity.stats.losses.WestonWatkinsHinge;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The names of losses and their parameters as options of commands. */
final class LossOptions {
    static final String COMP_SUM = "comp-sum";
    private static final String GCE = "gce";

    /** Losses of any number of classes. */
    private static final List<String> MULTICLASS =
            List.of(COMP_SUM, "cross-entropy", GCE, "mae", "constrained-hinge", "crammer-singer", "weston-watkins");

    /** Losses of the margin of two classes. */
    private static final List<String> MARGIN =
            List.of("hinge", "squared-hinge", "logistic", "exponential", "sigmoid", "rho-margin");

    private LossOptions() {}

    /**
     * The option {@code loss} and the parameters of losses.
     *
     * @param further name of one more loss
     * @param standard the loss without the option, or null where it is required
     */
    static List<Option> options(String further, @Nullable String standard) {
        List<String> names = Stream.of(MULTICLASS, MARGIN, List.of(further))
                .flatMap(List::stream)
                .toList();
        return List.of(
                Option.choice(
                        "loss",
                        names,
                        standard,
                        "surrogate loss" + (standard == null ? " (required)" : "")
                                + "; hinge to rho-margin are binary margin losses"),
                Option.of(
                        "tau",
                        Option.Kind.TEXT,
                        "parameter of comp-sum, at least 0: 0 sum-exponential, 1 cross-entropy, 2 MAE"),
                Option.of("q", Option.Kind.NUMBER, "parameter of gce, in (0, 1]: tau = 1 + q"),
                Option.of("k", Option.Kind.NUMBER, "steepness of sigmoid 1 - tanh(k u)")
                        .withDefault("1"),
                Option.of("rho", Option.Kind.NUMBER, "margin of rho-margin").withDefault("1"));
    }

    /**
     * A parameter that the loss does not have is a mistake, not something to overlook.
     *
     * @throws IllegalArgumentException if one is given
     */
    static void check(Inputs inputs) {
        belongs(inputs, "tau", COMP_SUM);
        belongs(inputs, "q", GCE);
        belongs(inputs, "k", "sigmoid");
        belongs(inputs, "rho", "rho-margin");
        Arguments.require(
                !inputs.text("loss").equals(GCE) || inputs.isGiven("q"), "--loss gce needs its parameter --q");
    }

    static void belongs(Inputs inputs, String option, String loss) {
        Arguments.require(
                !inputs.isGiven(option) || inputs.text("loss").equals(loss),
                "--%s belongs to --loss %s, not to %s",
                option,
                loss,
                inputs.text("loss"));
    }

    /** The margin loss that is named, if it is one. */
    static Optional<MarginLoss> margin(Inputs inputs) {
        return switch (inputs.text("loss")) {
            case "hinge" -> Optional.of(MarginLoss.HINGE);
            case "squared-hinge" -> Optional.of(MarginLoss.SQUARED_HINGE);
            case "logistic" -> Optional.of(MarginLoss.LOGISTIC);
            case "exponential" -> Optional.of(MarginLoss.EXPONENTIAL);
            case "sigmoid" -> Optional.of(MarginLoss.sigmoid(inputs.number("k")));
            case "rho-margin" -> Optional.of(MarginLoss.rhoMargin(inputs.number("rho")));
            default -> Optional.empty();
        };
    }

    /** The loss of any number of classes that is named, if it is one; comp-sum without its parameter is the cross-entropy. */
    static Optional<MulticlassLoss> multiclass(Inputs inputs) {
        return switch (inputs.text("loss")) {
            case COMP_SUM -> Optional.of(CompSumLoss.tau(number(inputs, "tau").orElse(1)));
            case "cross-entropy" -> Optional.of(CompSumLoss.crossEntropy());
            case GCE -> Optional.of(CompSumLoss.generalizedCrossEntropy(inputs.number("q")));
            case "mae" -> Optional.of(CompSumLoss.meanAbsoluteError());
            case "constrained-hinge" -> Optional.of(new ConstrainedHinge());
            case "crammer-singer" -> Optional.of(new CrammerSingerHinge());
            case "weston-watkins" -> Optional.of(new WestonWatkinsHinge());
            default -> Optional.empty();
        };
    }

    /** A number that may be NaN or infinite, so that the library says what it may be. */
    static OptionalDouble number(Inputs inputs, String name) {
        Optional<String> text = inputs.optionalText(name);
        if (text.isEmpty()) {
            return OptionalDouble.empty();
        }
        try {
            return OptionalDouble.of(
                    Double.parseDouble(text.get().strip().replaceFirst("(?i)^inf(inity)?$", "Infinity")));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "option --" + name + " must be a number, but is '" + text.get() + "'", e);
        }
    }
}
