package io.verity.papers.r3d;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import org.apache.commons.math3.analysis.integration.gauss.GaussIntegrator;
import org.apache.commons.math3.analysis.integration.gauss.GaussIntegratorFactory;
import org.apache.commons.math3.analysis.solvers.BrentSolver;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * What the designs' estimators aim at, by numerical integration and inversion of distribution functions; absolute error below
 * 1e-8. Written {@code average} is the jump of the average quantile function (the effect of R3D), {@code pooled} the jump of the
 * quantiles of all outcomes thrown together (the effect of quantile regression discontinuity).
 */
final class Targets {
    /** 0.1, 0.2, ..., 0.9. */
    private static final double[] DECILES = {.1, .2, .3, .4, .5, .6, .7, .8, .9};

    private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);
    private static final GaussIntegrator RATE_NODES = new GaussIntegratorFactory().legendre(40);
    private static final GaussIntegrator SPREAD_NODES = new GaussIntegratorFactory().legendre(100);
    private static final double FAR = 200;
    private static final double ACCURACY = 1e-12;
    private static final int EVALUATIONS = 1000;

    private Targets() {}

    /** @return the deciles, a copy */
    static double[] deciles() {
        return DECILES.clone();
    }

    /** \( E|N(a,1)| = \sqrt{2/\pi}\,e^{-a^2/2} + a(1-2\Phi(-a)) \). */
    static double meanFolded(double a) {
        return 2 * NORMAL.density(a) + a * (1 - 2 * NORMAL.cumulativeProbability(-a));
    }

    /**
     * @param design of the data
     * @param effect \( \Delta \)
     * @param grid probabilities
     * @return \( \tau(q) \), the jump at the cutoff of the average of the units' quantile functions
     */
    static double[] average(Design design, double effect, double... grid) {
        return switch (design) {
            case DGP1, DGP3, FUZZY -> constant(effect, grid);
            case DGP2 -> each(grid, q -> effect + meanQuantileOfDgp2(q, Design.RATE_CHANGE) - meanQuantileOfDgp2(q, 0));
            case SCALE -> each(grid, q -> effect + meanFolded(1) * NORMAL.inverseCumulativeProbability(q));
        };
    }

    /**
     * @param design of the data, sharp
     * @param effect \( \Delta \)
     * @param grid probabilities
     * @return the jump at the cutoff of the quantiles of the mixture of all units' distributions
     */
    static double[] pooled(Design design, double effect, double... grid) {
        return switch (design) {
            case DGP1, DGP3 -> constant(effect, grid);
            case DGP2 ->
                each(grid, q -> effect + pooledQuantileOfDgp2(q, Design.RATE_CHANGE) - pooledQuantileOfDgp2(q, 0));
            case SCALE -> each(grid, q -> effect + pooledQuantileOfScale(q, 2) - pooledQuantileOfScale(q, 1));
            case FUZZY -> throw new IllegalArgumentException("the pooled target is of sharp designs");
        };
    }

    private static double[] constant(double value, double... grid) {
        double[] values = new double[grid.length];
        Arrays.fill(values, value);
        return values;
    }

    private static double[] each(double[] grid, DoubleUnaryOperator f) {
        return Arrays.stream(grid).map(f).toArray();
    }

    /** Average over the rate, uniform on (0.5, 1.5) + change, of the quantile of N(0,1) + 2 Exp(rate). */
    private static double meanQuantileOfDgp2(double q, double change) {
        return overRates(change, rate -> invert(z -> exponentialNormalCdf(z, rate / 2), q));
    }

    /** The same, of the mixture over rates and over locations uniform on (-5, 5). */
    private static double pooledQuantileOfDgp2(double q, double change) {
        return invert(
                z -> overRates(change, rate -> (belowIntegral(z + 5, rate / 2) - belowIntegral(z - 5, rate / 2)) / 10),
                q);
    }

    private static double overRates(double change, DoubleUnaryOperator f) {
        return integrate(RATE_NODES, .5 + change, 1.5 + change, f);
    }

    private static double integrate(GaussIntegrator nodes, double from, double to, DoubleUnaryOperator f) {
        double half = (to - from) / 2;
        return half * nodes.integrate(u -> f.applyAsDouble(from + half * (1 + u)));
    }

    /** Quantile of the mixture of N(0, 4 + (factor s)²) over s = |N(1,1)|. */
    private static double pooledQuantileOfScale(double q, double factor) {
        return invert(
                z -> integrate(
                        SPREAD_NODES,
                        -9,
                        11,
                        s -> NORMAL.density(s - 1) * NORMAL.cumulativeProbability(z / Math.hypot(2, factor * s))),
                q);
    }

    /**
     * Distribution function of N(0,1) + Exp(r): \( \Phi(z) - e^{r^2/2-rz}\,\Phi(z-r) \), with the second term through
     * \( \log\Phi \) because its factors overflow and underflow.
     */
    static double exponentialNormalCdf(double z, double r) {
        return NORMAL.cumulativeProbability(z) - StrictMath.exp(r * r / 2 - r * z + logCdf(z - r));
    }

    /** \( \int_{-\infty}^z F = z\Phi(z) + \varphi(z) - F(z)/r \) for that distribution function F (by parts). */
    private static double belowIntegral(double z, double r) {
        return z * NORMAL.cumulativeProbability(z) + NORMAL.density(z) - exponentialNormalCdf(z, r) / r;
    }

    private static double logCdf(double z) {
        // Below -37 the probability underflows; there Mills' ratio is 1/|z| to three digits, more than the product
        // needs.
        return z > -37
                ? StrictMath.log(NORMAL.cumulativeProbability(z))
                : -z * z / 2 - StrictMath.log(-z * Math.sqrt(2 * Math.PI));
    }

    private static double invert(DoubleUnaryOperator cdf, double q) {
        return new BrentSolver(ACCURACY, ACCURACY).solve(EVALUATIONS, z -> cdf.applyAsDouble(z) - q, -FAR, FAR);
    }
}
