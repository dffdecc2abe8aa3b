package io.verity.estimators.rd;

import io.verity.stats.Arguments;
import io.verity.stats.EstimationException;
import io.verity.stats.smoothing.SmoothingKernel;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Manipulation test: does the density of the running variable jump at the cutoff? If units can move across it at will, they do,
 * and the two sides are no longer comparable.
 *
 * <p>On each side the empirical distribution function of the distances d to the cutoff is fitted by a local polynomial; its slope
 * at the cutoff estimates the density there without bins and without boundary bias (M. Cattaneo, M. Jansson, X. Ma, "Simple local
 * polynomial density estimators", JASA 2020, doi:10.1080/01621459.2019.1635480). With \( \hat F \) the distribution function of one
 * side and \( \omega_j \) the weights of the slope of a polynomial of order p in d, \( \hat f = \sum_j\omega_j\hat F(d_j) \), times
 * the share of rows on that side.
 *
 * <p>Choices. The standard error is the infinitesimal jackknife: \( \widehat{var} = n^{-2}\sum_i\psi_i^2 \),
 * \( \psi_i = \sum_{j:\,d_j\ge d_i}\omega_j - \hat f + n\omega_i e_i \) with the residuals e of the fit. Each side's bandwidth
 * minimises the estimated mean squared error of the estimate of order p; its bias needs \( F^{(p+1)} \), estimated by a polynomial
 * of order p + 2 at the bandwidth \( 4\,\min(sd, IQR/1.349)\,n^{-1/(2p+5)} \) of the whole sample. The test uses order p + 1 at that bandwidth, so that the bias which the bandwidth admits is removed and the
 * removal is in the standard error. Immutable.
 */
public final class DensityTest {
    private static final double PILOT_FACTOR = 4;
    private static final int FEWEST_PER_SIDE = 20;
    private static final double DISTINCT_SHARE = 0.8;

    private final double cutoff;
    private final int order;
    private final SmoothingKernel kernel;
    private final double left;
    private final double right;
    private final double level;

    private DensityTest(double cutoff, int order, SmoothingKernel kernel, double left, double right, double level) {
        this.cutoff = cutoff;
        this.order = order;
        this.kernel = kernel;
        this.left = left;
        this.right = right;
        this.level = level;
    }

    /** @return cutoff 0, order 2 corrected by order 3, triangular kernel, chosen bandwidths, level 0.95 */
    public static DensityTest withDefaults() {
        return new DensityTest(0, 2, SmoothingKernel.TRIANGULAR, Double.NaN, Double.NaN, 0.95);
    }

    /**
     * @param c the cutoff
     * @return a copy with that cutoff
     * @throws IllegalArgumentException if it is not finite
     */
    public DensityTest withCutoff(double c) {
        return new DensityTest(Arguments.finite("the cutoff", c), order, kernel, left, right, level);
    }

    /**
     * @param p order of the polynomial of the distribution function, 1 to 5; one more is used for the test
     * @return a copy with that order
     * @throws IllegalArgumentException if it is out of range
     */
    public DensityTest withOrder(int p) {
        Arguments.require(p >= 1 && p <= 5, "the order p must be 1 to 5, but is %d", p);
        return new DensityTest(cutoff, p, kernel, left, right, level);
    }

    /**
     * @param k weights rows by their distance
     * @return a copy with that kernel
     */
    public DensityTest with(SmoothingKernel k) {
        return new DensityTest(cutoff, order, k, left, right, level);
    }

    /**
     * @param hLeft bandwidth below the cutoff
     * @param hRight bandwidth above it
     * @return a copy with those bandwidths
     * @throws IllegalArgumentException if one is not positive and finite
     */
    public DensityTest withBandwidths(double hLeft, double hRight) {
        Arguments.positive("the bandwidth h", hLeft);
        Arguments.positive("the bandwidth h", hRight);
        return new DensityTest(cutoff, order, kernel, hLeft, hRight, level);
    }

    /**
     * @param coverage of the intervals of the densities, a fraction
     * @return a copy with that level
     * @throws IllegalArgumentException if it is not strictly between 0 and 1
     */
    public DensityTest withLevel(double coverage) {
        return new DensityTest(cutoff, order, kernel, left, right, Arguments.fraction("the level", coverage));
    }

    /**
     * @param x running variable
     * @return densities on both sides and the test of their equality
     * @throws IllegalArgumentException if a value is not finite, or there is no value on a side
     * @throws EstimationException if a side has fewer than 20 values, or too few distinct ones within its bandwidth
     */
    public DensityTestResult test(double... x) {
        Arguments.allFinite("the running variable", x);
        Side[] sides = Side.both(x, cutoff, new double[x.length], 1, null, null);
        ScalarRd.requireBothSides(sides, cutoff);
        // high powers of distances neither overflow nor vanish when the farthest is about one
        double unit = Math.scalb(1.0, Math.getExponent(Math.max(sides[0].range(), sides[1].range())));
        sides = new Side[] {sides[0].inUnitsOf(unit), sides[1].inUnitsOf(unit)};
        List<String> warnings = new ArrayList<>();
        double share = (sides[0].distinct() + sides[1].distinct()) / (double) x.length;
        if (share < DISTINCT_SHARE) {
            warnings.add(String.format(
                    Locale.ROOT,
                    "the running variable has ties: only %.0f%% of its values are distinct; the test takes it for continuous"
                            + " and may mistake heaps for manipulation",
                    100 * share));
        }
        double pilot = PILOT_FACTOR * Spread.of(sides[0], sides[1]) * Math.pow(x.length, -1.0 / (2 * order + 5));
        OneSide[] fits = new OneSide[2];
        for (int s = 0; s < 2; s++) {
            double given = s == 0 ? left : right;
            fits[s] = side(sides[s], x.length, given / unit, pilot);
        }
        double difference = fits[1].density.estimate() - fits[0].density.estimate();
        double error = Math.hypot(fits[0].density.standardError(), fits[1].density.standardError());
        return new DensityTestResult(
                cutoff,
                fits[0].density,
                fits[1].density,
                RdEstimate.of(difference, error, level),
                fits[0].bandwidth,
                fits[1].bandwidth,
                sides[0].rows(),
                sides[1].rows(),
                fits[0].effective,
                fits[1].effective,
                warnings);
    }

    private record OneSide(RdEstimate density, double bandwidth, int effective) {}

    private OneSide side(Side side, int total, double given, double pilot) {
        if (side.rows() < FEWEST_PER_SIDE) {
            throw new EstimationException(
                    String.format(
                            Locale.ROOT,
                            "the density test needs %d rows on each side, but the %s has %d",
                            FEWEST_PER_SIDE,
                            side.name(),
                            side.rows()),
                    "the density cannot be tested with these data");
        }
        Side distribution = side.withResponse(distributionFunction(side));
        double h = Double.isNaN(given) ? bandwidth(distribution, pilot) : given;
        Slope slope = Slope.of(distribution, WindowFit.of(distribution, kernel, h, order + 1), 1);
        double share = side.rows() / (double) total;
        return new OneSide(
                RdEstimate.of(share * slope.estimate / side.unit, share * Math.sqrt(slope.variance) / side.unit, level),
                h * side.unit,
                slope.effective);
    }

    /** Share of distances up to each one; ties share the value of their last. */
    static double[] distributionFunction(Side side) {
        double[] f = new double[side.rows()];
        for (int k = 0; k < side.distinct(); k++) {
            for (int i = side.starts[k]; i < side.starts[k + 1]; i++) {
                f[i] = side.starts[k + 1] / (double) f.length;
            }
        }
        return f;
    }

    /** A coefficient of the fitted distribution function with its infinitesimal-jackknife variance. */
    private record Slope(double estimate, double variance, int effective) {
        static Slope of(Side distribution, WindowFit fit, int power) {
            double[] omega = fit.weights(power);
            double[] e = fit.residuals(distribution, 0, fit.count);
            double estimate = SelectorStages.dot(omega, distribution, 0);
            int n = distribution.rows();
            double sum = (n - fit.count) * estimate * estimate; // rows beyond the window: psi = -estimate
            double beyond = 0;
            for (int k = distribution.distinct(fit.count) - 1; k >= 0; k--) {
                int from = distribution.starts[k];
                int to = distribution.starts[k + 1];
                for (int i = from; i < to; i++) {
                    beyond += omega[i];
                }
                for (int i = from; i < to; i++) {
                    double psi = beyond - estimate + n * omega[i] * e[i];
                    sum += psi * psi;
                }
            }
            return new Slope(estimate, sum / ((double) n * n), fit.count);
        }
    }

    private double bandwidth(Side distribution, double pilot) {
        double range = distribution.range();
        double c = atLeast(distribution, Math.min(pilot, range), order + 3);
        WindowFit fit = WindowFit.of(distribution, kernel, c, order);
        double[] omega = fit.weights(1);
        double constant = 0; // bias of the density per unit of the next coefficient, at bandwidth 1
        for (int i = 0; i < omega.length; i++) {
            constant += omega[i] * SelectorStages.power(distribution.distance[i] / c, order + 1);
        }
        constant *= c;
        Slope density = Slope.of(distribution, fit, 1);
        double[] next = WindowFit.of(distribution, kernel, c, order + 2).weights(order + 1);
        double bias = constant * SelectorStages.dot(next, distribution, 0);
        double h = Math.pow(c * density.variance / (2 * order * bias * bias), 1.0 / (2 * order + 1));
        return atLeast(distribution, Math.min(h, range), order + 3);
    }

    /** The bandwidth, or the smallest with enough rows and distinct values. */
    private static double atLeast(Side side, double h, int distinct) {
        int run = Math.min(2 * distinct, side.distinct() - 1);
        double values = side.distance[side.starts[run]];
        double rows = side.distance[Math.min(FEWEST_PER_SIDE, side.rows()) - 1];
        return Math.max(h, Math.max(values, rows) * (1 + 1e-9));
    }
}
