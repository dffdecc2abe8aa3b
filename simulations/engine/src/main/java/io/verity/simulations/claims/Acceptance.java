package io.verity.simulations.claims;

import io.verity.stats.Arguments;

/**
 * The values of a statistic with which a statement is accepted; an end may be infinite.
 *
 * @param lower lower end
 * @param upper upper end
 */
public record Acceptance(double lower, double upper) {
    /** Checks the order. */
    public Acceptance {
        Arguments.require(lower < upper, "acceptance set must not be empty, but is [%s, %s]", lower, upper);
    }

    /**
     * @param target middle
     * @param tolerance half width
     * @return [target - tolerance, target + tolerance]
     * @throws IllegalArgumentException if the tolerance is not positive
     */
    public static Acceptance around(double target, double tolerance) {
        Arguments.positive("tolerance", tolerance);
        return new Acceptance(target - tolerance, target + tolerance);
    }

    /**
     * @param value a value
     * @return whether it lies in the set
     */
    public boolean contains(double value) {
        return value >= lower && value <= upper;
    }
}
