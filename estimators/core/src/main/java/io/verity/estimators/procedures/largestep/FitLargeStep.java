package io.verity.estimators.procedures.largestep;

import io.verity.estimators.largestep.Bounds;
import io.verity.estimators.largestep.Field;
import io.verity.estimators.largestep.LargeStepFit;
import io.verity.estimators.largestep.MarginResult;
import io.verity.estimators.largestep.MaxMargin;
import io.verity.estimators.largestep.Recorder;
import io.verity.estimators.largestep.RunGeometry;
import io.verity.estimators.largestep.Separability;
import io.verity.estimators.largestep.SeparableData;
import io.verity.estimators.largestep.Snapshot;
import io.verity.estimators.largestep.Status;
import io.verity.estimators.procedures.Inputs;
import io.verity.estimators.procedures.Option;
import io.verity.estimators.procedures.Outcome;
import io.verity.estimators.procedures.Procedure;
import io.verity.stats.result.Provenance;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** {@code fit large-step}: logistic regression with any step size, or a perceptron, on a user's file. */
public final class FitLargeStep implements Procedure {
    /** Up to this many entries the maximal margin costs less than reading the file. */
    private static final long CHEAP_MARGIN = 200_000;

    /** Up to this size of the smaller dimension the smoothness constant is computed exactly. */
    private static final int CHEAP_SPECTRUM = 200;

    /** Iterates recorded at most. */
    private static final int RECORDED = 20_000;

    /** For the service loader. */
    public FitLargeStep() {}

    @Override
    public List<String> command() {
        return List.of("fit", "large-step");
    }

    @Override
    public String summary() {
        return "Logistic regression by gradient descent with any step size, and the perceptrons it tends to";
    }

    @Override
    public String description() {
        return "Runs until every row is on its side of the hyperplane (or as --stop says) and gives the separator; on data that"
                + " cannot be separated it gives the proof instead. The loss is the mean of log(1+exp(-margin)), so a library"
                + " that uses the sum has step G/n. With a large step the loss may rise on the way; that is no fault."
                + " 'iterations' is the first iterate that separates when the run stops there.";
    }

    @Override
    public List<Option> options() {
        List<Option> options = new ArrayList<>(TwoClassData.options());
        options.add(Option.of("step", Option.Kind.NUMBER, "step size gamma (perceptrons take none)")
                .withDefault("1"));
        options.add(Option.choice("variant", LargeStepChoices.variants(), "gd", "the method"));
        options.add(Option.of("max-iter", Option.Kind.INTEGER, "largest number of iterations")
                .withDefault("10000"));
        options.add(Option.of("stop", Option.Kind.TEXT, "separated, max-iter, loss:X or grad:X")
                .withDefault("separated"));
        options.add(Option.choice(
                "tie", List.of("mistake", "half"), "mistake", "what the batch perceptron makes of a zero margin"));
        options.add(Option.choice(
                "pick", List.of("first", "most-violated"), "first", "which mistake the perceptron corrects"));
        options.add(Option.of("theta", Option.Kind.TEXT, "starting point t1,t2,... (intercept last); default: zero"));
        return options;
    }

    @Override
    public String example() {
        return "verity fit large-step --data examples/data/iris_setosa_versicolor.csv --label label --step 10 --variant normalized";
    }

    @Override
    public Outcome run(Inputs inputs) {
        String variant = inputs.text("variant");
        boolean perceptron = LargeStepChoices.isPerceptron(variant);
        double stepSize = perceptron ? 1 : inputs.number("step");
        TwoClassData data = TwoClassData.read(inputs);
        Recorder recorder = Recorder.of(Field.LOSS, Field.MISCLASSIFIED, Field.MIN_MARGIN)
                .every(1 + inputs.integer("max-iter") / RECORDED);
        inputs.progress().update("iterating", 0, -1);
        LargeStepFit fit = perceptron
                ? LargeStepChoices.perceptron(inputs, variant, recorder, data.data())
                : LargeStepChoices.gradientMethod(inputs, variant, recorder)
                        .withStepSize(stepSize)
                        .fit(data.data());
        boolean cheap = (long) data.data().n() * data.data().d() <= CHEAP_MARGIN;
        MarginResult margin = null;
        if (cheap || !fit.separated()) {
            inputs.progress().update("solving for the maximal margin", 0, -1);
            margin = MaxMargin.withDefaults().with(inputs.backend()).solve(data.data());
        }
        return outcome(inputs, data, fit, margin, perceptron);
    }

    private static Outcome outcome(
            Inputs inputs, TwoClassData data, LargeStepFit fit, @Nullable MarginResult margin, boolean perceptron) {
        Snapshot last = fit.last();
        Outcome.Builder outcome = Outcome.of("large-step")
                .data(data.facts())
                .options(inputs.effective())
                .result("status", fit.status().name())
                .result("iterations", fit.iterations())
                .result("separated", fit.separated())
                .result("theta", fit.theta().clone())
                .result("loss", last.loss())
                .result("logLoss", last.logLoss())
                .result("misclassified", last.misclassified())
                .result("minMargin", last.minMargin())
                .result("normalizedMargin", last.normalizedMargin())
                .result("gradientNorm", last.gradientNorm())
                .result("meanSigmoid", last.meanSigmoid())
                .result("norm", last.norm())
                .result("scaledTheta", fit.scaledTheta().clone());
        if (fit.separatedAt().isPresent()) {
            outcome.result("separatedAt", (long) fit.separatedAt().getAsInt());
        } else {
            outcome.missing("separatedAt", "no iterate separated the classes");
        }
        if (Double.isNaN(last.normalizedMargin())) {
            outcome.note("normalizedMargin", "theta is zero");
        }
        if (fit.averagedTheta() != null) {
            outcome.result("averagedTheta", fit.averagedTheta());
        }
        if (perceptron) {
            outcome.result("ties", fit.ties());
        }
        addMargin(outcome, data, fit, margin);
        data.warnings().forEach(outcome::warning);
        warnings(inputs, data.data(), fit, margin, perceptron).forEach(outcome::warning);
        boolean asAsked = fit.converged()
                || (fit.status() == Status.MAX_ITER && inputs.text("stop").equals("max-iter"));
        outcome.converged(asAsked, (long) fit.iterations())
                .table(MarginReport.coefficients("coefficients", "Coefficients", "theta", data, fit.theta()))
                .figure(LargeStepFigures.trace(fit))
                .table(LargeStepFigures.traceTable(fit))
                .summary(summary(data, fit, margin));
        return outcome.build(Provenance.here(inputs.backend().info().id(), inputs.seed()));
    }

    private static void addMargin(
            Outcome.Builder outcome, TwoClassData data, LargeStepFit fit, @Nullable MarginResult margin) {
        if (margin == null) {
            outcome.result("separable", Separability.YES.name()) // theta itself is the proof
                    .missing("certificate", "the data are separable; theta certifies it");
            return;
        }
        MarginReport.add(outcome, data, margin);
        if (margin.separable()) {
            outcome.result("marginRatio", last(fit) / margin.marginLower())
                    .result("angleDegrees", RunGeometry.angleDegrees(fit.scaledTheta(), margin.direction()));
        } else {
            outcome.missing("marginRatio", "the data are not known to be separable")
                    .missing("angleDegrees", "the data are not known to be separable")
                    .table(MarginReport.table(data, margin));
        }
        OptionalDouble bound = bound(data.data(), fit, margin);
        if (bound.isPresent()) {
            outcome.result("iterationBound", bound.getAsDouble());
        } else {
            outcome.missing("iterationBound", "no bound is known for this method, or the data are not separable");
        }
    }

    private static double last(LargeStepFit fit) {
        return fit.last().normalizedMargin();
    }

    /** The proved number of iterations within which the method separates. */
    private static OptionalDouble bound(SeparableData data, LargeStepFit fit, MarginResult margin) {
        if (!margin.separable()) {
            return OptionalDouble.empty();
        }
        double r = margin.radius();
        double mu = margin.marginLower();
        return switch (fit.method()) {
            case "gd" -> OptionalDouble.of(Bounds.gdAnyStep(data.n(), r, mu, fit.stepSize()));
            case "normalized" -> OptionalDouble.of(Bounds.normalizedGd(data.n(), r, mu, fit.stepSize()));
            case LargeStepChoices.BATCH -> OptionalDouble.of(Bounds.batchPerceptron(data.n(), r, mu));
            case LargeStepChoices.NORMALIZED_BATCH, LargeStepChoices.CLASSIC ->
                OptionalDouble.of(Bounds.novikoff(r, mu));
            default -> OptionalDouble.empty();
        };
    }

    private static List<String> warnings(
            Inputs inputs, SeparableData data, LargeStepFit fit, @Nullable MarginResult margin, boolean perceptron) {
        List<String> warnings = new ArrayList<>();
        if (perceptron && inputs.isGiven("step")) {
            warnings.add("--step is ignored: a perceptron has no step size");
        }
        if (perceptron && inputs.isGiven("theta")) {
            warnings.add("--theta is ignored: the perceptrons start at zero");
        }
        boolean small = Math.min(data.n(), data.d()) <= CHEAP_SPECTRUM;
        if (fit.method().equals("gd") && small && fit.stepSize() > 2 / data.smoothness()) {
            warnings.add(String.format(
                    Locale.ROOT,
                    "the step size is above 2/L = %.6g: the loss may increase on the way; this is expected",
                    2 / data.smoothness()));
        }
        if (fit.status() == Status.OVERFLOW) {
            warnings.add("the iterate left the range of double precision; choose a smaller step");
        }
        if (fit.separated() || margin == null) {
            return warnings;
        }
        if (margin.separability() == Separability.NO) {
            warnings.add(
                    "the data are not linearly separable: no step size and no number of iterations separates them");
            return warnings;
        }
        bound(data, fit, margin)
                .ifPresent(b -> warnings.add(String.format(
                        Locale.ROOT,
                        "not separated within %d iterations, though the data are separable; the proved bound is %.6g"
                                + " iterations. The max-margin direction of 'verity large-step margin' separates them",
                        fit.iterations(),
                        b)));
        return warnings;
    }

    private static String summary(TwoClassData data, LargeStepFit fit, @Nullable MarginResult margin) {
        String text = data.describe() + "\n" + fit;
        return margin == null ? text : text + "\n" + MarginReport.describe(data, margin);
    }
}
