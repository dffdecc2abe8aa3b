package io.verity.papers.r3d;

import io.verity.simulations.claims.Claim;
import io.verity.simulations.claims.Claims;
import io.verity.simulations.claims.Paper;
import java.util.List;

/** Regression discontinuity with distribution-valued outcomes: the claims R3D-1 to R3D-13 and RD-1 with their controls. */
public final class R3dPaper implements Paper {
    /** Called by the service loader. */
    public R3dPaper() {}

    @Override
    public String name() {
        return "r3d";
    }

    @Override
    public String title() {
        return Sources.VAN_DIJCKE.title();
    }

    @Override
    public String citation() {
        return Sources.VAN_DIJCKE.authors() + ", " + Sources.VAN_DIJCKE.identifier();
    }

    @Override
    public List<Claim> claims() {
        return Claims.inOrder(
                CoverageClaims.frechet(),
                CoverageClaims.simple(),
                CoverageClaims.frechetWithShape(),
                BiasClaims.unbiased(),
                BiasClaims.pooledTarget(),
                CoverageClaims.uncorrected(),
                CoverageClaims.corrected(),
                WidthClaims.positiveWeights(),
                ProjectionClaims.agreement(),
                ProjectionClaims.improvement(),
                HypothesisClaims.homogeneity(),
                HypothesisClaims.size(),
                HypothesisClaims.power(),
                CoverageClaims.fuzzy(),
                WidthClaims.engines(),
                IdentityClaims.averageEffect(),
                BandwidthClaims.rate(),
                ScalarClaims.robust());
    }
}
