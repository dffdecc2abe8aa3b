package io.verity.papers.largestep;

import io.verity.estimators.largestep.Field;
import io.verity.estimators.largestep.LargeStepFit;
import io.verity.estimators.largestep.LargeStepLogistic;
import io.verity.estimators.largestep.Recorder;
import io.verity.estimators.largestep.SeparableData;
import io.verity.estimators.largestep.StopRule;
import io.verity.papers.evidence.Controls;
import io.verity.papers.evidence.Numbers;
import io.verity.simulations.claims.Always;
import io.verity.simulations.claims.ClaimBuilder;
import io.verity.simulations.claims.ClaimContext;
import io.verity.simulations.claims.Claims;
import io.verity.simulations.claims.Verdict;
import io.verity.stats.result.Figure;
import io.verity.stats.result.Figure.Axis;
import io.verity.stats.result.Figure.Mark;
import io.verity.stats.result.ResultTable;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.regression.SimpleRegression;

/** LS-13 and LS-24: steps that raise the loss reach a rate that monotone runs cannot. */
final class RateClaims {
    private static final double STEEP = -1.6;
    private static final double FLOOR = 5;
    private static final double SMALL_MARGIN = .1;

    private RateClaims() {}

    static ClaimBuilder acceleration() {
        return Claims.claim("large-step/LS-13")
                .from(Sources.WU_2024.derivedFrom("abstract: loss of order 1/T² for a step size proportional to T"))
                .title("Step size grown with the budget: loss of order 1/T²")
                .states(
                        "With budget \\(T\\) and \\(\\gamma=\\mu^2T\\) the final loss falls like \\(1/T^2\\) up to logarithms:"
                                + " the slope of \\(\\log f(\\theta_T)\\) against \\(\\log T\\) is at most -1.6.")
                .verifiedBy(context -> verifySlope(context, Instance.named("sepA"), true))
                .control(
                        "A fixed step size",
                        "With \\(\\gamma=1\\) the slope of \\(\\log f(\\theta_T)\\) against \\(\\log T\\) is at most -1.6.",
                        Controls.bare(context -> verifySlope(context, Instance.named("sepA"), false)))
                .control(
                        "A fixed step size on the four-point toy data",
                        "With \\(\\gamma=1\\) the slope on wutoy is at most -1.6.",
                        Controls.bare(context -> verifySlope(context, Instance.named("wutoy"), false)));
    }

    static ClaimBuilder monotoneRunsAreSlow() {
        return Claims.claim("large-step/LS-24")
                .from(Sources.WU_2024.derivedFrom("the lower bound for the stable regime, on two samples"))
                .title("Runs whose loss never rises cannot beat 1/T")
                .states(
                        "On \\(z=(\\mu,0.9),(\\mu,-0.5)\\), \\(\\mu=0.1\\), every step size whose loss never increases keeps"
                                + " \\(T f(\\theta_T)\\ge5\\) (constant measured here).")
                .verifiedBy(context -> verifyFloor(context, true))
                .control(
                        "The same without monotone",
                        "On that data every step size keeps \\(T f(\\theta_T)\\ge5\\).",
                        Controls.bare(context -> verifyFloor(context, false)));
    }

    private static int[] budgets(boolean full) {
        return full ? new int[] {500, 1000, 2000, 4000, 8000} : new int[] {500, 1000, 2000, 4000};
    }

    private static double[] finalLosses(ClaimContext context, Instance instance, int[] budgets, boolean scaled) {
        double mu = instance.margin().marginLower();
        return context
                .map(
                        IntStream.of(budgets).boxed().toList(),
                        budget -> LargeStepLogistic.withDefaults()
                                .with(context.backend())
                                .withStepSize(scaled ? mu * mu * budget : 1)
                                .withMaxIterations(budget)
                                .with(StopRule.maxIterations())
                                .fit(instance.data())
                                .last()
                                .loss())
                .stream()
                .mapToDouble(Double::doubleValue)
                .toArray();
    }

    private static double slope(int[] budgets, double[] losses) {
        SimpleRegression line = new SimpleRegression();
        for (int k = 0; k < budgets.length; k++) {
            line.addData(StrictMath.log(budgets[k]), StrictMath.log(losses[k]));
        }
        return line.getSlope();
    }

    static Verdict verifySlope(ClaimContext context, Instance instance, boolean scaled) {
        int[] budgets = budgets(context.full());
        double[] losses = finalLosses(context, instance, budgets, scaled);
        double slope = slope(budgets, losses);
        Always record = Always.of("slope of log final loss against log budget")
                .atMost(instance.name(), slope, STEEP)
                .statistic("slope of log final loss against log budget", slope)
                .target(STEEP)
                .assumption("step size", scaled ? "mu^2 T" : "1")
                .assumption("budgets T", Arrays.toString(budgets))
                .note("deterministic runs, so the slope has no Monte Carlo error");
        Instance.describe(record, List.of(instance));
        ResultTable.Builder table = ResultTable.named("final-loss", "Final loss for a budget of T iterations")
                .integer("budget", "T", "")
                .number("stepSize", "step size γ", "")
                .number("loss", "final loss", "")
                .number("product", "T × loss", "");
        double mu = instance.margin().marginLower();
        for (int k = 0; k < budgets.length; k++) {
            table.row(budgets[k], scaled ? mu * mu * budgets[k] : 1.0, losses[k], budgets[k] * losses[k]);
        }
        record.table(table.build());
        return (scaled ? record.figure(slopeFigure(context, instance)) : record).verdict();
    }

    private static Figure slopeFigure(ClaimContext context, Instance instance) {
        int[] budgets = budgets(context.full());
        double[] x = Arrays.stream(budgets).asDoubleStream().toArray();
        double[] accelerated = finalLosses(context, instance, budgets, true);
        double[] fixed = finalLosses(context, instance, budgets, false);
        double[] ends = {x[0], x[x.length - 1]};
        return Figure.named(
                        "acceleration",
                        "Final loss on " + instance.name() + " for a budget of T iterations",
                        Axis.log10("budget T, iterations"),
                        Axis.log10("final loss"))
                .caption(
                        "With the step size proportional to the budget the loss falls almost like 1/T²; with a fixed one"
                                + " slower than 1/T.")
                .layer(Mark.LINE, "1/T²", ends, new double[] {
                    accelerated[0], accelerated[0] * (ends[0] / ends[1]) * (ends[0] / ends[1])
                })
                .layer(Mark.LINE, "1/T", ends, new double[] {fixed[0], fixed[0] * ends[0] / ends[1]})
                .layer(Mark.POINT, "γ = μ²T", x, accelerated)
                .layer(Mark.POINT, "γ = 1", x, fixed)
                .build();
    }

    /** A run with one step size: T f at the looks, and whether the loss never rose. */
    @SuppressWarnings("ArrayRecordComponent") // series; two of them are never compared
    private record Product(double stepSize, boolean monotone, double[] product) {}

    private static Verdict verifyFloor(ClaimContext context, boolean monotoneOnly) {
        SeparableData data = SeparableData.ofSignedRows(new double[][] {{SMALL_MARGIN, .9}, {SMALL_MARGIN, -.5}});
        int[] looks = context.full() ? new int[] {1000, 4000, 8000} : new int[] {1000, 4000};
        List<Integer> grid = IntStream.rangeClosed(0, 25).boxed().toList();
        List<Product> runs = context.map(grid, k -> product(context, data, StrictMath.pow(10, -1 + k / 5.0), looks));
        List<Product> judged =
                runs.stream().filter(r -> r.monotone() || !monotoneOnly).toList();
        Always record = Instance.describe(
                        Always.of("smallest T f(θ_T)"), List.of(Instance.of("(0.1, 0.9), (0.1, -0.5)", data)))
                .assumption("step sizes", "26 from 0.1 to 1e4, " + judged.size() + " judged")
                .note("largest step size whose loss never rises: "
                        + Numbers.text(runs.stream()
                                .filter(Product::monotone)
                                .mapToDouble(Product::stepSize)
                                .max()
                                .orElse(Double.NaN)));
        double smallest = Double.POSITIVE_INFINITY;
        for (Product run : judged) {
            for (int k = 0; k < looks.length; k++) {
                record.atLeast("gamma=" + Numbers.text(run.stepSize()) + ", T=" + looks[k], run.product()[k], FLOOR);
                smallest = Math.min(smallest, run.product()[k]);
            }
        }
        return record.statistic("smallest T f(θ_T)", smallest)
                .target(FLOOR)
                .figure(floorFigure(runs, looks))
                .verdict();
    }

    private static Product product(ClaimContext context, SeparableData data, double gamma, int[] looks) {
        int last = looks[looks.length - 1];
        LargeStepFit fit = LargeStepLogistic.withDefaults()
                .with(context.backend())
                .withStepSize(gamma)
                .withMaxIterations(last)
                .with(StopRule.maxIterations())
                .with(Recorder.of(Field.LOSS, Field.LOSS_INCREASES).every(1000))
                .fit(data);
        double[] loss = fit.trace().values(Field.LOSS);
        double[] product =
                Arrays.stream(looks).mapToDouble(t -> t * loss[t / 1000]).toArray();
        double[] increases = fit.trace().values(Field.LOSS_INCREASES);
        return new Product(gamma, increases[increases.length - 1] == 0, product);
    }

    private static Figure floorFigure(List<Product> runs, int[] looks) {
        Figure.Builder figure = Figure.named(
                        "monotone-floor",
                        "T times final loss, by step size",
                        Axis.log10("step size γ"),
                        Axis.log10("T × loss"))
                .caption(
                        "Step sizes whose loss never rises stay above 5. Larger ones, whose loss does rise, fall far below"
                                + " (values below 1e-20 are not drawn).");
        int last = looks.length - 1;
        for (boolean monotone : new boolean[] {true, false}) {
            List<Product> those = runs.stream()
                    .filter(r -> r.monotone() == monotone && r.product()[last] > 1e-20)
                    .toList();
            figure.layer(
                    Mark.POINT,
                    monotone ? "loss never rises" : "loss rises at times",
                    those.stream().mapToDouble(Product::stepSize).toArray(),
                    those.stream().mapToDouble(r -> r.product()[last]).toArray());
        }
        return figure.layer(Mark.HORIZONTAL_LINE, "5", new double[] {1}, new double[] {FLOOR})
                .build();
    }
}
