package io.verity.papers.r3d;

import io.verity.estimators.r3d.QuantileMatrix;
import io.verity.stats.Arguments;
import io.verity.stats.random.RandomStream;
import io.verity.stats.smoothing.SmoothingKernel;

/**
 * A condition of {@code r3d/bandwidth-rate}.
 *
 * @param design of the data
 * @param units number n of units
 * @param perUnit outcomes per unit; 0 for the units' own quantile functions
 * @param kernel of the estimator
 * @param selector {@code paper}, {@code imserd} or {@code r-package}
 */
record RateCondition(Design design, int units, int perUnit, SmoothingKernel kernel, String selector) {
    RateCondition {
        Arguments.atLeast("units", units, 20);
        Arguments.atLeast("perUnit", perUnit, 0);
        Arguments.require(
                perUnit > 0 || design != Design.DGP2, "dgp2 needs samples: its units have no closed quantile function");
        CoverageCondition.bandwidths(selector, false);
    }

    double bandwidth(RandomStream stream) {
        double[] grid = Targets.deciles();
        QuantileMatrix data = perUnit == 0
                ? design.exactQuantiles(stream, units, 0, grid)
                : design.quantiles(stream, units, perUnit, 0, grid);
        return Experiments.estimator(1, stream)
                .with(kernel)
                .with(CoverageCondition.bandwidths(selector, design == Design.FUZZY))
                .fit(data)
                .bandwidths()[0];
    }

    /** Everything but the number of units, for the legend. */
    String series() {
        String quantiles = perUnit == 0 ? "exact quantiles" : perUnit + " outcomes per unit";
        return String.join(", ", design.toString(), Words.of(kernel), selector, quantiles);
    }
}
