package io.verity.estimators.procedures.probe;

import io.verity.estimators.logistic.ClassWeight;
import io.verity.estimators.probe.Multiclass;
import io.verity.estimators.probe.Raptor;
import io.verity.estimators.probe.RefitUnit;
import io.verity.estimators.probe.Selection;
import io.verity.estimators.probe.Stability;
import io.verity.estimators.procedures.Inputs;
import io.verity.estimators.procedures.Option;
import io.verity.estimators.procedures.Ranges;
import io.verity.stats.Arguments;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The options of the protocol and of the stability runs. */
final class ProbeOptions {
    private ProbeOptions() {}

    /** Which layer was taken, one line; its name may be a number, so the count does not stand right after it. */
    static String best(String name, int layers) {
        return "best of " + layers + " layers by validation accuracy: " + name;
    }

    static List<Option> raptor() {
        return List.of(
                Option.of(
                                "grid",
                                Option.Kind.TEXT,
                                "values of C: low:high:count, evenly spaced in the logarithm, or a list a,b,c in any order, none twice")
                        .withDefault("1e-4:1e2:100"),
                Option.choice(
                        "selection",
                        names(Selection.values()),
                        "accuracy",
                        "by what C is chosen on the validation rows"),
                Option.choice(
                        "refit-unit",
                        names(RefitUnit.values()),
                        "sum",
                        "what stays the same when fitting again on more rows: C (sum), or the penalty per row (mean)"),
                Option.choice(
                        "class-weight", names(ClassWeight.values()), "none", "whether the rarer class weighs more"),
                Option.of("folds", Option.Kind.INTEGER, "folds of --selection kfold")
                        .withDefault("5"),
                scaleFloor());
    }

    static Option scaleFloor() {
        return Option.of(
                        "scale-floor",
                        Option.Kind.NUMBER,
                        "columns whose deviation is below this multiple of the median are left out")
                .withDefault("1e-5");
    }

    /** The default protocol with the scale floor, threads and backend of a command. */
    static Raptor fitting(Inputs inputs) {
        return Raptor.withDefaults()
                .withScaleFloor(inputs.number("scale-floor"))
                .withThreads(inputs.backend().info().threads())
                .with(inputs.backend());
    }

    static Raptor raptor(Inputs inputs, ProbeData data) {
        Raptor raptor = fitting(inputs)
                .withGrid(grid(inputs.text("grid")))
                .with(Selection.valueOf(constant(inputs.text("selection"))))
                .with(RefitUnit.valueOf(constant(inputs.text("refit-unit"))))
                .with(ClassWeight.valueOf(constant(inputs.text("class-weight"))))
                .withFolds(inputs.integer("folds"))
                .withSeed(seed(inputs));
        return data.weights().map(raptor::withCaseWeights).orElse(raptor);
    }

    /** Values of C, ascending. */
    static double[] grid(String text) {
        Raptor raptor = Raptor.withDefaults();
        if (!text.contains(":")) {
            return raptor.withGrid(Ranges.list("grid", text)).grid();
        }
        String[] parts = text.split(":", -1);
        Arguments.require(parts.length == 3, "option --grid must be low:high:count or a list a,b,c, but is '%s'", text);
        double[] ends = Ranges.list("grid", parts[0] + "," + parts[1]);
        double count = Ranges.list("grid", parts[2])[0];
        Arguments.require(
                count == Math.rint(count) && count <= 10_000,
                "option --grid must end in a whole number of values, but is '%s'",
                text);
        return raptor.withGrid(ends[0], ends[1], (int) count).grid();
    }

    static List<Option> multiclass() {
        return List.of(
                Option.flag("multiclass", "more than two labels: one direction per class"),
                Option.choice(
                        "scheme",
                        names(Multiclass.values()),
                        "softmax",
                        "with --multiclass: one common model, or a probe for every class against the others"));
    }

    /** The protocol for several classes. */
    static Raptor multiclass(Inputs inputs, ProbeData data) {
        return raptor(inputs, data).with(Multiclass.valueOf(constant(inputs.text("scheme"))));
    }

    static List<Option> stability() {
        return List.of(
                Option.of("runs", Option.Kind.INTEGER, "drop-out runs").withDefault("20"),
                Option.of("drop", Option.Kind.NUMBER, "share of the rows that a drop-out run leaves out")
                        .withDefault("0.2"),
                Option.of("halves", Option.Kind.INTEGER, "pairs of disjoint halves")
                        .withDefault("10"),
                Option.flag("signed", "the drop-out metric is the mean of signed cosines, not of absolute ones"),
                Option.flag("with-intercept", "the intercept is one more coordinate of the directions"));
    }

    static Stability stability(Inputs inputs) {
        return Stability.withDefaults()
                .withRuns(inputs.integer("runs"))
                .withDropShare(inputs.number("drop"))
                .withHalves(inputs.integer("halves"))
                .withAbsolute(!inputs.flag("signed"))
                .withIntercept(inputs.flag("with-intercept"))
                .withSeed(seed(inputs))
                .withThreads(inputs.backend().info().threads());
    }

    /** The seed given, or the paper's. */
    static long seed(Inputs inputs) {
        Long given = inputs.seed();
        return given == null ? ProbeData.SEED : given;
    }

    static List<String> names(Enum<?>[] values) {
        return Arrays.stream(values)
                .map(v -> v.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .toList();
    }

    static String constant(String name) {
        return name.toUpperCase(Locale.ROOT).replace('-', '_');
    }
}
