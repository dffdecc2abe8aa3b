package io.verity.estimators.procedures.bayes;

import io.verity.estimators.bayes.GaussianNaiveBayes;
import io.verity.estimators.bayes.NaiveBayesAccumulator;
import io.verity.estimators.bayes.NaiveBayesFit;
import io.verity.estimators.bayes.Variance;
import io.verity.estimators.bayes.VarianceFloor;
import io.verity.estimators.classification.Evaluation;
import io.verity.estimators.data.Classes;
import io.verity.estimators.data.RowReader;
import io.verity.estimators.procedures.Inputs;
import io.verity.estimators.procedures.Option;
import io.verity.estimators.procedures.Outcome;
import io.verity.estimators.procedures.Procedure;
import io.verity.estimators.procedures.classification.EvaluationReport;
import io.verity.estimators.procedures.classification.Predictions;
import io.verity.stats.Arguments;
import io.verity.stats.result.Provenance;
import io.verity.stats.result.ResultTable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** {@code fit naive-bayes}: Gaussian naive Bayes of a label on the columns of a file that may be larger than memory. */
public final class FitNaiveBayes implements Procedure {
    private static final String FLOOR = "floor";
    private static final String UNIT = "floor-unit";
    private static final String PRIORS = "priors";

    /** Cells of the table of means at most. */
    private static final int TABLED = 5000;

    /** For the service loader. */
    public FitNaiveBayes() {}

    @Override
    public List<String> command() {
        return List.of("fit", "naive-bayes");
    }

    @Override
    public String summary() {
        return "Gaussian naive Bayes in one pass over a file of any size: priors, means, variances, predictions, calibration";
    }

    @Override
    public String description() {
        return "Within each class the columns are taken to be independent and normal. Shared variances (default) give linear boundaries"
                + " and need few rows per class; --variance per-class gives each class its own, as scikit-learn's GaussianNB, and"
                + " needs many more. The file is read once for the fit, with memory for the means and variances alone, and once"
                + " more to compare the predictions with the labels. Probabilities of naive Bayes are too certain where columns"
                + " depend on each other: look at the calibration, and see 'verity nb-vs-lr curve' for whether logistic"
                + " regression does better with as many rows.";
    }

    @Override
    public List<Option> options() {
        List<Option> options = new ArrayList<>(List.of(
                Option.labelledRows(),
                Option.label(),
                Option.featureColumns(),
                Option.choice(
                        "variance",
                        List.of("shared", "per-class"),
                        "shared",
                        "shared: one variance per column; per-class: one per column and class"),
                Option.of(FLOOR, Option.Kind.NUMBER, "what is added to every variance, in the unit of --floor-unit")
                        .withDefault("1e-9"),
                Option.choice(
                        UNIT,
                        List.of("absolute", "relative"),
                        null,
                        "absolute, or relative to the largest variance of a column; default: absolute for shared variances,"
                                + " relative for per-class ones"),
                Option.of(
                                PRIORS,
                                Option.Kind.LIST,
                                "empirical, uniform, or a probability per class in the order of the classes: 0.5,0.3,0.2")
                        .withDefault("empirical"),
                Option.of("weight", Option.Kind.TEXT, "column of row weights: how many equal rows each stands for"),
                Option.separator(),
                Option.dropMissing()));
        options.addAll(Predictions.options());
        return options;
    }

    @Override
    public String example() {
        return "verity fit naive-bayes --data examples/data/wine.csv --label label";
    }

    @Override
    public Outcome run(Inputs inputs) {
        Predictions.check(inputs);
        GaussianNaiveBayes model = model(inputs);
        RowReader reader = reader(inputs);
        FileMoments moments = new FileMoments(model);
        Path path = inputs.file("data");
        RowReader.Summary summary = reader.read(path, moments);
        Classes classes = moments.classes();
        Arguments.require(
                classes.names().size() >= 2,
                "naive Bayes needs at least two classes, but the label column '%s' of %s holds %s alone",
                inputs.text("label"),
                path,
                classes.names().isEmpty() ? "nothing" : "'" + classes.names().get(0) + "'");
        NaiveBayesFit fit = moments.fit(model, summary, classes);
        RowReader again = RowReader.of(inputs.text("label"))
                .withFeatures(summary.features())
                .withSeparator(inputs.text("sep"))
                .withDropMissing(inputs.flag("drop-missing"));
        RowReader compared =
                inputs.optionalText("weight").map(again::withWeight).orElse(again);
        inputs.progress().update("comparing predictions with labels", 0, -1);
        Evaluation evaluation = Predictions.evaluate(fit, classes, compared, path);
        Outcome.Builder outcome =
                Outcome.of("naive-bayes").data(facts(summary, classes, fit)).options(inputs.effective());
        results(outcome, fit, classes, summary);
        EvaluationReport.addTraining(outcome, evaluation, classes.names());
        String predicted = Predictions.add(inputs, fit, classes, again, outcome)
                .map(line -> System.lineSeparator() + line)
                .orElse("");
        fit.warnings(
                        classes.names().stream()
                                .map(name -> "class '" + name + "'")
                                .toList(),
                        summary.features().stream()
                                .map(name -> "column '" + name + "'")
                                .toList())
                .forEach(outcome::warning);
        if (summary.dropped() > 0) {
            outcome.warning(summary.dropped() + " rows with missing values were left out");
        }
        return outcome.summary(text(summary, classes, fit, evaluation) + predicted)
                .build(Provenance.here(inputs.backend().info().id(), inputs.seed()));
    }

    private static RowReader reader(Inputs inputs) {
        RowReader reader = RowReader.of(inputs.text("label"))
                .withSeparator(inputs.text("sep"))
                .withDropMissing(inputs.flag("drop-missing"))
                .withListener((done, total) -> inputs.progress().update("reading", done, total));
        reader = inputs.optionalText("features").map(reader::withFeatures).orElse(reader);
        return inputs.optionalText("weight").map(reader::withWeight).orElse(reader);
    }

    private static GaussianNaiveBayes model(Inputs inputs) {
        boolean shared = inputs.text("variance").equals("shared");
        double floor = inputs.number(FLOOR);
        boolean relative =
                inputs.optionalText(UNIT).map(unit -> unit.equals("relative")).orElse(!shared);
        GaussianNaiveBayes model = GaussianNaiveBayes.withDefaults()
                .with(shared ? Variance.SHARED : Variance.PER_CLASS)
                .with(new VarianceFloor(relative, floor))
                .with(inputs.backend());
        String priors = inputs.text(PRIORS);
        return switch (priors) {
            case "empirical" -> model;
            case "uniform" -> model.withUniformPriors();
            default ->
                model.withPriors(Arrays.stream(priors.split(",", -1))
                        .mapToDouble(p -> prior(p.strip(), priors))
                        .toArray());
        };
    }

    private static double prior(String text, String all) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "option --priors must be empirical, uniform or numbers such as 0.5,0.5, but is '" + all + "'", e);
        }
    }

    private static void results(
            Outcome.Builder outcome, NaiveBayesFit fit, Classes classes, RowReader.Summary summary) {
        outcome.result("classes", classes.names())
                .result("priors", fit.priors())
                .result("means", Arrays.asList(fit.means()))
                .result("variances", Arrays.asList(fit.variances()))
                .note("variances", "the floor is in them")
                .result("floor", fit.floor())
                .result("classWeights", fit.classWeights())
                .result("features", summary.features());
        int classCount = classes.names().size();
        if ((long) classCount * summary.features().size() > TABLED) {
            return;
        }
        ResultTable.Builder table = ResultTable.named("classes", "Means and standard deviations by class")
                .text("class", "class")
                .text("column", "column")
                .number("mean", "mean", "")
                .number("sd", "standard deviation (floor included)", "");
        double[][] means = fit.means();
        double[][] variances = fit.variances();
        for (int k = 0; k < classCount; k++) {
            for (int j = 0; j < means[k].length; j++) {
                table.row(
                        classes.names().get(k),
                        summary.features().get(j),
                        means[k][j],
                        Math.sqrt(variances[Math.min(k, variances.length - 1)][j]));
            }
        }
        outcome.table(table.build());
    }

    private static Map<String, @Nullable Object> facts(RowReader.Summary summary, Classes classes, NaiveBayesFit fit) {
        Map<String, @Nullable Object> facts = new LinkedHashMap<>();
        facts.put("file", summary.file());
        facts.put("sha256", summary.sha256());
        facts.put("rows", summary.rows());
        facts.put("columns", (long) summary.columns());
        if (summary.dropped() > 0) {
            facts.put("droppedRows", summary.dropped());
        }
        facts.put("features", summary.features());
        facts.put("classes", classes.names());
        Map<String, @Nullable Object> labels = new LinkedHashMap<>();
        long[] rows = fit.classRows();
        IntStream.range(0, rows.length).forEach(k -> labels.put(classes.names().get(k), rows[k]));
        facts.put("labels", labels);
        return facts;
    }

    private static String text(RowReader.Summary summary, Classes classes, NaiveBayesFit fit, Evaluation evaluation) {
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                "%s: %d rows, %d columns; ",
                summary.file(),
                summary.rows(),
                summary.features().size()));
        int shown = Math.min(10, classes.names().size());
        double[] priors = fit.priors();
        for (int k = 0; k < shown; k++) {
            text.append(k > 0 ? ", " : "")
                    .append(classes.names().get(k))
                    .append(String.format(Locale.ROOT, " (%d rows, prior %.4g)", fit.classRows()[k], priors[k]));
        }
        text.append(shown < classes.names().size() ? ", ..." : "");
        return text.append(String.format(
                        Locale.ROOT,
                        "%nnaive Bayes with %s variances (floor %.3g): training error %.4f, log loss %.4f, calibration error %.4f",
                        fit.variance() == Variance.SHARED ? "shared" : "per-class",
                        fit.floor(),
                        evaluation.error(),
                        evaluation.logLoss(),
                        evaluation.calibration().expectedError()))
                .toString();
    }

    /** Takes the rows of a file whose labels and number columns are not known before its end. */
    private static final class FileMoments implements RowReader.Start {
        private final GaussianNaiveBayes model;
        private final Map<String, Integer> codes = new LinkedHashMap<>();
        private final BitSet weighed = new BitSet();
        private @Nullable NaiveBayesAccumulator accumulator;
        private int columns;

        FileMoments(GaussianNaiveBayes model) {
            this.model = model;
        }

        @Override
        public RowReader.Sink begin(List<String> names) {
            columns = names.size();
            accumulator = model.withPriors().accumulator(2, columns);
            return this::take;
        }

        private NaiveBayesAccumulator current() {
            if (accumulator == null) {
                throw new IllegalStateException("nothing was read");
            }
            return accumulator;
        }

        private void take(double[] values, String label, double weight, long row) {
            Integer known = codes.get(label);
            if (known == null) {
                known = codes.size();
                codes.put(label, known);
                if (codes.size() > current().classes()) {
                    int[] same = IntStream.range(0, current().classes()).toArray();
                    accumulator = current().rearranged(2 * same.length, same, all());
                }
            }
            current().add(values, known, weight);
            weighed.set(known, weighed.get(known) || weight > 0);
        }

        private int[] all() {
            return IntStream.range(0, columns).toArray();
        }

        Classes classes() {
            return Classes.of(codes.keySet());
        }

        NaiveBayesFit fit(GaussianNaiveBayes settings, RowReader.Summary summary, Classes classes) {
            codes.forEach((label, code) ->
                    Arguments.require(weighed.get(code), "class '%s' has no row of positive weight", label));
            int[] classOf = new int[current().classes()];
            int k = 0;
            for (String label : codes.keySet()) {
                classOf[k++] = classes.index(label);
            }
            int[] kept = summary.kept().stream().mapToInt(Integer::intValue).toArray();
            NaiveBayesAccumulator own = settings.accumulator(classes.names().size(), kept.length);
            own.merge(current().rearranged(classes.names().size(), classOf, kept));
            return own.fit();
        }
    }
}
