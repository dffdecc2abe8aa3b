package io.verity.simulations.claims;

import io.verity.stats.linalg.DenseBackend;
import io.verity.stats.random.RandomStream;
import java.util.List;
import java.util.function.Function;

/** What a claim may use while it is verified. Everything in it is safe for concurrent use. */
public interface ClaimContext {
    /** @return how much work is allowed */
    Budget budget();

    /** @return true at full budget */
    default boolean full() {
        return budget() == Budget.FULL;
    }

    /** @return the master seed */
    long seed();

    /** @return the matrix backend that this run uses */
    DenseBackend backend();

    /** @return error probability of one statistical record, 1e-5 unless changed */
    double errorProbability();

    /**
     * @param replicate index of an instance or replicate
     * @return the random stream of that replicate of the claim being verified
     */
    RandomStream stream(long replicate);

    /**
     * Applies a pure function to each item, in parallel where threads are free.
     *
     * @param items inputs
     * @param function pure function
     * @param <T> type of the inputs
     * @param <R> type of the results
     * @return results in the order of the items
     */
    <T, R> List<R> map(List<T> items, Function<? super T, ? extends R> function);

    /**
     * Tells the progress display how far the claim is.
     *
     * @param done work done
     * @param total all the work
     */
    void progress(long done, long total);
}
