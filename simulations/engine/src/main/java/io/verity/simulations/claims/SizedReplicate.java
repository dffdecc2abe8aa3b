package io.verity.simulations.claims;

import io.verity.stats.random.RandomStream;

/** One replicate of a claim about a rate: a pure function of its stream and of the size whose power is claimed. */
@FunctionalInterface
public interface SizedReplicate {
    /**
     * @param context budget, backend
     * @param stream the replicate's stream
     * @param size sample size, dimension, number of steps
     * @return what is averaged at that size; its mean must be positive
     */
    double measure(ClaimContext context, RandomStream stream, double size);
}
