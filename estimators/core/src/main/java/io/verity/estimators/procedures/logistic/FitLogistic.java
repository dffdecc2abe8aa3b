package io.verity.estimators.procedures.logistic;

import io.verity.estimators.classification.Evaluation;
import io.verity.estimators.classification.LinearClassifier;
import io.verity.estimators.data.Classes;
import io.verity.estimators.data.RowReader;
import io.verity.estimators.logistic.ClassWeight;
import io.verity.estimators.logistic.CollinearColumnsException;
import io.verity.estimators.logistic.CrossValidation;
import io.verity.estimators.logistic.ErrorKind;
import io.verity.estimators.logistic.LogisticInference;
import io.verity.estimators.logistic.Penalty;
import io.verity.estimators.logistic.RidgeFit;
import io.verity.estimators.logistic.RidgeLogistic;
import io.verity.estimators.logistic.SoftmaxCrossValidation;
import io.verity.estimators.logistic.SoftmaxFit;
import io.verity.estimators.logistic.SoftmaxInference;
import io.verity.estimators.logistic.Status;
import io.verity.estimators.procedures.Inputs;
import io.verity.estimators.procedures.Option;
import io.verity.estimators.procedures.Outcome;
import io.verity.estimators.procedures.Procedure;
import io.verity.estimators.procedures.classification.EvaluationReport;
import io.verity.estimators.procedures.classification.Predictions;
import io.verity.stats.Arguments;
import io.verity.stats.random.RandomStream;
import io.verity.stats.result.Provenance;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.ejml.data.DMatrixRMaj;

/** {@code fit logistic}: logistic regression of a label on the columns of a file. */
public final class FitLogistic implements Procedure {
    private static final String LAMBDA = "lambda";
    private static final String UNIT = "unit";
    private static final String CV = "cv";
    private static final String REFERENCE = "reference";
    private static final long SEED = 1;

    /** Penalties of a cross-validation, 10^4 to 10^-4 in the sum unit. */
    private static final int GRID = 41;

    /** For the service loader. */
    public FitLogistic() {}

    @Override
    public List<String> command() {
        return List.of("fit", "logistic");
    }

    @Override
    public String summary() {
        return "Logistic regression, exact, with or without a ridge penalty: coefficients, errors, tests, several classes";
    }

    @Override
    public String description() {
        return "Maximum likelihood by default, with standard errors, tests and intervals; --lambda adds a ridge penalty on the"
                + " coefficients, never on the intercept. --unit says what the number is: lambda beside a sum of losses, beside"
                + " their mean (glmnet), or C = 1/lambda (scikit-learn). With a penalty the standard errors are those of a biased"
                + " estimate, so no z and p are given. Data that a hyperplane separates have no finite maximum-likelihood"
                + " estimate: they need a penalty. More than two labels are fitted by a softmax with a weight vector each; errors and"
                + " tests are those of the differences from the class --reference.";
    }

    @Override
    public List<Option> options() {
        List<Option> options = new ArrayList<>(LogisticData.options());
        options.addAll(List.of(
                Option.of(LAMBDA, Option.Kind.NUMBER, "strength of the penalty, in the unit of --unit")
                        .withDefault("0"),
                Option.choice(
                        UNIT,
                        List.of("sum", "mean", "C"),
                        "sum",
                        "what --lambda is: lambda beside the sum of losses, beside their mean, or C = 1/lambda"),
                Option.of(
                        CV,
                        Option.Kind.INTEGER,
                        "choose the penalty by the held-out log-loss of that many folds, instead of --lambda"),
                Option.flag("standardize", "penalise the coefficients of columns divided by their standard deviation"),
                Option.flag("multinomial", "a weight vector per class for two classes, too"),
                Option.of(
                        REFERENCE,
                        Option.Kind.TEXT,
                        "of several classes the label that the others are compared with; default: the first"),
                Option.flag("no-intercept", "no intercept: the hyperplane passes through the origin"),
                Option.choice(
                        "class-weight",
                        List.of("none", "balanced"),
                        "none",
                        "balanced: classes weigh the same, whatever their sizes"),
                Option.flag("robust", "sandwich errors (HC0), which hold if the model is wrong, too"),
                Option.of("level", Option.Kind.NUMBER, "level of the intervals, a fraction")
                        .withDefault("0.95")));
        options.addAll(Predictions.options());
        return options;
    }

    @Override
    public String example() {
        return "verity fit logistic --data examples/data/wdbc.csv --label label --features x1,x4,x8";
    }

    @Override
    public Outcome run(Inputs inputs) {
        double level = inputs.number("level");
        Arguments.require(level > 0 && level < 1, "option --level must lie between 0 and 1, but is %s", level);
        Arguments.require(
                inputs.optionalInteger(CV).isEmpty() || !inputs.isGiven(LAMBDA),
                "--cv and --lambda exclude each other: give one of them");
        Predictions.check(inputs);
        inputs.progress().update("reading", 0, -1);
        LogisticData data = LogisticData.read(inputs);
        RidgeLogistic model = RidgeLogistic.withDefaults()
                .withTolerance(1e-10)
                .withIntercept(!inputs.flag("no-intercept"))
                .withCaseWeights(data.weights())
                .with(inputs.text("class-weight").equals("balanced") ? ClassWeight.BALANCED : ClassWeight.NONE)
                .with(inputs.backend());
        double[] scales = new double[data.features().size()];
        Arrays.fill(scales, 1);
        scales = inputs.flag("standardize") ? data.scales() : scales;
        inputs.progress().update("fitting", 0, -1);
        Outcome.Builder outcome = Outcome.of("logistic").data(data.facts()).options(inputs.effective());
        data.warnings().forEach(outcome::warning);
        try {
            if (data.classes().size() > 2 || inputs.flag("multinomial")) {
                data.requireRowsOfEachClass(inputs.text("label"));
                several(inputs, data, model, scales, outcome);
            } else {
                two(inputs, data, model, scales, outcome);
            }
        } catch (CollinearColumnsException e) {
            throw e.named(data.features().get(e.column()), !inputs.flag("no-intercept"));
        }
        return outcome.build(Provenance.here(inputs.backend().info().id(), inputs.seed()));
    }

    private static Penalty penalty(Inputs inputs, LogisticData data) {
        double value = inputs.number(LAMBDA);
        String unit = inputs.text(UNIT);
        Arguments.require(
                !unit.equals("C") || inputs.isGiven(LAMBDA), "--unit C needs --lambda, the number that is then C");
        return switch (unit) {
            case "mean" -> Penalty.mean(value, data.totalWeight());
            case "C" -> Penalty.inverseC(value);
            default -> Penalty.sum(value);
        };
    }

    private static void two(
            Inputs inputs, LogisticData data, RidgeLogistic model, double[] scales, Outcome.Builder outcome) {
        Arguments.require(
                inputs.optionalText(REFERENCE).isEmpty(),
                "--reference is for several classes: add --multinomial, or choose the class 1 with --positive");
        DMatrixRMaj z = data.divided(scales);
        RidgeFit fit;
        if (inputs.optionalInteger(CV).isPresent()) {
            CrossValidation cv = model.crossValidate(z, data.y(), folds(inputs, data), lambdas());
            fit = cv.fit();
            ValidationReport.add(outcome, cv);
        } else {
            fit = model.fit(z, data.y(), penalty(inputs, data));
        }
        LogisticInference inference = LogisticInference.of(model, z, data.y(), fit, errors(inputs));
        LogisticReport.addTwo(outcome, data, fit, inference, scales, inputs.number("level"));
        addPerformance(outcome, data, LinearClassifier.of(fit), z);
        LogisticReport.addArea(outcome, data, fit.scores(z));
        fit.warnings().forEach(outcome::warning);
        ended(outcome, fit.status(), fit.iterations(), fit.gradientNorm());
        String predicted = predict(
                inputs,
                data,
                new double[][] {new double[scales.length], fit.weights()},
                new double[] {0, fit.intercept()},
                scales,
                outcome);
        outcome.summary(LogisticReport.summary(data, fit, inference, scales, inputs.number("level")) + predicted);
    }

    private static double[] lambdas() {
        double[] lambdas = new double[GRID];
        Arrays.setAll(lambdas, k -> StrictMath.pow(10, 4 - 8.0 * k / (GRID - 1)));
        return lambdas;
    }

    private static int[] folds(Inputs inputs, LogisticData data) {
        int folds = inputs.integer(CV);
        Arguments.require(folds >= 2, "option --cv must be at least 2 folds, but is %d", folds);
        for (int k = 0; k < data.classes().size(); k++) {
            Arguments.require(
                    data.count(k) >= folds,
                    "--cv %d needs that many rows of every class, but class %s has %d",
                    folds,
                    data.classes().get(k),
                    data.count(k));
        }
        Long seed = inputs.seed();
        return folds(data, folds, seed == null ? SEED : seed);
    }

    /** Rows of each class in random order, dealt out to the folds in turn. */
    private static int[] folds(LogisticData data, int count, long seed) {
        int[] fold = new int[data.y().length];
        RandomStream random = RandomStream.of(seed, "fit logistic folds", 0, 0);
        int next = 0;
        for (int k = 0; k < data.classes().size(); k++) {
            List<Integer> rows = new ArrayList<>();
            for (int i = 0; i < fold.length; i++) {
                if (data.y()[i] == k) {
                    rows.add(i);
                }
            }
            for (int left = rows.size(); left > 0; left--) {
                fold[rows.set(random.nextInt(left), rows.get(left - 1))] = next++ % count;
            }
        }
        return fold;
    }

    private static void several(
            Inputs inputs, LogisticData data, RidgeLogistic model, double[] scales, Outcome.Builder outcome) {
        int baseline = data.classOf(inputs.optionalText(REFERENCE));
        DMatrixRMaj z = data.divided(scales);
        int classes = data.classes().size();
        SoftmaxFit fit;
        if (inputs.optionalInteger(CV).isPresent()) {
            SoftmaxCrossValidation cv =
                    model.crossValidateMultinomial(z, data.y(), classes, folds(inputs, data), lambdas());
            fit = cv.fit();
            ValidationReport.add(outcome, cv);
        } else {
            fit = model.fitMultinomial(z, data.y(), classes, penalty(inputs, data));
        }
        SoftmaxInference inference = SoftmaxInference.of(model, z, data.y(), fit, baseline, errors(inputs));
        SoftmaxReport.add(outcome, data, fit, inference, scales, inputs.number("level"));
        addPerformance(outcome, data, LinearClassifier.of(fit), z);
        String predicted = predict(inputs, data, weights(fit), intercepts(fit), scales, outcome);
        fit.warnings().forEach(outcome::warning);
        ended(outcome, fit.status(), fit.iterations(), fit.gradientNorm());
        outcome.summary(SoftmaxReport.summary(data, fit, inference, scales, inputs.number("level")) + predicted);
    }

    private static ErrorKind errors(Inputs inputs) {
        return inputs.flag("robust") ? ErrorKind.ROBUST : ErrorKind.INFORMATION;
    }

    private static void addPerformance(
            Outcome.Builder outcome, LogisticData data, LinearClassifier model, DMatrixRMaj z) {
        EvaluationReport.addTraining(outcome, Evaluation.of(model, z, data.y()), data.classes());
    }

    private static double[][] weights(SoftmaxFit fit) {
        double[][] weights = new double[fit.classes()][];
        Arrays.setAll(weights, fit::weights);
        return weights;
    }

    private static double[] intercepts(SoftmaxFit fit) {
        double[] intercepts = new double[fit.classes()];
        Arrays.setAll(intercepts, fit::intercept);
        return intercepts;
    }

    /** Predictions of {@code --predict}, for columns as they are in files. */
    private static String predict(
            Inputs inputs,
            LogisticData data,
            double[][] weights,
            double[] intercepts,
            double[] scales,
            Outcome.Builder outcome) {
        for (double[] w : weights) {
            for (int j = 0; j < w.length; j++) {
                w[j] /= scales[j];
            }
        }
        Map<String, Integer> indices = new LinkedHashMap<>();
        data.classes().forEach(name -> indices.put(name, indices.size()));
        RowReader reader = RowReader.of(inputs.text("label"))
                .withFeatures(data.features())
                .withSeparator(inputs.text("sep"))
                .withDropMissing(inputs.flag("drop-missing"));
        return Predictions.add(
                        inputs,
                        LinearClassifier.of(weights, intercepts).with(inputs.backend()),
                        new Classes(data.classes(), indices),
                        reader,
                        outcome)
                .map(line -> String.format(Locale.ROOT, "%n%s", line))
                .orElse("");
    }

    private static void ended(Outcome.Builder outcome, Status status, int iterations, double gradient) {
        outcome.result("status", status.name()).converged(status == Status.CONVERGED, (long) iterations);
        if (status != Status.CONVERGED) {
            outcome.warning(
                    String.format(Locale.ROOT, "the fit ended %s with a gradient of %.3g", status.name(), gradient));
        }
    }
}
