package io.verity.estimators.procedures.rd;

import io.verity.estimators.data.DataReader;
import io.verity.estimators.data.DataTable;
import io.verity.estimators.procedures.Inputs;
import io.verity.estimators.procedures.Option;
import io.verity.estimators.procedures.Outcome;
import io.verity.estimators.procedures.Procedure;
import io.verity.estimators.rd.DensityTest;
import io.verity.estimators.rd.DensityTestResult;
import io.verity.estimators.rd.RdEstimate;
import io.verity.stats.result.Figure;
import io.verity.stats.result.Figure.Axis;
import io.verity.stats.result.Figure.Mark;
import io.verity.stats.result.Provenance;
import io.verity.stats.smoothing.SmoothingKernel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** {@code rd density}: does the density of the running variable jump at the cutoff? */
public final class RdDensity implements Procedure {
    private static final int BINS = 30;

    /** For the service loader. */
    public RdDensity() {}

    @Override
    public List<String> command() {
        return List.of("rd", "density");
    }

    @Override
    public String summary() {
        return "Manipulation test: does the density of the running variable jump at the cutoff";
    }

    @Override
    public String description() {
        return "Estimates the density of the running variable on both sides of the cutoff by local polynomials of its distribution"
                + " function (Cattaneo, Jansson and Ma 2020) and tests whether they are equal. A jump means that units may have"
                + " chosen their side, and that a regression discontinuity compares unlike units.";
    }

    @Override
    public List<Option> options() {
        List<Option> options = new ArrayList<>(List.of(RdData.file(), RdData.runningVariable()));
        options.addAll(RdData.cutoffAndFormat());
        options.addAll(testOptions());
        return options;
    }

    /** @return the options of the test itself, for every command that makes it */
    public static List<Option> testOptions() {
        return List.of(
                Option.of("p", Option.Kind.INTEGER, "order of the polynomial; the test uses one more")
                        .withDefault("2"),
                Option.of("h", Option.Kind.TEXT, "bandwidth, or left,right; default: chosen"),
                RdDesign.kernel(),
                RdDesign.level());
    }

    /**
     * @param inputs cutoff and {@link #testOptions}
     * @return the test that they describe
     */
    public static DensityTest test(Inputs inputs) {
        DensityTest test = DensityTest.withDefaults()
                .withCutoff(inputs.number("cutoff"))
                .withOrder(inputs.integer("p"))
                .with(RdDesign.choice(SmoothingKernel.class, inputs, "kernel"))
                .withLevel(inputs.number("level"));
        if (!inputs.isGiven("h")) {
            return test;
        }
        double[] h = RdDesign.pair(inputs, "h");
        return test.withBandwidths(h[0], h[1]);
    }

    /**
     * Adds numbers, warnings, table and figure of a test.
     *
     * @param outcome takes them
     * @param name of the running variable
     * @param x its values
     * @param result of the test
     */
    public static void report(Outcome.Builder outcome, String name, double[] x, DensityTestResult result) {
        outcome.result("statistic", result.statistic())
                .result("pValue", result.pValue())
                .result("left", RdDesign.row(result.left()))
                .result("right", RdDesign.row(result.right()))
                .result("difference", RdDesign.row(result.difference()))
                .result("h", new double[] {result.bandwidthLeft(), result.bandwidthRight()})
                .result("effective", List.of((long) result.effectiveLeft(), (long) result.effectiveRight()));
        result.warnings().forEach(outcome::warning);
        outcome.table(result.toTable()).figure(figure(name, x, result));
    }

    @Override
    public String example() {
        return "verity rd density --data examples/data/senate.csv --x margin --cutoff 0";
    }

    @Override
    public Outcome run(Inputs inputs) {
        DensityTest test = test(inputs);
        DataTable raw = DataReader.withDefaults()
                .withSeparator(inputs.text("sep"))
                .withColumns(List.of(inputs.text("x")))
                .read(inputs.file("data"));
        String name = raw.resolve(inputs.text("x"));
        DataTable table = raw.complete(List.of(name), inputs.flag("drop-missing"));
        double[] x = table.numbers(name);
        DensityTestResult result = test.test(x);
        Outcome.Builder outcome = Outcome.of("rd density").data(table.facts()).options(inputs.effective());
        RdData.warnings(table).forEach(outcome::warning);
        report(outcome, name, x, result);
        return outcome.summary(table.file() + ": " + result)
                .build(Provenance.here(inputs.backend().info().id(), inputs.seed()));
    }

    /** A histogram whose bins end at the cutoff, and the estimates there. */
    private static Figure figure(String name, double[] x, DensityTestResult result) {
        double c = result.cutoff();
        double low = Arrays.stream(x).min().orElse(c);
        double high = Arrays.stream(x).max().orElse(c);
        double width = Math.max((high - low) / BINS, Double.MIN_NORMAL);
        int left = (int) Math.ceil((c - low) / width);
        int right = (int) Math.floor((high - c) / width) + 1;
        double[] middle = new double[left + right];
        double[] density = new double[left + right];
        for (int k = 0; k < middle.length; k++) {
            middle[k] = c + (k - left + 0.5) * width;
        }
        for (double v : x) {
            int bin = left + (int) Math.floor((v - c) / width);
            density[Math.max(0, Math.min(bin, density.length - 1))] += 1 / (x.length * width);
        }
        return Figure.named(
                        "density",
                        "Density of the running variable at the cutoff",
                        Axis.linear(name),
                        Axis.linear("density"))
                .caption(
                        "Histogram with bins that end at the cutoff, and the estimated densities just left and right of it with"
                                + " their intervals. They should agree when nobody can choose their side.")
                .layer(Mark.BAR, "histogram", middle, density)
                .layer(estimate("left", c - width / 4, result.left()))
                .layer(estimate("right", c + width / 4, result.right()))
                .layer(Mark.POINT, "left", new double[] {c - width / 4}, new double[] {
                    result.left().estimate()
                })
                .layer(Mark.POINT, "right", new double[] {c + width / 4}, new double[] {
                    result.right().estimate()
                })
                .layer(Mark.VERTICAL_LINE, "cutoff", new double[] {c}, new double[] {0})
                .build();
    }

    private static Figure.Layer estimate(String side, double at, RdEstimate e) {
        return new Figure.Layer(
                Mark.ERROR_BAR,
                side,
                "",
                new double[] {at},
                new double[] {e.estimate()},
                new double[] {e.lower()},
                new double[] {e.upper()});
    }
}
