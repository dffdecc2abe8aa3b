package io.verity.simulations.claims;

import java.util.ArrayList;
import java.util.List;

/**
 * When a sequential criterion looks at its replicates: after 200, then after half as many again, rounded up to whole batches,
 * until the cap. Fixed counts, so that the verdict does not depend on what finishes first.
 */
final class Looks {
    static final long FIRST = 200;

    private Looks() {}

    /** @return counts in ascending order, the last one the cap */
    static List<Long> until(long cap, long batch) {
        List<Long> looks = new ArrayList<>();
        for (long next = up(FIRST, batch); next < cap; next = up(next + (next + 1) / 2, batch)) {
            looks.add(next);
        }
        looks.add(cap);
        return looks;
    }

    private static long up(long count, long batch) {
        return (count + batch - 1) / batch * batch;
    }
}
