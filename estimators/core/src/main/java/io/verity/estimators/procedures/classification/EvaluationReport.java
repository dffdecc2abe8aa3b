package io.verity.estimators.procedures.classification;

import io.verity.estimators.classification.Calibration;
import io.verity.estimators.classification.Confusion;
import io.verity.estimators.classification.Evaluation;
import io.verity.estimators.procedures.Outcome;
import io.verity.stats.result.Figure;
import io.verity.stats.result.Figure.Axis;
import io.verity.stats.result.Figure.Mark;
import io.verity.stats.result.ResultTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Confusion, losses and calibration as results, tables and a figure. */
public final class EvaluationReport {
    /** Classes of a confusion table at most. */
    private static final int TABLED = 40;

    private EvaluationReport() {}

    /**
     * Adds {@code trainError}, {@code trainAccuracy}, {@code trainBalancedAccuracy}, {@code trainLogLoss}, {@code trainBrier},
     * {@code confusion} and {@code calibration}.
     *
     * @param outcome takes them
     * @param evaluation of the rows of the fit
     * @param classes names of the classes
     */
    public static void addTraining(Outcome.Builder outcome, Evaluation evaluation, List<String> classes) {
        Confusion confusion = evaluation.confusion();
        outcome.result("trainError", confusion.error())
                .note("trainError", "rows of the fit, unweighted: too good for new rows")
                .result("trainAccuracy", (double) confusion.right() / confusion.rows())
                .result("trainBalancedAccuracy", confusion.balancedAccuracy())
                .result("trainLogLoss", evaluation.logLoss())
                .result("trainBrier", evaluation.brier())
                .result("confusion", counts(confusion))
                .note("confusion", "rows of the fit, unweighted: a list per true class, counts per predicted class")
                .result("calibration", calibration(evaluation.calibration()));
        if (classes.size() <= TABLED) {
            outcome.table(table(
                    "confusion", "Rows of the fit: true class by row, predicted class by column", confusion, classes));
        }
        outcome.figure(figure("calibration", "Reliability on the rows of the fit", evaluation.calibration()));
    }

    /** The facts about other rows, as one result. */
    static Map<String, @Nullable Object> facts(Evaluation evaluation) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("rows", evaluation.rows());
        map.put("error", evaluation.error());
        map.put("accuracy", 1 - evaluation.error());
        map.put("balancedAccuracy", evaluation.confusion().balancedAccuracy());
        map.put("logLoss", evaluation.logLoss());
        map.put("brier", evaluation.brier());
        map.put("confusion", counts(evaluation.confusion()));
        map.put("calibration", calibration(evaluation.calibration()));
        return map;
    }

    private static List<double[]> counts(Confusion confusion) {
        return Arrays.stream(confusion.counts())
                .map(row -> Arrays.stream(row).asDoubleStream().toArray())
                .toList();
    }

    private static Map<String, @Nullable Object> calibration(Calibration calibration) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("expectedError", calibration.expectedError());
        map.put("largestError", calibration.largestError());
        List<@Nullable Object> bins = new ArrayList<>();
        for (Calibration.Bin bin : calibration.bins()) {
            Map<String, @Nullable Object> one = new LinkedHashMap<>();
            one.put("lower", bin.lower());
            one.put("upper", bin.upper());
            one.put("rows", bin.rows());
            one.put("confidence", bin.rows() == 0 ? null : (Double) bin.confidence());
            one.put("accuracy", bin.rows() == 0 ? null : (Double) bin.accuracy());
            bins.add(one);
        }
        map.put("bins", bins);
        return map;
    }

    static ResultTable table(String name, String title, Confusion confusion, List<String> classes) {
        ResultTable.Builder table = ResultTable.named(name, title).text("class", "true class");
        for (int k = 0; k < classes.size(); k++) {
            table.integer("predicted" + k, classes.get(k), "rows");
        }
        table.number("recall", "recall", "");
        long[][] counts = confusion.counts();
        for (int k = 0; k < counts.length; k++) {
            List<@Nullable Object> cells = new ArrayList<>(List.of(classes.get(k)));
            Arrays.stream(counts[k]).forEach(cells::add);
            cells.add(Outcome.orNull(confusion.recall(k)));
            table.row(cells.toArray());
        }
        return table.build();
    }

    static Figure figure(String name, String title, Calibration calibration) {
        List<Calibration.Bin> filled =
                calibration.bins().stream().filter(b -> b.rows() > 0).toList();
        double[] confidence =
                filled.stream().mapToDouble(Calibration.Bin::confidence).toArray();
        double[] accuracy =
                filled.stream().mapToDouble(Calibration.Bin::accuracy).toArray();
        return Figure.named(
                        name,
                        title,
                        Axis.linear("probability of the predicted class"),
                        Axis.linear("share predicted rightly"))
                .caption(String.format(
                        Locale.ROOT,
                        "Points on the line mean what they say. Expected calibration error %.4f.",
                        calibration.expectedError()))
                .layer(Mark.LINE, "calibrated", new double[] {0, 1}, new double[] {0, 1})
                .layer(Mark.LINE, "predictions", confidence, accuracy)
                .layer(Mark.POINT, "predictions", confidence, accuracy)
                .build();
    }
}
