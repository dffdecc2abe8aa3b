package io.verity.stats.inference;

import io.verity.stats.Arguments;

/**
 * A confidence interval.
 *
 * @param lower lower end, may be infinite
 * @param upper upper end, may be infinite
 */
public record Interval(double lower, double upper) {
    /** Checks the order. */
    public Interval {
        Arguments.require(lower <= upper, "interval ends must be ordered, but are %s and %s", lower, upper);
    }

    /**
     * @param centre middle
     * @param halfWidth at least 0
     * @return [centre - halfWidth, centre + halfWidth]
     */
    public static Interval around(double centre, double halfWidth) {
        return new Interval(centre - halfWidth, centre + halfWidth);
    }

    /** @return upper minus lower end */
    public double width() {
        return upper - lower;
    }

    /**
     * @param value any number
     * @return whether the interval covers it
     */
    public boolean contains(double value) {
        return value >= lower && value <= upper;
    }

    /**
     * @param low lower end of an acceptance set, may be infinite
     * @param high upper end of the acceptance set, may be infinite
     * @return where this interval lies with respect to the set
     */
    public Decision against(double low, double high) {
        if (upper < low || lower > high) {
            return Decision.OUTSIDE;
        }
        return lower > low && upper < high ? Decision.INSIDE : Decision.OPEN;
    }
}
