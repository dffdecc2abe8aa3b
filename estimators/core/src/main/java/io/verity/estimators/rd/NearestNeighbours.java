package io.verity.estimators.rd;

import java.util.Arrays;

/**
 * Nearest-neighbour residuals on one side. The neighbours of a value are whole runs of ties around it, found in one sweep; a
 * window changes only the runs near its edge, so that all windows share the residuals of the full side.
 */
final class NearestNeighbours {
    private final Side side;
    private final int matches;
    /** Last run among the neighbours of each run, on the full side; non-decreasing. */
    private final int[] last;
    /** Residuals on the full side, column after column. */
    private final double[] full;

    private NearestNeighbours(Side side, int matches, int[] last, double[] full) {
        this.side = side;
        this.matches = matches;
        this.last = last;
        this.full = full;
    }

    static NearestNeighbours of(Side side, int matches) {
        int runs = side.distinct();
        int[] first = new int[runs];
        int[] last = new int[runs];
        for (int k = 0; k < runs; k++) {
            long range = neighbours(side, k, runs, matches);
            first[k] = (int) (range >>> Integer.SIZE);
            last[k] = (int) range;
        }
        double[] full = new double[side.values.length];
        for (int j = 0; j < side.columns; j++) {
            fill(side, j, first, last, full);
        }
        return new NearestNeighbours(side, matches, last, full);
    }

    /** First and last run (high and low half) of the neighbours of run k when only the first runs exist. */
    private static long neighbours(Side side, int k, int runs, int matches) {
        int[] starts = side.starts;
        double[] x = side.position;
        int wanted = Math.min(matches, starts[runs] - 1);
        int a = k;
        int b = k;
        while (starts[b + 1] - starts[a] - 1 < wanted) {
            double toLeft = a > 0 ? Math.abs(x[starts[k]] - x[starts[a - 1]]) : Double.POSITIVE_INFINITY;
            double toRight = b + 1 < runs ? Math.abs(x[starts[b + 1]] - x[starts[k]]) : Double.POSITIVE_INFINITY;
            if (toLeft <= toRight) {
                a--;
            }
            if (toRight <= toLeft) {
                b++;
            }
        }
        return (long) a << Integer.SIZE | b;
    }

    private static void fill(Side side, int j, int[] first, int[] last, double[] out) {
        int[] starts = side.starts;
        int at = j * side.rows();
        double[] sums = new double[side.distinct()];
        for (int k = 0; k < sums.length; k++) {
            double sum = 0;
            for (int i = starts[k]; i < starts[k + 1]; i++) {
                sum += side.values[at + i];
            }
            sums[k] = sum;
        }
        for (int k = 0; k < sums.length; k++) {
            double total = 0;
            for (int r = first[k]; r <= last[k]; r++) {
                total += sums[r];
            }
            int others = starts[last[k] + 1] - starts[first[k]] - 1;
            for (int i = starts[k]; i < starts[k + 1]; i++) {
                out[at + i] = residual(side.values[at + i], total, others);
            }
        }
    }

    private static double residual(double value, double total, int others) {
        return others == 0 ? 0 : Math.sqrt(others / (others + 1.0)) * (value - (total - value) / others);
    }

    /** Residuals of the first rows when nothing lies beyond them. */
    double[] residuals(int j, int rows) {
        int at = j * side.rows();
        double[] e = Arrays.copyOfRange(full, at, at + rows);
        int runs = side.distinct(rows);
        int[] starts = side.starts;
        for (int k = runs - 1; k >= 0 && last[k] >= runs; k--) {
            long range = neighbours(side, k, runs, matches);
            int from = starts[(int) (range >>> Integer.SIZE)];
            int to = starts[(int) range + 1];
            double total = 0;
            for (int i = from; i < to; i++) {
                total += side.values[at + i];
            }
            for (int i = starts[k]; i < starts[k + 1]; i++) {
                e[i] = residual(side.values[at + i], total, to - from - 1);
            }
        }
        return e;
    }

    /** The neighbours of another response on the same side: residuals are linear in the response. */
    NearestNeighbours combined(Side other, double s0, double s1) {
        int n = side.rows();
        double[] e = new double[n];
        for (int i = 0; i < n; i++) {
            e[i] = s0 * full[i] + s1 * full[n + i];
        }
        return new NearestNeighbours(other, matches, last, e);
    }
}
