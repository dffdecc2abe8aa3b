package io.verity.estimators.rd;

import io.verity.stats.Arguments;
import io.verity.stats.EstimationException;
import io.verity.stats.smoothing.SmoothingKernel;
import java.util.function.Consumer;

/**
 * Regression discontinuity with a scalar outcome, with robust bias-corrected inference.
 *
 * <p>Estimates the jump \( \tau = \nu!\,(\beta^+_\nu - \beta^-_\nu) \) of the outcome's mean (or of its derivative of order
 * \( \nu \)) at the cutoff by local polynomials of order p on each side, corrects it for the leading bias with a local polynomial
 * of order q, and accounts for that correction in the standard error (S. Calonico, M. Cattaneo, R. Titiunik, "Robust nonparametric
 * confidence intervals for regression-discontinuity designs", Econometrica 2014, doi:10.3982/ECTA11757). With a treatment the ratio
 * of the jumps of outcome and treatment is estimated (fuzzy design). Immutable: every {@code with} returns a changed copy.
 *
 * <pre>{@code
 * ScalarRdFit fit = ScalarRd.withDefaults().withCutoff(0).fit(vote, margin);
 * RdEstimate reported = fit.robust();
 * }</pre>
 */
public final class ScalarRd {
    private static final int HIGHEST_ORDER = 8;

    private final RdOptions options;

    private ScalarRd(RdOptions options) {
        this.options = options;
    }

    /**
     * @return cutoff 0, order 1 corrected by order 2, triangular kernel, {@link BandwidthSelector#MSERD} bandwidths, variances from
     *     3 nearest neighbours, adjustment for mass points, level 0.95
     */
    public static ScalarRd withDefaults() {
        return new ScalarRd(new RdOptions());
    }

    private ScalarRd change(Consumer<RdOptions> change) {
        RdOptions copy = options.copy();
        change.accept(copy);
        return new ScalarRd(copy);
    }

    /** The options; not to be changed. */
    RdOptions options() {
        return options;
    }

    /**
     * @param cutoff where treatment begins; a unit at the cutoff is treated
     * @return a copy with that cutoff
     * @throws IllegalArgumentException if it is not finite
     */
    public ScalarRd withCutoff(double cutoff) {
        Arguments.finite("the cutoff", cutoff);
        return change(o -> o.cutoff = cutoff);
    }

    /** @return the cutoff */
    public double cutoff() {
        return options.cutoff;
    }

    /**
     * @param p order of the local polynomial, 0 to 8; one above the derivative unless set
     * @return a copy with that order; the order of the bias correction is one more unless it was set
     * @throws IllegalArgumentException if it is out of range
     */
    public ScalarRd withOrder(int p) {
        Arguments.require(p >= 0 && p <= HIGHEST_ORDER, "the order p must be 0 to %d, but is %d", HIGHEST_ORDER, p);
        return change(o -> o.order = p);
    }

    /**
     * @param q order of the polynomial that estimates the bias, above p, at most 9
     * @return a copy with that order
     * @throws IllegalArgumentException if it is out of range; {@link #fit} compares it with p
     */
    public ScalarRd withPilotOrder(int q) {
        Arguments.require(
                q >= 1 && q <= HIGHEST_ORDER + 1, "the order q must be 1 to %d, but is %d", HIGHEST_ORDER + 1, q);
        return change(o -> o.pilotOrder = q);
    }

    /**
     * @param order of the derivative whose jump is estimated, 0 to p (1 for a kink)
     * @return a copy with that order
     * @throws IllegalArgumentException if it is negative; {@link #fit} compares it with p
     */
    public ScalarRd withDerivative(int order) {
        Arguments.atLeast("the order of the derivative", order, 0);
        return change(o -> o.derivative = order);
    }

    /**
     * @param kernel weights rows by their distance
     * @return a copy with that kernel
     */
    public ScalarRd with(SmoothingKernel kernel) {
        return change(o -> o.kernel = kernel);
    }

    /**
     * @param selector which bandwidths are chosen where none are given
     * @return a copy with that selector
     */
    public ScalarRd with(BandwidthSelector selector) {
        return change(o -> o.selector = selector);
    }

    /**
     * @param variance how residuals are made
     * @return a copy with that rule
     */
    public ScalarRd with(RdVariance variance) {
        return change(o -> o.variance = variance);
    }

    /**
     * @param massPoints what is made of ties
     * @return a copy with that rule
     */
    public ScalarRd with(MassPoints massPoints) {
        return change(o -> o.massPoints = massPoints);
    }

    /**
     * @param matches neighbours J of {@link RdVariance#NN}, at least 1
     * @return a copy with that number
     * @throws IllegalArgumentException if it is below 1
     */
    public ScalarRd withMatches(int matches) {
        Arguments.atLeast("the number of neighbours", matches, 1);
        return change(o -> o.matches = matches);
    }

    /**
     * @param h bandwidth on both sides
     * @return a copy with that bandwidth; the pilot bandwidth is the same unless it is given
     * @throws IllegalArgumentException if it is not positive and finite
     */
    public ScalarRd withBandwidth(double h) {
        return withBandwidths(h, h);
    }

    /**
     * @param left bandwidth h below the cutoff
     * @param right bandwidth h above it
     * @return a copy with those bandwidths; the pilot bandwidths are the same unless they are given
     * @throws IllegalArgumentException if one is not positive and finite
     */
    public ScalarRd withBandwidths(double left, double right) {
        Arguments.positive("the bandwidth h", left);
        Arguments.positive("the bandwidth h", right);
        return change(o -> {
            o.left = left;
            o.right = right;
        });
    }

    /**
     * @param b bandwidth of the bias correction on both sides
     * @return a copy with that pilot bandwidth
     * @throws IllegalArgumentException if it is not positive and finite
     */
    public ScalarRd withPilotBandwidth(double b) {
        return withPilotBandwidths(b, b);
    }

    /**
     * @param left bandwidth b below the cutoff
     * @param right bandwidth b above it
     * @return a copy with those pilot bandwidths
     * @throws IllegalArgumentException if one is not positive and finite
     */
    public ScalarRd withPilotBandwidths(double left, double right) {
        Arguments.positive("the bandwidth b", left);
        Arguments.positive("the bandwidth b", right);
        return change(o -> {
            o.pilotLeft = left;
            o.pilotRight = right;
        });
    }

    /**
     * @param rho ratio h/b; then b = h/rho
     * @return a copy with that ratio
     * @throws IllegalArgumentException if it is not positive and finite
     */
    public ScalarRd withRho(double rho) {
        Arguments.positive("the ratio rho", rho);
        return change(o -> o.rho = rho);
    }

    /**
     * @param weight of the term that keeps bandwidths from growing when the bias is estimated as nearly zero; 0 leaves it out
     * @return a copy with that weight
     * @throws IllegalArgumentException if it is negative or not finite
     */
    public ScalarRd withRegularization(double weight) {
        Arguments.nonNegative("the weight of the regularisation", weight);
        return change(o -> o.regularization = weight);
    }

    /**
     * @param restricted whether chosen bandwidths end at the farthest row
     * @return a copy with that choice
     */
    public ScalarRd withRestrictedBandwidths(boolean restricted) {
        return change(o -> o.restricted = restricted);
    }

    /**
     * @param level coverage of the intervals, a fraction
     * @return a copy with that level
     * @throws IllegalArgumentException if it is not strictly between 0 and 1
     */
    public ScalarRd withLevel(double level) {
        Arguments.fraction("the level", level);
        return change(o -> o.level = level);
    }

    /**
     * @param y outcome
     * @param x running variable, as many
     * @return the fit of the sharp design
     * @throws IllegalArgumentException as {@link #fit(RdSample)}
     * @throws EstimationException as {@link #fit(RdSample)}
     */
    public ScalarRdFit fit(double[] y, double[] x) {
        return fit(RdSample.of(y, x));
    }

    /**
     * @param y outcome
     * @param x running variable, as many
     * @param t treatment received, as many
     * @return the fit of the fuzzy design
     * @throws IllegalArgumentException as {@link #fit(RdSample)}
     * @throws EstimationException as {@link #fit(RdSample)}
     */
    public ScalarRdFit fit(double[] y, double[] x, double[] t) {
        return fit(RdSample.of(y, x).withTreatment(t));
    }

    /**
     * @param sample outcome, running variable, perhaps treatment, clusters, weights; clusters ask for {@link RdVariance#CR1}
     *     whatever the rule
     * @return the fit
     * @throws IllegalArgumentException if orders do not fit together, there are fewer than 2(p + 2) rows, no row on one side of
     *     the cutoff, or {@link RdVariance#CR1} without clusters
     * @throws EstimationException if a window holds too few distinct values, there are fewer than 20 rows to choose a bandwidth
     *     with, the response does not vary, the treatment does not jump, or a window holds no more rows than coefficients and
     *     the variance is made of residuals (any but {@link RdVariance#NN})
     */
    public ScalarRdFit fit(RdSample sample) {
        RdOptions o = options.copy();
        checkOrders(o);
        if (sample.isClustered()) {
            o.variance = RdVariance.CR1;
        }
        Arguments.require(
                o.variance != RdVariance.CR1 || sample.isClustered(),
                "the variance CR1 needs clusters, and there are none");
        Arguments.require(
                sample.size() >= 2 * (o.p() + 2),
                "a regression discontinuity of order %d needs at least %d rows, but there are %d",
                o.p(),
                2 * (o.p() + 2),
                sample.size());
        Side[] sides = sample.sides(o.cutoff);
        requireBothSides(sides, o.cutoff);
        return new RdComputation(o, sample, sides).fit();
    }

    private static void checkOrders(RdOptions o) {
        Arguments.require(o.q() > o.p(), "the order q must be above p = %d, but is %d", o.p(), o.q());
        Arguments.require(
                o.derivative <= o.p(),
                "the order of the derivative must be at most p = %d, but is %d",
                o.p(),
                o.derivative);
    }

    static void requireBothSides(Side[] sides, double cutoff) {
        Arguments.require(sides[0].rows() > 0, "there are no rows below the cutoff %s: it is outside the data", cutoff);
        Arguments.require(sides[1].rows() > 0, "there are no rows above the cutoff %s: it is outside the data", cutoff);
    }
}
