package io.verity.estimators.procedures.r3d;

import io.verity.estimators.r3d.QuantileMatrix;
import io.verity.stats.result.ResultTable;
import io.verity.stats.result.Rounded;
import java.util.ArrayList;
import java.util.List;

/**
 * What the units look like along the running variable: bins of equal width on each side of the cutoff, and in each the average of
 * a few unit quantiles.
 *
 * @param levels the probabilities shown, ascending
 * @param bins those that hold a unit, from left to right
 */
record Fan(List<Double> levels, List<Bin> bins) {
    private static final double[] WANTED = {0.1, 0.25, 0.5, 0.75, 0.9};
    private static final double TIE = 1e-9;
    private static final int FEWEST = 4;
    private static final int MOST = 20;

    /**
     * One bin.
     *
     * @param right whether it lies above the cutoff
     * @param position mean running variable of its units
     * @param units how many
     * @param quantiles their average quantiles, one per level
     */
    record Bin(boolean right, double position, int units, List<Double> quantiles) {}

    static Fan of(QuantileMatrix matrix, double cutoff) {
        int[] points = points(matrix.grid());
        List<Double> levels = new ArrayList<>();
        for (int j : points) {
            levels.add(matrix.grid()[j]);
        }
        List<Bin> bins = new ArrayList<>();
        bins.addAll(side(matrix, cutoff, false, points));
        bins.addAll(side(matrix, cutoff, true, points));
        return new Fan(List.copyOf(levels), List.copyOf(bins));
    }

    /** The points of the grid nearest to the levels wanted, each once; of two equally near ones the outer. */
    private static int[] points(double[] grid) {
        List<Integer> points = new ArrayList<>();
        for (double wanted : WANTED) {
            int nearest = 0;
            for (int j = 1; j < grid.length; j++) {
                double nearer = Math.abs(grid[nearest] - wanted) - Math.abs(grid[j] - wanted);
                nearest = nearer > TIE || (nearer > -TIE && wanted > 0.5) ? j : nearest;
            }
            if (!points.contains(nearest)) {
                points.add(nearest);
            }
        }
        return points.stream().mapToInt(Integer::intValue).toArray();
    }

    /** About as many bins as the square root of the number of units, so that bins grow finer and fuller with more data. */
    private static List<Bin> side(QuantileMatrix matrix, double cutoff, boolean right, int[] points) {
        double[] x = matrix.runningVariable();
        double[] weights = matrix.unitWeights();
        int inside = 0;
        double farthest = 0;
        for (double v : x) {
            if (v >= cutoff == right) {
                inside++;
                farthest = Math.max(farthest, Math.abs(v - cutoff));
            }
        }
        int count = Math.max(FEWEST, Math.min(MOST, (int) Math.round(Math.sqrt(inside))));
        double[] position = new double[count];
        double[] total = new double[count];
        int[] units = new int[count];
        double[][] sums = new double[count][points.length];
        for (int i = 0; i < x.length; i++) {
            double weight = weights == null ? 1 : weights[i];
            if (x[i] >= cutoff != right || weight == 0) {
                continue;
            }
            double share = farthest > 0 ? Math.abs(x[i] - cutoff) / farthest : 0;
            int bin = Math.min(count - 1, (int) (share * count));
            units[bin]++;
            total[bin] += weight;
            position[bin] += weight * x[i];
            for (int k = 0; k < points.length; k++) {
                sums[bin][k] += weight * matrix.value(i, points[k]);
            }
        }
        List<Bin> bins = new ArrayList<>();
        for (int k = 0; k < count; k++) {
            int bin = right ? k : count - 1 - k;
            if (units[bin] > 0) {
                List<Double> means = new ArrayList<>();
                for (double sum : sums[bin]) {
                    means.add(sum / total[bin]);
                }
                bins.add(new Bin(right, position[bin] / total[bin], units[bin], List.copyOf(means)));
            }
        }
        return bins;
    }

    /** The positions of the bins of one side. */
    double[] positions(boolean right) {
        return bins.stream()
                .filter(b -> b.right() == right)
                .mapToDouble(Bin::position)
                .toArray();
    }

    /** The average quantile of one level in the bins of one side. */
    double[] quantiles(boolean right, int level) {
        return bins.stream()
                .filter(b -> b.right() == right)
                .mapToDouble(b -> b.quantiles().get(level))
                .toArray();
    }

    ResultTable toTable() {
        ResultTable.Builder table = ResultTable.named("bins", "Average unit quantiles in bins of the running variable")
                .text("side", "side")
                .number("x", "mean running variable", "")
                .integer("units", "units", "");
        for (double level : levels) {
            String q = Rounded.to(level, 4);
            table.number("q" + q, "q = " + q, "");
        }
        for (Bin bin : bins) {
            List<Object> row = new ArrayList<>();
            row.add(bin.right() ? "above" : "below");
            row.add(bin.position());
            row.add(bin.units());
            row.addAll(bin.quantiles());
            table.row(row.toArray());
        }
        return table.build();
    }
}
