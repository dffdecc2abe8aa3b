package io.verity.simulations.studies;

import com.fasterxml.jackson.core.io.NumberOutput;

/** Decimal text of numbers. */
final class Numbers {
    private static final double EXACT_INTEGERS = 1e15;

    private Numbers() {}

    /**
     * The shortest decimal that reads back as the same number, without a fraction for whole numbers. Not
     * {@link Double#toString(double)}, which is not the shortest before Java 19 and so would differ between run times.
     */
    static String text(double value) {
        if (value == Math.rint(value) && Math.abs(value) < EXACT_INTEGERS) {
            return Long.toString((long) value);
        }
        return NumberOutput.toString(value, true);
    }
}
