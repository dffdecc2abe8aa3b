package io.verity.papers.largestep;

import io.verity.estimators.largestep.Field;
import io.verity.estimators.largestep.Instances;
import io.verity.estimators.largestep.LargeStepFit;
import io.verity.estimators.largestep.LargeStepLogistic;
import io.verity.estimators.largestep.Recorder;
import io.verity.estimators.largestep.SeparableData;
import io.verity.estimators.largestep.StopRule;
import io.verity.estimators.largestep.Trace;
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
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.math3.stat.correlation.SpearmansCorrelation;

/** LS-08 to LS-10: what the loss says, and does not say, about separation. */
final class UnreliableLossClaims {
    private static final double LOG_2 = 0.6931471805599453;
    private static final double[] STEP_SIZES = {.1, 1, 10, 100};
    private static final int CAP = 4000;
    private static final int MONOTONE_ITERATIONS = 300;

    private UnreliableLossClaims() {}

    static ClaimBuilder misleading() {
        return Claims.claim("large-step/LS-08")
                .from(Sources.TYURIN.at("Theorem 4.1"))
                .title("Loss and gradient norm mislead")
                .states(
                        "On \\(z=(1,-1),(1,4)\\) the loss after one step grows like \\(\\gamma/8\\) and the gradient norm tends"
                                + " to \\(\\sqrt2/2\\), yet the second iterate separates the data with a loss near 0.")
                .verifiedBy(context ->
                        verifyTwo(context, context.full() ? new double[] {40, 400, 4000} : new double[] {40}))
                .control(
                        "The same at a small step",
                        "At \\(\\gamma=0.1\\) the loss after one step exceeds \\(5\\log 2\\) and the second iterate"
                                + " separates.",
                        Controls.bare(context -> verifyTwo(context, .1)));
    }

    static ClaimBuilder peakAndSpeed() {
        return Claims.claim("large-step/LS-09")
                .from(Sources.TYURIN.derivedFrom("Figures 1-5, on the UCI digits"))
                .title("A higher peak of the loss goes with faster separation")
                .states(
                        "Over the step sizes 0.1, 1, 10, 100 the rank correlation between the peak loss before separation and"
                                + " the separation time is negative: at most -0.9 on digits 3 against 8, and negative for more than"
                                + " half of the digit pairs where it is defined.")
                .verifiedBy(context -> context.full() ? allPairs(context) : onePair(context))
                .control(
                        "The converse",
                        "On digits 3 against 8 the rank correlation between peak loss and separation time is positive.",
                        context -> Always.of("Spearman rank correlation")
                                .above("digits 3 against 8", correlation(pair(context, 3, 8)), 0)
                                .statistic("Spearman rank correlation", correlation(pair(context, 3, 8)))
                                .target(0)
                                .verdict());
    }

    static ClaimBuilder monotoneAtSmallSteps() {
        return Claims.claim("large-step/LS-10")
                .from(Sources.NESTEROV)
                .title("Small steps never raise the loss")
                .states("For \\(\\gamma\\le2/L\\), \\(L=\\lambda_{\\max}(Z^\\top Z)/(4n)\\), the loss never increases.")
                .verifiedBy(context -> monotone(
                        context,
                        List.of("wutoy", "sepA", "gmix", "worst200"),
                        data -> 1.9 / data.smoothness(),
                        "1.9/L"))
                .control(
                        "The same at a large step",
                        "At \\(\\gamma=10\\) the loss on the four-point toy data never increases.",
                        context -> monotone(context, List.of("wutoy"), data -> 10, "10"));
    }

    static Verdict verifyTwo(ClaimContext context, double... gammas) {
        Instance two = Instance.named("two");
        Always record = Instance.describe(Always.of("loss after one step / (γ/8)"), List.of(two));
        ResultTable.Builder table = ResultTable.named("two", "The first two steps on z = (1,-1), (1,4)")
                .number("stepSize", "step size γ", "")
                .number("loss1", "loss after one step", "")
                .number("gradient1", "gradient norm after one step", "")
                .number("loss2", "loss after two steps", "")
                .integer("misclassified2", "misclassified after two steps", "");
        double ratio = Double.POSITIVE_INFINITY;
        for (double gamma : gammas) {
            Trace trace = trace(context, two.data(), gamma, 2, Field.LOSS, Field.GRADIENT_NORM, Field.MISCLASSIFIED);
            double[] loss = trace.values(Field.LOSS);
            double gradient = trace.values(Field.GRADIENT_NORM)[1];
            int misclassified = (int) trace.values(Field.MISCLASSIFIED)[2];
            String at = "gamma=" + Numbers.text(gamma);
            ratio = Math.min(ratio, loss[1] / (gamma / 8));
            record.above(at + ", loss after one step", loss[1], 5 * LOG_2)
                    .atLeast(at + ", loss after one step", loss[1], gamma / 8 * (1 - 1e-6))
                    .near(at + ", gradient norm after one step", gradient, Math.sqrt(0.5), 1e-4)
                    .holds(at + ", second iterate", misclassified == 0, misclassified + " misclassified")
                    .below(at + ", loss after two steps", loss[2], 1e-13);
            table.row(gamma, loss[1], gradient, loss[2], misclassified);
        }
        return record.statistic("smallest loss after one step / (γ/8)", ratio)
                .target(1)
                .table(table.build())
                .figure(twoFigure(context, two.data()))
                .verdict();
    }

    private static Figure twoFigure(ClaimContext context, SeparableData two) {
        double[] gammas = Curves.geometric(.1, 60, 60);
        double[][] loss = new double[3][gammas.length];
        for (int k = 0; k < gammas.length; k++) {
            double[] f = trace(context, two, gammas[k], 2, Field.LOSS).values(Field.LOSS);
            loss[0][k] = f[1];
            loss[1][k] = f[2];
            loss[2][k] = gammas[k] / 8;
        }
        return Figure.named(
                        "two-steps",
                        "Loss after one and after two steps",
                        Axis.log10("step size γ"),
                        Axis.log10("loss"))
                .caption("The larger the step, the worse the loss after it, and the better the loss after the next.")
                .layer(Mark.LINE, "γ/8", gammas, loss[2])
                .layer(Mark.LINE, "after one step", gammas, loss[0])
                .layer(Mark.LINE, "after two steps", gammas, loss[1])
                .build();
    }

    /** Peak loss before separation and separation time (the cap where there was none), one per step size. */
    @SuppressWarnings("ArrayRecordComponent") // series; two of them are never compared
    record Peaks(String name, double[] peak, double[] time) {}

    private static Peaks pair(ClaimContext context, int positive, int negative) {
        SeparableData data = Instances.digitsPair(positive, negative);
        List<LargeStepFit> fits = context.map(
                Arrays.stream(STEP_SIZES).boxed().toList(),
                gamma -> LargeStepLogistic.withDefaults()
                        .with(context.backend())
                        .withStepSize(gamma)
                        .withMaxIterations(CAP)
                        .with(Recorder.of(Field.PEAK_LOSS_BEFORE_SEPARATION).every(CAP))
                        .fit(data));
        double[] peak = new double[fits.size()];
        double[] time = new double[fits.size()];
        for (int k = 0; k < fits.size(); k++) {
            double[] recorded = fits.get(k).trace().values(Field.PEAK_LOSS_BEFORE_SEPARATION);
            peak[k] = recorded[recorded.length - 1];
            time[k] = fits.get(k).separatedAt().orElse(CAP);
        }
        return new Peaks(positive + " against " + negative, peak, time);
    }

    /** Spearman's correlation with average ranks; NaN where all peaks (to 12 digits) or all times are equal. */
    static double correlation(Peaks peaks) {
        double[] rounded = Arrays.stream(peaks.peak())
                .map(p -> BigDecimal.valueOf(p).round(new MathContext(12)).doubleValue())
                .toArray();
        boolean constant = Arrays.stream(rounded).distinct().count() == 1
                || Arrays.stream(peaks.time()).distinct().count() == 1;
        return constant ? Double.NaN : new SpearmansCorrelation().correlation(rounded, peaks.time());
    }

    private static Verdict onePair(ClaimContext context) {
        Peaks peaks = pair(context, 3, 8);
        double rho = correlation(peaks);
        Always record = Always.of("Spearman rank correlation")
                .atMost("digits 3 against 8", rho, -0.9)
                .statistic("Spearman rank correlation", rho)
                .target(-0.9)
                .note("thinned: one digit pair; the full budget takes all 45");
        Instance.describe(record, List.of(Instance.named("digits38")));
        return record.table(peakTable(List.of(peaks)))
                .figure(panels(context, Instances.named("digits38")))
                .verdict();
    }

    private static Verdict allPairs(ClaimContext context) {
        List<Peaks> pairs = new ArrayList<>();
        for (int a = 0; a < 10; a++) {
            for (int b = a + 1; b < 10; b++) {
                pairs.add(pair(context, a, b));
            }
        }
        double[] defined = pairs.stream()
                .mapToDouble(UnreliableLossClaims::correlation)
                .filter(r -> !Double.isNaN(r))
                .toArray();
        long negative = Arrays.stream(defined).filter(r -> r < 0).count();
        double rho38 = correlation(pair(context, 3, 8));
        return Always.of("fraction of pairs with a negative correlation")
                .assumption("data", "45 digit pairs, " + defined.length + " with a defined correlation")
                .above("twice the pairs with a negative correlation", 2 * negative, defined.length)
                .atMost("digits 3 against 8", rho38, -0.9)
                .statistic("fraction of pairs with a negative correlation", (double) negative / defined.length)
                .target(.5)
                .examined(pairs.size())
                .note("the other " + (pairs.size() - defined.length)
                        + " pairs are undefined: the peak stays log 2 at every step size")
                .table(peakTable(pairs))
                .figure(panels(context, Instances.named("digits38")))
                .verdict();
    }

    private static ResultTable peakTable(List<Peaks> pairs) {
        ResultTable.Builder table = ResultTable.named("peaks", "Peak loss before separation and separation time")
                .text("pair", "digits");
        for (double gamma : STEP_SIZES) {
            table.number("peak" + Numbers.text(gamma), "peak loss, γ = " + Numbers.text(gamma), "");
        }
        for (double gamma : STEP_SIZES) {
            table.integer("time" + Numbers.text(gamma), "iterations, γ = " + Numbers.text(gamma), "");
        }
        table.number("correlation", "rank correlation", "");
        for (Peaks p : pairs) {
            List<Object> row = new ArrayList<>(List.of(p.name()));
            Arrays.stream(p.peak()).forEach(row::add);
            Arrays.stream(p.time()).forEach(t -> row.add((long) t));
            double rho = correlation(p);
            row.add(Double.isNaN(rho) ? "undefined" : Numbers.text(rho));
            table.row(row.toArray());
        }
        return table.note("a time of " + CAP + " means: not separated by then").build();
    }

    /** The paper's point at a glance: loss and misclassified samples along the iterations for several step sizes. */
    private static Figure panels(ClaimContext context, SeparableData data) {
        Figure.Builder figure = Figure.named(
                        "loss-and-mistakes",
                        "Digits 3 against 8: loss and misclassified samples",
                        Axis.log10("iteration t"),
                        Axis.log10("value"))
                .caption(
                        "Small steps lower the loss all the way and are slow to separate. Large steps send the loss up and"
                                + " down, and separate sooner. The last iterate shown misclassifies nothing (zero is not drawn).");
        for (double gamma : STEP_SIZES) {
            Trace trace = LargeStepLogistic.withDefaults()
                    .with(context.backend())
                    .withStepSize(gamma)
                    .withMaxIterations(CAP)
                    .with(Recorder.of(Field.LOSS, Field.MISCLASSIFIED))
                    .fit(data)
                    .trace();
            String series = "γ = " + Numbers.text(gamma);
            Curves.line(figure, series, "loss", trace.iterations(), trace.values(Field.LOSS));
            Curves.line(figure, series, "misclassified samples", trace.iterations(), trace.values(Field.MISCLASSIFIED));
        }
        return figure.build();
    }

    /** A step size chosen for the data. */
    interface StepSize {
        double of(SeparableData data);
    }

    static Verdict monotone(ClaimContext context, List<String> names, StepSize stepSize, String label) {
        List<Instance> instances = names.stream().map(Instance::named).toList();
        Always record = Instance.describe(Always.of("increases of the loss in 300 iterations"), instances)
                .assumption("step size", label);
        ResultTable.Builder table = ResultTable.named("increases", "Increases of the loss in 300 iterations")
                .text("instance", "instance")
                .number("stepSize", "step size γ", "")
                .integer("increases", "increases", "")
                .integer("last", "last increase at t", "")
                .number("loss1", "loss after one step", "");
        Figure.Builder figure = Figure.named(
                        "monotone",
                        "Loss along the iterations, γ = " + label,
                        Axis.log10("iteration t"),
                        Axis.log10("loss"))
                .caption("The loss starts at log 2 = 0.693.");
        int most = 0;
        for (Instance instance : instances) {
            double gamma = stepSize.of(instance.data());
            Trace trace = trace(
                    context,
                    instance.data(),
                    gamma,
                    MONOTONE_ITERATIONS,
                    Field.LOSS,
                    Field.LOSS_INCREASES,
                    Field.LAST_INCREASE);
            int increases = (int) trace.values(Field.LOSS_INCREASES)[MONOTONE_ITERATIONS];
            int last = (int) trace.values(Field.LAST_INCREASE)[MONOTONE_ITERATIONS];
            double[] loss = trace.values(Field.LOSS);
            most = Math.max(most, increases);
            record.equal(instance.name() + ", gamma=" + Numbers.text(gamma), increases, 0);
            table.row(instance.name(), gamma, increases, last < 0 ? null : (Object) last, loss[1]);
            Curves.line(figure, instance.name(), "", trace.iterations(), loss);
        }
        return record.statistic("most increases of the loss in 300 iterations", most)
                .target(0)
                .table(table.build())
                .figure(figure.build())
                .verdict();
    }

    private static Trace trace(
            ClaimContext context, SeparableData data, double gamma, int iterations, Field... fields) {
        return LargeStepLogistic.withDefaults()
                .with(context.backend())
                .withStepSize(gamma)
                .withMaxIterations(iterations)
                .with(StopRule.maxIterations())
                .with(Recorder.of(fields))
                .fit(data)
                .trace();
    }
}
