package io.verity.papers.raptor;

import io.verity.simulations.claims.Claim;
import io.verity.simulations.claims.Claims;
import io.verity.simulations.claims.Paper;
import java.util.List;

/** Ridge-adaptive logistic probes: the claims R1 to R12 with their controls and findings. */
public final class RaptorPaper implements Paper {
    /** Called by the service loader. */
    public RaptorPaper() {}

    @Override
    public String name() {
        return "raptor";
    }

    @Override
    public String title() {
        return Sources.RAPTOR.title();
    }

    @Override
    public String citation() {
        return Sources.RAPTOR.authors() + ", " + Sources.RAPTOR.identifier();
    }

    @Override
    public List<Claim> claims() {
        TheoryClaims theory = new TheoryClaims();
        OverlapClaims overlap = new OverlapClaims();
        RealLayers real = new RealLayers();
        LayerClaims layers = new LayerClaims(real);
        return Claims.inOrder(
                theory.predictions(),
                theory.accuracyHasNoPower(),
                overlap.disjoint(),
                overlap.overlapping(),
                PenaltyClaims.interior(),
                TuningClaims.tuned(),
                TuningClaims.atEqualSize(),
                PenaltyClaims.meanDifference(),
                SteeringClaims.closedForm(),
                SeparabilityClaims.transition(),
                new SubspaceClaims(real).accuracy(),
                layers.absentConcept(),
                layers.dropout(),
                new StructureClaims(real).plugIn(),
                layers.reproducibility());
    }
}
