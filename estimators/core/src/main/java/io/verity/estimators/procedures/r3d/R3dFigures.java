package io.verity.estimators.procedures.r3d;

import io.verity.estimators.procedures.Inputs;
import io.verity.estimators.r3d.QuantileRd;
import io.verity.estimators.r3d.R3dFit;
import io.verity.stats.result.Figure;
import io.verity.stats.result.Figure.Axis;
import io.verity.stats.result.Figure.Mark;
import io.verity.stats.result.Rounded;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * The figures of the commands.
 *
 * @param x name of the running variable
 * @param z name of the outcome
 * @param cutoff of the running variable
 */
record R3dFigures(String x, String z, double cutoff) {
    private static final String ABOVE = "just above the cutoff";
    private static final String BELOW = "just below the cutoff";
    private static final String NO_EFFECT = "no effect";

    static R3dFigures of(Inputs inputs, double cutoff) {
        return new R3dFigures(inputs.text("x"), inputs.text("z"), cutoff);
    }

    /** The two average quantile functions at the cutoff. */
    Figure curves(R3dFit fit) {
        return Figure.named(
                        "curves",
                        "Average quantile functions at the cutoff",
                        Axis.linear("quantile q"),
                        Axis.linear("mean quantile of " + z))
                .caption(
                        "What the average unit's distribution looks like on either side of the cutoff. The effect is the"
                                + " vertical distance of the curves"
                                + (fit.fuzzy() ? ", divided by the jump of the treatment." : "."))
                .layer(Mark.LINE, BELOW, fit.grid(), fit.meanMinus())
                .layer(Mark.LINE, ABOVE, fit.grid(), fit.meanPlus())
                .build();
    }

    /** The pooled quantiles on both sides of the cutoff. */
    Figure pooled(QuantileRd.Fit fit) {
        return Figure.named(
                        "pooled",
                        "Quantiles of the pooled observations at the cutoff",
                        Axis.linear("quantile q"),
                        Axis.linear("pooled quantile of " + z))
                .caption("Quantiles of the mixture of all units' distributions, not of the average unit.")
                .layer(Mark.LINE, BELOW, fit.grid(), fit.minus())
                .layer(Mark.LINE, ABOVE, fit.grid(), fit.plus())
                .build();
    }

    /** The effect with its uniform band. */
    Figure effect(R3dFit fit) {
        String level = "effect and uniform " + Rounded.to(100 * fit.level(), 4) + " % band";
        return Figure.named(
                        "effect",
                        "Effect on the average quantile function",
                        Axis.linear("quantile q"),
                        Axis.linear("effect on " + z))
                .caption(
                        "The band covers the whole true curve at once with the given probability: where it stays off zero"
                                + " the effect differs from zero, and a curve that leaves it is ruled out.")
                .layer(band(level, "", fit.grid(), fit.tau(), fit.lower(), fit.upper()))
                .layer(Mark.LINE, level, fit.grid(), fit.tau())
                .layer(Mark.HORIZONTAL_LINE, NO_EFFECT, new double[] {fit.grid()[0]}, new double[] {0})
                .layer(Mark.HORIZONTAL_LINE, "average effect", new double[] {fit.grid()[0]}, new double[] {
                    fit.averageEffect()
                })
                .build();
    }

    private static Figure.Layer band(
            String series, String panel, double[] x, double[] y, double[] lower, double[] upper) {
        return new Figure.Layer(Mark.RIBBON, series, panel, x, y, lower, upper);
    }

    /** Average unit quantiles in bins along the running variable. */
    Figure fan(Fan fan) {
        List<Double> levels = fan.levels();
        Figure.Builder figure = Figure.named(
                        "fan",
                        "The units along the running variable",
                        Axis.linear(x),
                        Axis.linear("mean quantile of " + z))
                .caption(
                        "Average unit quantiles in bins of equal width on each side of the cutoff: a jump of the fan at the"
                                + " cutoff is what the effect measures.");
        int low = 0;
        int high = levels.size() - 1;
        for (; low < high; low++, high--) {
            String series = "q = " + Rounded.to(levels.get(low), 4) + " to " + Rounded.to(levels.get(high), 4);
            for (boolean right : new boolean[] {false, true}) {
                double[] lower = fan.quantiles(right, low);
                figure.layer(band(series, "", fan.positions(right), lower, lower, fan.quantiles(right, high)));
            }
        }
        if (low == high) {
            String series = "q = " + Rounded.to(levels.get(low), 4);
            for (boolean right : new boolean[] {false, true}) {
                figure.layer(Mark.LINE, series, fan.positions(right), fan.quantiles(right, low));
                figure.layer(Mark.POINT, series, fan.positions(right), fan.quantiles(right, low));
            }
        }
        return figure.layer(Mark.VERTICAL_LINE, "cutoff", new double[] {cutoff}, new double[] {
                    fan.bins().get(0).quantiles().get(0)
                })
                .build();
    }

    /** Average effect and width of the band over bandwidths. */
    Figure sensitivity(double[] bandwidths, List<R3dFit> fits, double selected) {
        String effect = "average effect";
        String width = "half width of the band";
        Comparison[] all = fits.stream().map(Comparison::of).toArray(Comparison[]::new);
        double[] estimates = Arrays.stream(all).mapToDouble(Comparison::effect).toArray();
        String interval = interval(fits);
        return Figure.named(
                        "sensitivity",
                        "How the result depends on the bandwidth",
                        Axis.linear("bandwidth"),
                        Axis.linear("effect on " + z))
                .caption(
                        "A result to trust does not hang on the bandwidth: the average effect stays inside its own interval,"
                                + " while the band grows narrower as the bandwidth takes in more units.")
                .layer(interval(interval, effect, Mark.RIBBON, bandwidths, all, fits))
                .layer(Mark.LINE, interval, effect, bandwidths, estimates)
                .layer(Mark.POINT, interval, effect, bandwidths, estimates)
                .layer(Mark.HORIZONTAL_LINE, NO_EFFECT, effect, new double[] {bandwidths[0]}, new double[] {0})
                .layer(Mark.LINE, width, width, bandwidths, widths(all))
                .layer(Mark.POINT, width, width, bandwidths, widths(all))
                .layer(Mark.VERTICAL_LINE, "bandwidth selected", new double[] {selected}, new double[] {estimates[0]})
                .build();
    }

    /** Average effects at cutoffs where nothing should happen, beside the true one. */
    Figure placebo(double[] cutoffs, List<R3dFit> placebos, R3dFit fit) {
        Comparison[] all = placebos.stream().map(Comparison::of).toArray(Comparison[]::new);
        String series = "placebo cutoffs: " + interval(placebos);
        String own = "the true cutoff";
        double[] at = {cutoff};
        Comparison[] real = {Comparison.of(fit)};
        return Figure.named(
                        "placebo", "Effects at other cutoffs", Axis.linear(x), Axis.linear("average effect on " + z))
                .caption(
                        "At a placebo cutoff, estimated from the units of its own side alone, there should be no effect.")
                .layer(interval(series, "", Mark.ERROR_BAR, cutoffs, all, placebos))
                .layer(
                        Mark.POINT,
                        series,
                        cutoffs,
                        Arrays.stream(all).mapToDouble(Comparison::effect).toArray())
                .layer(interval(own, "", Mark.ERROR_BAR, at, real, List.of(fit)))
                .layer(Mark.POINT, own, at, new double[] {real[0].effect()})
                .layer(Mark.HORIZONTAL_LINE, NO_EFFECT, at, new double[] {0})
                .build();
    }

    private static String interval(List<R3dFit> fits) {
        return "average effect and " + Rounded.to(100 * fits.get(0).level(), 4) + " % interval";
    }

    private static Figure.Layer interval(
            String series, String panel, Mark mark, double[] x, Comparison[] all, List<R3dFit> fits) {
        double z = NormalDistribution.of(0, 1)
                .inverseCumulativeProbability(0.5 + fits.get(0).level() / 2);
        double[] y = new double[x.length];
        double[] lower = new double[x.length];
        double[] upper = new double[x.length];
        for (int k = 0; k < x.length; k++) {
            y[k] = all[k].effect();
            lower[k] = y[k] - z * all[k].error();
            upper[k] = y[k] + z * all[k].error();
        }
        return new Figure.Layer(mark, series, panel, x, y, lower, upper);
    }

    private static double[] widths(Comparison[] all) {
        return Arrays.stream(all).mapToDouble(Comparison::halfWidth).toArray();
    }
}
