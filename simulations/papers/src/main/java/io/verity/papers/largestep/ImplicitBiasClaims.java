package io.verity.papers.largestep;

import io.verity.estimators.largestep.Field;
import io.verity.estimators.largestep.Instances;
import io.verity.estimators.largestep.LargeStepFit;
import io.verity.estimators.largestep.LargeStepLogistic;
import io.verity.estimators.largestep.Perceptrons;
import io.verity.estimators.largestep.Recorder;
import io.verity.estimators.largestep.RunGeometry;
import io.verity.estimators.largestep.Status;
import io.verity.estimators.largestep.StopRule;
import io.verity.estimators.largestep.TieRule;
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
import java.util.List;
import java.util.stream.Stream;

/** LS-15 and LS-16: the direction that descent converges to, and why the logistic loss is the one to descend on. */
final class ImplicitBiasClaims {
    private static final double ONE_DEGREE = 1;
    private static final int LATE = 20_000;
    private static final int STRIDE = 20;

    private ImplicitBiasClaims() {}

    static ClaimBuilder direction() {
        return Claims.claim("large-step/LS-15")
                .from(Sources.SOUDRY.derivedFrom("convergence in direction, at large steps"))
                .title("Descent turns towards the max-margin direction")
                .states(
                        "Normalized gradient descent with \\(\\gamma=1\\) is within one degree of the max-margin direction after"
                                + " 20,000 iterations and closer than after 1000; gradient descent with \\(\\gamma=1\\) and 10 gets"
                                + " closer from t = 100 to 1000 to 10,000.")
                .verifiedBy(ImplicitBiasClaims::verifyDirection)
                .control(
                        "The batch perceptron finds it too",
                        "The batch perceptron's separator is within one degree of the max-margin direction.",
                        Controls.bare(ImplicitBiasClaims::perceptronDirection));
    }

    static ClaimBuilder exponentialBlowUp() {
        return Claims.claim("large-step/LS-16")
                .from(Sources.WU_2023.derivedFrom("abstract: exponential loss may diverge, on an instance of ours"))
                .title("Logistic loss survives where exponential loss diverges")
                .states(
                        "On the four-point toy data with \\(\\gamma=2\\) gradient descent on the exponential loss leaves the"
                                + " range of double precision within four iterations; on the logistic loss it reaches 0.0064 at"
                                + " t = 2000.")
                .verifiedBy(context -> verifyBlowUp(context, 2, 4))
                .control(
                        "Exponential loss diverges at a small step too",
                        "With \\(\\gamma=0.5\\) gradient descent on the exponential loss leaves the range of double"
                                + " precision.",
                        context -> verifyBlowUp(context, .5, 2000));
    }

    private static List<Instance> instances(ClaimContext context) {
        Stream<String> names =
                context.full() ? Stream.of("wutoy", "sepA", "gmix", "worst200") : Stream.of("wutoy", "sepA");
        return context.map(names.toList(), Instance::named);
    }

    /** Angles of a run at multiples of the stride. */
    private record Angles(Instance instance, Variant variant, double stepSize, Trace trace) {
        double at(int t) {
            return trace.values(Field.ANGLE_DEGREES)[t / STRIDE];
        }

        String label() {
            return instance.name() + ", " + variant.id() + ", gamma=" + Numbers.text(stepSize);
        }
    }

    private static Angles angles(
            ClaimContext context, Instance instance, Variant variant, double stepSize, int iterations) {
        Trace trace = LargeStepLogistic.withDefaults()
                .with(context.backend())
                .with(variant)
                .withStepSize(stepSize)
                .withMaxIterations(iterations)
                .with(StopRule.maxIterations())
                .with(Recorder.of(Field.ANGLE_DEGREES).every(STRIDE).withMaxMargin(instance.margin()))
                .fit(instance.data())
                .trace();
        return new Angles(instance, variant, stepSize, trace);
    }

    private static Verdict verifyDirection(ClaimContext context) {
        List<Instance> instances = instances(context);
        List<Angles> normalized = context.map(instances, i -> angles(context, i, Variant.NORMALIZED, 1, LATE));
        List<Angles> one = context.map(instances, i -> angles(context, i, Variant.GD, 1, LATE / 2));
        List<Angles> ten = context.map(instances, i -> angles(context, i, Variant.GD, 10, LATE / 2));
        Always record = Instance.describe(Always.of("largest angle after 20,000 normalized steps, degrees"), instances);
        ResultTable.Builder table = ResultTable.named("angles", "Angle to the max-margin direction")
                .text("instance", "instance")
                .text("method", "method")
                .number("stepSize", "step size γ", "")
                .number("t100", "t = 100", "degrees")
                .number("t1000", "t = 1000", "degrees")
                .number("t10000", "t = 10,000", "degrees")
                .number("t20000", "t = 20,000", "degrees");
        double largest = 0;
        for (Angles run : normalized) {
            record.below(run.label() + ", t=20000", run.at(LATE), ONE_DEGREE)
                    .below(run.label() + ", t=20000 against t=1000", run.at(LATE), run.at(1000));
            largest = Math.max(largest, run.at(LATE));
            row(table, run, run.at(LATE));
        }
        for (Angles run : Stream.concat(one.stream(), ten.stream()).toList()) {
            record.below(run.label() + ", t=1000 against t=100", run.at(1000), run.at(100))
                    .below(run.label() + ", t=10000 against t=1000", run.at(10_000), run.at(1000));
            row(table, run, Double.NaN);
        }
        return record.statistic("largest angle after 20,000 normalized steps, degrees", largest)
                .target(ONE_DEGREE)
                .table(table.build())
                .figure(angleFigure(instances, normalized, one, ten))
                .verdict();
    }

    private static void row(ResultTable.Builder table, Angles run, double late) {
        table.row(
                run.instance().name(),
                run.variant().id(),
                run.stepSize(),
                run.at(100),
                run.at(1000),
                run.at(10_000),
                Double.isNaN(late) ? null : (Object) late);
    }

    private static Figure angleFigure(
            List<Instance> instances, List<Angles> normalized, List<Angles> one, List<Angles> ten) {
        Figure.Builder figure = Figure.named(
                        "angle",
                        "Angle to the max-margin direction",
                        Axis.log10("iteration t"),
                        Axis.log10("angle, degrees"))
                .caption(
                        "Normalized descent approaches the max-margin direction like 1/t, plain descent logarithmically; the"
                                + " batch perceptron stops where it is.");
        for (int k = 0; k < Math.min(2, instances.size()); k++) {
            String panel = instances.get(k).name();
            curve(figure, "normalized, γ = 1", panel, normalized.get(k));
            curve(figure, "gd, γ = 1", panel, one.get(k));
            curve(figure, "gd, γ = 10", panel, ten.get(k));
            double perceptron = perceptronAngle(instances.get(k));
            figure.layer(Mark.LINE, "batch perceptron's separator", panel, new double[] {STRIDE, LATE}, new double[] {
                perceptron, perceptron
            });
        }
        return figure.build();
    }

    private static void curve(Figure.Builder figure, String series, String panel, Angles run) {
        Curves.line(figure, series, panel, run.trace().iterations(), run.trace().values(Field.ANGLE_DEGREES));
    }

    private static double perceptronAngle(Instance instance) {
        LargeStepFit fit = Perceptrons.batch(TieRule.MISTAKE).fit(instance.data());
        return RunGeometry.angleDegrees(fit.theta(), instance.margin().direction());
    }

    private static Verdict perceptronDirection(ClaimContext context) {
        List<Instance> instances = instances(context);
        Always record = Instance.describe(Always.of("largest angle, degrees"), instances);
        double largest = 0;
        for (Instance i : instances) {
            double angle = perceptronAngle(i);
            largest = Math.max(largest, angle);
            record.below(i.name(), angle, ONE_DEGREE);
        }
        return record.statistic("largest angle, degrees", largest)
                .target(ONE_DEGREE)
                .verdict();
    }

    private static LargeStepFit toyRun(ClaimContext context, Variant variant, double stepSize) {
        return LargeStepLogistic.withDefaults()
                .with(context.backend())
                .with(variant)
                .withStepSize(stepSize)
                .withMaxIterations(2000)
                .with(StopRule.maxIterations())
                .with(Recorder.of(Field.LOG_EXPONENTIAL_LOSS, Field.NORM))
                .fit(Instances.wuToy());
    }

    /** Whether the exponential loss overflows, at the latest after so many iterations. */
    static Verdict verifyBlowUp(ClaimContext context, double stepSize, int latest) {
        LargeStepFit exponential = toyRun(context, Variant.EXPONENTIAL_LOSS, stepSize);
        LargeStepFit logistic = toyRun(context, Variant.GD, stepSize);
        double[] logRisk = exponential.trace().values(Field.LOG_EXPONENTIAL_LOSS);
        String ended = exponential.status() + " after " + exponential.iterations()
                + " iterations, logarithm of the exponential loss " + Numbers.text(logRisk[logRisk.length - 1]);
        Always record = Always.of("logistic loss after 2000 iterations on the logistic loss")
                .holds(
                        "wutoy, exponential loss, gamma=" + Numbers.text(stepSize),
                        exponential.status() == Status.OVERFLOW && exponential.iterations() <= latest,
                        ended)
                .statistic(
                        "logistic loss after 2000 iterations on the logistic loss",
                        logistic.last().loss());
        if (stepSize == 2) {
            record.near("wutoy, logistic loss, gamma=2, t=2000", logistic.last().loss(), .0064, .00005);
        }
        return Instance.describe(record, List.of(Instance.named("wutoy")))
                .note("exponential loss: " + ended)
                .figure(normFigure(stepSize, exponential, logistic))
                .verdict();
    }

    private static Figure normFigure(double stepSize, LargeStepFit exponential, LargeStepFit logistic) {
        Figure.Builder figure = Figure.named(
                        "exponential-loss",
                        "Norm of the iterate on wutoy, γ = " + Numbers.text(stepSize),
                        Axis.log10("iteration t"),
                        Axis.log10("norm of θ"))
                .caption("Descent on the exponential loss and on the logistic loss, same data, same step size.");
        norms(figure, "exponential loss", exponential.trace());
        norms(figure, "logistic loss", logistic.trace());
        return figure.build();
    }

    private static void norms(Figure.Builder figure, String series, Trace trace) {
        Curves.line(figure, series, "", trace.iterations(), trace.values(Field.NORM));
    }
}
