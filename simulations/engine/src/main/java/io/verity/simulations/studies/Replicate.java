package io.verity.simulations.studies;

import io.verity.stats.random.RandomStream;

/**
 * One replicate of a study: a pure function of its condition and its random stream. It may run on any thread, beside others.
 *
 * @param <C> record type of the conditions
 */
@FunctionalInterface
public interface Replicate<C extends Record> {
    /**
     * @param condition the condition
     * @param stream the replicate's own random stream
     * @return a value for every metric of the study
     * @throws Exception anything; the replicate then counts as failed
     */
    Row run(C condition, RandomStream stream) throws Exception;
}
