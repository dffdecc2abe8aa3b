package io.verity.estimators.procedures.learning;

import io.verity.estimators.bayes.Variance;
import io.verity.estimators.classification.Scaling;
import io.verity.estimators.data.Classes;
import io.verity.estimators.data.DataTable;
import io.verity.estimators.learning.Learner;
import io.verity.estimators.learning.LearningCurve;
import io.verity.estimators.learning.LearningCurveResult;
import io.verity.estimators.learning.LearningCurveResult.Crossing;
import io.verity.estimators.procedures.Inputs;
import io.verity.estimators.procedures.LabelledRows;
import io.verity.estimators.procedures.Option;
import io.verity.estimators.procedures.Outcome;
import io.verity.estimators.procedures.Procedure;
import io.verity.stats.Arguments;
import io.verity.stats.Names;
import io.verity.stats.result.Provenance;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;

/** {@code nb-vs-lr curve}: naive Bayes or logistic regression, by the number of labelled rows. */
public final class NbVsLrCurve implements Procedure {
    private static final long SEED = 1;
    private static final List<String> MODELS = List.of("naive-bayes", "naive-bayes-per-class", "logistic");

    /** For the service loader. */
    public NbVsLrCurve() {}

    @Override
    public List<String> command() {
        return List.of("nb-vs-lr", "curve");
    }

    @Override
    public String summary() {
        return "Naive Bayes or logistic regression? Test errors by number of training rows, where the curves cross, what to use";
    }

    @Override
    public String description() {
        return "Draws training sets of every size from the file, fits all models to the same rows, and tests them on all other rows."
                + " Columns are scaled by the training rows alone. A difference counts when it exceeds three standard errors of"
                + " the paired difference; a crossing is interpolated in log rows, with an interval from 200 resamples of the"
                + " repeats. The errors are those of models trained on rows like these: another source of rows may have another"
                + " crossing. The same seed gives the same result for any number of threads.";
    }

    @Override
    public List<Option> options() {
        return List.of(
                Option.labelledRows(),
                Option.label(),
                Option.featureColumns(),
                Option.of(
                        "sizes",
                        Option.Kind.LIST,
                        "numbers of training rows: 10,30,100; default: doubling up to 70 % of the rows"),
                Option.of("repeats", Option.Kind.INTEGER, "training sets of each size")
                        .withDefault("60"),
                Option.of("models", Option.Kind.LIST, "any of " + String.join(", ", MODELS))
                        .withDefault("naive-bayes,logistic"),
                Option.of(
                                "C",
                                Option.Kind.NUMBER,
                                "logistic regression: inverse strength of the penalty beside the sum of losses")
                        .withDefault("1"),
                Option.flag(
                        "single-vector",
                        "two classes: one weight vector, as fit logistic has; default: one per class, which halves the penalty"),
                Option.choice(
                        "scaling",
                        List.of("min-max", "standardize", "none"),
                        "min-max",
                        "of the columns, by the training rows"),
                Option.separator(),
                Option.dropMissing());
    }

    @Override
    public String example() {
        return "verity nb-vs-lr curve --data examples/data/wine.csv --label label --sizes 9,15,30,60,100";
    }

    /** What the file holds. */
    private record Data(DataTable table, List<String> features, DMatrixRMaj x, List<String> labels, Classes classes) {
        static Data read(Inputs inputs) {
            LabelledRows rows = LabelledRows.read(inputs);
            DataTable table = rows.table();
            List<String> labels = table.texts(rows.label());
            Classes classes = Classes.of(labels);
            Arguments.require(
                    classes.names().size() >= 2,
                    "two classes are needed, but the label column '%s' holds '%s' alone",
                    rows.label(),
                    classes.names().get(0));
            return new Data(table, rows.features(), new DMatrixRMaj(table.matrix(rows.features())), labels, classes);
        }
    }

    @Override
    public Outcome run(Inputs inputs) {
        LearningCurve curve = curve(inputs);
        inputs.progress().update("reading", 0, -1);
        Data data = Data.read(inputs);
        LearningCurveResult result = curve.run(
                data.x(),
                data.classes().indices(data.labels()),
                data.classes().names().size());
        Outcome.Builder outcome = Outcome.of("nb-vs-lr-curve").options(inputs.effective());
        outcome.data(data.table().facts())
                .data("features", data.features())
                .data("classes", data.classes().names());
        if (data.table().droppedRows() > 0) {
            outcome.warning(data.table().droppedRows() + " rows with missing values were left out");
        }
        if (result.unfinished() > 0) {
            outcome.warning(
                    result.unfinished() + " fits did not reach their tolerance; they are counted as they ended");
        }
        CurveReport.add(outcome, result);
        List<String> models = result.models();
        List<String> lines = new ArrayList<>(List.of(String.format(
                Locale.ROOT,
                "%s: %d rows, %d columns, %d classes; %d training sets of each size",
                data.table().file(),
                data.table().rows(),
                data.features().size(),
                data.classes().names().size(),
                result.repeats())));
        lines.addAll(CurveReport.lines(result));
        if (models.size() > 1) {
            compare(outcome, result, models.get(0), models.get(models.size() - 1), lines);
        } else {
            for (String key : List.of("crossing", "crossings", "differences", "regimes", "advice")) {
                outcome.missing(key, "there is one model alone");
            }
        }
        return outcome.summary(String.join(System.lineSeparator(), lines))
                .build(Provenance.here(inputs.backend().info().id(), seed(inputs)));
    }

    private static long seed(Inputs inputs) {
        Long seed = inputs.seed();
        return seed == null ? SEED : seed;
    }

    private static LearningCurve curve(Inputs inputs) {
        double c = inputs.number("C");
        Arguments.positive("C", c);
        List<Learner> models = new ArrayList<>();
        for (String name : inputs.text("models").split(",", -1)) {
            models.add(
                    switch (name.strip()) {
                        case "naive-bayes" -> Learner.naiveBayes(Variance.SHARED);
                        case "naive-bayes-per-class" -> Learner.naiveBayes(Variance.PER_CLASS);
                        case "logistic" -> inputs.flag("single-vector") ? Learner.logistic(c) : Learner.softmax(c);
                        default ->
                            throw new IllegalArgumentException("option --models holds '" + name.strip()
                                    + "', but must hold some of " + String.join(", ", MODELS)
                                    + Names.suggestion(name.strip(), MODELS, ""));
                    });
        }
        return LearningCurve.withDefaults()
                .withModels(models.toArray(Learner[]::new))
                .withSizes(inputs.optionalText("sizes").map(NbVsLrCurve::sizes).orElse(new int[0]))
                .withRepeats(inputs.integer("repeats"))
                .with(Scaling.valueOf(
                        inputs.text("scaling").toUpperCase(Locale.ROOT).replace('-', '_')))
                .withSeed(seed(inputs))
                .with(inputs.backend())
                .with((done, total) -> inputs.progress().update("training sets", done, total));
    }

    private static int[] sizes(String text) {
        return Arrays.stream(text.split(",", -1))
                .map(String::strip)
                .mapToInt(size -> {
                    try {
                        return Integer.parseInt(size);
                    } catch (NumberFormatException e) {
                        throw new IllegalArgumentException(
                                "option --sizes must hold whole numbers, but holds '" + size + "'", e);
                    }
                })
                .sorted()
                .distinct()
                .toArray();
    }

    private static void compare(
            Outcome.Builder outcome, LearningCurveResult result, String first, String second, List<String> lines) {
        List<Crossing> crossings = result.crossings(first, second);
        List<String> advice = result.advice(first, second);
        List<@Nullable Object> all = new ArrayList<>();
        crossings.forEach(crossing -> all.add(map(crossing)));
        if (crossings.isEmpty()) {
            outcome.missing("crossing", "the mean curves do not cross between these sizes");
            lines.add("the mean curves do not cross between these sizes");
        } else {
            outcome.result("crossing", map(crossings.get(0)));
        }
        for (Crossing crossing : crossings) {
            lines.add(String.format(
                    Locale.ROOT,
                    "the mean curves cross at about %.0f rows (95 %% interval %.0f to %.0f): %s before, %s after",
                    crossing.m(),
                    crossing.lower(),
                    crossing.upper(),
                    crossing.before(),
                    crossing.after()));
        }
        if (crossings.size() > 1) {
            outcome.warning("MULTIPLE_CROSSINGS: the mean curves cross " + crossings.size()
                    + " times, which is mostly noise between curves that are close; more repeats tell");
        }
        outcome.result("crossings", all)
                .result("differences", CurveReport.differences(result, first, second))
                .note("differences", "error of " + first + " minus error of " + second + ", paired")
                .result("regimes", result.regimes(first, second).name())
                .note("regimes", "FIRST is " + first + ", SECOND is " + second)
                .result("advice", advice)
                .table(CurveReport.differenceTable(result, first, second));
        lines.addAll(advice);
    }

    private static Map<String, @Nullable Object> map(Crossing crossing) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("m", crossing.m());
        map.put("lower", crossing.lower());
        map.put("upper", crossing.upper());
        map.put("found", crossing.found());
        map.put("before", crossing.before());
        map.put("after", crossing.after());
        return map;
    }
}
