package io.verity.estimators.r3d;

import io.verity.stats.smoothing.LocalPolynomial;
import io.verity.stats.smoothing.SmoothingKernel;
import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * The plug-in bandwidth of the paper (Appendix, eqs.)
 * \[ h = \Bigl(\frac{V}{2(s+1)B^2}\Bigr)^{1/(2s+3)} n^{-1/(2s+3)}, \]
 * pointwise or with V and B squared summed over the grid, and the variant that the R package R3D 0.1.0 computes.
 *
 * <p>The text leaves gaps that are closed here: the pilot fit is a global polynomial of degree s + 1, the second step is a local
 * one of degree s + 1 (the curvature needs it), and residual variances are over all units with positive kernel weight. Unequal
 * unit weights inflate the variance by their design effect \( n\sum\omega^2/(\sum\omega)^2 \).
 */
final class PlugInBandwidth {
    private static final double NO_BIAS = 1e-14;
    private static final double NO_VARIANCE = 2.2e-16;
    private static final double SILVERMAN = 1.06;
    private static final double WIDEN = 1.5;
    private static final int RIEMANN_POINTS = 1000;

    private final Units units;
    private final SmoothingKernel kernel;
    private final int s;
    private final boolean asPackage;
    private final double spread;
    private final double density;
    private final double constantBias;
    private final double constantVariance;
    private final double designEffect;

    /** Bias and variance terms of one side, one entry per response. */
    @SuppressWarnings("ArrayRecordComponent") // internal columns, never compared
    private record Terms(double[] bias, double[] variance) {
        static Terms none(int m) {
            return new Terms(new double[m], new double[m]);
        }
    }

    private PlugInBandwidth(Units units, SmoothingKernel kernel, int pilotOrder, boolean asPackage) {
        this.units = units;
        this.kernel = kernel;
        this.s = pilotOrder;
        this.asPackage = asPackage;
        spread = standardDeviation(units.x);
        density = density(units.x, kernel, SILVERMAN * spread * StrictMath.pow(units.count(), -0.2));
        double[] constants = asPackage
                ? riemannConstants(kernel, s)
                : new double[] {kernel.biasConstant(s), kernel.varianceConstant(s)};
        constantBias = constants[0];
        constantVariance = constants[1];
        designEffect = asPackage ? 1 : units.designEffect();
    }

    private static double standardDeviation(double[] x) {
        double mean = Arrays.stream(x).sum() / x.length;
        double squares = 0;
        for (double v : x) {
            squares += (v - mean) * (v - mean);
        }
        return Math.sqrt(squares / (x.length - 1));
    }

    private static double density(double[] x, SmoothingKernel kernel, double bandwidth) {
        double sum = 0;
        for (double v : x) {
            sum += kernel.weight(v / bandwidth);
        }
        return sum / (x.length * bandwidth);
    }

    /** The package's constants: integrals over [0, 1] as sums over every other half of 1000 points of [-1, 1]. */
    private static double[] riemannConstants(SmoothingKernel kernel, int s) {
        int size = s + 1;
        DMatrixRMaj gamma = new DMatrixRMaj(size, size);
        DMatrixRMaj psi = new DMatrixRMaj(size, size);
        DMatrixRMaj lambda = new DMatrixRMaj(size, 1);
        for (int i = 0; i < RIEMANN_POINTS; i++) {
            double u = -1 + i * (2.0 / (RIEMANN_POINTS - 1));
            if (u < 0) {
                continue;
            }
            double k = kernel.weight(u) * 2 / RIEMANN_POINTS;
            for (int a = 0; a < size; a++) {
                for (int b = 0; b < size; b++) {
                    gamma.add(a, b, k * Math.pow(u, a + b));
                    psi.add(a, b, k * kernel.weight(u) * Math.pow(u, a + b));
                }
                lambda.add(a, 0, k * Math.pow(u, s + 1 + a));
            }
        }
        DMatrixRMaj e0 = new DMatrixRMaj(size, 1);
        e0.set(0, 0, 1);
        DMatrixRMaj weights = new DMatrixRMaj(size, 1);
        CommonOps_DDRM.solve(gamma, e0, weights);
        DMatrixRMaj image = new DMatrixRMaj(size, 1);
        CommonOps_DDRM.mult(psi, weights, image);
        return new double[] {CommonOps_DDRM.dot(weights, lambda), CommonOps_DDRM.dot(weights, image)};
    }

    /**
     * The rule of the paper in units that the data set: distances over the largest one, responses over their standard deviation.
     * Its thresholds (no bias, no variance) then mean the same whatever the user's units.
     *
     * @param responses n x m, row-major
     * @param m number of responses
     * @param integrated whether all share one bandwidth
     * @return one bandwidth, or m of them; not yet kept within bounds
     */
    static double[] paper(
            Units units, SmoothingKernel kernel, int pilotOrder, double[] responses, int m, boolean integrated) {
        double farthest = units.farthest();
        double mean = Arrays.stream(responses).average().orElse(0);
        double squares = 0;
        for (double v : responses) {
            squares += (v - mean) * (v - mean);
        }
        double deviation = Math.sqrt(squares / responses.length);
        double[] scaled = deviation > 0
                ? Arrays.stream(responses).map(v -> (v - mean) / deviation).toArray()
                : responses;
        double[] h =
                new PlugInBandwidth(units.inUnitsOf(farthest), kernel, pilotOrder, false).select(scaled, m, integrated);
        return Arrays.stream(h).map(v -> v * farthest).toArray();
    }

    /** The rule of the package, in the user's units. */
    static double[] asPackage(
            Units units, SmoothingKernel kernel, int pilotOrder, double[] responses, int m, boolean integrated) {
        return new PlugInBandwidth(units, kernel, pilotOrder, true).select(responses, m, integrated);
    }

    private double[] select(double[] responses, int m, boolean integrated) {
        double[] pilot = bandwidths(global(responses, m, false), global(responses, m, true), integrated);
        if (integrated) {
            return bandwidths(local(responses, m, false, pilot[0]), local(responses, m, true, pilot[0]), true);
        }
        double[] h = new double[m];
        for (int j = 0; j < m; j++) {
            double[] column = m == 1 ? responses : column(responses, m, j);
            h[j] = bandwidths(local(column, 1, false, pilot[j]), local(column, 1, true, pilot[j]), false)[0];
        }
        return h;
    }

    static double[] column(double[] flat, int m, int j) {
        double[] column = new double[flat.length / m];
        for (int i = 0; i < column.length; i++) {
            column[i] = flat[i * m + j];
        }
        return column;
    }

    private double[] bandwidths(Terms left, Terms right, boolean integrated) {
        int m = left.bias.length;
        double[] h = new double[integrated ? 1 : m];
        double squaredBias = 0;
        double variance = 0;
        for (int j = 0; j < m; j++) {
            double b = right.bias[j] - left.bias[j];
            double v = right.variance[j] + left.variance[j];
            if (!integrated) {
                h[j] = bandwidth(v, b * b, Math.abs(b) <= NO_BIAS);
            }
            squaredBias += b * b;
            variance += v;
        }
        if (integrated) {
            double[] grid = units.matrix.probabilities();
            double width = m > 1 ? (grid[m - 1] - grid[0]) / (m - 1) : 1;
            h[0] = bandwidth(variance, squaredBias, squaredBias * width <= NO_BIAS);
        }
        return h;
    }

    private double bandwidth(double variance, double squaredBias, boolean unbiased) {
        double n = units.count();
        double h = StrictMath.pow(variance / (2 * (s + 1) * squaredBias), 1.0 / (2 * s + 3))
                * StrictMath.pow(n, -1.0 / (2 * s + 3));
        boolean usable = !unbiased && h > 0 && h < Double.POSITIVE_INFINITY;
        return usable ? h : ruleOfThumb(spread, units.count(), s);
    }

    /** The bandwidth when there is no bias to trade: \( 1.06\,sd(x)\,n^{-1/(2s+1)} \). */
    static double ruleOfThumb(Units units, int pilotOrder) {
        return ruleOfThumb(standardDeviation(units.x), units.count(), pilotOrder);
    }

    private static double ruleOfThumb(double spread, double n, int s) {
        return SILVERMAN * spread * StrictMath.pow(n, -1.0 / (2 * s + 1));
    }

    /** Step 2: a polynomial of degree s + 1 through all units of a side. */
    private Terms global(double[] responses, int m, boolean right) {
        double scale = units.farthest();
        Window window = Window.of(units, right, scale, s + 1, null, !asPackage);
        LocalPolynomial fit = window.fit();
        int count = window.rows().length;
        if (fit == null || count <= s + 1) {
            return Terms.none(m);
        }
        Terms terms = Terms.none(m);
        double[] alpha = fit.coefficients(responses, m, window.rows());
        double[] sums = window.residualSums(responses, m, alpha, s + 1, null);
        for (int j = 0; j < m; j++) {
            terms.bias[j] = curvatureBias(right, alpha[(s + 1) * m + j], scale);
            double sigma2 = sums[j] / (count - 1);
            sigma2 = sigma2 < NO_VARIANCE || Double.isNaN(sigma2) ? 1 : sigma2;
            terms.variance[j] = designEffect * constantVariance * sigma2 / density;
        }
        return terms;
    }

    /** Step 3: a local polynomial at the pilot bandwidth; a bandwidth that reaches too few units is widened. */
    private Terms local(double[] responses, int m, boolean right, double pilot) {
        int degree = asPackage ? s : s + 1;
        SmoothingKernel shape = asPackage ? SmoothingKernel.TRIANGULAR : kernel;
        double farthest = units.farthest();
        double h = pilot;
        Window window = Window.of(units, right, h, degree, shape, !asPackage);
        while (window.fit() == null && h < farthest) {
            h = Math.min(h * WIDEN, farthest);
            window = Window.of(units, right, h, degree, shape, !asPackage);
        }
        LocalPolynomial fit = window.fit();
        if (fit == null) {
            return Terms.none(m);
        }
        Terms terms = Terms.none(m);
        double[] alpha = fit.coefficients(responses, m, window.rows());
        double[] weights = asPackage ? positivePart(fit.weights(0)) : window.weights();
        double total = Arrays.stream(weights).sum();
        double inUnitsOfPilot = StrictMath.pow(h / window.scale(), s);
        double[] sums = window.residualSums(responses, m, alpha, degree, weights);
        for (int j = 0; j < m; j++) {
            terms.bias[j] = asPackage
                    ? inUnitsOfPilot * alpha[s * m + j] / factorial(s + 1)
                    : curvatureBias(right, alpha[(s + 1) * m + j], window.scale());
            terms.variance[j] = (asPackage ? 1 : designEffect * constantVariance) * (sums[j] / total) / density;
        }
        return terms;
    }

    /** \( C_B\,m^{(s+1)}/(s+1)! \), the derivative read off a coefficient of \( (x/scale)^{s+1} \). */
    private double curvatureBias(boolean right, double coefficient, double scale) {
        double sign = right || s % 2 == 1 ? 1 : -1;
        return constantBias * sign * coefficient / StrictMath.pow(scale, s + 1);
    }

    private static double[] positivePart(double[] weights) {
        return Arrays.stream(weights).map(w -> Math.max(w, 0)).toArray();
    }

    private static double factorial(int k) {
        return k <= 1 ? 1 : k * factorial(k - 1);
    }
}
