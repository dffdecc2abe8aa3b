package io.verity.estimators.bayes;

import io.verity.stats.Arguments;

/**
 * What is added to every variance, so that a feature that does not vary within a class cannot decide alone.
 *
 * @param relative whether {@code value} is a multiple of the largest variance of a column over all rows (classes pooled, weights
 *     ignored), as scikit-learn's {@code var_smoothing}
 * @param value at least 0
 */
public record VarianceFloor(boolean relative, double value) {
    /**
     * Checks the value.
     *
     * @throws IllegalArgumentException if it is negative or not finite
     */
    public VarianceFloor {
        Arguments.nonNegative("varianceFloor", value);
    }

    /**
     * @param value added as it is
     * @return the floor
     * @throws IllegalArgumentException if it is negative or not finite
     */
    public static VarianceFloor absolute(double value) {
        return new VarianceFloor(false, value);
    }

    /**
     * @param value multiplied by the largest column variance
     * @return the floor
     * @throws IllegalArgumentException if it is negative or not finite
     */
    public static VarianceFloor relative(double value) {
        return new VarianceFloor(true, value);
    }

    /** The number added, for columns whose largest variance is given. */
    double amount(double largestVariance) {
        return relative ? value * largestVariance : value;
    }
}
