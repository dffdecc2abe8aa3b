package io.verity.estimators.procedures.rd;

import io.verity.estimators.procedures.Inputs;
import io.verity.estimators.procedures.Option;
import io.verity.estimators.procedures.Outcome;
import io.verity.estimators.procedures.Ranges;
import io.verity.estimators.rd.BandwidthSelector;
import io.verity.estimators.rd.MassPoints;
import io.verity.estimators.rd.RdEstimate;
import io.verity.estimators.rd.RdVariance;
import io.verity.estimators.rd.ScalarRd;
import io.verity.stats.Arguments;
import io.verity.stats.smoothing.SmoothingKernel;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The options of the estimator, and the estimator that they describe. */
final class RdDesign {
    private RdDesign() {}

    static List<Option> options() {
        return List.of(
                Option.of("p", Option.Kind.INTEGER, "order of the local polynomial; default: deriv + 1"),
                Option.of("q", Option.Kind.INTEGER, "order of the bias correction; default: p + 1"),
                Option.of("deriv", Option.Kind.INTEGER, "order of the derivative whose jump is estimated (1: a kink)")
                        .withDefault("0"),
                Option.of("h", Option.Kind.TEXT, "bandwidth, or left,right; default: chosen"),
                Option.of(
                        "b",
                        Option.Kind.TEXT,
                        "bandwidth of the bias correction, or left,right; default: chosen, or h"),
                Option.of("rho", Option.Kind.NUMBER, "ratio h/b, where b is not given"),
                kernel(),
                Option.choice("bwselect", words(BandwidthSelector.values()), "mserd", "which bandwidths are chosen"),
                Option.choice(
                        "vce",
                        words(RdVariance.values()),
                        null,
                        "residuals of the variance; default: nn, or cr1 with clusters"),
                Option.of("nnmatch", Option.Kind.INTEGER, "nearest neighbours of the variance nn")
                        .withDefault("3"),
                level(),
                Option.of("scaleregul", Option.Kind.NUMBER, "weight of the regularisation of bandwidths")
                        .withDefault("1"),
                Option.choice("masspoints", words(MassPoints.values()), "adjust", "what is made of ties"),
                Option.choice(
                        "bwrestrict", List.of("true", "false"), "true", "chosen bandwidths end at the farthest row"));
    }

    static Option kernel() {
        return Option.choice("kernel", words(SmoothingKernel.values()), "triangular", "weights of rows by distance");
    }

    static Option level() {
        return Option.of("level", Option.Kind.NUMBER, "coverage of the intervals, a fraction")
                .withDefault("0.95");
    }

    private static List<String> words(Enum<?>[] values) {
        return Arrays.stream(values).map(v -> v.name().toLowerCase(Locale.ROOT)).toList();
    }

    static <E extends Enum<E>> E choice(Class<E> type, Inputs inputs, String option) {
        return Enum.valueOf(type, inputs.text(option).toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    static ScalarRd of(Inputs inputs) {
        ScalarRd rd = ScalarRd.withDefaults()
                .withCutoff(inputs.number("cutoff"))
                .withDerivative(inputs.integer("deriv"))
                .with(choice(SmoothingKernel.class, inputs, "kernel"))
                .with(choice(BandwidthSelector.class, inputs, "bwselect"))
                .withMatches(inputs.integer("nnmatch"))
                .withLevel(inputs.number("level"))
                .withRegularization(inputs.number("scaleregul"))
                .with(choice(MassPoints.class, inputs, "masspoints"))
                .withRestrictedBandwidths(inputs.text("bwrestrict").equals("true"));
        if (inputs.isGiven("p")) {
            rd = rd.withOrder(inputs.integer("p"));
        }
        if (inputs.isGiven("q")) {
            rd = rd.withPilotOrder(inputs.integer("q"));
        }
        if (inputs.isGiven("vce")) {
            rd = rd.with(choice(RdVariance.class, inputs, "vce"));
        }
        if (inputs.isGiven("h")) {
            double[] h = pair(inputs, "h");
            rd = rd.withBandwidths(h[0], h[1]);
        }
        if (inputs.isGiven("b")) {
            double[] b = pair(inputs, "b");
            rd = rd.withPilotBandwidths(b[0], b[1]);
        }
        if (inputs.isGiven("rho")) {
            rd = rd.withRho(inputs.number("rho"));
        }
        return rd;
    }

    static double[] pair(Inputs inputs, String option) {
        double[] values = Ranges.grid(option, inputs.text(option));
        Arguments.require(
                values.length <= 2, "option --%s takes one number or left,right, but has %d", option, values.length);
        return new double[] {values[0], values[values.length - 1]};
    }

    /** Contradictions among options that are settled one way. */
    static void warn(Inputs inputs, Outcome.Builder outcome) {
        if (inputs.isGiven("cluster")
                && inputs.isGiven("vce")
                && !inputs.text("vce").equals("cr1")) {
            outcome.warning("--vce " + inputs.text("vce") + " is not used: with clusters the variance is cr1");
        }
        if (inputs.isGiven("b") && inputs.isGiven("rho")) {
            outcome.warning("--rho is not used: --b is given");
        }
        if (inputs.isGiven("h") && inputs.isGiven("bwselect")) {
            outcome.warning("--bwselect is not used: --h is given");
        }
    }

    static Map<String, Object> row(RdEstimate e) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("estimate", e.estimate());
        row.put("se", e.standardError());
        row.put("z", e.z());
        row.put("p", e.p());
        row.put("lower", e.lower());
        row.put("upper", e.upper());
        return row;
    }
}
