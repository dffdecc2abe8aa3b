package io.verity.papers.r3d;

import io.verity.simulations.claims.ClaimBuilder;
import io.verity.simulations.claims.Claims;
import io.verity.simulations.claims.Criteria;
import io.verity.simulations.claims.Exponent;
import io.verity.stats.random.RandomStream;

/** R3D-13: how the plug-in bandwidth shrinks with the number of units. */
final class BandwidthClaims {
    private static final double[] UNITS = {500, 1000, 2000, 4000, 8000};

    private BandwidthClaims() {}

    static ClaimBuilder rate() {
        return Claims.claim("r3d/R3D-13")
                .from(Sources.VAN_DIJCKE.at("Appendix A-4.2, eqs. A-8 and A-9"))
                .title("The bandwidth shrinks like the fifth root")
                .states(
                        "Where the means bend (dgp3), the plug-in bandwidth falls like \\(n^{-1/5}\\): the slope of \\(\\log\\)"
                                + " mean \\(h\\) against \\(\\log n\\), n from 500 to 8000, lies between -0.30 and -0.10.")
                .assuming("assumptions", "I1, I2, K1, L1-L3")
                .assuming(
                        "data",
                        "the units' own quantile functions instead of samples, triangular kernel, pilot order 1")
                .verifiedBy(slope().between(-.30, -.10))
                .control("It does not shrink", "The slope lies between -0.08 and 0.08.", slope().between(-.08, .08));
    }

    private static Exponent slope() {
        return Criteria.exponent(
                        "slope of log mean bandwidth on log n", UNITS, (c, stream, n) -> bandwidth(stream, (int) n))
                .caps(400, 1200)
                .batch(5);
    }

    static double bandwidth(RandomStream stream, int units) {
        return Experiments.estimator(1, stream)
                .fit(Design.DGP3.exactQuantiles(stream, units, 0, Targets.deciles()))
                .bandwidths()[0];
    }
}
