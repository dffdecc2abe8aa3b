package io.verity.simulations.claims;

import java.util.List;

/**
 * Hears how a verification goes. Everything may be called from several threads, except {@link #record}, which is called for
 * one record at a time in registry order.
 */
public interface VerificationListener {
    /**
     * @param claims what will be verified, controls included, in registry order
     */
    default void selected(List<Claim> claims) {}

    /**
     * @param claim a claim whose verification begins
     */
    default void started(Claim claim) {}

    /**
     * @param claim a claim under verification
     * @param done work done
     * @param total all the work, as far as it is known
     */
    default void progress(Claim claim, long done, long total) {}

    /**
     * @param claim a claim whose own verification has ended
     * @param verdict its own verdict, before its controls are looked at
     */
    default void finished(Claim claim, Verdict verdict) {}

    /**
     * @param record the final record of the next claim in registry order
     */
    default void record(ClaimRecord record) {}

    /** @return a listener that ignores everything */
    static VerificationListener none() {
        return new VerificationListener() {};
    }
}
