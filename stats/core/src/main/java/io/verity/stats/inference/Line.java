package io.verity.stats.inference;

import io.verity.stats.Arguments;
import org.apache.commons.statistics.distribution.ChiSquaredDistribution;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * A least-squares line \( y = a + b x \) through points of which each has a known standard error.
 *
 * @param slope b
 * @param intercept a
 * @param errorFromPoints standard error of b that the points' errors cause, \( \sqrt{\sum (x_i - \bar x)^2 s_i^2}/S_{xx} \)
 * @param errorFromScatter standard error of b from the residuals, \( \sqrt{\mathrm{RSS}/((k-2) S_{xx})} \); NaN for two
 *     points
 * @param points number k of points
 * @param excessScatter whether the residuals are larger than the points' errors explain: \( \sum (r_i/s_i)^2 \) beyond the
 *     99 % quantile of chi-squared with k - 2 degrees of freedom
 */
public record Line(
        double slope,
        double intercept,
        double errorFromPoints,
        double errorFromScatter,
        int points,
        boolean excessScatter) {

    /**
     * @param x positions, at least two different ones
     * @param y heights
     * @param errors standard errors of the heights, each positive; all zero for exact heights
     * @return the line
     * @throws IllegalArgumentException if lengths differ, a number is not finite, or the positions are all equal
     */
    public static Line through(double[] x, double[] y, double[] errors) {
        Arguments.require(
                x.length == y.length && x.length == errors.length,
                "a line needs as many heights and errors as positions, but has %d, %d and %d",
                y.length,
                errors.length,
                x.length);
        Arguments.require(x.length >= 2, "a line needs at least 2 points, but has %d", x.length);
        Arguments.allFinite("positions", x);
        Arguments.allFinite("heights", y);
        Arguments.allFinite("errors", errors);
        double meanX = Moments.of(x).mean();
        double meanY = Moments.of(y).mean();
        double sxx = 0;
        double sxy = 0;
        double fromPoints = 0;
        for (int i = 0; i < x.length; i++) {
            double d = x[i] - meanX;
            sxx += d * d;
            sxy += d * (y[i] - meanY);
            fromPoints += d * d * errors[i] * errors[i];
        }
        Arguments.require(sxx > 0, "a line needs two different positions, but all are %s", x[0]);
        double slope = sxy / sxx;
        double intercept = meanY - slope * meanX;
        double rss = 0;
        double chiSquared = 0;
        for (int i = 0; i < x.length; i++) {
            double residual = y[i] - intercept - slope * x[i];
            rss += residual * residual;
            if (errors[i] > 0) {
                chiSquared += residual * residual / (errors[i] * errors[i]);
            } else if (Math.abs(residual) > 1e-12 * Math.max(1, Math.abs(y[i]))) {
                chiSquared = Double.POSITIVE_INFINITY;
            }
        }
        int freedom = x.length - 2;
        boolean excess =
                freedom > 0 && chiSquared > ChiSquaredDistribution.of(freedom).inverseSurvivalProbability(0.01);
        return new Line(
                slope, intercept, Math.sqrt(fromPoints) / sxx, Math.sqrt(rss / (freedom * sxx)), x.length, excess);
    }

    /**
     * @param error standard error of the slope that the points' errors cause, found in another way
     * @return the line with it
     */
    public Line withErrorFromPoints(double error) {
        return new Line(slope, intercept, error, errorFromScatter, points, excessScatter);
    }

    /** @return standard error of the slope: the larger of the two when there is excess scatter, else that of the points */
    public double error() {
        return excessScatter ? Math.max(errorFromPoints, errorFromScatter) : errorFromPoints;
    }

    /**
     * @param alpha two-sided error probability
     * @return slope plus or minus {@link #error()} times the normal quantile, or Student's with k - 2 degrees of freedom
     *     when there is excess scatter
     */
    public Interval slopeInterval(double alpha) {
        double tail = 0.5 * Arguments.fraction("alpha", alpha);
        double quantile = excessScatter
                ? TDistribution.of(points - 2).inverseSurvivalProbability(tail)
                : NormalDistribution.of(0, 1).inverseSurvivalProbability(tail);
        return Interval.around(slope, quantile * error());
    }
}
