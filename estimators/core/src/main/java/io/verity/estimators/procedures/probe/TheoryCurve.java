package io.verity.estimators.procedures.probe;

import io.verity.estimators.logistic.theory.FixedPoint;
import io.verity.stats.result.Figure;
import io.verity.stats.result.Figure.Axis;
import io.verity.stats.result.Figure.Mark;
import io.verity.stats.result.ResultTable;
import io.verity.stats.result.Rounded;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * Predictions along a grid of penalties, as columns, table and figure.
 *
 * @param points one prediction per penalty
 * @param omega shared fraction of the overlap cosine
 */
record TheoryCurve(List<FixedPoint> points, double omega) {
    TheoryCurve {
        points = List.copyOf(points);
    }

    private double[] column(ToDoubleFunction<FixedPoint> value) {
        return points.stream().mapToDouble(value).toArray();
    }

    /** @return the columns by their JSON names */
    Map<String, Object> columns() {
        Map<String, Object> columns = new LinkedHashMap<>();
        columns.put("lambdaMean", column(FixedPoint::lambdaMean));
        columns.put("mu", column(FixedPoint::mu));
        columns.put("sigma", column(FixedPoint::sigma));
        columns.put("gamma", column(FixedPoint::gamma));
        columns.put("cosine", column(FixedPoint::cosine));
        columns.put("accuracy", column(FixedPoint::accuracy));
        columns.put("trainAccuracy", column(FixedPoint::trainAccuracy));
        columns.put("testLogLoss", column(FixedPoint::testLogLoss));
        columns.put("trainLogLoss", column(FixedPoint::trainLogLoss));
        columns.put("norm", column(FixedPoint::norm));
        columns.put("disjointCosine", column(FixedPoint::disjointCosine));
        columns.put("overlapCosine", column(p -> p.overlapCosine(omega)));
        return columns;
    }

    ResultTable table() {
        FixedPoint any = points.get(0);
        ResultTable.Builder table = ResultTable.named(
                "predictions",
                "Predictions for kappa = " + Rounded.to(any.kappa(), 6) + ", n/p = " + Rounded.to(any.delta(), 6));
        Map<String, Object> columns = columns();
        columns.keySet().forEach(name -> table.number(name, heading(name), ""));
        for (int k = 0; k < points.size(); k++) {
            int row = k;
            table.row(columns.values().stream()
                    .map(c -> (Object) ((double[]) c)[row])
                    .toArray());
        }
        return table.note(
                        "lambdaMean is the penalty beside the mean loss, lambda / n; the overlap cosine is between two"
                                + " probes that share " + Rounded.to(omega, 6) + " of their rows")
                .build();
    }

    /** disjointCosine as "disjoint cosine"; the name of the penalty stays. */
    private static String heading(String name) {
        return name.equals("lambdaMean")
                ? name
                : name.replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(java.util.Locale.ROOT);
    }

    Figure figure(FixedPoint chosen, @Nullable FixedPoint best) {
        Figure.Builder figure = Figure.named(
                        "theory",
                        "Predictions against the penalty, kappa = " + Rounded.to(chosen.kappa(), 6) + ", n/p = "
                                + Rounded.to(chosen.delta(), 6),
                        Axis.log10("penalty lambdaMean (lambda / n)"),
                        Axis.linear("prediction"))
                .caption(
                        "Accuracy, cosine and the likeness of probes from disjoint samples peak at the same penalty, and the"
                                + " peak is flat; probes that share " + Rounded.to(omega, 6)
                                + " of their rows look alike far beyond what new data would show. Only the norm tells penalties"
                                + " apart.");
        panel(figure, "accuracy", "accuracy", FixedPoint::accuracy, chosen, best);
        figure.layer(
                Mark.LINE,
                "Bayes accuracy",
                "accuracy",
                column(FixedPoint::lambdaMean),
                column(p -> chosen.bayesAccuracy()));
        panel(figure, "cosine to the teacher", "cosine", FixedPoint::cosine, chosen, best);
        panel(
                figure,
                "two probes, rows shared: " + Rounded.to(omega, 6),
                "cosine",
                p -> p.overlapCosine(omega),
                chosen,
                best);
        panel(figure, "two probes, no row shared", "cosine", FixedPoint::disjointCosine, chosen, best);
        panel(figure, "norm", "norm", FixedPoint::norm, chosen, best);
        return figure.build();
    }

    private void panel(
            Figure.Builder figure,
            String series,
            String panel,
            ToDoubleFunction<FixedPoint> value,
            FixedPoint chosen,
            @Nullable FixedPoint best) {
        figure.layer(Mark.LINE, series, panel, column(FixedPoint::lambdaMean), column(value));
        mark(figure, "chosen penalty", panel, chosen, value);
        if (best != null) {
            mark(figure, "best penalty", panel, best, value);
        }
    }

    private static void mark(
            Figure.Builder figure, String series, String panel, FixedPoint at, ToDoubleFunction<FixedPoint> value) {
        if (at.lambdaMean() > 0) { // zero has no place on a logarithmic axis
            figure.layer(
                    Mark.POINT, series, panel, new double[] {at.lambdaMean()}, new double[] {value.applyAsDouble(at)});
        }
    }
}
