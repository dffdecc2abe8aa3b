package io.verity.simulations.claims;

import io.verity.stats.random.RandomStream;

/**
 * One replicate of a statistical claim: a pure function of its stream. Claims about an event return 1 when it happens and
 * 0 when it does not; claims about an ordering return the difference of the two quantities, computed from the same stream.
 */
@FunctionalInterface
public interface Replicate {
    /**
     * @param context budget, backend
     * @param stream the replicate's stream; generator seeds are drawn from it too
     * @return what is averaged
     */
    double measure(ClaimContext context, RandomStream stream);
}
