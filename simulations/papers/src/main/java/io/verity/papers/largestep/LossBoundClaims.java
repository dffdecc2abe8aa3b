package io.verity.papers.largestep;

import io.verity.estimators.largestep.Bounds;
import io.verity.estimators.largestep.Field;
import io.verity.estimators.largestep.LargeStepLogistic;
import io.verity.estimators.largestep.Recorder;
import io.verity.estimators.largestep.StopRule;
import io.verity.estimators.largestep.Trace;
import io.verity.papers.evidence.Numbers;
import io.verity.simulations.claims.Always;
import io.verity.simulations.claims.Check;
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
import org.jspecify.annotations.Nullable;

/** LS-11 and LS-12: what holds for the loss at any step size, and when its oscillation is over. */
final class LossBoundClaims {
    private static final double[] STEP_SIZES = {.1, 1, 10, 100, 1000};

    private LossBoundClaims() {}

    static ClaimBuilder averages() {
        return Claims.claim("large-step/LS-11")
                .from(Sources.WU_2024.derivedFrom("the edge-of-stability phase, with explicit constants"))
                .title("Averages stay bounded at any step size")
                .states("With \\(a=\\max(\\log(\\mu^2\\gamma t),0)/\\mu\\) and \\(b=\\gamma R^2/(2\\mu)\\):"
                        + " \\(\\frac1t\\sum_{j<t}f(\\theta_j)\\le\\log(1+e^{-\\mu a})+\\frac{(a+b)^2}{2\\gamma t}\\),"
                        + " \\(\\|\\theta_t\\|\\le B_t=(a+b)+\\sqrt{(a+b)^2+2\\gamma t\\log(1+e^{-\\mu a})}\\) and"
                        + " \\(\\frac1t\\sum_{j<t}G_j\\le B_t/(\\mu\\gamma t)\\), \\(G\\) the mean sigmoid.")
                .verifiedBy(context -> verifyAverages(context, 1))
                .control(
                        "Nine tenths of the bound",
                        "The average loss is at most 0.9 of that bound on worst(200) with \\(\\gamma=0.1\\).",
                        LossBoundClaims::ninetyPercent);
    }

    static ClaimBuilder endOfOscillation() {
        return Claims.claim("large-step/LS-12")
                .from(Sources.WU_2024.derivedFrom("the phase transition and the stable phase, with explicit constants"))
                .title("A loss below 0.8526/(γR²) never rises again")
                .states(
                        "Once \\(f(\\theta_s)\\le W(2)/(\\gamma R^2)\\) (\\(W\\) Lambert's function, \\(W(2)=0.8526\\)) the loss"
                                + " never increases again; once moreover"
                                + " \\(f(\\theta_s)\\le\\min(W(1/2)/(\\gamma R^2),\\log2/n)\\),"
                                + " \\(f(\\theta_{s+t})\\le16/(3\\gamma\\mu^2t)\\).")
                .verifiedBy(LossBoundClaims::verifyEnd)
                .control(
                        "No increase after five iterations",
                        "On the four-point toy data with \\(\\gamma=10\\) the loss never increases after t = 5.",
                        context -> {
                            Followed run = follow(context, new Task(Instance.named("wutoy"), 10, 400));
                            int last = lastIncrease(run.loss());
                            Always record = Always.of("last increase of the loss, t");
                            return Instance.describe(record, List.of(run.task().instance()))
                                    .atMost("wutoy, gamma=10", last, 5)
                                    .statistic("last increase of the loss, t", last)
                                    .target(5)
                                    .verdict();
                        });
    }

    private record Task(Instance instance, double stepSize, int iterations) {
        String label() {
            return instance.name() + ", gamma=" + Numbers.text(stepSize);
        }
    }

    /** A run with the loss, the mean sigmoid and the norm of every iterate. */
    @SuppressWarnings("ArrayRecordComponent") // series; two of them are never compared
    private record Followed(Task task, double[] loss, double[] sigmoid, double[] norm) {}

    private static Followed follow(ClaimContext context, Task task) {
        Trace trace = LargeStepLogistic.withDefaults()
                .with(context.backend())
                .withStepSize(task.stepSize())
                .withMaxIterations(task.iterations())
                .with(StopRule.maxIterations())
                .with(Recorder.of(Field.LOSS, Field.MEAN_SIGMOID, Field.NORM))
                .fit(task.instance().data())
                .trace();
        return new Followed(task, trace.values(Field.LOSS), trace.values(Field.MEAN_SIGMOID), trace.values(Field.NORM));
    }

    private static List<Task> tasks(ClaimContext context) {
        int iterations = context.full() ? 4000 : 400;
        return Instance.five(context).stream()
                .flatMap(i -> Arrays.stream(STEP_SIZES).mapToObj(gamma -> new Task(i, gamma, iterations)))
                .toList();
    }

    /** A quantity and its bound at the iteration where they are closest. */
    private record Closest(int t, double value, double bound) {
        double ratio() {
            return value / bound;
        }

        static Closest of(@Nullable Closest before, int t, double value, double bound) {
            return before != null && before.ratio() >= value / bound ? before : new Closest(t, value, bound);
        }
    }

    private record Tightest(Task task, Closest loss, Closest norm, Closest sigmoid) {}

    private static Tightest tightest(Followed run, double factor) {
        Instance i = run.task().instance();
        double gamma = run.task().stepSize();
        double losses = 0;
        double sigmoids = 0;
        Closest loss = null;
        Closest norm = null;
        Closest sigmoid = null;
        for (int t = 1; t < run.loss().length; t++) {
            losses += run.loss()[t - 1];
            sigmoids += run.sigmoid()[t - 1];
            loss = Closest.of(loss, t, losses / t, factor * Bounds.averageLoss(i.mu(), i.radius(), gamma, t));
            norm = Closest.of(norm, t, run.norm()[t], factor * Bounds.iterateNorm(i.mu(), i.radius(), gamma, t));
            sigmoid =
                    Closest.of(sigmoid, t, sigmoids / t, factor * Bounds.averageSigmoid(i.mu(), i.radius(), gamma, t));
        }
        if (loss == null || norm == null || sigmoid == null) {
            throw new IllegalStateException("a run without iterations has no averages");
        }
        return new Tightest(run.task(), loss, norm, sigmoid);
    }

    static Verdict verifyAverages(ClaimContext context, double factor) {
        List<Task> tasks = tasks(context);
        List<Tightest> found = context.map(tasks, task -> tightest(follow(context, task), factor));
        Always record = Instance.describe(
                Always.of("largest ratio to the bound"),
                tasks.stream().map(Task::instance).distinct().toList());
        ResultTable.Builder table = ResultTable.named("tightness", "Largest ratio to the bound over the iterations")
                .text("instance", "instance")
                .number("stepSize", "step size γ", "")
                .number("loss", "average loss", "")
                .number("norm", "norm", "")
                .number("sigmoid", "average sigmoid", "");
        for (Tightest f : found) {
            add(record, f, "average loss", f.loss());
            add(record, f, "norm", f.norm());
            add(record, f, "average sigmoid", f.sigmoid());
            table.row(
                    f.task().instance().name(),
                    f.task().stepSize(),
                    f.loss().ratio(),
                    f.norm().ratio(),
                    f.sigmoid().ratio());
        }
        return record.target(1)
                .examined(3L * tasks.size() * tasks.get(0).iterations())
                .table(table.build())
                .figure(averageFigure(context, Instance.named("worst200")))
                .verdict();
    }

    private static void add(Always record, Tightest f, String what, Closest closest) {
        record.atMost(f.task().label() + ", t=" + closest.t() + ", " + what, closest.value(), closest.bound());
    }

    private static Verdict ninetyPercent(ClaimContext context) {
        Tightest found = tightest(follow(context, new Task(Instance.named("worst200"), .1, 400)), 0.9);
        Always record = Always.of("largest ratio to nine tenths of the bound");
        add(record, found, "average loss", found.loss());
        return Instance.describe(record, List.of(found.task().instance()))
                .target(1)
                .verdict();
    }

    private static Figure averageFigure(ClaimContext context, Instance instance) {
        Figure.Builder figure = Figure.named(
                        "average-loss",
                        "Average loss on " + instance.name() + " and its bound",
                        Axis.log10("iterations t averaged"),
                        Axis.log10("average loss"))
                .caption("One panel per step size. The bound is nearly met at small steps.");
        for (double gamma : new double[] {.1, 10, 1000}) {
            Followed run = follow(context, new Task(instance, gamma, 400));
            int[] t = new int[400];
            double[] average = new double[400];
            double[] bound = new double[400];
            double sum = 0;
            for (int k = 0; k < t.length; k++) {
                t[k] = k + 1;
                sum += run.loss()[k];
                average[k] = sum / t[k];
                bound[k] = Bounds.averageLoss(instance.mu(), instance.radius(), gamma, t[k]);
            }
            String panel = "γ = " + Numbers.text(gamma);
            Curves.line(figure, "bound", panel, t, bound);
            Curves.line(figure, "average loss", panel, t, average);
        }
        return figure.build();
    }

    /** When the two thresholds were met (-1: never), increases after the first, and the worst stable-phase bound. */
    private record Ending(
            Task task,
            int calm,
            int stable,
            int last,
            int increasesAfter,
            @Nullable Closest rate) {}

    private static Ending ending(Followed run) {
        Instance i = run.task().instance();
        double gamma = run.task().stepSize();
        double calmBelow = Bounds.monotoneThreshold(i.radius(), gamma);
        double stableBelow = Bounds.stablePhaseThreshold(i.n(), i.radius(), gamma);
        int calm = -1;
        int stable = -1;
        int after = 0;
        Closest rate = null;
        double[] f = run.loss();
        for (int t = 0; t < f.length; t++) {
            if (calm >= 0 && f[t] > f[t - 1]) {
                after++;
            }
            if (stable >= 0) {
                rate = Closest.of(rate, t, f[t], Bounds.stablePhaseLoss(i.mu(), gamma, t - stable));
            }
            calm = calm < 0 && f[t] <= calmBelow ? t : calm;
            stable = stable < 0 && f[t] <= stableBelow ? t : stable;
        }
        return new Ending(run.task(), calm, stable, lastIncrease(f), after, rate);
    }

    private static int lastIncrease(double[] loss) {
        for (int t = loss.length - 1; t > 0; t--) {
            if (loss[t] > loss[t - 1]) {
                return t;
            }
        }
        return -1;
    }

    private static Verdict verifyEnd(ClaimContext context) {
        List<Task> tasks = tasks(context);
        List<Ending> endings = context.map(tasks, task -> ending(follow(context, task)));
        Always record = Instance.describe(
                Always.of("increases after the threshold"),
                tasks.stream().map(Task::instance).distinct().toList());
        ResultTable.Builder table = ResultTable.named("end-of-oscillation", "When the oscillation ends")
                .text("instance", "instance")
                .number("stepSize", "step size γ", "")
                .integer("last", "last increase at t", "")
                .integer("calm", "threshold met at t", "")
                .integer("after", "increases after it", "")
                .integer("stable", "stable phase from t", "")
                .number("rate", "largest loss / stable-phase bound", "");
        int increases = 0;
        double largest = 0;
        int judged = 0;
        for (Ending e : endings) {
            if (e.calm() >= 0) {
                record.equal(e.task().label() + ", increases after t=" + e.calm(), e.increasesAfter(), 0);
                increases += e.increasesAfter();
                judged++;
            }
            if (e.rate() != null) {
                record.add(Check.atMost(
                        e.task().label() + ", stable phase, t=" + e.rate().t(),
                        e.rate().value(),
                        e.rate().bound()));
                largest = Math.max(largest, e.rate().ratio());
            }
            table.row(
                    e.task().instance().name(),
                    e.task().stepSize(),
                    shown(e.last()),
                    shown(e.calm()),
                    e.calm() < 0 ? null : (Object) e.increasesAfter(),
                    shown(e.stable()),
                    e.rate() == null ? null : (Object) e.rate().ratio());
        }
        return record.statistic("increases after the threshold, all runs", increases)
                .target(0)
                .note("threshold met in " + judged + " of " + tasks.size() + " runs within "
                        + tasks.get(0).iterations() + " iterations; largest ratio to the stable-phase bound "
                        + Numbers.text(largest))
                .table(table.build())
                .figure(endFigure(context))
                .verdict();
    }

    private static @Nullable Object shown(int t) {
        return t < 0 ? null : (Object) t;
    }

    private static Figure endFigure(ClaimContext context) {
        Followed run = follow(context, new Task(Instance.named("wutoy"), 10, 400));
        Ending end = ending(run);
        double threshold = Bounds.monotoneThreshold(run.task().instance().radius(), 10);
        int[] t = new int[run.loss().length];
        Arrays.setAll(t, k -> k);
        Figure.Builder figure = Figure.named(
                        "end-of-oscillation",
                        "The end of the oscillation on wutoy, γ = 10",
                        Axis.linear("iteration t"),
                        Axis.log10("loss"))
                .caption("The loss rises for the last time at t = " + end.last() + "; the certificate comes at t = "
                        + end.calm() + ", when the loss falls below 0.8526/(γR²).");
        return Curves.line(figure, "loss", "", t, run.loss())
                .layer(Mark.HORIZONTAL_LINE, "0.8526/(γR²)", new double[] {0}, new double[] {threshold})
                .layer(Mark.VERTICAL_LINE, "certified from here on", new double[] {end.calm()}, new double[] {threshold
                })
                .build();
    }
}
