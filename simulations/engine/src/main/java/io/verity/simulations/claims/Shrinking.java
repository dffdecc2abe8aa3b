package io.verity.simulations.claims;

import java.util.function.Function;
import java.util.function.Predicate;

/** Makes a violating instance small enough to check by hand. */
public final class Shrinking {
    private static final int MOST_ATTEMPTS = 10_000;

    private Shrinking() {}

    /**
     * Takes the first smaller candidate that still violates, and starts again from it until none does (or 10,000 candidates
     * were tried).
     *
     * @param instance a violating instance
     * @param smaller simpler variants of an instance, the boldest first: without half of its rows, without one row, rounded
     * @param violates whether a variant still violates the statement
     * @param <T> type of the instances
     * @return the smallest violating instance found; the given one if nothing smaller violates
     */
    public static <T> T smallest(
            T instance, Function<? super T, ? extends Iterable<? extends T>> smaller, Predicate<? super T> violates) {
        T best = instance;
        int attempts = 0;
        boolean shrunk = true;
        while (shrunk) {
            shrunk = false;
            for (T candidate : smaller.apply(best)) {
                if (attempts++ >= MOST_ATTEMPTS) {
                    return best;
                }
                if (violates.test(candidate)) {
                    best = candidate;
                    shrunk = true;
                    break;
                }
            }
        }
        return best;
    }
}
