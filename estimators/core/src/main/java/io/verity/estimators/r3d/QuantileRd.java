package io.verity.estimators.r3d;

import io.verity.estimators.rd.MseBandwidth;
import io.verity.estimators.rd.ScalarRd;
import io.verity.stats.Arguments;
import io.verity.stats.result.ResultTable;
import io.verity.stats.smoothing.LocalPolynomial;
import io.verity.stats.smoothing.SmoothingKernel;
import java.util.Arrays;

/**
 * Quantile regression discontinuity on the pooled observations, for comparison only: the jump of the quantile of the
 * <em>mixture</em> of all units' distributions, by local linear distribution functions that are made monotone and inverted
 * (Frandsen, Froelich and Melly 2012, J. Econometrics). It is another quantity than the average quantile effect of {@link R3d}: the
 * two agree where treatment only shifts the unit distributions, and differ where it changes their spread or shape.
 *
 * <p>No standard errors are given: those of the literature take observations as independent, which within units they are not,
 * and would be too small by a factor that grows with the size of the units. Immutable.
 */
public final class QuantileRd {
    private final double cutoff;
    private final SmoothingKernel kernel;
    private final double bandwidth;
    private final double[] grid;

    private QuantileRd(double cutoff, SmoothingKernel kernel, double bandwidth, double[] grid) {
        this.cutoff = cutoff;
        this.kernel = kernel;
        this.bandwidth = bandwidth;
        this.grid = grid;
    }

    /** @return cutoff 0, triangular kernel, bandwidth of the scalar discontinuity of the unit means, the nine deciles */
    public static QuantileRd withDefaults() {
        double[] deciles = {0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9};
        return new QuantileRd(0, SmoothingKernel.TRIANGULAR, Double.NaN, deciles);
    }

    /**
     * @param value c, in units of the running variable
     * @return a copy with that cutoff
     * @throws IllegalArgumentException if it is not finite
     */
    public QuantileRd withCutoff(double value) {
        return new QuantileRd(Arguments.finite("cutoff", value), kernel, bandwidth, grid);
    }

    /**
     * @param value weights of units by their distance from the cutoff
     * @return a copy with that kernel
     */
    public QuantileRd with(SmoothingKernel value) {
        return new QuantileRd(cutoff, value, bandwidth, grid);
    }

    /**
     * @param h bandwidth
     * @return a copy with that bandwidth instead of a selected one
     * @throws IllegalArgumentException if it is not positive and finite
     */
    public QuantileRd withBandwidth(double h) {
        return new QuantileRd(cutoff, kernel, Arguments.positive("bandwidth", h), grid);
    }

    /**
     * @param probabilities strictly increasing inside (0, 1)
     * @return a copy with that grid
     * @throws IllegalArgumentException if they are not a grid
     */
    public QuantileRd withGrid(double... probabilities) {
        QuantileMatrix.checkGrid(probabilities);
        return new QuantileRd(cutoff, kernel, bandwidth, probabilities.clone());
    }

    /**
     * The result.
     *
     * @param grid probabilities q
     * @param tau jumps of the pooled quantiles
     * @param plus quantiles of the mixture just above the cutoff
     * @param minus the same just below
     * @param bandwidth used
     */
    @SuppressWarnings("ArrayRecordComponent") // columns of one table; two fits are never compared
    public record Fit(double[] grid, double[] tau, double[] plus, double[] minus, double bandwidth) {
        /** @return one row per grid point */
        public ResultTable toTable() {
            ResultTable.Builder table = ResultTable.named("pooled-quantiles", "Jumps of the pooled quantiles")
                    .number("q", "quantile q", "")
                    .number("tau", "jump", "")
                    .number("m_plus", "pooled quantile above", "")
                    .number("m_minus", "pooled quantile below", "");
            for (int j = 0; j < grid.length; j++) {
                table.row(grid[j], tau[j], plus[j], minus[j]);
            }
            return table.build();
        }
    }

    /**
     * @param units with their samples; sampling weights, treatment and clusters play no part
     * @return the jumps of the pooled quantiles
     * @throws io.verity.stats.EstimationException if a side has too few units within the bandwidth
     */
    public Fit fit(UnitSamples units) {
        double[] x = units.runningVariable();
        double h = Double.isNaN(bandwidth) ? selected(units, x) : bandwidth;
        double[] plus = quantiles(units, x, h, true);
        double[] minus = quantiles(units, x, h, false);
        double[] tau = new double[grid.length];
        for (int j = 0; j < tau.length; j++) {
            tau[j] = plus[j] - minus[j];
        }
        return new Fit(grid.clone(), tau, plus, minus, h);
    }

    private double selected(UnitSamples units, double[] x) {
        double[] means = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            means[i] = Arrays.stream(units.sampleOf(i)).average().orElseThrow();
        }
        return MseBandwidth.of(ScalarRd.withDefaults().withCutoff(cutoff).with(kernel))
                .select(x, means)
                .left();
    }

    private double[] quantiles(UnitSamples units, double[] x, double h, boolean right) {
        int[] rows = new int[x.length];
        double[] distances = Arrays.stream(x).map(v -> v - cutoff).toArray();
        double scale = Math.min(
                h, Arrays.stream(distances).map(Math::abs).max().orElse(h)); // tiny u would be singular to rounding
        double[] u = new double[x.length];
        double[] w = new double[x.length];
        int count = 0;
        int observations = 0;
        for (int i = 0; i < x.length; i++) {
            double distance = distances[i];
            double weight = distance >= 0 == right ? kernel.weight(distance / h) : 0;
            if (weight > 0) {
                rows[count] = i;
                u[count] = distance / scale;
                w[count++] = weight * units.sampleOf(i).length; // every observation has the unit's kernel weight
                observations += units.sampleOf(i).length;
            }
        }
        LocalPolynomial fit =
                count > 1 ? LocalPolynomial.of(Arrays.copyOf(u, count), Arrays.copyOf(w, count), 1) : null;
        if (fit == null || fit.isSingular()) {
            throw SideWeights.tooFew(
                    right, h, 1, Arrays.stream(u, 0, count).distinct().count(), distances);
        }
        double[] weights = fit.weights(0);
        double[] z = new double[observations];
        double[] share = new double[observations];
        int at = 0;
        for (int k = 0; k < count; k++) {
            double[] sample = units.sampleOf(rows[k]);
            Arrays.fill(share, at, at + sample.length, weights[k] / sample.length);
            System.arraycopy(sample, 0, z, at, sample.length);
            at += sample.length;
        }
        return inverted(z, share);
    }

    /** Quantiles of the distribution function \( F(z) = \sum_k s_k 1\{z_k \le z\} \), clipped to [0, 1] and sorted. */
    private double[] inverted(double[] z, double[] share) {
        double[] sorted = z.clone();
        Arrays.sort(sorted);
        double[] mass = new double[z.length];
        for (int k = 0; k < z.length; k++) {
            mass[Arrays.binarySearch(sorted, z[k])] += share[k]; // equal values share any one place; summed up below
        }
        int distinct = 0;
        double cumulative = 0;
        double[] values = new double[z.length];
        double[] distribution = new double[z.length];
        for (int k = 0; k < sorted.length; k++) {
            cumulative += mass[k];
            if (k + 1 < sorted.length && sorted[k + 1] == sorted[k]) {
                continue;
            }
            values[distinct] = sorted[k];
            distribution[distinct++] = Math.min(1, Math.max(0, cumulative));
        }
        Arrays.sort(distribution, 0, distinct);
        double[] result = new double[grid.length];
        for (int j = 0; j < grid.length; j++) {
            int first = firstAtLeast(distribution, distinct, grid[j]);
            result[j] = values[Math.min(first, distinct - 1)];
        }
        return result;
    }

    private static int firstAtLeast(double[] ascending, int count, double level) {
        double reached = level - 1e-12; // sums of weights miss a level by rounding
        int low = 0;
        int high = count;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (ascending[middle] >= reached) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }
}
