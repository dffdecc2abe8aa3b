package io.verity.estimators.logistic.theory;

import io.verity.stats.Arguments;

/**
 * The limit of an infinite penalty: w is parallel to \( \sum_i y_i x_i \), the difference of the class means. With a =
 * E_w[G] everything is explicit.
 *
 * @param kappa signal strength
 * @param delta rows per column, n/p
 * @param meanLength a, the length of the mean of y x
 */
public record MeanDifferenceLimit(double kappa, double delta, double meanLength) {

    /** @return cosine to the teacher, \( a/\sqrt{a^2 + 1/\delta} \) */
    public double cosine() {
        return meanLength / Math.sqrt(meanLength * meanLength + 1 / delta);
    }

    /** @return accuracy on new rows */
    public double accuracy() {
        return Teacher.accuracy(kappa, meanLength * Math.sqrt(delta));
    }

    /** @return cosine between two probes from disjoint samples */
    public double disjointCosine() {
        return cosine() * cosine();
    }

    /**
     * @param omega shared fraction of two samples
     * @return cosine between the two probes, \( (a^2 + \omega/\delta)/(a^2 + 1/\delta) \)
     * @throws IllegalArgumentException if omega is outside [0, 1]
     */
    public double overlapCosine(double omega) {
        Arguments.require(omega >= 0 && omega <= 1, "omega, the shared fraction, must be in [0, 1], but is %s", omega);
        double square = meanLength * meanLength;
        return (square + omega / delta) / (square + 1 / delta);
    }
}
