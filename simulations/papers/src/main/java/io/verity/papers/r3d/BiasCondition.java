package io.verity.papers.r3d;

import io.verity.estimators.r3d.Method;
import io.verity.estimators.r3d.QuantileRd;
import io.verity.stats.Arguments;
import io.verity.stats.random.RandomStream;
import java.util.Locale;

/**
 * A condition of {@code r3d/bias}.
 *
 * @param design of the data, sharp
 * @param estimator of the effects
 * @param units number n of units
 * @param perUnit outcomes per unit
 * @param effect \( \Delta \)
 * @param bandwidth {@code paper}, {@code imserd}, {@code r-package} or a number; pooled quantiles need a number, and take 0.3
 *     otherwise
 */
record BiasCondition(Design design, Estimator estimator, int units, int perUnit, double effect, String bandwidth) {
    private static final double POOLED_BANDWIDTH = .3;

    /** Estimators whose bias is compared. */
    enum Estimator {
        /** Average quantile effects, projected. */
        FRECHET,
        /** Average quantile effects, rearranged, a bandwidth per quantile. */
        SIMPLE,
        /** Jumps of the pooled quantiles. */
        POOLED;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    BiasCondition {
        Arguments.require(design != Design.FUZZY, "r3d/bias compares sharp designs; fuzzy is none");
        Arguments.atLeast("units", units, 20);
        Arguments.atLeast("perUnit", perUnit, 1);
        CoverageCondition.bandwidths(bandwidth, false);
    }

    double[] estimate(RandomStream stream) {
        if (estimator == Estimator.POOLED) {
            boolean selected = !Character.isDigit(bandwidth.charAt(0)) && bandwidth.charAt(0) != '.';
            return QuantileRd.withDefaults()
                    .withBandwidth(selected ? POOLED_BANDWIDTH : Double.parseDouble(bandwidth))
                    .fit(design.samples(stream, units, perUnit, effect))
                    .tau();
        }
        return Experiments.estimator(1, stream)
                .with(estimator == Estimator.SIMPLE ? Method.SIMPLE : Method.FRECHET)
                .with(CoverageCondition.bandwidths(bandwidth, false))
                .fit(design.quantiles(stream, units, perUnit, effect, Targets.deciles()))
                .tau();
    }
}
