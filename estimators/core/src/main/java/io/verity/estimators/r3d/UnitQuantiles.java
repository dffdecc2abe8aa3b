package io.verity.estimators.r3d;

import io.verity.stats.quantiles.BucketSort;
import io.verity.stats.quantiles.QuantileType;
import io.verity.stats.quantiles.Quantiles;
import org.jspecify.annotations.Nullable;

/** The quantiles of one unit after another, sorted in arrays that are used again. Not for several threads at once. */
final class UnitQuantiles {
    private final QuantileType type;
    private final double[] grid;
    private final BucketSort sort = new BucketSort();

    UnitQuantiles(QuantileType type, double[] grid) {
        this.type = type;
        this.grid = grid;
    }

    void of(double[] sample, double @Nullable [] weights, double[] out, int offset) {
        if (weights != null) {
            Quantiles.weighted(sample, weights, grid, out, offset);
            return;
        }
        Quantiles.ofSorted(sort.sorted(sample), sample.length, grid, type, out, offset);
    }
}
