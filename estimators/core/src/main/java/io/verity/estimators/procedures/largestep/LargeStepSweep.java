package io.verity.estimators.procedures.largestep;

import io.verity.estimators.largestep.LargeStepFit;
import io.verity.estimators.largestep.Perceptrons;
import io.verity.estimators.largestep.Recorder;
import io.verity.estimators.largestep.TieRule;
import io.verity.estimators.procedures.Inputs;
import io.verity.estimators.procedures.Option;
import io.verity.estimators.procedures.Outcome;
import io.verity.estimators.procedures.Procedure;
import io.verity.stats.Arguments;
import io.verity.stats.result.Provenance;
import io.verity.stats.result.ResultTable;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** {@code large-step sweep}: how the step size changes the time to separation. */
public final class LargeStepSweep implements Procedure {
    private static final int MOST_STEPS = 1_000;

    /** For the service loader. */
    public LargeStepSweep() {}

    @Override
    public List<String> command() {
        return List.of("large-step", "sweep");
    }

    @Override
    public String summary() {
        return "Run one method with many step sizes and compare the iterations to separation";
    }

    @Override
    public String description() {
        return "Runs the method once per step size, all through the data together, and notes the first iterate that separates"
                + " the classes, beside that of the batch perceptron, the limit of large steps.";
    }

    @Override
    public List<Option> options() {
        List<Option> options = new ArrayList<>(TwoClassData.options());
        options.add(Option.required(
                "steps", Option.Kind.TEXT, "step sizes: a,b,c or LO:HI:COUNTlog (geometric) or LO:HI:COUNT (even)"));
        options.add(Option.choice("variant", LargeStepChoices.gradientVariants(), "gd", "the method"));
        options.add(Option.of("max-iter", Option.Kind.INTEGER, "largest number of iterations")
                .withDefault("10000"));
        options.add(Option.of("stop", Option.Kind.TEXT, "separated, max-iter, loss:X or grad:X")
                .withDefault("separated"));
        options.add(Option.of("theta", Option.Kind.TEXT, "starting point t1,t2,... (intercept last); default: zero"));
        return options;
    }

    @Override
    public String example() {
        return "verity large-step sweep --data examples/data/iris_setosa_versicolor.csv --label label --steps 1e-3:1e4:8log";
    }

    /** {@code 1e-3:1e4:8log}, {@code 1:10:4} or {@code 0.1,1,10}. */
    static double[] steps(String text) {
        if (!text.contains(":")) {
            return LargeStepChoices.numbers("steps", text);
        }
        boolean geometric = text.endsWith("log");
        String[] parts = (geometric ? text.substring(0, text.length() - 3) : text).split(":", -1);
        Arguments.require(
                parts.length == 3, "option --steps must be a,b,c or LO:HI:COUNT or LO:HI:COUNTlog, but is '%s'", text);
        double[] numbers = LargeStepChoices.numbers("steps", String.join(",", parts));
        double lo = Arguments.positive("the first step size", numbers[0]);
        double hi = Arguments.positive("the last step size", numbers[1]);
        double count = numbers[2];
        Arguments.require(
                count == Math.rint(count) && count >= 1 && count <= MOST_STEPS,
                "the number of step sizes must be a whole number from 1 to %d, but is '%s'",
                MOST_STEPS,
                parts[2]);
        double[] steps = new double[(int) count];
        for (int k = 0; k < steps.length; k++) {
            double fraction = steps.length == 1 ? 0 : (double) k / (steps.length - 1);
            steps[k] = geometric ? geometric(lo, hi, fraction) : lo + (hi - lo) * fraction;
        }
        return steps;
    }

    /** Powers of ten come out exactly where both ends are such. */
    private static double geometric(double lo, double hi, double fraction) {
        double exponent = StrictMath.log10(lo) + (StrictMath.log10(hi) - StrictMath.log10(lo)) * fraction;
        double rounded = Math.rint(exponent);
        return Math.abs(exponent - rounded) < 1e-12
                ? Double.parseDouble("1e" + (int) rounded)
                : StrictMath.pow(10, exponent);
    }

    @Override
    public Outcome run(Inputs inputs) {
        double[] steps = steps(inputs.text("steps"));
        TwoClassData data = TwoClassData.read(inputs);
        inputs.progress().update("running " + steps.length + " step sizes", 0, -1);
        List<LargeStepFit> fits = LargeStepChoices.gradientMethod(inputs, inputs.text("variant"), Recorder.none())
                .fitAll(data.data(), steps);
        OptionalInt perceptron = Perceptrons.batch(TieRule.MISTAKE)
                .withMaxIterations(inputs.integer("max-iter"))
                .fit(data.data())
                .separatedAt();
        return outcome(inputs, data, steps, fits, perceptron);
    }

    private static Outcome outcome(
            Inputs inputs, TwoClassData data, double[] steps, List<LargeStepFit> fits, OptionalInt perceptron) {
        List<@Nullable Object> separatedAt = new ArrayList<>();
        List<@Nullable Object> iterations = new ArrayList<>();
        List<@Nullable Object> status = new ArrayList<>();
        double[] logLoss = new double[fits.size()];
        ResultTable.Builder table = ResultTable.named("sweep", "Iterations to separation by step size")
                .number("step", "step size", "")
                .text("status", "status")
                .integer("separatedAt", "separated at", "iterations")
                .number("logLoss", "log loss at the end", "")
                .number("normalizedMargin", "normalized margin", "");
        int reached = 0;
        for (int k = 0; k < fits.size(); k++) {
            LargeStepFit fit = fits.get(k);
            Long at = fit.separatedAt().isPresent() ? (long) fit.separatedAt().getAsInt() : null;
            reached += at == null ? 0 : 1;
            separatedAt.add(at);
            iterations.add((long) fit.iterations());
            status.add(fit.status().name());
            logLoss[k] = fit.last().logLoss();
            table.row(steps[k], fit.status().name(), at, logLoss[k], fit.last().normalizedMargin());
        }
        String variant = inputs.text("variant");
        Outcome.Builder outcome = Outcome.of("large-step sweep")
                .data(data.facts())
                .options(inputs.effective())
                .result("steps", steps)
                .result("separatedAt", separatedAt)
                .result("iterations", iterations)
                .result("status", status)
                .result("logLoss", logLoss)
                .result("batchPerceptron", perceptron.isPresent() ? (long) perceptron.getAsInt() : null)
                .converged(reached == fits.size(), null)
                .table(table.build())
                .figure(LargeStepFigures.sweep(variant, steps, fits, perceptron));
        if (perceptron.isEmpty()) {
            outcome.note("batchPerceptron", "it did not separate the classes within the iterations");
        }
        data.warnings().forEach(outcome::warning);
        StringBuilder summary = new StringBuilder(data.describe());
        for (int k = 0; k < fits.size(); k++) {
            OptionalInt at = fits.get(k).separatedAt();
            summary.append("\nstep size ")
                    .append(steps[k])
                    .append(at.isPresent() ? ": separated at " + at.getAsInt() : ": not separated");
        }
        summary.append("\nbatch perceptron: ")
                .append(perceptron.isPresent() ? "separated at " + perceptron.getAsInt() : "not separated");
        return outcome.summary(summary.toString())
                .build(Provenance.here(inputs.backend().info().id(), inputs.seed()));
    }
}
