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
     * Measures replicates of the claim being verified, in parallel where threads are free; those that an interrupted run has
     * left in the store are read from there. The value of a replicate depends on the seed, the claim, the cell and the
     * replicate's number alone.
     *
     * @param cell which of the claim's series of replicates (sizes, laws); 0 where there is one
     * @param from first replicate
     * @param to one past the last replicate
     * @param batch replicates that one thread takes at a time, at least 1; does not change the values
     * @param replicate what to measure
     * @return finite values in the order of the replicates
     * @throws ArithmeticException if a value is NaN or infinite; the message has the replicate's coordinates
     * @throws IllegalStateException if a replicate throws; the message has its coordinates
     */
    double[] replicates(int cell, long from, long to, int batch, Replicate replicate);

    /**
     * Tells the progress display how far the claim is.
     *
     * @param done work done
     * @param total all the work
     */
    void progress(long done, long total);
}
