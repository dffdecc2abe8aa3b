package io.verity.papers.evidence;

import io.verity.simulations.claims.Verdict;
import io.verity.simulations.claims.Verification;
import java.util.List;

/** Negative controls beside their claims. */
public final class Controls {
    private Controls() {}

    /**
     * @param experiment a control's experiment
     * @return the same verdict without the tables and figures, which would repeat those of the claim
     */
    public static Verification bare(Verification experiment) {
        return context -> {
            Verdict v = experiment.verify(context);
            return v.with(v.assumptions(), List.of(), List.of());
        };
    }
}
