package io.verity.estimators.rd;

import io.verity.stats.Arguments;
import io.verity.stats.EstimationException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

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
     * @throws ConstantResponseException if the response does not vary
     * @throws EstimationException if there are too few rows on a side
     */
    public RdBandwidths select(double[] x, double[] y) {
        return integrated(x, y, 1, null);
    }

    /**
     * @param x running variable, n values
     * @param responses n x m, row-major
     * @param m number of responses
     * @return the bandwidths for all of them together
     * @throws IllegalArgumentException if lengths differ or a value is not finite
     * @throws ConstantResponseException if no response varies
     * @throws EstimationException if there are too few rows on a side
     */
    public RdBandwidths integrated(double[] x, double[] responses, int m) {
        return integrated(x, responses, m, null);
    }

    /**
     * @param x running variable, n values
     * @param responses n x m, row-major
     * @param m number of responses
     * @param weights weight of every row, which multiplies its kernel weight; a row of weight zero is left out; null for equal
     *     weights
     * @return the bandwidths for all of them together
     * @throws IllegalArgumentException if lengths differ, a value is not finite or a weight negative
     * @throws ConstantResponseException if no response varies
     * @throws EstimationException if there are too few rows on a side
     */
    public RdBandwidths integrated(double[] x, double[] responses, int m, double @Nullable [] weights) {
        Side[] sides = sides(x, responses, m, weights);
        return select(residuals(sides[0]), residuals(sides[1]));
    }

    /**
     * @param x running variable, n values
     * @param responses n x m, row-major
     * @param m number of responses
     * @return the bandwidths of each response by itself; NaN for one that does not vary
     * @throws IllegalArgumentException if lengths differ or a value is not finite
     * @throws EstimationException if there are too few rows on a side
     */
    public List<RdBandwidths> perColumn(double[] x, double[] responses, int m) {
        return perColumn(x, responses, m, null);
    }

    /**
     * @param x running variable, n values
     * @param responses n x m, row-major
     * @param m number of responses
     * @param weights as in {@link #integrated(double[], double[], int, double[])}
     * @return the bandwidths of each response by itself; NaN for one that does not vary
     * @throws IllegalArgumentException if lengths differ, a value is not finite or a weight negative
     * @throws EstimationException if there are too few rows on a side
     */
    public List<RdBandwidths> perColumn(double[] x, double[] responses, int m, double @Nullable [] weights) {
        Side[] sides = sides(x, responses, m, weights);
        List<RdBandwidths> all = new ArrayList<>(m);
        for (int j = 0; j < m; j++) {
            try {
                all.add(select(
                        residuals(sides[0].withResponse(sides[0].column(j))),
                        residuals(sides[1].withResponse(sides[1].column(j)))));
            } catch (ConstantResponseException e) {
                all.add(RdBandwidths.common(Double.NaN, Double.NaN)); // the others must not be lost with it
            }
        }
        return all;
    }

    private Side[] sides(double[] x, double[] responses, int m, double @Nullable [] weights) {
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
        Side[] sides = weights == null
                ? Side.both(x, options.cutoff, responses, m, null, null)
                : weighted(x, responses, m, weights);
        ScalarRd.requireBothSides(sides, options.cutoff);
        return sides;
    }

    private Side[] weighted(double[] x, double[] responses, int m, double[] weights) {
        Arguments.require(
                weights.length == x.length,
                "the weights have %d values, but the running variable has %d",
                weights.length,
                x.length);
        int[] rows = new int[x.length];
        int kept = 0;
        for (int i = 0; i < x.length; i++) {
            Arguments.require(
                    weights[i] >= 0 && Double.isFinite(weights[i]),
                    "weights must be finite and not negative, but the one at position %d is %s",
                    i + 1,
                    weights[i]);
            if (weights[i] > 0) {
                rows[kept++] = i;
            }
        }
        double[] keptX = new double[kept];
        double[] keptWeights = new double[kept];
        double[] keptResponses = new double[kept * m];
        for (int k = 0; k < kept; k++) {
            keptX[k] = x[rows[k]];
            keptWeights[k] = weights[rows[k]];
            System.arraycopy(responses, rows[k] * m, keptResponses, k * m, m);
        }
        return Side.both(keptX, options.cutoff, keptResponses, m, null, keptWeights);
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
