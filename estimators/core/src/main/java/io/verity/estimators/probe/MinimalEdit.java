package io.verity.estimators.probe;

/** Which states are moved when a target probability is given. */
public enum MinimalEdit {
    /** Only those on the wrong side of the target: below it for targets above one half, above it for others. */
    ONE_SIDED,
    /** All: every state ends at the target exactly. */
    EXACT
}
