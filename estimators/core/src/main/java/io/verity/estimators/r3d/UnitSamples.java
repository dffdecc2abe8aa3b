package io.verity.estimators.r3d;

import io.verity.stats.Arguments;
import io.verity.stats.quantiles.QuantileType;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Units with their samples in memory: what a data set for R3D is before quantiles are taken. Immutable; the samples are kept
 * by reference and must not be changed afterwards.
 */
public final class UnitSamples {
    /** Observations below which one thread takes the quantiles sooner than two. */
    private static final int PARALLEL = 100_000;

    private static final int BLOCK = 64;

    private final double[] x;
    private final double[][] samples;
    private final double @Nullable [][] weights;
    private final double @Nullable [] treatment;
    private final int @Nullable [] clusters;
    private final double @Nullable [] unitWeights;

    private UnitSamples(
            double[] x,
            double[][] samples,
            double @Nullable [][] weights,
            double @Nullable [] treatment,
            int @Nullable [] clusters,
            double @Nullable [] unitWeights) {
        this.x = x;
        this.samples = samples;
        this.weights = weights;
        this.treatment = treatment;
        this.clusters = clusters;
        this.unitWeights = unitWeights;
    }

    /**
     * @param x running variable of n units
     * @param samples n samples of outcomes, of any lengths
     * @return the units
     * @throws IllegalArgumentException if lengths differ, a sample is empty or a number is not finite (unit and position are
     *     named)
     */
    public static UnitSamples of(double[] x, double[][] samples) {
        Arguments.require(samples.length == x.length, "%d samples for %d units", samples.length, x.length);
        for (int i = 0; i < x.length; i++) {
            check("unit " + (i + 1), x[i], samples[i], null);
        }
        return new UnitSamples(x.clone(), samples.clone(), null, null, null, null);
    }

    /**
     * @param x running variable of n units
     * @param samples n samples of outcomes
     * @param weights sampling weights of the observations, shaped as the samples
     * @return the units
     * @throws IllegalArgumentException as {@link #of(double[], double[][])}, or if weights are not as many as observations,
     *     negative, not finite, or all zero in a unit
     */
    public static UnitSamples of(double[] x, double[][] samples, double[][] weights) {
        Arguments.require(samples.length == x.length, "%d samples for %d units", samples.length, x.length);
        Arguments.require(weights.length == x.length, "%d weight arrays for %d units", weights.length, x.length);
        for (int i = 0; i < x.length; i++) {
            check("unit " + (i + 1), x[i], samples[i], weights[i]);
        }
        return new UnitSamples(x.clone(), samples.clone(), weights.clone(), null, null, null);
    }

    /** @return an empty builder */
    public static Builder builder() {
        return new Builder();
    }

    static void check(String name, double x, double[] sample, double @Nullable [] weights) {
        Arguments.require(Double.isFinite(x), "the running variable of %s is not finite (%s)", name, x);
        Arguments.require(sample.length > 0, "%s has no observations", name);
        for (int j = 0; j < sample.length; j++) {
            if (!Double.isFinite(sample[j])) {
                throw new IllegalArgumentException(
                        "observation " + (j + 1) + " of " + name + " is not finite (" + sample[j] + ")");
            }
        }
        if (weights == null) {
            return;
        }
        Arguments.require(
                weights.length == sample.length,
                "%s has %d observations but %d weights",
                name,
                sample.length,
                weights.length);
        double sum = 0;
        for (int j = 0; j < weights.length; j++) {
            if (!(weights[j] >= 0 && weights[j] < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException(
                        "weight " + (j + 1) + " of " + name + " must be finite and at least 0, but is " + weights[j]);
            }
            sum += weights[j];
        }
        Arguments.require(sum > 0, "all weights of %s are zero", name);
    }

    /**
     * @param values treatment of every unit, usually 0 or 1
     * @return a copy with the treatment of a fuzzy design
     * @throws IllegalArgumentException if their number differs
     */
    public UnitSamples withTreatment(double... values) {
        Arguments.require(values.length == x.length, "%d treatments for %d units", values.length, x.length);
        Arguments.allFinite("treatment", values);
        return new UnitSamples(x, samples, weights, values.clone(), clusters, unitWeights);
    }

    /**
     * @param ids cluster of every unit
     * @return a copy with clusters
     * @throws IllegalArgumentException if their number differs
     */
    public UnitSamples withClusters(int... ids) {
        Arguments.require(ids.length == x.length, "%d cluster ids for %d units", ids.length, x.length);
        return new UnitSamples(x, samples, weights, treatment, ids.clone(), unitWeights);
    }

    /**
     * @param values weight of every unit in the average
     * @return a copy with unit weights
     * @throws IllegalArgumentException if their number differs
     */
    public UnitSamples withUnitWeights(double... values) {
        Arguments.require(values.length == x.length, "%d unit weights for %d units", values.length, x.length);
        for (int i = 0; i < values.length; i++) {
            Arguments.nonNegative("weight of unit " + (i + 1), values[i]);
        }
        return new UnitSamples(x, samples, weights, treatment, clusters, values.clone());
    }

    /** @return number of units */
    public int units() {
        return x.length;
    }

    /** @return running variable, a copy */
    public double[] runningVariable() {
        return x.clone();
    }

    /**
     * @param unit 0-based
     * @return its outcomes, a copy
     */
    public double[] sample(int unit) {
        return samples[unit].clone();
    }

    double[] sampleOf(int unit) {
        return samples[unit];
    }

    /**
     * Takes the quantiles of every unit, several threads sharing the units when there is much to sort.
     *
     * @param type definition of the sample quantile; weighted samples have one of their own
     * @param grid m probabilities, strictly increasing inside (0, 1)
     * @return n x m quantiles with treatment, clusters and unit weights
     * @throws IllegalArgumentException if the grid, the treatment or the unit weights are not valid
     */
    public QuantileMatrix quantiles(QuantileType type, double... grid) {
        QuantileMatrix.checkGrid(grid);
        int n = x.length;
        int m = grid.length;
        double[] rows = new double[n * m];
        double[] plain = weights == null ? rows : new double[n * m];
        int[] sizes = new int[n];
        long total = 0;
        for (int i = 0; i < n; i++) {
            sizes[i] = samples[i].length;
            total += sizes[i];
        }
        IntStream blocks = IntStream.range(0, (n + BLOCK - 1) / BLOCK);
        (total > PARALLEL ? blocks.parallel() : blocks).forEach(block -> {
            UnitQuantiles unit = new UnitQuantiles(type, grid);
            for (int i = block * BLOCK; i < Math.min(n, (block + 1) * BLOCK); i++) {
                unit.of(samples[i], weights == null ? null : weights[i], rows, i * m);
                if (weights != null) {
                    unit.of(samples[i], null, plain, i * m);
                }
            }
        });
        QuantileMatrix matrix = QuantileMatrix.of(x, rows, grid.clone(), sizes, plain);
        matrix = treatment == null ? matrix : matrix.withTreatment(treatment);
        matrix = clusters == null ? matrix : matrix.withClusters(clusters);
        return unitWeights == null ? matrix : matrix.withUnitWeights(unitWeights);
    }

    /** Collects units one by one. */
    public static final class Builder {
        private final List<Double> x = new ArrayList<>();
        private final List<double[]> samples = new ArrayList<>();
        private final List<double[]> weights = new ArrayList<>();

        private Builder() {}

        /**
         * @param runningVariable of the unit
         * @param sample its outcomes
         * @return this builder
         */
        public Builder add(double runningVariable, double... sample) {
            x.add(runningVariable);
            samples.add(sample);
            return this;
        }

        /**
         * @param runningVariable of the unit
         * @param sample its outcomes
         * @param sampleWeights as many sampling weights
         * @return this builder
         */
        public Builder addWeighted(double runningVariable, double[] sample, double[] sampleWeights) {
            weights.add(sampleWeights);
            return add(runningVariable, sample);
        }

        /**
         * @return the units
         * @throws IllegalArgumentException as {@link UnitSamples#of(double[], double[][], double[][])}, or if only some units
         *     have weights
         */
        public UnitSamples build() {
            double[] positions = x.stream().mapToDouble(Double::doubleValue).toArray();
            double[][] outcomes = samples.toArray(double[][]::new);
            if (weights.isEmpty()) {
                return of(positions, outcomes);
            }
            Arguments.require(
                    weights.size() == samples.size(),
                    "%d of %d units have sampling weights; give them to all or to none",
                    weights.size(),
                    samples.size());
            return of(positions, outcomes, weights.toArray(double[][]::new));
        }
    }
}
