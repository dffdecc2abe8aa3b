package io.verity.stats.inference;

import java.util.function.LongPredicate;

/** Finds where a condition that stays true once it is true starts to hold. */
final class Search {
    private Search() {}

    /** @return the smallest n in (from, most] with the condition, by doubling and bisection; most if there is none */
    static long smallest(long from, long most, LongPredicate condition) {
        long fails = Math.max(from, 1);
        long holds = fails;
        while (!condition.test(holds)) {
            if (holds >= most) {
                return most;
            }
            fails = holds;
            holds = Math.min(most, 2 * holds);
        }
        while (holds - fails > 1) {
            long middle = fails + (holds - fails) / 2;
            if (condition.test(middle)) {
                holds = middle;
            } else {
                fails = middle;
            }
        }
        return holds;
    }
}
