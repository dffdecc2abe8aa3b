package io.verity.estimators.procedures.r3d;

import io.verity.estimators.data.DataReader;
import io.verity.estimators.procedures.Inputs;
import io.verity.estimators.procedures.Option;
import io.verity.estimators.procedures.Progress;
import io.verity.estimators.procedures.Ranges;
import io.verity.estimators.r3d.BandType;
import io.verity.estimators.r3d.Bandwidths;
import io.verity.estimators.r3d.BootstrapEngine;
import io.verity.estimators.r3d.Compatibility;
import io.verity.estimators.r3d.Method;
import io.verity.estimators.r3d.R3d;
import io.verity.estimators.r3d.ResidualScaling;
import io.verity.estimators.r3d.TestKind;
import io.verity.stats.Arguments;
import io.verity.stats.Names;
import io.verity.stats.quantiles.QuantileType;
import io.verity.stats.smoothing.SmoothingKernel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.Set;

/** The options of the estimator, and the estimator that they describe. */
final class R3dOptions {
    private static final String R_PACKAGE = "r-package";
    private static final List<String> SELECTORS = List.of("paper", "imserd", R_PACKAGE);

    private R3dOptions() {}

    /** The options of every command that fits. */
    static List<Option> options() {
        return List.of(
                Option.required("cutoff", Option.Kind.NUMBER, "cutoff of the running variable; a unit at it is above"),
                Option.of("quantiles", Option.Kind.TEXT, "quantile grid lo:hi:step, or a list a,b,c")
                        .withDefault("0.01:0.99:0.01"),
                Option.choice(
                        "quantile-type",
                        List.of("7", "1"),
                        "7",
                        "definition of a unit's sample quantiles (weighted samples have their own)"),
                choice("method", Method.values(), Method.FRECHET, "how the average curves are made monotone"),
                Option.of("p", Option.Kind.INTEGER, "order of the local polynomials")
                        .withDefault("2"),
                Option.of("s", Option.Kind.INTEGER, "order for which the bandwidth is chosen, at most p")
                        .withDefault("1"),
                choice("kernel", SmoothingKernel.values(), SmoothingKernel.TRIANGULAR, "kernel"),
                Option.of(
                                "bandwidth",
                                Option.Kind.TEXT,
                                "paper, imserd or r-package; or a number; or one per quantile, a,b,c, for --method simple")
                        .withDefault("paper"),
                Option.of("bandwidth-treatment", Option.Kind.NUMBER, "bandwidth of the treatment in a fuzzy design"),
                Option.flag("coverage", "shrink a selected bandwidth for the coverage of the band"),
                choice("residuals", ResidualScaling.values(), ResidualScaling.HC2, "scaling of the residuals"),
                choice("bands", BandType.values(), BandType.CONSTANT, "shape of the uniform band"),
                Option.of("level", Option.Kind.NUMBER, "level of the band").withDefault("0.95"),
                Option.of("draws", Option.Kind.INTEGER, "number of bootstrap draws")
                        .withDefault("1000"),
                choice("engine", BootstrapEngine.values(), BootstrapEngine.FACTOR, "how the draws are made"),
                Option.of(
                        "multipliers",
                        Option.Kind.FILE,
                        "CSV file without header of multipliers to use: one row per unit in the order of first appearance,"
                                + " one column per draw"),
                Option.of("tests", Option.Kind.LIST, "any of nullity,homogeneity,gini; or none")
                        .withDefault("nullity,homogeneity"),
                Option.of(
                        "test-range",
                        Option.Kind.LIST,
                        "ranges of quantiles to test on, lo:hi or lo:mid:hi, several with commas or by repeating the option; default: the"
                                + " whole grid"),
                Option.of("donut", Option.Kind.NUMBER, "leave out units closer to the cutoff than this"),
                Option.choice(
                        "compat",
                        List.of(R_PACKAGE),
                        null,
                        "reproduce the R package R3D 0.1.0 with its known defects, for comparison"));
    }

    private static <E extends Enum<E>> Option choice(String name, E[] values, E byDefault, String help) {
        return Option.choice(name, Arrays.stream(values).map(R3dOptions::word).toList(), word(byDefault), help);
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static <E extends Enum<E>> E chosen(Class<E> type, Inputs inputs, String option) {
        return Enum.valueOf(type, inputs.text(option).toUpperCase(Locale.ROOT));
    }

    /** The estimator as configured. */
    static R3d estimator(Inputs inputs) {
        Progress progress = inputs.progress();
        R3d r3d = R3d.withDefaults()
                .withCutoff(inputs.number("cutoff"))
                .withGrid(Ranges.grid("quantiles", inputs.text("quantiles")))
                .with(inputs.text("quantile-type").equals("1") ? QuantileType.TYPE1 : QuantileType.TYPE7)
                .with(chosen(Method.class, inputs, "method"))
                .withOrder(inputs.integer("p"))
                .withPilotOrder(inputs.integer("s"))
                .with(chosen(SmoothingKernel.class, inputs, "kernel"))
                .with(bandwidths(inputs))
                .withCoverageCorrection(inputs.flag("coverage"))
                .with(chosen(ResidualScaling.class, inputs, "residuals"))
                .with(chosen(BandType.class, inputs, "bands"))
                .withLevel(inputs.number("level"))
                .withDraws(inputs.integer("draws"))
                .with(chosen(BootstrapEngine.class, inputs, "engine"))
                .withTests(tests(inputs.text("tests")).toArray(TestKind[]::new));
        Long seed = inputs.seed();
        r3d = seed == null ? r3d : r3d.withSeed(seed);
        r3d = inputs.optionalText("test-range")
                .map(text -> Ranges.ranges("test-range", text))
                .map(r3d::withTestRanges)
                .orElse(r3d);
        OptionalDouble donut = inputs.optionalNumber("donut");
        r3d = donut.isPresent() ? r3d.withDonut(donut.getAsDouble()) : r3d;
        r3d = inputs.isGiven("compat") ? r3d.with(Compatibility.R_PACKAGE) : r3d;
        if (inputs.optionalFile("multipliers").isPresent()) {
            return r3d.withMultipliers(DataReader.withDefaults().readNumbers(inputs.file("multipliers")));
        }
        int draws = inputs.integer("draws");
        return r3d.withProgress(done -> progress.update("bootstrap", done, draws));
    }

    private static Bandwidths bandwidths(Inputs inputs) {
        String text = inputs.text("bandwidth").strip();
        Bandwidths chosen = switch (text) {
            case "paper" -> Bandwidths.paper();
            case "imserd" -> Bandwidths.imserd();
            case R_PACKAGE -> Bandwidths.rPackage();
            default -> {
                Arguments.require(
                        text.isEmpty() || !Character.isLetter(text.charAt(0)),
                        "option --bandwidth must be a number, a list of numbers, %s, but is '%s'%s",
                        String.join(", ", SELECTORS),
                        text,
                        Names.suggestion(text, SELECTORS, ""));
                yield Bandwidths.fixed(Ranges.list("bandwidth", text));
            }
        };
        OptionalDouble treatment = inputs.optionalNumber("bandwidth-treatment");
        return treatment.isPresent() ? chosen.withTreatment(treatment.getAsDouble()) : chosen;
    }

    private static Set<TestKind> tests(String text) {
        Set<TestKind> kinds = EnumSet.noneOf(TestKind.class);
        if (text.strip().equals("none")) {
            return kinds;
        }
        List<String> known =
                Arrays.stream(TestKind.values()).map(R3dOptions::word).toList();
        for (String part : text.split(",", -1)) {
            String name = part.strip();
            Arguments.require(
                    known.contains(name),
                    "option --tests names '%s', but must be any of %s%s",
                    name,
                    String.join(", ", known),
                    Names.suggestion(name, known, ""));
            kinds.add(TestKind.valueOf(name.toUpperCase(Locale.ROOT)));
        }
        return kinds;
    }

    /** Options given that others override. */
    static List<String> warnings(Inputs inputs) {
        List<String> warnings = new ArrayList<>();
        if (inputs.isGiven("compat") && inputs.isGiven("residuals")) {
            warnings.add("--residuals is ignored: the compatibility mode uses hc0");
        }
        boolean selector = SELECTORS.contains(inputs.text("bandwidth"));
        if (inputs.isGiven("compat")
                && inputs.isGiven("bandwidth")
                && selector
                && !inputs.text("bandwidth").equals(R_PACKAGE)) {
            warnings.add(
                    "--bandwidth " + inputs.text("bandwidth") + " is ignored: the compatibility mode uses r-package");
        }
        if (inputs.isGiven("multipliers") && inputs.isGiven("draws")) {
            warnings.add("--draws is ignored: the columns of --multipliers are the draws");
        }
        return warnings;
    }
}
