package io.verity.estimators.hconsistency;

import java.util.List;

/** What the search for the best hypothesis of a class found. */
final class BestInClass {
    private final double risk;
    private final MinimizabilityGap.Quality quality;
    private final boolean attained;
    private final double residual;
    private final List<String> notes;

    BestInClass(double risk, MinimizabilityGap.Quality quality, boolean attained, double residual, List<String> notes) {
        this.risk = risk;
        this.quality = quality;
        this.attained = attained;
        this.residual = residual;
        this.notes = List.copyOf(notes);
    }

    /** The lowest value of the local searches from all starts, for a risk that is not convex. */
    static BestInClass lowest(double risk, double residual) {
        return new BestInClass(
                risk,
                MinimizabilityGap.Quality.UPPER_BOUND,
                true,
                residual,
                List.of("not convex: the lowest of " + UnboundedLinear.STARTS + " local searches, an upper bound"));
    }

    double risk() {
        return risk;
    }

    MinimizabilityGap.Quality quality() {
        return quality;
    }

    boolean attained() {
        return attained;
    }

    double residual() {
        return residual;
    }

    List<String> notes() {
        return notes;
    }
}
