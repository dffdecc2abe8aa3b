package io.verity.estimators.probe;

/** Which states are moved when a target probability is given. */
public enum MinimalEdit {
    /**
     * Only those on the wrong side of the target t: with probability below t where t is above one half, above t where t is below one
     * half. The others stay, because they are as sure of the class wanted as was asked for, and moving them would make them less so.
     * At t = 1/2 no class is wanted, so that no side is the wrong one: every state is moved to probability one half exactly, from either
     * side, as {@link #EXACT} does.
     */
    ONE_SIDED,
    /** All: every state ends at the target exactly. */
    EXACT
}
