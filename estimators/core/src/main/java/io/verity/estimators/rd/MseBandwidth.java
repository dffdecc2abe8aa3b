package io.verity.estimators.rd;

import io.verity.stats.Arguments;
import io.verity.stats.EstimationException;
import java.util.ArrayList;
import java.util.List;

/**
 * Plug-in bandwidths that minimise the mean squared error of a local polynomial jump, for one response or for many that share
 * the running variable. For a jump of order p, \( h = \bigl(\frac{V_- + V_+}{(B_+ - B_-)^2 + R_- + R_+}\bigr)^{1/(2p+3)} \) with
 * estimated variances V, leading biases B and their regularisation R; the bandwidth b at which the biases are estimated is
 * chosen in the same way (Calonico, Cattaneo and Titiunik 2014, Econometrica, doi:10.3982/ECTA11757). The integrated version
 * replaces V, the squared bias and R by their means over the responses, at each stage. Immutable.
 *
 * <pre>{@code
 * MseBandwidth selector = MseBandwidth.of(ScalarRd.withDefaults().withCutoff(0));
 * RdBandwidths one = selector.select(x, y);
 * RdBandwidths joint = selector.integrated(x, rows, 99);
 * }</pre>
 */
public final class MseBandwidth {
    private final RdOptions options;

    private MseBandwidth(RdOptions options) {
        this.options = options;
    }

    /**
     * @param design orders, kernel, residuals, selector and cutoff; its bandwidths and level are not used
     * @return the selector of that design
     */
    public static MseBandwidth of(ScalarRd design) {
        return new MseBandwidth(design.options());
    }

    /**
     * @param x running variable, n values
     * @param y response, n values
     * @return its bandwidths
     * @throws IllegalArgumentException if lengths differ or a value is not finite
     * @throws EstimationException if there are too few rows on a side, or the response does not vary
     */
    public RdBandwidths select(double[] x, double[] y) {
        return integrated(x, y, 1);
    }

    /**
     * @param x running variable, n values
     * @param responses n x m, row-major
     * @param m number of responses
     * @return the bandwidths for all of them together
     * @throws IllegalArgumentException if lengths differ or a value is not finite
     * @throws EstimationException if there are too few rows on a side, or no response varies
     */
    public RdBandwidths integrated(double[] x, double[] responses, int m) {
        Side[] sides = sides(x, responses, m);
        return select(residuals(sides[0]), residuals(sides[1]));
    }

    /**
     * @param x running variable, n values
     * @param responses n x m, row-major
     * @param m number of responses
     * @return the bandwidths of each response by itself
     * @throws IllegalArgumentException if lengths differ or a value is not finite
     * @throws EstimationException if there are too few rows on a side, or a response does not vary
     */
    public List<RdBandwidths> perColumn(double[] x, double[] responses, int m) {
        Side[] sides = sides(x, responses, m);
        List<RdBandwidths> all = new ArrayList<>(m);
        for (int j = 0; j < m; j++) {
            all.add(select(
                    residuals(sides[0].withResponse(sides[0].column(j))),
                    residuals(sides[1].withResponse(sides[1].column(j)))));
        }
        return all;
    }

    private Side[] sides(double[] x, double[] responses, int m) {
        Arguments.atLeast("number of responses", m, 1);
        Arguments.require(
                responses.length == (long) x.length * m,
                "%d responses of %d rows need %d values, but there are %d",
                m,
                x.length,
                (long) x.length * m,
                responses.length);
        Arguments.allFinite("the running variable", x);
        Arguments.allFinite("the responses", responses);
        Side[] sides = Side.both(x, options.cutoff, responses, m, null, null);
        ScalarRd.requireBothSides(sides, options.cutoff);
        return sides;
    }

    private Residuals residuals(Side side) {
        return Residuals.of(side, options.variance, options.matches);
    }

    private RdBandwidths select(Residuals left, Residuals right) {
        RdBandwidths mse = new SelectorStages(options, left, right, false).select(options.selector.chains);
        return options.selector.coverage ? coverage(mse, options.p(), left.side.rows() + right.side.rows()) : mse;
    }

    /** The rate at which the coverage error of the robust interval is smallest; the pilot stays. */
    static RdBandwidths coverage(RdBandwidths mse, int p, int size) {
        double factor = Math.pow(size, -p / ((3.0 + p) * (3 + 2 * p)));
        return new RdBandwidths(mse.left() * factor, mse.right() * factor, mse.pilotLeft(), mse.pilotRight());
    }
}
