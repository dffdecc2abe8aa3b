package io.verity.estimators.classification;

import java.util.List;

/**
 * Whether predictions are as often right as their probabilities say: a reliability table of the probability of the predicted
 * class in bins of equal width.
 *
 * @param bins the bins, the lowest first
 * @param expectedError \( \sum_b \frac{n_b}{n} |\mathrm{accuracy}_b - \mathrm{confidence}_b| \): expected calibration error (Guo, Pleiss,
 *     Sun and Weinberger, "On Calibration of Modern Neural Networks", arXiv 1706.04599); NaN without rows
 * @param largestError largest \( |\mathrm{accuracy}_b - \mathrm{confidence}_b| \) of a bin with rows; NaN without rows
 */
public record Calibration(List<Bin> bins, double expectedError, double largestError) {
    /**
     * Rows whose predicted class has a probability in (lower, upper].
     *
     * @param lower lower end
     * @param upper upper end
     * @param rows how many there are
     * @param confidence their mean probability; NaN without rows
     * @param accuracy share of them predicted rightly; NaN without rows
     */
    public record Bin(double lower, double upper, long rows, double confidence, double accuracy) {}

    /** Copies. */
    public Calibration {
        bins = List.copyOf(bins);
    }
}
