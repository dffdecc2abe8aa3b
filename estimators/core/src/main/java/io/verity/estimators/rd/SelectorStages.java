package io.verity.estimators.rd;

import io.verity.estimators.rd.BandwidthSelector.Chains;
import io.verity.stats.EstimationException;
import io.verity.stats.InsufficientDataException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The three stages of the plug-in selectors (Calonico, Cattaneo and Titiunik 2014; Calonico, Cattaneo, Farrell and Titiunik
 * 2017, Stata Journal): a bandwidth d for the curvature behind the pilot, the pilot b, the main bandwidth h. With several
 * responses the variance, the squared bias and its regularisation are their means over the responses.
 */
final class SelectorStages {
    /** Below this number of rows the preliminary bandwidth means nothing. */
    static final int FEWEST_ROWS = 20;

    private static final double HEAPED = 0.2;
    private static final int DISTINCT_AT_LEAST = 10;

    private final RdOptions options;
    private final Residuals left;
    private final Residuals right;
    private final boolean fuzzy;
    private final double preliminary;
    private final boolean heaped;
    private final double floor;

    SelectorStages(RdOptions options, Residuals left, Residuals right, boolean fuzzy) {
        this.options = options;
        this.left = left;
        this.right = right;
        this.fuzzy = fuzzy;
        Side l = left.side;
        Side r = right.side;
        requireVariation(l, r);
        int n = l.rows() + r.rows();
        if (n < FEWEST_ROWS) {
            throw new EstimationException(
                    String.format(Locale.ROOT, "%d rows are too few to choose a bandwidth (%d needed)", n, FEWEST_ROWS),
                    "give the bandwidth h yourself");
        }
        boolean adjust = options.massPoints == MassPoints.ADJUST;
        double size = adjust ? l.distinct() + r.distinct() : n;
        double widest = Math.max(l.range(), r.range());
        heaped = adjust && (heaped(l) || heaped(r));
        floor = Math.max(floor(l), floor(r));
        double scale = switch (options.kernel) {
            case TRIANGULAR -> 2.576;
            case EPANECHNIKOV -> 2.34;
            case UNIFORM -> 1.843;
        };
        double c = Math.min(scale * Spread.of(l, r) * Math.pow(size, -0.2), widest);
        preliminary = Math.max(c, floor);
    }

    private static void requireVariation(Side l, Side r) {
        for (int j = 0; j < l.columns; j++) {
            if (l.varies(j) || r.varies(j)) {
                return;
            }
        }
        throw new ConstantResponseException(
                "no bandwidth can be chosen: the response does not vary on either side of the cutoff",
                "give the bandwidth h yourself");
    }

    private static boolean heaped(Side side) {
        return 1 - side.distinct() / (double) side.rows() >= HEAPED;
    }

    private double floor(Side side) {
        return heaped ? side.distance[side.starts[Math.min(DISTINCT_AT_LEAST, side.distinct()) - 1]] + 1e-8 : 0;
    }

    /** How far a bandwidth of one side may reach. */
    private double cap(Side side) {
        return options.restricted ? side.range() : Double.POSITIVE_INFINITY;
    }

    /** Bandwidths that the options ask for, without coverage correction. */
    RdBandwidths select(Chains chains) {
        return switch (chains) {
            case SMALLER -> smaller(select(Chains.DIFFERENCE), select(Chains.SUM));
            case MEDIAN -> median(select(Chains.DIFFERENCE), select(Chains.EACH), select(Chains.SUM));
            default -> chain(chains);
        };
    }

    private RdBandwidths chain(Chains chains) {
        int p = options.p();
        int q = options.q();
        double[] d = combine(
                chains,
                q + 1,
                0,
                stages(q + 1, q + 1, q + 2, new double[] {left.side.range(), right.side.range()}, false));
        d[0] = Math.max(d[0], chains == Chains.EACH ? floor(left.side) : floor);
        d[1] = Math.max(d[1], chains == Chains.EACH ? floor(right.side) : floor);
        boolean regularized = options.regularization > 0;
        double[] b = combine(chains, q, options.regularization, stages(q, p + 1, q + 1, d, regularized));
        double[] h = combine(chains, p, options.regularization, stages(p, options.derivative, q, b, regularized));
        return new RdBandwidths(h[0], h[1], b[0], b[1]);
    }

    /** Variance, bias and regularisation of one side, one entry per response. */
    @SuppressWarnings("ArrayRecordComponent") // passed on at once, never compared
    private record Stage(double[] variance, double[] bias, double[] regularization) {}

    private Stage stage(Residuals given, int o, int nu, int pilotOrder, double pilot, boolean regularized) {
        Side side = given.side;
        WindowFit fit = fit(side, preliminary, o);
        double[] omega = fit.weights(nu);
        Residuals response = given;
        if (fuzzy) {
            double factor = side.sign(nu) * factorial(nu);
            double y = factor * dot(omega, side, 0);
            double t = factor * dot(omega, side, 1);
            response = given.combined(1 / t, -y / (t * t));
        }
        // the bias of the coefficient per unit of the next one, for which, as in rdrobust, the pilot's highest
        // coefficient is taken whatever its order, with the sign that it has in powers of x - c
        double constant = 0;
        for (int i = 0; i < omega.length; i++) {
            constant += omega[i] * power(side.distance[i] / preliminary, o + 1);
        }
        constant *= side.sign(nu + o + 1 + pilotOrder) * power(preliminary, nu) * Math.sqrt(2.0 * (o + 1 - nu));
        WindowFit pilotFit = fit(side, pilot, pilotOrder);
        double[] top = pilotFit.weights(pilotOrder);
        int m = response.side.columns;
        double[] variance = new double[m];
        double[] bias = new double[m];
        double[] regularization = new double[m];
        double scale = (2 * nu + 1) * power(preliminary, 2 * nu + 1);
        double @Nullable [] slack = response.slack(fit);
        double @Nullable [] pilotSlack = regularized ? response.slack(pilotFit) : null;
        for (int j = 0; j < m; j++) {
            variance[j] = scale * response.variance(j, omega, fit, slack, fit.count);
            bias[j] = constant * dot(top, response.side, j);
            if (regularized) {
                regularization[j] =
                        3 * constant * constant * response.variance(j, top, pilotFit, pilotSlack, pilotFit.count);
            }
        }
        return new Stage(variance, bias, regularization);
    }

    /** A polynomial behind a bandwidth: where it fails, the user has chosen neither its order nor its window. */
    private WindowFit fit(Side side, double bandwidth, int order) {
        try {
            return WindowFit.of(side, options.kernel, bandwidth, order);
        } catch (InsufficientDataException e) {
            // the first pilot has order q + 2 and reaches the farthest row, which may have weight zero there
            int needed = options.q() + 3 + (options.kernel.weight(1) > 0 ? 0 : 1);
            InsufficientDataException refusal = new InsufficientDataException(
                    String.format(
                            Locale.ROOT,
                            "no bandwidth can be chosen: that needs at least %d distinct values of the running variable on each"
                                    + " side, several of them near the cutoff, but there are %d on the left and %d on the right,"
                                    + " and the preliminary window on the %s has too few",
                            needed,
                            left.side.distinct(),
                            right.side.distinct(),
                            side.name()),
                    "give the bandwidth h (and b) yourself or choose lower orders");
            refusal.initCause(e);
            throw refusal;
        }
    }

    /** The stage on the left and on the right. */
    private List<Stage> stages(int o, int nu, int pilotOrder, double[] pilots, boolean regularized) {
        return BothSides.of(
                left.side.rows() + right.side.rows(),
                side -> stage(side == 0 ? left : right, o, nu, pilotOrder, pilots[side], regularized));
    }

    private double[] combine(Chains chains, int o, double regularization, List<Stage> stages) {
        Stage l = stages.get(0);
        Stage r = stages.get(1);
        double rate = 1.0 / (2 * o + 3);
        double[] h = new double[2];
        if (chains == Chains.EACH) {
            h[0] = each(l, regularization, rate, cap(left.side));
            h[1] = each(r, regularization, rate, cap(right.side));
        } else {
            double sign = chains == Chains.SUM ? 1 : -1;
            double variance = 0;
            double bias = 0;
            double extra = 0;
            for (int j = 0; j < l.variance.length; j++) {
                variance += l.variance[j] + r.variance[j];
                double b = r.bias[j] + sign * l.bias[j];
                bias += b * b;
                extra += l.regularization[j] + r.regularization[j];
            }
            double cap = Math.max(cap(left.side), cap(right.side));
            h[0] = bandwidth(variance, bias + regularization * regularization * extra, rate, cap);
            h[1] = h[0];
        }
        return h;
    }

    private double each(Stage side, double regularization, double rate, double cap) {
        double variance = 0;
        double bias = 0;
        for (int j = 0; j < side.variance.length; j++) {
            variance += side.variance[j];
            bias += side.bias[j] * side.bias[j] + regularization * regularization * side.regularization[j];
        }
        return bandwidth(variance, bias, rate, cap);
    }

    private static double bandwidth(double variance, double bias, double rate, double cap) {
        double h = Math.min(Math.pow(variance / bias, rate), cap);
        if (!(h > 0) || Double.isInfinite(h)) {
            throw new ConstantResponseException(
                    "no bandwidth can be chosen: the response does not vary around its polynomial near the cutoff, or its"
                            + " variance there is not finite",
                    "give the bandwidth h yourself");
        }
        return h;
    }

    private static RdBandwidths smaller(RdBandwidths a, RdBandwidths b) {
        return new RdBandwidths(
                Math.min(a.left(), b.left()),
                Math.min(a.right(), b.right()),
                Math.min(a.pilotLeft(), b.pilotLeft()),
                Math.min(a.pilotRight(), b.pilotRight()));
    }

    private static RdBandwidths median(RdBandwidths a, RdBandwidths b, RdBandwidths c) {
        return new RdBandwidths(
                median(a.left(), b.left(), c.left()),
                median(a.right(), b.right(), c.right()),
                median(a.pilotLeft(), b.pilotLeft(), c.pilotLeft()),
                median(a.pilotRight(), b.pilotRight(), c.pilotRight()));
    }

    private static double median(double a, double b, double c) {
        return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
    }

    static double dot(double[] omega, Side side, int j) {
        int at = j * side.rows();
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        int i = 0;
        for (; i + 3 < omega.length; i += 4) {
            s0 += omega[i] * side.values[at + i];
            s1 += omega[i + 1] * side.values[at + i + 1];
            s2 += omega[i + 2] * side.values[at + i + 2];
            s3 += omega[i + 3] * side.values[at + i + 3];
        }
        for (; i < omega.length; i++) {
            s0 += omega[i] * side.values[at + i];
        }
        return (s0 + s2) + (s1 + s3);
    }

    static double power(double base, int exponent) {
        double product = 1;
        for (int k = 0; k < exponent; k++) {
            product *= base;
        }
        return product;
    }

    static double factorial(int n) {
        double product = 1;
        for (int k = 2; k <= n; k++) {
            product *= k;
        }
        return product;
    }
}
