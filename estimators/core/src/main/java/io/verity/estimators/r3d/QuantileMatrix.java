package io.verity.estimators.r3d;

import io.verity.stats.Arguments;
import io.verity.stats.quantiles.QuantileType;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What R3D needs to know of n units: the running variable, m quantiles of every unit's outcome, and perhaps treatment, cluster
 * and weight of the units. Immutable. Build it unit by unit and no more than one unit's sample is ever held.
 */
public final class QuantileMatrix {
    private final double[] x;
    /** n x m, row-major. */
    private final double[] quantiles;

    private final double[] grid;
    private final int[] sampleSizes;
    /** Quantiles that ignore sampling weights; the same array where there are none. */
    private final double[] unweighted;

    private final double @Nullable [] treatment;
    private final int @Nullable [] clusters;
    private final double @Nullable [] unitWeights;

    private QuantileMatrix(
            double[] x,
            double[] quantiles,
            double[] grid,
            int[] sampleSizes,
            double[] unweighted,
            double @Nullable [] treatment,
            int @Nullable [] clusters,
            double @Nullable [] unitWeights) {
        this.x = x;
        this.quantiles = quantiles;
        this.grid = grid;
        this.sampleSizes = sampleSizes;
        this.unweighted = unweighted;
        this.treatment = treatment;
        this.clusters = clusters;
        this.unitWeights = unitWeights;
    }

    /**
     * @param x running variable of n units
     * @param quantiles n rows of m quantiles
     * @param grid m probabilities, strictly increasing inside (0, 1)
     * @return the matrix; sample sizes are unknown
     * @throws IllegalArgumentException if lengths differ, a number is not finite, or the grid is not one
     */
    public static QuantileMatrix of(double[] x, double[][] quantiles, double... grid) {
        checkGrid(grid);
        Arguments.require(
                quantiles.length == x.length, "%d rows of quantiles for %d units", quantiles.length, x.length);
        checkRunningVariable(x);
        double[] flat = new double[x.length * grid.length];
        for (int i = 0; i < x.length; i++) {
            Arguments.require(
                    quantiles[i].length == grid.length,
                    "unit %d has %d quantiles, but the grid has %d points",
                    i + 1,
                    quantiles[i].length,
                    grid.length);
            Arguments.allFinite("quantiles of unit " + (i + 1), quantiles[i]);
            System.arraycopy(quantiles[i], 0, flat, i * grid.length, grid.length);
        }
        return new QuantileMatrix(x.clone(), flat, grid.clone(), new int[x.length], flat, null, null, null);
    }

    /**
     * @param type definition of the sample quantile; weighted samples have one of their own
     * @param grid m probabilities, strictly increasing inside (0, 1)
     * @return an empty builder
     * @throws IllegalArgumentException if the grid is empty, not inside (0, 1) or not strictly increasing
     */
    public static Builder builder(QuantileType type, double... grid) {
        checkGrid(grid);
        return new Builder(type, grid.clone());
    }

    static QuantileMatrix of(double[] x, double[] quantiles, double[] grid, int[] sampleSizes, double[] unweighted) {
        return new QuantileMatrix(x, quantiles, grid, sampleSizes, unweighted, null, null, null);
    }

    static void checkGrid(double[] grid) {
        Arguments.require(grid.length > 0, "the quantile grid is empty");
        for (int j = 0; j < grid.length; j++) {
            Arguments.require(
                    grid[j] > 0 && grid[j] < 1,
                    "quantile %d of the grid must lie strictly between 0 and 1, but is %s",
                    j + 1,
                    grid[j]);
            Arguments.require(
                    j == 0 || grid[j] > grid[j - 1],
                    "the quantile grid must increase strictly, but point %d (%s) follows %s",
                    j + 1,
                    grid[j],
                    j == 0 ? 0 : grid[j - 1]);
        }
    }

    static void checkRunningVariable(double[] x) {
        Arguments.allFinite("running variable", x);
    }

    /**
     * @param values treatment of every unit, usually 0 or 1
     * @return a copy with the treatment of a fuzzy design
     * @throws IllegalArgumentException if their number differs, one is not finite, or all are equal
     */
    public QuantileMatrix withTreatment(double... values) {
        Arguments.require(values.length == units(), "%d treatments for %d units", values.length, units());
        Arguments.allFinite("treatment", values);
        Arguments.require(
                Arrays.stream(values).distinct().count() > 1,
                "the treatment is the same (%s) for all units",
                values.length == 0 ? "none" : values[0]);
        return new QuantileMatrix(x, quantiles, grid, sampleSizes, unweighted, values.clone(), clusters, unitWeights);
    }

    /**
     * @param ids cluster of every unit, any numbers
     * @return a copy whose units are independent only between clusters
     * @throws IllegalArgumentException if their number differs
     */
    public QuantileMatrix withClusters(int... ids) {
        Arguments.require(ids.length == units(), "%d cluster ids for %d units", ids.length, units());
        return new QuantileMatrix(x, quantiles, grid, sampleSizes, unweighted, treatment, ids.clone(), unitWeights);
    }

    /**
     * @param weights of the units in the average, such as their sizes; they multiply the kernel weights
     * @return a copy with these weights
     * @throws IllegalArgumentException if their number differs, or one is negative, not finite, or all are zero
     */
    public QuantileMatrix withUnitWeights(double... weights) {
        Arguments.require(weights.length == units(), "%d unit weights for %d units", weights.length, units());
        double sum = 0;
        for (int i = 0; i < weights.length; i++) {
            sum += Arguments.nonNegative("weight of unit " + (i + 1), weights[i]);
        }
        Arguments.require(sum > 0, "all unit weights are zero");
        return new QuantileMatrix(x, quantiles, grid, sampleSizes, unweighted, treatment, clusters, weights.clone());
    }

    /** @return number n of units */
    public int units() {
        return x.length;
    }

    /** @return number m of quantiles */
    public int points() {
        return grid.length;
    }

    /** @return the running variable, a copy */
    public double[] runningVariable() {
        return x.clone();
    }

    /** @return the probabilities, a copy */
    public double[] grid() {
        return grid.clone();
    }

    /**
     * @param unit 0-based
     * @param point 0-based
     * @return one quantile of one unit
     */
    public double value(int unit, int point) {
        return quantiles[unit * grid.length + point];
    }

    /**
     * @param unit 0-based
     * @return the unit's quantiles, a copy
     */
    public double[] row(int unit) {
        return Arrays.copyOfRange(quantiles, unit * grid.length, (unit + 1) * grid.length);
    }

    /** @return observations per unit, a copy; zeros where unknown */
    public int[] sampleSizes() {
        return sampleSizes.clone();
    }

    /** @return the treatment, a copy, or null in a sharp design */
    public double @Nullable [] treatment() {
        return treatment == null ? null : treatment.clone();
    }

    /** @return the cluster ids, a copy, or null */
    public int @Nullable [] clusters() {
        return clusters == null ? null : clusters.clone();
    }

    /** @return the unit weights, a copy, or null */
    public double @Nullable [] unitWeights() {
        return unitWeights == null ? null : unitWeights.clone();
    }

    /**
     * @param kept indices of units, 0-based
     * @return the matrix of these units, in that order
     */
    QuantileMatrix select(int[] kept) {
        int m = grid.length;
        double[] rows = rows(quantiles, kept, m);
        double[] plain = unweighted == quantiles ? rows : rows(unweighted, kept, m);
        double[] t = treatment;
        int[] c = clusters;
        double[] w = unitWeights;
        return new QuantileMatrix(
                pick(x, kept),
                rows,
                grid,
                Arrays.stream(kept).map(i -> sampleSizes[i]).toArray(),
                plain,
                t == null ? null : pick(t, kept),
                c == null ? null : Arrays.stream(kept).map(i -> c[i]).toArray(),
                w == null ? null : pick(w, kept));
    }

    /** @return the same units without treatment */
    QuantileMatrix sharp() {
        return new QuantileMatrix(x, quantiles, grid, sampleSizes, unweighted, null, clusters, unitWeights);
    }

    private static double[] pick(double[] values, int[] kept) {
        return Arrays.stream(kept).mapToDouble(i -> values[i]).toArray();
    }

    private static double[] rows(double[] flat, int[] kept, int m) {
        double[] rows = new double[kept.length * m];
        for (int k = 0; k < kept.length; k++) {
            System.arraycopy(flat, kept[k] * m, rows, k * m, m);
        }
        return rows;
    }

    double[] x() {
        return x;
    }

    double[] flat() {
        return quantiles;
    }

    double[] unweightedFlat() {
        return unweighted;
    }

    double[] probabilities() {
        return grid;
    }

    int[] sizes() {
        return sampleSizes;
    }

    double @Nullable [] treatments() {
        return treatment;
    }

    int @Nullable [] clusterIds() {
        return clusters;
    }

    double @Nullable [] weightsOfUnits() {
        return unitWeights;
    }

    /** Takes units one by one and keeps their quantiles alone. Not for several threads at once. */
    public static final class Builder {
        private static final int START = 64;

        private final UnitQuantiles unit;
        private final double[] grid;
        private double[] x = new double[START];
        private int[] sizes = new int[START];
        private double[] rows;
        private double[] plain;
        private boolean weighted;
        private int count;

        private Builder(QuantileType type, double[] grid) {
            this.grid = grid;
            unit = new UnitQuantiles(type, grid);
            rows = new double[START * grid.length];
            plain = new double[0];
        }

        /**
         * @param runningVariable of the unit
         * @param sample its outcomes, any order
         * @return this builder
         * @throws IllegalArgumentException if a number is not finite or the sample is empty
         */
        public Builder add(double runningVariable, double[] sample) {
            return add(runningVariable, sample, null);
        }

        /**
         * @param runningVariable of the unit
         * @param sample its outcomes, any order
         * @param weights as many sampling weights, or null for ones
         * @return this builder
         * @throws IllegalArgumentException if a number is not finite, the sample is empty, or the weights are not as many,
         *     negative or all zero
         */
        public Builder add(double runningVariable, double[] sample, double @Nullable [] weights) {
            UnitSamples.check("unit " + (count + 1), runningVariable, sample, weights);
            int m = grid.length;
            if (count == x.length) {
                x = Arrays.copyOf(x, 2 * count);
                sizes = Arrays.copyOf(sizes, 2 * count);
                rows = Arrays.copyOf(rows, 2 * count * m);
            }
            if (weights != null && !weighted) {
                weighted = true;
                plain = Arrays.copyOf(rows, rows.length);
            }
            if (weighted && plain.length < rows.length) {
                plain = Arrays.copyOf(plain, rows.length);
            }
            x[count] = runningVariable;
            sizes[count] = sample.length;
            unit.of(sample, weights, rows, count * m);
            if (weighted) {
                unit.of(sample, null, plain, count * m);
            }
            count++;
            return this;
        }

        /** @return the matrix of the units added so far */
        public QuantileMatrix build() {
            double[] q = Arrays.copyOf(rows, count * grid.length);
            return QuantileMatrix.of(
                    Arrays.copyOf(x, count),
                    q,
                    grid,
                    Arrays.copyOf(sizes, count),
                    weighted ? Arrays.copyOf(plain, q.length) : q);
        }
    }
}
