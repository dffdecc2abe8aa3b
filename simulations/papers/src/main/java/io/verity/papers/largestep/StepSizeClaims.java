package io.verity.papers.largestep;

import io.verity.estimators.largestep.Bounds;
import io.verity.estimators.largestep.Field;
import io.verity.estimators.largestep.Instances;
import io.verity.estimators.largestep.LargeStepLogistic;
import io.verity.estimators.largestep.Recorder;
import io.verity.estimators.largestep.SeparableData;
import io.verity.estimators.largestep.StopRule;
import io.verity.estimators.largestep.Trace;
import io.verity.estimators.largestep.Variant;
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

/** LS-21 and LS-23: what the step size does to the time of separation and to the curvature along the run. */
final class StepSizeClaims {
    private static final int CAP = 20_000;
    private static final double[] SWEEP = {.01, .1, 1, 10, 100, 1e3, 1e4};

    private StepSizeClaims() {}

    static ClaimBuilder inverseProportion() {
        return Claims.claim("large-step/LS-21")
                .from(Sources.TYURIN.derivedFrom("the small-step regime of Figures 1-5"))
                .title("Small steps: separation time proportional to 1/γ")
                .states("\\(0.01\\,T_{sep}(0.01)/(0.1\\,T_{sep}(0.1))\\) lies in \\([0.95,1.05]\\).")
                .verifiedBy(context -> verifyProportion(context, .01, .1))
                .control(
                        "Large steps too",
                        "\\(10\\,T_{sep}(10)/(100\\,T_{sep}(100))\\) lies in \\([0.95,1.05]\\).",
                        Controls.bare(context -> verifyProportion(context, 10, 100)));
    }

    static ClaimBuilder edgeOfStability() {
        return Claims.claim("large-step/LS-23")
                .from(Sources.WU_2023.derivedFrom("the edge of stability, with the certificate of LS-12 as its end"))
                .title("Descent works beyond the edge of stability, then returns")
                .states(
                        "On the four-point toy data with \\(\\gamma=10\\) the ratio \\(\\gamma\\lambda_{\\max}(\\nabla^2f)/2\\)"
                                + " exceeds 1 before the loss falls below \\(0.8526/(\\gamma R^2)\\), and stays below 1 afterwards.")
                .verifiedBy(context -> verifyEdge(context, 10, "10"))
                .control(
                        "The same at a small step",
                        "With \\(\\gamma=1.9/L\\) the ratio exceeds 1 at some iteration.",
                        context -> verifyEdge(context, 1.9 / Instances.wuToy().smoothness(), "1.9/L"));
    }

    static Verdict verifyProportion(ClaimContext context, double smaller, double larger) {
        List<Instance> instances = List.of(Instance.named("wutoy"), Instance.named("sepA"));
        String name = Numbers.text(smaller) + " T(" + Numbers.text(smaller) + ") / (" + Numbers.text(larger) + " T("
                + Numbers.text(larger) + "))";
        Always record = Instance.describe(Always.of(name), instances);
        ResultTable.Builder table = ResultTable.named("step-size", "Iterations to separation by step size")
                .text("instance", "instance");
        for (double gamma : SWEEP) {
            table.integer("t" + Numbers.text(gamma), "γ = " + Numbers.text(gamma), "");
        }
        Figure.Builder figure = Figure.named(
                        "step-size",
                        "Iterations to separation by step size",
                        Axis.log10("step size γ"),
                        Axis.log10("iterations to separation"))
                .caption(
                        "Proportional to 1/γ while steps are small; a plateau, the batch perceptron's, when they are large.");
        double farthest = 1;
        for (Instance i : instances) {
            double ratio =
                    smaller * separation(context, i.data(), smaller) / (larger * separation(context, i.data(), larger));
            record.atLeast(i.name(), ratio, .95).atMost(i.name(), ratio, 1.05);
            farthest = Math.abs(ratio - 1) >= Math.abs(farthest - 1) ? ratio : farthest;
            int[] times = Arrays.stream(SWEEP)
                    .mapToInt(g -> separation(context, i.data(), g))
                    .toArray();
            Object[] row = new Object[SWEEP.length + 1];
            row[0] = i.name();
            for (int k = 0; k < times.length; k++) {
                row[k + 1] = times[k];
            }
            table.row(row);
            figure.layer(
                    Mark.LINE,
                    i.name(),
                    SWEEP,
                    Arrays.stream(times).asDoubleStream().toArray());
            figure.layer(
                    Mark.POINT,
                    i.name(),
                    SWEEP,
                    Arrays.stream(times).asDoubleStream().toArray());
        }
        return record.statistic(name + ", farthest from 1", farthest)
                .target(1)
                .table(table.build())
                .figure(figure.build())
                .verdict();
    }

    private static int separation(ClaimContext context, SeparableData data, double stepSize) {
        return SeparationTime.exactly(context, Variant.GD, stepSize, data, CAP);
    }

    static Verdict verifyEdge(ClaimContext context, double stepSize, String label) {
        Instance toy = Instance.named("wutoy");
        Trace trace = LargeStepLogistic.withDefaults()
                .with(context.backend())
                .withStepSize(stepSize)
                .withMaxIterations(400)
                .with(StopRule.maxIterations())
                .with(Recorder.of(Field.EDGE_RATIO, Field.LOSS))
                .fit(toy.data())
                .trace();
        double[] edge = trace.values(Field.EDGE_RATIO);
        double[] loss = trace.values(Field.LOSS);
        double threshold = Bounds.monotoneThreshold(toy.radius(), stepSize);
        int calm = 0;
        while (calm < loss.length && loss[calm] > threshold) {
            calm++;
        }
        Always record = Instance.describe(Always.of("largest γ λ_max / 2"), List.of(toy))
                .assumption("step size", label);
        String run = "wutoy, gamma=" + label;
        if (calm == loss.length) {
            return record.undecided(run, "the loss did not fall below the threshold in 400 iterations")
                    .verdict();
        }
        double before = max(edge, 0, calm);
        double after = max(edge, calm, edge.length);
        int last = calm;
        while (last > 0 && edge[last] < 1) {
            last--;
        }
        return record.above(run + ", before t=" + calm, before, 1)
                .below(run + ", from t=" + calm + " on", after, 1)
                .statistic("largest γ λ_max / 2", before)
                .target(1)
                .note("ratio at least 1 for the last time at t = " + (edge[last] >= 1 ? last : "none")
                        + ", loss threshold met at t = " + calm + ", largest ratio afterwards " + Numbers.text(after))
                .figure(edgeFigure(label, trace.iterations(), edge, loss, calm))
                .verdict();
    }

    private static double max(double[] values, int from, int to) {
        return Arrays.stream(values, from, to).max().orElse(Double.NEGATIVE_INFINITY);
    }

    private static Figure edgeFigure(String label, int[] t, double[] edge, double[] loss, int calm) {
        Figure.Builder figure = Figure.named(
                        "edge-of-stability",
                        "Step size times curvature over two, and the loss; wutoy, γ = " + label,
                        Axis.linear("iteration t"),
                        Axis.log10("value"))
                .caption(
                        "Above 1 a quadratic with this curvature would diverge. The ratio settles below 1 before the loss"
                                + " certifies, at t = " + calm + ", that it will stay there.")
                .layer(Mark.LINE, "1", "γ λ_max / 2", new double[] {0, t.length - 1}, new double[] {1, 1});
        Curves.line(figure, "γ λ_max / 2", "γ λ_max / 2", t, edge);
        return Curves.line(figure, "loss", "loss", t, loss).build();
    }
}
