package io.verity.estimators.procedures.probe;

import io.verity.estimators.probe.DirectionSpread;
import io.verity.estimators.probe.LayerSweep;
import io.verity.estimators.probe.Multiclass;
import io.verity.estimators.probe.MulticlassResult;
import io.verity.estimators.probe.MulticlassStability;
import io.verity.estimators.probe.RaptorResult;
import io.verity.estimators.probe.StabilityReport;
import io.verity.estimators.probe.SteeringTrial;
import io.verity.estimators.probe.ValidationCurve;
import io.verity.stats.result.Figure;
import io.verity.stats.result.Figure.Axis;
import io.verity.stats.result.Figure.Layer;
import io.verity.stats.result.Figure.Mark;
import io.verity.stats.result.Rounded;
import java.util.List;
import java.util.stream.IntStream;

/** The figures of the probe commands. */
final class ProbeFigures {
    private static final int BINS = 20;
    private static final String ACCURACY = "accuracy";
    private static final String COSINE = "cosine";
    private static final String MEAN_COSINE = "mean cosine";

    private static final String OVERLAP =
            "Overlapping subsets agree by construction, because they share most of their rows. Disjoint halves"
                    + " share none: their cosine says whether the direction would be found again on new data.";

    private static final Axis PENALTIES = Axis.log10("C = 1/lambda (stronger penalty on the left)");

    private ProbeFigures() {}

    /** Validation accuracy and loss along C, with the chosen point. */
    static Figure validation(RaptorResult fit) {
        ValidationCurve curve = fit.validation();
        double[] c = curve.gridC();
        String chosen = "chosen C = " + Rounded.to(fit.selectedC(), 4);
        Figure.Builder figure = Figure.named(
                        "validation", "Validation along the penalties", PENALTIES, Axis.linear("value"))
                .caption(
                        "What fits on the training rows achieve on the validation rows. The first C with the best value is"
                                + " taken; a flat top means that the choice hardly matters, many ties that there are few rows.")
                .layer(Mark.LINE, "validation rows", ACCURACY, c, curve.accuracy())
                .layer(Mark.LINE, "validation rows", "log loss", c, curve.logLoss());
        if (curve.selected() >= 0) {
            int k = curve.selected();
            double[] at = {c[k]};
            figure.layer(Mark.VERTICAL_LINE, chosen, ACCURACY, at, new double[] {curve.accuracy()[k]})
                    .layer(Mark.POINT, chosen, ACCURACY, at, new double[] {curve.accuracy()[k]})
                    .layer(Mark.VERTICAL_LINE, chosen, "log loss", at, new double[] {curve.logLoss()[k]})
                    .layer(Mark.POINT, chosen, "log loss", at, new double[] {curve.logLoss()[k]});
        }
        return figure.build();
    }

    /** Accuracy, and both stabilities where there are any, along the layers. */
    static Figure layers(LayerSweep sweep, List<StabilityReport> stabilities) {
        List<RaptorResult> results = sweep.results();
        Figure.Builder figure = alongLayers(
                sweep.names(),
                "Accuracy on the test rows with two standard errors. "
                        + (stabilities.isEmpty()
                                ? ""
                                : "Below, how far directions found on different rows agree: subsets that overlap agree by"
                                        + " construction; disjoint halves say whether the direction would be found again. Bars: two standard"
                                        + " errors."));
        double[] x = positions(results.size());
        if (results.get(0).test().rows() > 0) {
            errorBars(
                    figure,
                    "test rows",
                    ACCURACY,
                    results.stream().mapToDouble(RaptorResult::testAccuracy).toArray(),
                    results.stream().mapToDouble(r -> r.test().accuracyError()).toArray());
        }
        figure.layer(
                Mark.LINE,
                "validation rows",
                ACCURACY,
                x,
                results.stream().mapToDouble(RaptorResult::validationAccuracy).toArray());
        if (!stabilities.isEmpty()) {
            spread(
                    figure,
                    "overlapping subsets (drop-out)",
                    stabilities.stream().map(StabilityReport::dropout).toList());
            spread(
                    figure,
                    "disjoint halves",
                    stabilities.stream().map(StabilityReport::disjointHalves).toList());
        }
        return figure.build();
    }

    /** Accuracy along the layers beside that of always naming the most frequent class. */
    static Figure layers(List<String> names, List<MulticlassResult> results) {
        Figure.Builder figure = alongLayers(
                names,
                "Accuracy on the test rows with two standard errors, beside that of always naming their most frequent class.");
        double[] x = positions(results.size());
        if (results.get(0).testRows() > 0) {
            errorBars(
                    figure,
                    "test rows",
                    ACCURACY,
                    results.stream().mapToDouble(MulticlassResult::testAccuracy).toArray(),
                    results.stream()
                            .mapToDouble(MulticlassResult::testAccuracyError)
                            .toArray());
            figure.layer(
                    Mark.LINE,
                    "always the most frequent class",
                    ACCURACY,
                    x,
                    results.stream()
                            .mapToDouble(MulticlassResult::majorityShare)
                            .toArray());
        }
        return figure.layer(
                        Mark.LINE,
                        "validation rows",
                        ACCURACY,
                        x,
                        results.stream()
                                .mapToDouble(MulticlassResult::validationAccuracy)
                                .toArray())
                .build();
    }

    /** Validation accuracy of several classes along C; the chosen C too where the classes share one. */
    static Figure validation(MulticlassResult fit) {
        double[] c = fit.gridC();
        double[] accuracy = fit.validation();
        Figure.Builder figure = Figure.named(
                        "validation", "Validation along the penalties", PENALTIES, Axis.linear(ACCURACY))
                .caption(
                        fit.scheme() == Multiclass.SOFTMAX
                                ? "What fits on the training rows achieve on the validation rows."
                                : "What fits on the training rows achieve on the validation rows, a class against the others, mean over"
                                        + " the classes; each chooses its own C.")
                .layer(Mark.LINE, "validation rows", c, accuracy);
        double[] chosen = fit.selectedC();
        if (fit.scheme() == Multiclass.SOFTMAX) {
            figure.layer(
                    Mark.VERTICAL_LINE,
                    "chosen C = " + Rounded.to(chosen[0], 4),
                    new double[] {chosen[0]},
                    new double[] {accuracy[0]});
        }
        return figure.build();
    }

    private static Figure.Builder alongLayers(List<String> names, String caption) {
        return Figure.named(
                        "layers",
                        "Along the layers",
                        Axis.linear("layer (position; " + names.get(0) + " first)"),
                        Axis.linear(ACCURACY))
                .caption(caption);
    }

    private static double[] positions(int layers) {
        return IntStream.range(0, layers).asDoubleStream().toArray();
    }

    /** Means by position with two standard errors. */
    private static void errorBars(Figure.Builder figure, String series, String panel, double[] mean, double[] error) {
        double[] x = positions(mean.length);
        figure.layer(new Layer(
                        Mark.ERROR_BAR, series, panel, x, mean, shifted(mean, error, -2), shifted(mean, error, 2)))
                .layer(Mark.LINE, series, panel, x, mean)
                .layer(Mark.POINT, series, panel, x, mean);
    }

    /** Means by position with two standard errors; classes have no order that a line could follow. */
    private static void intervals(Figure.Builder figure, String series, List<DirectionSpread> spreads) {
        double[] x = positions(spreads.size());
        double[] mean = spreads.stream().mapToDouble(DirectionSpread::mean).toArray();
        double[] error =
                spreads.stream().mapToDouble(DirectionSpread::standardError).toArray();
        figure.layer(new Layer(Mark.ERROR_BAR, series, "", x, mean, shifted(mean, error, -2), shifted(mean, error, 2)))
                .layer(Mark.POINT, series, x, mean);
    }

    private static void spread(Figure.Builder figure, String series, List<DirectionSpread> spreads) {
        errorBars(
                figure,
                series,
                MEAN_COSINE,
                spreads.stream().mapToDouble(DirectionSpread::mean).toArray(),
                spreads.stream().mapToDouble(DirectionSpread::standardError).toArray());
    }

    private static double[] shifted(double[] values, double[] errors, double times) {
        return IntStream.range(0, values.length)
                .mapToDouble(k -> values[k] + times * errors[k])
                .toArray();
    }

    /** How the cosines of both stabilities are distributed. */
    static Figure stability(StabilityReport report) {
        Figure.Builder figure = Figure.named(
                        "stability",
                        "Cosines between directions found on different rows",
                        Axis.linear(COSINE),
                        Axis.linear("share of the pairs"))
                .caption(OVERLAP);
        double low = 1;
        for (DirectionSpread spread : report.all()) {
            for (double cosine : spread.cosines()) {
                low = Math.min(low, cosine);
            }
        }
        low = Math.floor(10 * Math.min(low, 0.9)) / 10;
        histogram(figure, "overlapping subsets (drop-out)", report.dropout().cosines(), low);
        histogram(figure, "disjoint halves", report.disjointHalves().cosines(), low);
        return figure.build();
    }

    /** Both stabilities of every class. */
    static Figure stability(MulticlassStability found, List<String> labels) {
        Figure.Builder figure = Figure.named(
                        "stability",
                        "Cosines between directions found on different rows",
                        Axis.linear("class (position; " + labels.get(0) + " first)"),
                        Axis.linear(MEAN_COSINE))
                .caption("Mean cosines with two standard errors. " + OVERLAP);
        List<StabilityReport> classes = found.classes();
        intervals(
                figure,
                "overlapping subsets (drop-out)",
                classes.stream().map(StabilityReport::dropout).toList());
        intervals(
                figure,
                "disjoint halves",
                classes.stream().map(StabilityReport::disjointHalves).toList());
        return figure.build();
    }

    private static void histogram(Figure.Builder figure, String series, double[] cosines, double low) {
        double width = (1 - low) / BINS;
        double[] middle = new double[BINS];
        double[] share = new double[BINS];
        for (int b = 0; b < BINS; b++) {
            middle[b] = low + (b + 0.5) * width;
        }
        for (double cosine : cosines) {
            int bin = (int) ((cosine - low) / width);
            share[Math.max(0, Math.min(BINS - 1, bin))] += 1.0 / cosines.length;
        }
        figure.layer(Mark.BAR, series, series, middle, share);
    }

    /** Share of the rows past the target against the strength, for the probe that steers and for one that does not. */
    static Figure steering(SteeringTrial trial) {
        return Figure.named(
                        "steering",
                        "Steering to probability " + Rounded.to(trial.target(), 4),
                        Axis.linear("strength along the concept vector"),
                        Axis.linear("share of rows past the target"))
                .caption(
                        "All rows moved by the same strength. The probe that steers agrees by construction in the end; a probe"
                                + " fitted on other rows says whether the move means anything to anyone else.")
                .layer(Mark.LINE, "the probe that steers", trial.curveStrength(), trial.curveSuccess())
                .layer(Mark.LINE, "a probe fitted on other rows", trial.curveStrength(), trial.curveCross())
                .layer(Mark.LINE, "the same, past one half", trial.curveStrength(), trial.curveSide())
                .build();
    }
}
