package io.verity.papers.nbvslr;

import io.verity.papers.evidence.Numbers;
import io.verity.stats.inference.Interval;
import io.verity.stats.result.Figure;
import io.verity.stats.result.Figure.Axis;
import io.verity.stats.result.Figure.Layer;
import io.verity.stats.result.Figure.Mark;
import io.verity.stats.result.ResultTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Error curves and rows needed, drawn and tabled. */
final class CurveFigures {
    private static final int BAND_POINTS = 25;

    private CurveFigures() {}

    /** Means with two standard errors, joined by a line. */
    static void curve(
            Figure.Builder figure, String series, String panel, double[] m, double[] means, double[] standardErrors) {
        figure.layer(Mark.LINE, series, panel, m, means);
        figure.layer(bars(series, panel, m, means, standardErrors));
        figure.layer(Mark.POINT, series, panel, m, means);
    }

    static Layer bars(String series, String panel, double[] x, double[] means, double[] standardErrors) {
        double[] lower = new double[x.length];
        double[] upper = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            lower[i] = means[i] - 2 * standardErrors[i];
            upper[i] = means[i] + 2 * standardErrors[i];
        }
        return new Layer(Mark.ERROR_BAR, series, panel, x, means, lower, upper);
    }

    /** Error against rows, a panel for each classifier and a line for each dimension. */
    static Figure errors(List<ErrorCurve> curves) {
        Figure.Builder figure = Figure.named(
                        "errors",
                        "Error against training rows",
                        Axis.log10("training rows m"),
                        Axis.linear("mean error"))
                .caption("Means with two Monte Carlo standard errors.");
        for (ErrorCurve curve : curves) {
            curve(figure, curve.series(), curve.model().words(), curve.sizes(), curve.means(), curve.standardErrors());
        }
        return figure.build();
    }

    /** Rows needed against dimension on logarithmic axes, with fitted powers and their bands. */
    static Optional<Figure> rowsNeeded(List<RowsByFeatures> all, double epsilon, double level) {
        Figure.Builder figure = Figure.named(
                        "rows-needed",
                        "Rows needed for " + target(epsilon),
                        Axis.log10("features d"),
                        Axis.log10("rows needed"))
                .caption(String.format(
                        Locale.ROOT,
                        "Lines: fitted powers of d with their %.0f %% bootstrap bands. Points: rows needed, with their intervals.",
                        100 * level));
        boolean empty = true;
        for (RowsByFeatures group : all) {
            RowsByFeatures known = group.known();
            if (known.features().length == 0) {
                continue;
            }
            empty = false;
            Optional<GrowthExponent> growth = group.growth();
            String series = group.words()
                    + growth.map(g -> String.format(Locale.ROOT, ": d^%.2f (SE %.2f)", g.slope(), g.standardError()))
                            .orElse("");
            growth.ifPresent(g -> band(figure, series, g, known.features(), level));
            int n = known.features().length;
            double[] value = new double[n];
            double[] lower = new double[n];
            double[] upper = new double[n];
            for (int i = 0; i < n; i++) {
                Interval interval = known.rows().get(i).percentile(level);
                value[i] = known.rows().get(i).value();
                lower[i] = interval.lower();
                upper[i] = interval.upper();
            }
            figure.layer(new Layer(Mark.ERROR_BAR, series, "", known.features(), value, lower, upper));
            figure.layer(Mark.POINT, series, known.features(), value);
        }
        return empty ? Optional.empty() : Optional.of(figure.build());
    }

    private static void band(
            Figure.Builder figure, String series, GrowthExponent growth, double[] features, double level) {
        double first = StrictMath.log(features[0]);
        double last = StrictMath.log(features[features.length - 1]);
        double[] d = new double[BAND_POINTS];
        double[] line = new double[BAND_POINTS];
        double[] lower = new double[BAND_POINTS];
        double[] upper = new double[BAND_POINTS];
        for (int i = 0; i < BAND_POINTS; i++) {
            d[i] = StrictMath.exp(first + (last - first) * i / (BAND_POINTS - 1));
            line[i] = growth.rows(d[i]);
            Interval band = growth.band(d[i], level);
            lower[i] = band.lower();
            upper[i] = band.upper();
        }
        figure.layer(new Layer(Mark.RIBBON, series, "", d, line, lower, upper));
        figure.layer(Mark.LINE, series, d, line);
    }

    /** Rows needed in each dimension; then growth exponents, where two dimensions or more are known. */
    static List<ResultTable> tables(List<RowsByFeatures> all, double epsilon, double level) {
        String percent = Numbers.text(100 * level) + " % interval, ";
        ResultTable.Builder rows = ResultTable.named("rows-needed", "Rows needed for " + target(epsilon))
                .text("what", "classifier")
                .integer("d", "features d", "")
                .column(new ResultTable.Column("rows", "rows needed", "", ResultTable.Kind.NUMBER, "rowsSe"))
                .number("rowsSe", "bootstrap standard error", "")
                .number("lower", percent + "lower end", "")
                .number("upper", percent + "upper end", "")
                .note("Between two training sizes log error is taken as linear in log rows, which on a"
                        + " coarse grid costs a few per cent. Infinite: not reached on the grid; a"
                        + " number at the smallest size: reached there already.");
        ResultTable.Builder growth = ResultTable.named("growth", "Growth exponents: slopes of log rows on log d")
                .text("what", "classifier")
                .text("features", "features d")
                .column(new ResultTable.Column("exponent", "exponent", "", ResultTable.Kind.NUMBER, "exponentSe"))
                .number("exponentSe", "bootstrap standard error", "");
        boolean grown = false;
        for (RowsByFeatures group : all) {
            for (int i = 0; i < group.features().length; i++) {
                RowsNeeded needed = group.rows().get(i);
                Interval interval = needed.percentile(level);
                rows.row(
                        group.words(),
                        (long) group.features()[i],
                        needed.value(),
                        needed.standardError(),
                        interval.lower(),
                        interval.upper());
            }
            Optional<GrowthExponent> exponent = group.growth();
            if (exponent.isPresent()) {
                grown = true;
                double[] d = group.known().features();
                growth.row(
                        group.words(),
                        Numbers.range(d[0], d[d.length - 1]),
                        exponent.get().slope(),
                        exponent.get().standardError());
            }
        }
        List<ResultTable> tables = new ArrayList<>(List.of(rows.build()));
        if (grown) {
            tables.add(growth.build());
        }
        return tables;
    }

    /** Mean errors behind the rows needed. */
    static ResultTable curves(List<ErrorCurve> all) {
        ResultTable.Builder table = ResultTable.named("errors", "Mean errors")
                .text("model", "classifier")
                .integer("d", "features d", "")
                .integer("m", "training rows m", "")
                .column(new ResultTable.Column("error", "mean error", "", ResultTable.Kind.NUMBER, "errorSe"))
                .number("errorSe", "Monte Carlo standard error", "")
                .number("bayes", "Bayes error", "")
                .integer("repeats", "repeats", "");
        for (ErrorCurve curve : all) {
            double[] means = curve.means();
            double[] errors = curve.standardErrors();
            for (int i = 0; i < means.length; i++) {
                table.row(
                        curve.model().words(),
                        curve.features(),
                        (long) curve.sizes()[i],
                        means[i],
                        errors[i],
                        curve.bayes(),
                        curve.errors()[i].length);
            }
        }
        return table.build();
    }

    static String target(double epsilon) {
        return "Bayes error + " + Numbers.text(epsilon);
    }
}
