package io.verity.papers.largestep;

import io.verity.stats.result.Figure;
import io.verity.stats.result.Figure.Mark;
import java.util.Arrays;

/** Curves thinned to what a figure can show. */
final class Curves {
    /** Points kept of a long trajectory. */
    static final int POINTS = 160;

    private Curves() {}

    /** Indices 0, 1, ... spaced evenly on a logarithmic axis, at most {@link #POINTS} of them, the last one included. */
    static int[] thinned(int size) {
        if (size <= POINTS) {
            int[] all = new int[size];
            for (int k = 0; k < size; k++) {
                all[k] = k;
            }
            return all;
        }
        int[] kept = new int[POINTS];
        int count = 0;
        double growth = StrictMath.log(size) / (POINTS - 1);
        for (int k = 0; k < POINTS; k++) {
            int index = Math.min(size - 1, (int) Math.rint(StrictMath.exp(k * growth)) - 1);
            if (count == 0 || index > kept[count - 1]) {
                kept[count++] = index;
            }
        }
        if (kept[count - 1] < size - 1) {
            kept[count++] = size - 1;
        }
        return Arrays.copyOf(kept, count);
    }

    /** A line through a long trajectory, thinned; x[k] belongs to y[k]. */
    static Figure.Builder line(Figure.Builder figure, String series, String panel, int[] x, double[] y) {
        int[] kept = thinned(y.length);
        double[] xs = new double[kept.length];
        double[] ys = new double[kept.length];
        for (int k = 0; k < kept.length; k++) {
            xs[k] = x[kept[k]];
            ys[k] = y[kept[k]];
        }
        return figure.layer(Mark.LINE, series, panel, xs, ys);
    }

    /** Numbers from first to last in equal ratios. */
    static double[] geometric(double first, double last, int count) {
        double[] values = new double[count];
        double step = StrictMath.log(last / first) / (count - 1);
        for (int k = 0; k < count; k++) {
            values[k] = first * StrictMath.exp(k * step);
        }
        values[count - 1] = last;
        return values;
    }
}
