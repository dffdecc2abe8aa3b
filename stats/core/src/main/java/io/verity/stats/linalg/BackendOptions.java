package io.verity.stats.linalg;

import io.verity.stats.Arguments;

/**
 * How a backend is opened.
 *
 * @param threads threads it may use, at least 1; results of the deterministic backends do not depend on it
 */
public record BackendOptions(int threads) {
    /** Checks the number of threads. */
    public BackendOptions {
        Arguments.atLeast("threads", threads, 1);
    }

    /** @return one thread, for callers that are parallel themselves */
    public static BackendOptions singleThread() {
        return new BackendOptions(1);
    }

    /** @return as many threads as there are processors */
    public static BackendOptions allProcessors() {
        return new BackendOptions(Runtime.getRuntime().availableProcessors());
    }
}
