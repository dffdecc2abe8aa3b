package io.verity.estimators.r3d;

import io.verity.stats.quantiles.QuantileType;
import io.verity.stats.quantiles.Quantiles;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The quantiles of one unit after another, sorted in one array that is used again. Not for several threads at once. */
final class UnitQuantiles {
    private final QuantileType type;
    private final double[] grid;
    private double[] sorted = new double[0];

    UnitQuantiles(QuantileType type, double[] grid) {
        this.type = type;
        this.grid = grid;
    }

    void of(double[] sample, double @Nullable [] weights, double[] out, int offset) {
        if (weights != null) {
            Quantiles.weighted(sample, weights, grid, out, offset);
            return;
        }
        int n = sample.length;
        if (sorted.length < n) {
            sorted = new double[n];
        }
        System.arraycopy(sample, 0, sorted, 0, n);
        Arrays.sort(sorted, 0, n);
        Quantiles.ofSorted(sorted, n, grid, type, out, offset);
    }
}
