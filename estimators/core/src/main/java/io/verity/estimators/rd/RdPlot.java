package io.verity.estimators.rd;

import io.verity.stats.Arguments;
import io.verity.stats.EstimationException;
import io.verity.stats.smoothing.SmoothingKernel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * The plot of a regression discontinuity: means of the outcome in bins of the running variable, chosen by the data, and a global
 * polynomial on each side.
 *
 * <p>Per side with \( n_s \) of n rows, in order of x, with range r: variance constants from the differences of neighbours,
 * \( V = \frac1{2r}\sum (x_{(i)}-x_{(i-1)})(y_{[i]}-y_{[i-1]})^2 \) for even bins and
 * \( \frac1{2n_s}\sum (y_{[i]}-y_{[i-1]})^2 \) for quantile bins; bias constants with the slope \( \mu' \) of the global polynomial,
 * \( B = \frac{r^2}{12 n}\sum \mu'(x_i)^2 \) and \( \frac{n_s^2}{24 n}\sum (x_{(i)}-x_{(i-1)})^2\mu'(\bar x_i)^2 \). IMSE-optimal bins:
 * \( \lceil (2Bn/V)^{1/3}\rceil \); mimicking bins: \( \lceil \frac{var(y)}{V}\frac{n}{\log^2 n}\rceil \) (Calonico, Cattaneo and
 * Titiunik 2015, JASA, doi:10.1080/01621459.2015.1017578). Immutable.
 */
public final class RdPlot {
    private static final int CURVE_POINTS = 101;
    private static final int MOST_BINS = 5000;

    private final double cutoff;
    private final BinRule rule;
    private final int order;
    private final int binsLeft;
    private final int binsRight;
    private final double level;

    private RdPlot(double cutoff, BinRule rule, int order, int binsLeft, int binsRight, double level) {
        this.cutoff = cutoff;
        this.rule = rule;
        this.order = order;
        this.binsLeft = binsLeft;
        this.binsRight = binsRight;
        this.level = level;
    }

    /** @return cutoff 0, evenly spaced mimicking bins, polynomials of degree 4, intervals at level 0.95 */
    public static RdPlot withDefaults() {
        return new RdPlot(0, BinRule.EVEN_MIMICKING, 4, 0, 0, 0.95);
    }

    /**
     * @param c the cutoff
     * @return a copy with that cutoff
     * @throws IllegalArgumentException if it is not finite
     */
    public RdPlot withCutoff(double c) {
        return new RdPlot(Arguments.finite("the cutoff", c), rule, order, binsLeft, binsRight, level);
    }

    /**
     * @param bins how bins are chosen
     * @return a copy with that rule
     */
    public RdPlot with(BinRule bins) {
        return new RdPlot(cutoff, bins, order, binsLeft, binsRight, level);
    }

    /**
     * @param degree of the global polynomials, 0 to 8
     * @return a copy with that degree
     * @throws IllegalArgumentException if it is out of range
     */
    public RdPlot withOrder(int degree) {
        Arguments.require(degree >= 0 && degree <= 8, "the degree must be 0 to 8, but is %d", degree);
        return new RdPlot(cutoff, rule, degree, binsLeft, binsRight, level);
    }

    /**
     * @param left number of bins below the cutoff
     * @param right number of bins above it
     * @return a copy with those numbers instead of chosen ones
     * @throws IllegalArgumentException if one is not 1 to 5000
     */
    public RdPlot withBins(int left, int right) {
        Arguments.require(left >= 1 && left <= MOST_BINS, "bins must be 1 to %d, but are %d", MOST_BINS, left);
        Arguments.require(right >= 1 && right <= MOST_BINS, "bins must be 1 to %d, but are %d", MOST_BINS, right);
        return new RdPlot(cutoff, rule, order, left, right, level);
    }

    /**
     * @param coverage of the intervals of the bin means, a fraction
     * @return a copy with that level
     * @throws IllegalArgumentException if it is not strictly between 0 and 1
     */
    public RdPlot withLevel(double coverage) {
        return new RdPlot(cutoff, rule, order, binsLeft, binsRight, Arguments.fraction("the level", coverage));
    }

    /**
     * @param sample outcome and running variable
     * @return bins and curves
     * @throws IllegalArgumentException if there is no row on a side of the cutoff
     * @throws EstimationException if a side has fewer distinct values than the polynomial has coefficients
     */
    public RdPlotData draw(RdSample sample) {
        Side[] sides = sample.sides(cutoff);
        ScalarRd.requireBothSides(sides, cutoff);
        RdPlotData.SidePlot left = side(sides[0], sample.size(), binsLeft);
        RdPlotData.SidePlot right = side(sides[1], sample.size(), binsRight);
        return new RdPlotData(cutoff, rule, order, level, left, right);
    }

    private RdPlotData.SidePlot side(Side side, int total, int given) {
        WindowFit fit = WindowFit.of(side, SmoothingKernel.UNIFORM, Math.max(side.range(), Double.MIN_NORMAL), order);
        WindowFit.Curve curve = fit.curve(side, 0);
        int imse = imse(side, total, curve);
        int mimicking = mimicking(side, total);
        int chosen = given > 0 ? given : rule.mimicking ? mimicking : imse;
        List<RdPlotData.Bin> bins = bins(side, chosen);
        double[] x = new double[CURVE_POINTS];
        double[] y = new double[CURVE_POINTS];
        for (int k = 0; k < CURVE_POINTS; k++) {
            double distance = side.range() * k / (CURVE_POINTS - 1);
            int at = side.left ? CURVE_POINTS - 1 - k : k;
            x[at] = place(side, distance);
            y[at] = curve.value(distance);
        }
        return new RdPlotData.SidePlot(chosen, imse, mimicking, bins, x, y);
    }

    private double place(Side side, double distance) {
        return side.left ? cutoff - distance : cutoff + distance;
    }

    private int imse(Side side, int total, WindowFit.Curve curve) {
        double[] d = side.distance;
        int n = d.length;
        double bias = 0;
        if (rule.quantiles) {
            for (int i = 1; i < n; i++) {
                double slope = curve.derivative(0.5 * (d[i] + d[i - 1]));
                bias += (d[i] - d[i - 1]) * (d[i] - d[i - 1]) * slope * slope;
            }
            bias *= (double) n * n / (24.0 * total);
        } else {
            for (double v : d) {
                double slope = curve.derivative(v);
                bias += slope * slope;
            }
            bias *= side.range() * side.range() / (12.0 * total);
        }
        return whole(Math.cbrt(2 * bias * total / variance(side)));
    }

    private int mimicking(Side side, int total) {
        double mean = Arrays.stream(side.values, 0, side.rows()).average().orElse(0);
        double spread = 0;
        for (int i = 0; i < side.rows(); i++) {
            spread += (side.values[i] - mean) * (side.values[i] - mean);
        }
        spread /= Math.max(side.rows() - 1, 1);
        double log = Math.log(total);
        return whole(spread / variance(side) * total / (log * log));
    }

    private double variance(Side side) {
        double[] d = side.distance;
        double sum = 0;
        for (int i = 1; i < d.length; i++) {
            double step = side.values[i] - side.values[i - 1];
            sum += step * step * (rule.quantiles ? 1 : d[i] - d[i - 1]);
        }
        return sum / (2 * (rule.quantiles ? d.length : side.range()));
    }

    private static int whole(double bins) {
        return Double.isNaN(bins) ? 1 : (int) Math.max(1, Math.min(Math.ceil(bins), MOST_BINS));
    }

    private List<RdPlotData.Bin> bins(Side side, int count) {
        int n = side.rows();
        List<RdPlotData.Bin> bins = new ArrayList<>();
        int from = 0;
        double start = 0;
        for (int k = 1; k <= count && from < n; k++) {
            int to = from;
            double end;
            if (rule.quantiles) {
                to = k == count ? n : Math.max(from, (int) Math.round((double) n * k / count));
                while (to > from && to < n && side.distance[to] == side.distance[to - 1]) {
                    to++; // a bin does not split ties
                }
                end = to == n ? side.range() : 0.5 * (side.distance[Math.max(to - 1, 0)] + side.distance[to]);
            } else {
                end = side.range() * k / count;
                while (to < n && (side.distance[to] < end || k == count)) {
                    to++;
                }
            }
            if (to > from) {
                bins.add(bin(side, from, to, start, end));
            }
            from = to;
            start = end;
        }
        if (side.left) {
            Collections.reverse(bins);
        }
        return bins;
    }

    private RdPlotData.Bin bin(Side side, int from, int to, double start, double end) {
        int n = to - from;
        double mean = 0;
        double x = 0;
        for (int i = from; i < to; i++) {
            mean += side.values[i] / n;
            x += side.distance[i] / n;
        }
        double squares = 0;
        for (int i = from; i < to; i++) {
            squares += (side.values[i] - mean) * (side.values[i] - mean);
        }
        double half = Double.NaN;
        if (n > 1) {
            double quantile = TDistribution.of(n - 1).inverseCumulativeProbability(0.5 + level / 2);
            half = quantile * Math.sqrt(squares / (n - 1) / n);
        }
        double a = place(side, start);
        double b = place(side, end);
        return new RdPlotData.Bin(Math.min(a, b), Math.max(a, b), place(side, x), n, mean, mean - half, mean + half);
    }
}
