package io.verity.simulations.claims;

import io.verity.stats.random.RandomStream;

/** One replicate of a claim about several means at once: a pure function of its stream. */
@FunctionalInterface
public interface VectorReplicate {
    /**
     * @param context budget, backend
     * @param stream the replicate's stream
     * @return what is averaged, always in the same order
     */
    double[] measure(ClaimContext context, RandomStream stream);
}
