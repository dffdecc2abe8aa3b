package io.verity.estimators.rd;

import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Work that the two sides of the cutoff do not share: by two threads where there is enough of it, with the same results. */
final class BothSides {
    /** Rows below which starting a second thread costs more than it saves. */
    private static final int PARALLEL = 8_000;

    private BothSides() {}

    /**
     * @param rows of both sides together
     * @param work takes 0 for the left side, 1 for the right
     * @return what it returned, left first
     */
    static <T> List<T> of(int rows, IntFunction<T> work) {
        IntStream sides = IntStream.range(0, 2);
        return (rows > PARALLEL ? sides.parallel() : sides).mapToObj(work).toList();
    }
}
