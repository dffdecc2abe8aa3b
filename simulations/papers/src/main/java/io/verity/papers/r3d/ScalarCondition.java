package io.verity.papers.r3d;

import io.verity.estimators.rd.BandwidthSelector;
import io.verity.estimators.rd.RdVariance;
import io.verity.estimators.rd.ScalarRd;
import io.verity.estimators.rd.ScalarRdFit;
import io.verity.stats.Arguments;
import io.verity.stats.random.RandomStream;
import io.verity.stats.smoothing.SmoothingKernel;

/**
 * A condition of {@code rd/coverage}: options of scalar regression discontinuity on the bent design.
 *
 * @param n sample size
 * @param kernel of the estimator
 * @param order of the local polynomial
 * @param selector of the bandwidths
 * @param multiple the selected main bandwidths times this; with any number but 1 the pilot bandwidth equals the main one
 * @param variance of the estimate
 */
record ScalarCondition(
        int n, SmoothingKernel kernel, int order, BandwidthSelector selector, double multiple, RdVariance variance) {
    ScalarCondition {
        Arguments.atLeast("n", n, 50);
        Arguments.atLeast("order", order, 0);
        Arguments.positive("multiple", multiple);
    }

    ScalarRdFit fit(RandomStream stream) {
        CurvedRd data = CurvedRd.draw(stream, n);
        ScalarRd rd = ScalarRd.withDefaults()
                .withOrder(order)
                .with(kernel)
                .with(selector)
                .with(variance);
        ScalarRdFit fit = rd.fit(data.y(), data.x());
        return multiple == 1
                ? fit
                : rd.withBandwidths(
                                multiple * fit.bandwidths().left(),
                                multiple * fit.bandwidths().right())
                        .fit(data.y(), data.x());
    }

    /** Everything but the multiple, for the legend. */
    String series() {
        return String.join(
                ", ", "n = " + n, Words.of(kernel), "order " + order, Words.of(selector), Words.of(variance));
    }
}
