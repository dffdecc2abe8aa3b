package io.verity.estimators.rd;

import java.math.BigDecimal;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * An estimate with its normal inference.
 *
 * @param estimate point estimate
 * @param standardError its standard error
 * @param z estimate over standard error; NaN where both are rounding errors, as for a constant outcome
 * @param p two-sided p-value; NaN as z
 * @param lower lower end of the interval
 * @param upper upper end of the interval
 */
public record RdEstimate(double estimate, double standardError, double z, double p, double lower, double upper) {
    static RdEstimate of(double estimate, double standardError, double level) {
        return of(estimate, standardError, level, 0);
    }

    /** The same; an estimate and a standard error that are both at most rounding errors test nothing. */
    static RdEstimate of(double estimate, double standardError, double level, double rounding) {
        NormalDistribution normal = NormalDistribution.of(0, 1);
        boolean nothing = Math.abs(estimate) <= rounding && standardError <= rounding;
        double z = nothing ? Double.NaN : estimate / standardError;
        double width = normal.inverseCumulativeProbability(0.5 + level / 2) * standardError;
        double p = Double.isNaN(z) ? Double.NaN : Math.min(1, 2 * normal.survivalProbability(Math.abs(z)));
        return new RdEstimate(estimate, standardError, z, p, estimate - width, estimate + width);
    }

    /**
     * @param level a fraction
     * @return it in percent, such as {@code 95%} or {@code 97.5%}
     */
    public static String percent(double level) {
        return BigDecimal.valueOf(level).movePointRight(2).stripTrailingZeros().toPlainString() + "%";
    }
}
