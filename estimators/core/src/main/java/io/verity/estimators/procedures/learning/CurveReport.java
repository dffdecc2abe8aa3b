package io.verity.estimators.procedures.learning;

import io.verity.estimators.learning.LearningCurveResult;
import io.verity.estimators.learning.LearningCurveResult.Crossing;
import io.verity.estimators.learning.LearningCurveResult.Difference;
import io.verity.estimators.learning.LearningCurveResult.Point;
import io.verity.estimators.procedures.Outcome;
import io.verity.stats.result.Figure;
import io.verity.stats.result.Figure.Axis;
import io.verity.stats.result.Figure.Layer;
import io.verity.stats.result.Figure.Mark;
import io.verity.stats.result.ResultTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Results, tables and the figure of learning curves. */
final class CurveReport {
    private CurveReport() {}

    static void add(Outcome.Builder outcome, LearningCurveResult result) {
        List<Point> points = result.points();
        List<@Nullable Object> maps = new ArrayList<>();
        Map<String, @Nullable Object> means = new LinkedHashMap<>();
        Map<String, @Nullable Object> errors = new LinkedHashMap<>();
        ResultTable.Builder table = ResultTable.named("errors", "Test errors by number of training rows")
                .text("model", "model")
                .integer("m", "training rows", "")
                .column(new ResultTable.Column("error", "mean error", "", ResultTable.Kind.NUMBER, "standardError"))
                .number("standardError", "s.e.", "")
                .number("sd", "standard deviation", "")
                .integer("repeats", "repeats", "");
        for (Point point : points) {
            Map<String, @Nullable Object> map = new LinkedHashMap<>();
            map.put("model", point.model());
            map.put("m", (long) point.m());
            map.put("meanError", point.meanError());
            map.put("standardError", point.standardError());
            map.put("sd", point.sd());
            map.put("repeats", (long) point.repeats());
            maps.add(map);
            table.row(point.model(), (long) point.m(), point.meanError(), point.standardError(), point.sd(), (long)
                    point.repeats());
        }
        for (String model : result.models()) {
            means.put(
                    model,
                    of(points, model).stream().mapToDouble(Point::meanError).toArray());
            errors.put(
                    model,
                    of(points, model).stream().mapToDouble(Point::standardError).toArray());
        }
        outcome.result("models", result.models())
                .result("sizes", Arrays.stream(result.sizes()).asDoubleStream().toArray())
                .result("points", maps)
                .result("meanErrors", means)
                .result("standardErrors", errors)
                .table(table.build())
                .figure(figure(result, points));
    }

    private static List<Point> of(List<Point> points, String model) {
        return points.stream().filter(p -> p.model().equals(model)).toList();
    }

    private static Figure figure(LearningCurveResult result, List<Point> points) {
        Figure.Builder figure = Figure.named(
                        "errors",
                        "Test error by number of training rows",
                        Axis.log10("training rows"),
                        Axis.linear("mean test error"))
                .caption("Bands: two standard errors. Vertical line: where the first and the last curve cross.");
        double[] m = Arrays.stream(result.sizes()).asDoubleStream().toArray();
        for (String model : result.models()) {
            List<Point> own = of(points, model);
            double[] mean = own.stream().mapToDouble(Point::meanError).toArray();
            double[] lower = own.stream()
                    .mapToDouble(p -> Math.max(0, p.meanError() - 2 * p.standardError()))
                    .toArray();
            double[] upper = own.stream()
                    .mapToDouble(p -> p.meanError() + 2 * p.standardError())
                    .toArray();
            figure.layer(new Layer(Mark.RIBBON, model, "", m, mean, lower, upper))
                    .layer(Mark.LINE, model, m, mean)
                    .layer(Mark.POINT, model, m, mean);
        }
        String first = result.models().get(0);
        String last = result.models().get(result.models().size() - 1);
        List<Crossing> crossings = first.equals(last) ? List.of() : result.crossings(first, last);
        if (!crossings.isEmpty()) {
            figure.layer(
                    Mark.VERTICAL_LINE,
                    "crossing",
                    crossings.stream().mapToDouble(Crossing::m).toArray(),
                    new double[crossings.size()]);
        }
        return figure.build();
    }

    static List<@Nullable Object> differences(LearningCurveResult result, String first, String second) {
        List<@Nullable Object> all = new ArrayList<>();
        for (Difference difference : result.differences(first, second)) {
            Map<String, @Nullable Object> map = new LinkedHashMap<>();
            map.put("m", (long) difference.m());
            map.put("mean", difference.mean());
            map.put("standardError", difference.standardError());
            map.put("better", better(difference, first, second));
            all.add(map);
        }
        return all;
    }

    private static @Nullable String better(Difference difference, String first, String second) {
        return switch (difference.better()) {
            case -1 -> first;
            case 1 -> second;
            default -> null;
        };
    }

    static ResultTable differenceTable(LearningCurveResult result, String first, String second) {
        ResultTable.Builder table = ResultTable.named("differences", "Error of " + first + " minus error of " + second)
                .integer("m", "training rows", "")
                .column(new ResultTable.Column(
                        "mean", "mean paired difference", "", ResultTable.Kind.NUMBER, "standardError"))
                .number("standardError", "s.e.", "")
                .text("better", "better beyond 3 s.e.");
        for (Difference difference : result.differences(first, second)) {
            String better = better(difference, first, second);
            table.row(
                    (long) difference.m(),
                    difference.mean(),
                    difference.standardError(),
                    better == null ? "neither" : better);
        }
        return table.build();
    }

    /** A line per size for the terminal. */
    static List<String> lines(LearningCurveResult result) {
        List<Point> points = result.points();
        List<String> lines = new ArrayList<>();
        StringBuilder head = new StringBuilder(String.format(Locale.ROOT, "%8s", "rows"));
        result.models().forEach(model -> head.append(String.format(Locale.ROOT, "  %22s", model)));
        lines.add(head.toString());
        int[] sizes = result.sizes();
        for (int s = 0; s < sizes.length; s++) {
            StringBuilder line = new StringBuilder(String.format(Locale.ROOT, "%8d", sizes[s]));
            for (int k = 0; k < result.models().size(); k++) {
                Point point = points.get(k * sizes.length + s);
                line.append(String.format(
                        Locale.ROOT,
                        "  %22s",
                        String.format(Locale.ROOT, "%.4f (s.e. %.4f)", point.meanError(), point.standardError())));
            }
            lines.add(line.toString());
        }
        return lines;
    }
}
