package io.verity.estimators.rd;

import io.verity.stats.result.Figure;
import io.verity.stats.result.Figure.Axis;
import io.verity.stats.result.Figure.Mark;
import io.verity.stats.result.ResultTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What {@link RdPlot} draws.
 *
 * @param cutoff the cutoff
 * @param rule how bins were chosen
 * @param order degree of the polynomials
 * @param level coverage of the bins' intervals
 * @param left the plot below the cutoff
 * @param right the plot above it
 */
public record RdPlotData(double cutoff, BinRule rule, int order, double level, SidePlot left, SidePlot right) {
    /** Intervals of fewer rows are too wide to be drawn beside the others; they are in the table. */
    private static final int FEWEST_DRAWN = 5;

    /**
     * A bin.
     *
     * @param from left end
     * @param to right end
     * @param x mean of the running variable in it
     * @param rows number of rows in it
     * @param mean mean outcome
     * @param lower lower end of the mean's interval, NaN with one row
     * @param upper upper end of the mean's interval, NaN with one row
     */
    public record Bin(double from, double to, double x, int rows, double mean, double lower, double upper) {}

    /**
     * One side.
     *
     * @param count number of bins, empty ones included
     * @param optimal the number that trades bias against variance
     * @param mimicking the number that mimics the variability of the data
     * @param bins the bins with rows, from left to right
     * @param curveX points of the running variable from left to right
     * @param curveY the polynomial there
     */
    @SuppressWarnings("ArrayRecordComponent") // plotted columns; two plots are never compared
    public record SidePlot(int count, int optimal, int mimicking, List<Bin> bins, double[] curveX, double[] curveY) {
        /** Copies the list. */
        public SidePlot {
            bins = List.copyOf(bins);
        }
    }

    /** @return all bins with rows, from left to right */
    public List<Bin> bins() {
        List<Bin> all = new ArrayList<>(left.bins());
        all.addAll(right.bins());
        return List.copyOf(all);
    }

    /** @return one row per bin */
    public ResultTable toTable() {
        ResultTable.Builder table = ResultTable.named("bins", "Means of the outcome in bins of the running variable")
                .number("from", "from", "")
                .number("to", "to", "")
                .number("x", "mean of the running variable", "")
                .integer("rows", "rows", "")
                .number("mean", "mean outcome", "")
                .number("lower", "lower", "")
                .number("upper", "upper", "");
        for (Bin b : bins()) {
            table.row(b.from(), b.to(), b.x(), b.rows(), b.mean(), finite(b.lower()), finite(b.upper()));
        }
        return table.note("Intervals are pointwise, for the bin's mean, from its own rows.")
                .build();
    }

    @SuppressWarnings("NullAway") // a missing cell of a table is null
    private static Double finite(double v) {
        return Double.isNaN(v) ? null : v;
    }

    /**
     * @param xLabel name of the running variable
     * @param yLabel name of the outcome
     * @return bin means with their intervals, polynomials and the cutoff
     */
    public Figure toFigure(String xLabel, String yLabel) {
        List<Bin> all = bins();
        double[] x = all.stream().mapToDouble(Bin::x).toArray();
        double[] y = all.stream().mapToDouble(Bin::mean).toArray();
        List<Bin> wide = all.stream().filter(b -> b.rows() >= FEWEST_DRAWN).toList();
        Figure.Builder figure = Figure.named(
                        "rd-plot", "Regression discontinuity plot", Axis.linear(xLabel), Axis.linear(yLabel))
                .caption(String.format(
                        Locale.ROOT,
                        "Means of %d bins left and %d right of the cutoff, with %s intervals (bins of %d rows or more), and a polynomial of degree %d on"
                                + " each side. The curves are global and for the eye only: the estimate comes from the rows near"
                                + " the cutoff.",
                        left.count(),
                        right.count(),
                        RdEstimate.percent(level),
                        FEWEST_DRAWN,
                        order))
                .layer(new Figure.Layer(
                        Mark.ERROR_BAR,
                        "bin mean",
                        "",
                        wide.stream().mapToDouble(Bin::x).toArray(),
                        wide.stream().mapToDouble(Bin::mean).toArray(),
                        wide.stream().mapToDouble(Bin::lower).toArray(),
                        wide.stream().mapToDouble(Bin::upper).toArray()))
                .layer(Mark.POINT, "bin mean", x, y)
                .layer(Mark.LINE, "left of the cutoff", left.curveX(), left.curveY())
                .layer(Mark.LINE, "right of the cutoff", right.curveX(), right.curveY());
        figure.layer(Mark.VERTICAL_LINE, "cutoff", new double[] {cutoff}, new double[] {y[0]});
        return figure.build();
    }
}
