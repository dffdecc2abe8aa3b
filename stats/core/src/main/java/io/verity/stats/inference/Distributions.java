package io.verity.stats.inference;

import io.verity.stats.Arguments;
import java.util.OptionalDouble;
import org.apache.commons.math3.stat.correlation.SpearmansCorrelation;
import org.apache.commons.statistics.inference.KolmogorovSmirnovTest;

/** Comparisons of whole samples: empirical distribution functions and ranks. */
public final class Distributions {
    private Distributions() {}

    /**
     * Half width of the band of Dvoretzky, Kiefer and Wolfowitz with Massart's constant (Massart 1990):
     * \( \sup |F_n - F| \le \sqrt{\log(2/\alpha)/(2n)} \) with probability at least \( 1 - \alpha \).
     *
     * @param count number n of values, at least 1
     * @param alpha error probability
     * @return the half width
     */
    public static double bandHalfWidth(long count, double alpha) {
        Arguments.require(count >= 1, "a band needs at least 1 value, but has %d", count);
        return Math.sqrt(StrictMath.log(2 / Arguments.fraction("alpha", alpha)) / (2.0 * count));
    }

    /**
     * @param x a sample, at least two values
     * @param y another
     * @return \( \sup_t |F_n(t) - G_m(t)| \) of their empirical distribution functions
     * @throws IllegalArgumentException if a value is not finite or a sample has fewer than two
     */
    public static double distance(double[] x, double[] y) {
        Arguments.allFinite("x", x);
        Arguments.allFinite("y", y);
        Arguments.atLeast("number of x values", x.length, 2);
        Arguments.atLeast("number of y values", y.length, 2);
        return KolmogorovSmirnovTest.withDefaults().statistic(x, y);
    }

    /**
     * Spearman's rank correlation: the product-moment correlation of the ranks, ties getting their average rank.
     *
     * @param x values
     * @param y as many values
     * @return the correlation; empty when there are fewer than two pairs or one side is constant
     * @throws IllegalArgumentException if lengths differ or a value is not finite
     */
    public static OptionalDouble spearman(double[] x, double[] y) {
        Arguments.require(x.length == y.length, "ranks need pairs, but there are %d and %d values", x.length, y.length);
        Arguments.allFinite("x", x);
        Arguments.allFinite("y", y);
        if (x.length < 2) {
            return OptionalDouble.empty();
        }
        double rho = new SpearmansCorrelation().correlation(x, y);
        return Double.isNaN(rho) ? OptionalDouble.empty() : OptionalDouble.of(rho);
    }
}
