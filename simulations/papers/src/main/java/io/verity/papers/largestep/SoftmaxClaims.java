package io.verity.papers.largestep;

import io.verity.estimators.largestep.Bounds;
import io.verity.estimators.largestep.Field;
import io.verity.estimators.largestep.LargeStepFit;
import io.verity.estimators.largestep.LargeStepLogistic;
import io.verity.estimators.largestep.Recorder;
import io.verity.estimators.largestep.StopRule;
import io.verity.estimators.largestep.Trace;
import io.verity.estimators.largestep.Variant;
import io.verity.papers.evidence.Controls;
import io.verity.papers.evidence.Numbers;
import io.verity.simulations.claims.Always;
import io.verity.simulations.claims.Check;
import io.verity.simulations.claims.ClaimBuilder;
import io.verity.simulations.claims.ClaimContext;
import io.verity.simulations.claims.Claims;
import io.verity.simulations.claims.Verdict;
import io.verity.stats.result.Figure;
import io.verity.stats.result.Figure.Axis;
import io.verity.stats.result.ResultTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** LS-14: gradient descent on the logarithm of the exponential loss has a risk bound at any step size. */
final class SoftmaxClaims {
    private static final double[] STEP_SIZES = {.1, 1, 10, 1e3, 1e6};

    private SoftmaxClaims() {}

    static ClaimBuilder riskAndBurnIn() {
        return Claims.claim("large-step/LS-14")
                .from(Sources.ZHANG.derivedFrom(
                        "the burn-in of adaptive steps, for the logarithm of the exponential loss"))
                .title("Averaged softmax descent: a bound at any step size")
                .states(
                        "For gradient descent on \\(\\phi(\\theta)=\\log\\frac1n\\sum e^{-z_i^\\top\\theta}\\) the average"
                                + " \\(\\bar\\theta_t\\) satisfies \\(\\phi(\\bar\\theta_t)\\le-\\frac\\gamma2(\\mu^2t-R^2)\\) for"
                                + " \\(t\\ge R^2/(2\\mu^2)\\), and separates once"
                                + " \\(t>R^2/\\mu^2+2\\log n/(\\gamma\\mu^2)\\).")
                .verifiedBy(SoftmaxClaims::verify)
                .control(
                        "The same burn-in for adaptive logistic steps",
                        "Risk-adaptive steps on the mean logistic loss separate worst(200) with \\(\\gamma=1000\\) within"
                                + " \\(R^2/\\mu^2+2\\log n/(\\gamma\\mu^2)\\) iterations.",
                        Controls.bare(context -> SeparationTime.record(List.of(SeparationTime.of(
                                        context,
                                        Variant.ADAPTIVE,
                                        1000,
                                        Instance.named("worst200"),
                                        SoftmaxClaims::burnIn)))
                                .verdict()));
    }

    private static double burnIn(Instance i, double gamma) {
        return Bounds.softmaxSeparation(i.n(), i.radius(), i.mu(), gamma);
    }

    private record Task(Instance instance, double stepSize) {
        String label() {
            return instance.name() + ", gamma=" + Numbers.text(stepSize);
        }

        int iterations() {
            return (int) Math.ceil(Math.max(3 * instance.complexity(), burnIn(instance, stepSize)));
        }
    }

    /** The log risk of the average where it comes closest to the bound, relative to their size. */
    private record Result(Task task, int iterations, int closestAt, double logRisk, double bound, int separatedAt) {
        double slack() {
            return (bound - logRisk) / Math.max(Math.abs(bound), Math.abs(logRisk));
        }
    }

    private static LargeStepFit run(ClaimContext context, Task task, int iterations) {
        return LargeStepLogistic.withDefaults()
                .with(context.backend())
                .with(Variant.SOFTMAX)
                .withStepSize(task.stepSize())
                .withMaxIterations(iterations)
                .with(StopRule.maxIterations())
                .with(Recorder.of(Field.AVERAGED_LOG_EXPONENTIAL_LOSS))
                .fit(task.instance().data());
    }

    private static Result result(ClaimContext context, Task task) {
        int iterations = task.iterations();
        LargeStepFit fit = run(context, task, iterations);
        double[] logRisk = fit.trace().values(Field.AVERAGED_LOG_EXPONENTIAL_LOSS);
        Instance i = task.instance();
        Result closest = null;
        for (int t = Math.max(1, (int) Math.ceil(i.complexity() / 2)); t <= iterations; t++) {
            double bound = Bounds.softmaxLogRisk(i.mu(), i.radius(), task.stepSize(), t);
            Result here = new Result(
                    task,
                    iterations,
                    t,
                    logRisk[t],
                    bound,
                    fit.averagedSeparatedAt().orElse(-1));
            closest = closer(closest, here);
        }
        if (closest == null) {
            throw new IllegalStateException(task.label() + ": no iteration is late enough for the bound");
        }
        return closest;
    }

    private static Result closer(@Nullable Result a, Result b) {
        return a == null || b.slack() < a.slack() ? b : a;
    }

    static Verdict verify(ClaimContext context) {
        List<Instance> instances = new ArrayList<>(Instance.five(context));
        if (!context.full()) {
            instances.removeIf(i -> i.name().equals("sepB"));
        }
        List<Task> tasks = instances.stream()
                .flatMap(i -> Arrays.stream(STEP_SIZES).mapToObj(gamma -> new Task(i, gamma)))
                .toList();
        List<Result> results = context.map(tasks, task -> result(context, task));
        Always record = Instance.describe(Always.of("smallest relative slack of the risk bound"), instances);
        ResultTable.Builder table = ResultTable.named("softmax", "Log risk of the average iterate, and its separation")
                .text("instance", "instance")
                .number("stepSize", "step size γ", "")
                .integer("iterations", "iterations", "")
                .integer("closest", "closest to the bound at t", "")
                .number("logRisk", "log risk there", "")
                .number("bound", "bound there", "")
                .integer("separation", "average separates at t", "")
                .number("separationBound", "bound", "iterations");
        for (Result r : results) {
            double limit = burnIn(r.task().instance(), r.task().stepSize());
            record.atMost(r.task().label() + ", log risk at t=" + r.closestAt(), r.logRisk(), r.bound())
                    .add(
                            r.separatedAt() >= 0
                                    ? Check.atMost(
                                            r.task().label() + ", separation of the average",
                                            (double) r.separatedAt(),
                                            limit)
                                    : Check.holds(
                                            r.task().label() + ", separation of the average",
                                            r.iterations() < limit,
                                            "not separated within " + r.iterations()));
            table.row(
                    r.task().instance().name(),
                    r.task().stepSize(),
                    r.iterations(),
                    r.closestAt(),
                    r.logRisk(),
                    r.bound(),
                    r.separatedAt() < 0 ? null : (Object) r.separatedAt(),
                    limit);
        }
        if (!context.full()) {
            record.note("thinned: without sepB, whose runs take up to 286,000 iterations");
        }
        return record.statistic(
                        "smallest relative slack of the risk bound",
                        results.stream().mapToDouble(Result::slack).min().orElseThrow())
                .table(table.build())
                .figure(figure(context))
                .verdict();
    }

    private static Figure figure(ClaimContext context) {
        Figure.Builder figure = Figure.named(
                        "softmax-risk",
                        "Log risk of the average iterate, and its bound",
                        Axis.linear("iterations t averaged"),
                        Axis.linear("log risk"))
                .caption(
                        "The bound -(γ/2)(μ²t - R²) and the log of the exponential risk at the average iterate, γ = 1000.");
        for (String name : List.of("wutoy", "gmix")) {
            Task task = new Task(Instance.named(name), 1000);
            Instance i = task.instance();
            int iterations = task.iterations();
            Trace trace = run(context, task, iterations).trace();
            int from = (int) Math.ceil(i.complexity() / 2);
            int[] t = new int[iterations - from + 1];
            Arrays.setAll(t, k -> from + k);
            double[] logRisk =
                    Arrays.copyOfRange(trace.values(Field.AVERAGED_LOG_EXPONENTIAL_LOSS), from, iterations + 1);
            double[] bound = Arrays.stream(t)
                    .mapToDouble(k -> Bounds.softmaxLogRisk(i.mu(), i.radius(), 1000, k))
                    .toArray();
            Curves.line(figure, "bound", name, t, bound);
            Curves.line(figure, "log risk of the average", name, t, logRisk);
        }
        return figure.build();
    }
}
