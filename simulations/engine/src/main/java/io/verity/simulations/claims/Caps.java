package io.verity.simulations.claims;

import io.verity.stats.Arguments;

/** Most replicates of a criterion, at quick and at full budget. */
record Caps(long quick, long full) {
    Caps {
        Arguments.require(quick >= 1 && full >= 1, "caps must be at least 1, but are %d and %d", quick, full);
    }

    long of(Budget budget) {
        return budget == Budget.QUICK ? quick : full;
    }
}
