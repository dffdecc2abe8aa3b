package io.verity.estimators.procedures.logistic;

import io.verity.estimators.logistic.CoefficientErrors;
import io.verity.stats.inference.Interval;
import io.verity.stats.result.Figure;
import io.verity.stats.result.Figure.Axis;
import io.verity.stats.result.Figure.Layer;
import io.verity.stats.result.Figure.Mark;
import io.verity.stats.result.Rounded;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Coefficients times the standard deviation of their columns, the largest first: comparable with each other. */
final class CoefficientFigure {
    /** Coefficients drawn at most in a panel. */
    private static final int DRAWN = 60;

    /** Columns named in the caption at most. */
    private static final int NAMED = 12;

    private CoefficientFigure() {}

    /** @param panels what is drawn below each other, by the names of the panels, in order; none is without columns */
    static Figure of(LogisticData data, Map<String, List<CoefficientErrors>> panels, double level) {
        double[] sd = data.scales();
        int[] order = order(panels.values(), sd);
        List<String> names = new ArrayList<>();
        for (int k = 0; k < Math.min(NAMED, order.length); k++) {
            names.add((k + 1) + " " + data.features().get(order[k]));
        }
        Figure.Builder figure = Figure.named(
                        "coefficients",
                        "Change of the log-odds per standard deviation of a column",
                        Axis.linear("column, by size of its coefficient"),
                        Axis.linear("coefficient x standard deviation"))
                .caption(String.join(", ", names)
                        + (order.length > NAMED ? ", ..." : "")
                        + ". Bars: " + Rounded.to(100 * level, 4) + " % intervals.");
        panels.forEach((panel, rows) -> addPanel(figure, panel, rows, order, sd, level));
        return figure.build();
    }

    /** By the largest in any panel. */
    private static int[] order(Collection<List<CoefficientErrors>> panels, double[] sd) {
        double[] largest = new double[sd.length];
        for (List<CoefficientErrors> rows : panels) {
            for (int j = 0; j < sd.length; j++) {
                largest[j] = Math.max(largest[j], Math.abs(rows.get(j).estimate() * sd[j]));
            }
        }
        return IntStream.range(0, sd.length)
                .boxed()
                .sorted(Comparator.comparingDouble(j -> -largest[j]))
                .limit(DRAWN)
                .mapToInt(Integer::intValue)
                .toArray();
    }

    private static void addPanel(
            Figure.Builder figure, String panel, List<CoefficientErrors> rows, int[] order, double[] sd, double level) {
        double[] place = new double[order.length];
        double[] estimate = new double[order.length];
        double[] lower = new double[order.length];
        double[] upper = new double[order.length];
        for (int k = 0; k < order.length; k++) {
            Interval i = rows.get(order[k]).interval(level);
            place[k] = k + 1;
            estimate[k] = rows.get(order[k]).estimate() * sd[order[k]];
            lower[k] = i.lower() * sd[order[k]];
            upper[k] = i.upper() * sd[order[k]];
        }
        figure.layer(Mark.HORIZONTAL_LINE, "no effect", panel, new double[] {1}, new double[] {0})
                .layer(new Layer(Mark.ERROR_BAR, "coefficient", panel, place, estimate, lower, upper))
                .layer(Mark.POINT, "coefficient", panel, place, estimate);
    }
}
