package io.verity.simulations.claims;

/** How much work a verification may do. */
public enum Budget {
    /** Small instances; the whole project in minutes. */
    QUICK,
    /** Everything the specification asks for. */
    FULL
}
