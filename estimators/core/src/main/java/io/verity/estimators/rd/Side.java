package io.verity.estimators.rd;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The rows on one side of the cutoff in ascending distance from it. The left side is mirrored: a coefficient of
 * \( (x-c)^k \) there is \( (-1)^k \) times the one of distance to the k. Every window is a prefix.
 */
final class Side {
    final boolean left;
    final double[] distance;
    /** The running variable itself, in the same order: neighbours are compared by its own differences. */
    final double[] position;

    final int columns;
    /** Responses, column after column. */
    final double[] values;
    /** First rows of the runs of equal distances, and the number of rows at the end. */
    final int[] starts;

    final int @Nullable [] clusters;
    final double @Nullable [] weights;

    /** What the running variable was divided by: messages speak in the units of the user. */
    final double unit;

    private Side(
            boolean left,
            double[] distance,
            double[] position,
            int columns,
            double[] values,
            int[] starts,
            int @Nullable [] clusters,
            double @Nullable [] weights,
            double unit) {
        this.left = left;
        this.distance = distance;
        this.position = position;
        this.columns = columns;
        this.values = values;
        this.starts = starts;
        this.clusters = clusters;
        this.weights = weights;
        this.unit = unit;
    }

    /**
     * @param x running variable, finite
     * @param cutoff where the right side begins
     * @param responses row-major, columns per row
     * @param clusters 0-based cluster of every row, or null
     * @param weights weight of every row, or null
     * @return the left and the right side
     */
    static Side[] both(
            double[] x,
            double cutoff,
            double[] responses,
            int columns,
            int @Nullable [] clusters,
            double @Nullable [] weights) {
        int n = x.length;
        // both sides take every row, one of them keeps it: a branch here would be mispredicted for half of the rows
        int[] leftRows = new int[n];
        int[] rightRows = new int[n];
        double[] leftDistance = new double[n];
        double[] rightDistance = new double[n];
        int l = 0;
        int r = 0;
        for (int i = 0; i < n; i++) {
            double d = x[i] - cutoff + 0.0; // a negative zero would not sort
            leftRows[l] = i;
            leftDistance[l] = -d;
            rightRows[r] = i;
            rightDistance[r] = d;
            int below = d < 0 ? 1 : 0;
            l += below;
            r += 1 - below;
        }
        int leftCount = l;
        int rightCount = r;
        return BothSides.of(
                        n,
                        side -> side == 0
                                ? of(
                                        true,
                                        x,
                                        cutoff,
                                        Arrays.copyOf(leftRows, leftCount),
                                        Arrays.copyOf(leftDistance, leftCount),
                                        responses,
                                        columns,
                                        clusters,
                                        weights)
                                : of(
                                        false,
                                        x,
                                        cutoff,
                                        Arrays.copyOf(rightRows, rightCount),
                                        Arrays.copyOf(rightDistance, rightCount),
                                        responses,
                                        columns,
                                        clusters,
                                        weights))
                .toArray(Side[]::new);
    }

    private static Side of(
            boolean left,
            double[] x,
            double cutoff,
            int[] rows,
            double[] distance,
            double[] responses,
            int columns,
            int @Nullable [] clusters,
            double @Nullable [] weights) {
        int n = rows.length;
        int[] order = DistanceOrder.sort(distance, rows);
        double[] values = new double[n * columns];
        double[] position = distance; // their differences are those of x when the cutoff is zero
        if (cutoff != 0) {
            position = new double[n];
            for (int i = 0; i < n; i++) {
                position[i] = x[order[i]];
            }
        }
        for (int i = 0; i < n; i++) {
            int at = order[i] * columns;
            for (int j = 0; j < columns; j++) {
                values[j * n + i] = responses[at + j];
            }
        }
        int[] sideClusters = clusters == null ? null : new int[n];
        double[] sideWeights = weights == null ? null : new double[n];
        for (int i = 0; i < n; i++) {
            if (sideClusters != null && clusters != null) {
                sideClusters[i] = clusters[order[i]];
            }
            if (sideWeights != null && weights != null) {
                sideWeights[i] = weights[order[i]];
            }
        }
        return new Side(left, distance, position, columns, values, runs(distance), sideClusters, sideWeights, 1);
    }

    private static int[] runs(double[] sorted) {
        int n = sorted.length;
        int count = 0;
        for (int i = 0; i < n; i++) {
            count += i == 0 || sorted[i] != sorted[i - 1] ? 1 : 0;
        }
        int[] starts = new int[count + 1];
        int k = 0;
        for (int i = 0; i < n; i++) {
            if (i == 0 || sorted[i] != sorted[i - 1]) {
                starts[k++] = i;
            }
        }
        starts[count] = n;
        return starts;
    }

    int rows() {
        return distance.length;
    }

    /** Distinct values of the running variable. */
    int distinct() {
        return starts.length - 1;
    }

    /** Distinct values among the first rows; the window must not split a run. */
    int distinct(int rows) {
        return Arrays.binarySearch(starts, rows);
    }

    /** Clusters that have a row here; 0 without clusters. */
    int clusterCount() {
        int[] ids = clusters;
        return ids == null ? 0 : (int) Arrays.stream(ids).distinct().count();
    }

    double range() {
        return distance[distance.length - 1];
    }

    /** The name of the side in messages. */
    String name() {
        return left ? "left" : "right";
    }

    /** (-1)^k on the left, 1 on the right. */
    double sign(int k) {
        return left && (k & 1) == 1 ? -1 : 1;
    }

    /** One column of responses. */
    double[] column(int j) {
        int n = rows();
        return Arrays.copyOfRange(values, j * n, (j + 1) * n);
    }

    /** This side with another response. */
    Side withResponse(double[] column) {
        return new Side(left, distance, position, 1, column, starts, clusters, weights, unit);
    }

    /** This side with distances in another unit, a power of two so that nothing is rounded. */
    Side inUnitsOf(double powerOfTwo) {
        return new Side(
                left,
                Arrays.stream(distance).map(d -> d / powerOfTwo).toArray(),
                Arrays.stream(position).map(d -> d / powerOfTwo).toArray(),
                columns,
                values,
                starts,
                clusters,
                weights,
                powerOfTwo * unit);
    }

    boolean varies(int j) {
        int n = rows();
        for (int i = 1; i < n; i++) {
            if (values[j * n + i] != values[j * n]) {
                return true;
            }
        }
        return false;
    }
}
