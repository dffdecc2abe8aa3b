package io.verity.estimators.rd;

import io.verity.stats.result.Figure;
import io.verity.stats.result.Figure.Axis;
import io.verity.stats.result.Figure.Mark;
import io.verity.stats.result.ResultTable;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Estimates along one choice: a bandwidth, a placebo cutoff, the radius of a donut.
 *
 * @param name short identifier
 * @param title what the estimates show
 * @param varied what varies, as an axis label
 * @param note how to read them
 * @param points one per value of the choice
 */
public record RdSeries(String name, String title, String varied, String note, List<Point> points) {
    /**
     * One estimate.
     *
     * @param at value of the choice
     * @param fit the fit there, or null where none is possible
     * @param reason why there is none, else empty
     */
    public record Point(double at, @Nullable ScalarRdFit fit, String reason) {
        /** @return the fit, where one is possible */
        public Optional<ScalarRdFit> estimate() {
            return Optional.ofNullable(fit);
        }
    }

    /** Copies. */
    public RdSeries {
        points = List.copyOf(points);
    }

    /** @return one row per value */
    public ResultTable toTable() {
        ResultTable.Builder table = ResultTable.named(name, title)
                .number("at", varied, "")
                .number("conventional", "conventional", "")
                .number("robust", "bias-corrected", "")
                .number("se", "robust standard error", "")
                .number("lower", "lower", "")
                .number("upper", "upper", "")
                .number("p", "p-value", "")
                .number("hLeft", "h left", "")
                .number("hRight", "h right", "")
                .integer("left", "rows left", "")
                .integer("right", "rows right", "")
                .text("reason", "remark");
        for (Point point : points) {
            ScalarRdFit fit = point.fit();
            if (fit == null) {
                table.row(point.at(), null, null, null, null, null, null, null, null, null, null, point.reason());
            } else {
                RdEstimate r = fit.robust();
                table.row(
                        point.at(),
                        fit.conventional().estimate(),
                        r.estimate(),
                        r.standardError(),
                        r.lower(),
                        r.upper(),
                        r.p(),
                        fit.bandwidths().left(),
                        fit.bandwidths().right(),
                        fit.counts().effectiveLeft(),
                        fit.counts().effectiveRight(),
                        "");
            }
        }
        return table.note(note).build();
    }

    /**
     * @param effect name of the effect, as an axis label
     * @return estimates with their intervals along the choice, and a line at zero
     */
    public Figure toFigure(String effect) {
        List<Point> drawn = points.stream().filter(p -> p.fit() != null).toList();
        double[] x = drawn.stream().mapToDouble(Point::at).toArray();
        double[] y = drawn.stream().mapToDouble(p -> robust(p).estimate()).toArray();
        return Figure.named(name, title, Axis.linear(varied), Axis.linear(effect))
                .caption(note)
                .layer(new Figure.Layer(
                        Mark.ERROR_BAR,
                        "robust interval",
                        "",
                        x,
                        y,
                        drawn.stream().mapToDouble(p -> robust(p).lower()).toArray(),
                        drawn.stream().mapToDouble(p -> robust(p).upper()).toArray()))
                .layer(Mark.POINT, "bias-corrected estimate", x, y)
                .layer(
                        Mark.HORIZONTAL_LINE,
                        "no effect",
                        x.length == 0 ? x : new double[] {x[0]},
                        x.length == 0 ? x : new double[] {0})
                .build();
    }

    private static RdEstimate robust(Point point) {
        return point.estimate().orElseThrow().robust();
    }
}
