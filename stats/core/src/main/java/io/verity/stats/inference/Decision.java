package io.verity.stats.inference;

/** Where a confidence set lies with respect to an acceptance set. */
public enum Decision {
    /** Wholly inside. */
    INSIDE,
    /** Disjoint. */
    OUTSIDE,
    /** Neither. */
    OPEN
}
