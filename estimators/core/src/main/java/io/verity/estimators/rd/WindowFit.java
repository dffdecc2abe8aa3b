package io.verity.estimators.rd;

import io.verity.stats.InsufficientDataException;
import io.verity.stats.smoothing.SmoothingKernel;
import java.util.Arrays;
import java.util.Locale;

/**
 * A local polynomial of the distance on one side, as linear weights that all responses share.
 *
 * <p>Normal equations of a few moments: with thousands of rows and a handful of coefficients they cost a fraction of an
 * orthogonalisation. The distances of the window are mapped to [-1, 1] first, where the powers up to the sixth have a condition
 * number of a few hundred, whatever the window looks like; raw powers would lose most digits.
 */
final class WindowFit {
    private static final int CHUNK = 512;
    private static final double SINGULAR = 1e-13;
    private static final double LEVERAGE_FLOOR = 1e-8;
    private static final double SATURATED = 2 * LEVERAGE_FLOOR;

    final Side side;
    final int order;
    /** Rows with positive kernel weight: the first ones. */
    final int count;

    private final double bandwidth;
    private final double[] weight;
    private final double[] t;
    private final double slope;
    private final double shift;
    /** Lower Cholesky factor of the Gram matrix of powers of t. */
    private final double[] factor;

    private WindowFit(
            Side side,
            double bandwidth,
            int order,
            double[] weight,
            double[] t,
            double slope,
            double shift,
            double[] factor) {
        this.side = side;
        this.order = order;
        this.bandwidth = bandwidth;
        count = weight.length;
        this.weight = weight;
        this.t = t;
        this.slope = slope;
        this.shift = shift;
        this.factor = factor;
    }

    /**
     * @throws InsufficientDataException if the window has fewer distinct values than coefficients
     */
    static WindowFit of(Side side, SmoothingKernel kernel, double bandwidth, int order) {
        int count = rowsWithin(side, kernel, bandwidth);
        int distinct = side.distinct(count);
        if (distinct < order + 1) {
            throw tooFew(side, bandwidth, distinct, order);
        }
        double near = side.distance[0];
        double far = side.distance[count - 1];
        double slope = far > near ? 2 / (far - near) : 1;
        double shift = far > near ? -(far + near) / (far - near) : -near;
        double[] weight = new double[count];
        double[] t = new double[count];
        fill(side, kernel, bandwidth, weight);
        for (int i = 0; i < count; i++) {
            t[i] = slope * side.distance[i] + shift;
        }
        double[] factor = cholesky(moments(weight, t, 2 * order), order + 1);
        if (factor.length == 0) {
            throw tooFew(side, bandwidth, distinct, order);
        }
        return new WindowFit(side, bandwidth, order, weight, t, slope, shift, factor);
    }

    /** Number of rows with positive kernel weight. */
    static int rowsWithin(Side side, SmoothingKernel kernel, double bandwidth) {
        int low = 0;
        int high = side.rows();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (kernel.weight(side.distance[middle] / bandwidth) > 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private static InsufficientDataException tooFew(Side side, double bandwidth, int distinct, int order) {
        String works = side.distinct() > order
                ? String.format(
                        Locale.ROOT,
                        "choose a bandwidth above %.6g",
                        side.unit * side.distance[side.starts[Math.min(order + 1, side.distinct() - 1)]])
                : "choose a lower order";
        return new InsufficientDataException(
                String.format(
                        Locale.ROOT,
                        "the bandwidth %.6g holds %d distinct value%s of the running variable on the %s, but a polynomial of"
                                + " order %d needs at least %d well apart",
                        bandwidth * side.unit,
                        distinct,
                        distinct == 1 ? "" : "s",
                        side.name(),
                        order,
                        order + 1),
                works);
    }

    private static void fill(Side side, SmoothingKernel kernel, double bandwidth, double[] weight) {
        double[] distance = side.distance;
        for (int i = 0; i < weight.length; i++) {
            weight[i] = kernel.weight(distance[i] / bandwidth);
        }
        double[] units = side.weights;
        for (int i = 0; units != null && i < weight.length; i++) {
            weight[i] *= units[i];
        }
    }

    /** Sums of w t^k for k up to the given power. */
    private static double[] moments(double[] weight, double[] t, int power) {
        double[] sums = new double[power + 1];
        double[] product = new double[CHUNK];
        for (int from = 0; from < weight.length; from += CHUNK) {
            int length = Math.min(CHUNK, weight.length - from);
            System.arraycopy(weight, from, product, 0, length);
            sums[0] += sum(product, length);
            for (int k = 1; k <= power; k++) {
                for (int i = 0; i < length; i++) {
                    product[i] *= t[from + i];
                }
                sums[k] += sum(product, length);
            }
        }
        return sums;
    }

    private static double sum(double[] a, int length) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        int i = 0;
        for (; i + 3 < length; i += 4) {
            s0 += a[i];
            s1 += a[i + 1];
            s2 += a[i + 2];
            s3 += a[i + 3];
        }
        for (; i < length; i++) {
            s0 += a[i];
        }
        return (s0 + s2) + (s1 + s3);
    }

    /** Cholesky factor of the Hankel matrix of the moments, row-major; empty if it is singular. */
    private static double[] cholesky(double[] moments, int size) {
        double[] l = new double[size * size];
        for (int i = 0; i < size; i++) {
            for (int j = 0; j <= i; j++) {
                double sum = moments[i + j];
                for (int k = 0; k < j; k++) {
                    sum -= l[i * size + k] * l[j * size + k];
                }
                if (i == j) {
                    if (!(sum > SINGULAR * moments[2 * i])) {
                        return new double[0];
                    }
                    l[i * size + i] = Math.sqrt(sum);
                } else {
                    l[i * size + j] = sum / l[j * size + j];
                }
            }
        }
        return l;
    }

    /** Solves G z = a in place. */
    private void solve(double[] a) {
        int size = order + 1;
        for (int i = 0; i < size; i++) {
            for (int k = 0; k < i; k++) {
                a[i] -= factor[i * size + k] * a[k];
            }
            a[i] /= factor[i * size + i];
        }
        for (int i = size - 1; i >= 0; i--) {
            for (int k = i + 1; k < size; k++) {
                a[i] -= factor[k * size + i] * a[k];
            }
            a[i] /= factor[i * size + i];
        }
    }

    /** Linear weights, one per row of the window, of the coefficient of distance^power. */
    double[] weights(int power) {
        double[] l = new double[order + 1];
        double binomial = 1; // of k over power, as the expansion of t^k = (slope d + shift)^k
        for (int k = power; k <= order; k++) {
            l[k] = binomial * Math.pow(slope, power) * Math.pow(shift, k - power);
            binomial = binomial * (k + 1) / (k + 1 - power);
        }
        solve(l);
        double[] omega = new double[count];
        polynomial(l, t, omega, count);
        for (int i = 0; i < count; i++) {
            omega[i] *= weight[i];
        }
        return omega;
    }

    private static void polynomial(double[] coefficients, double[] t, double[] out, int count) {
        int top = coefficients.length - 1;
        Arrays.fill(out, 0, count, coefficients[top]);
        for (int k = top - 1; k >= 0; k--) {
            double c = coefficients[k];
            for (int i = 0; i < count; i++) {
                out[i] = Math.fma(out[i], t[i], c);
            }
        }
    }

    /** The fitted polynomial of a column of the side. */
    Curve curve(Side responses, int j) {
        return new Curve(coefficients(responses, j), slope, shift);
    }

    /** A polynomial in t = slope * distance + shift. */
    @SuppressWarnings("ArrayRecordComponent") // local to one computation, never compared
    record Curve(double[] beta, double slope, double shift) {
        double value(double distance) {
            double t = slope * distance + shift;
            double value = 0;
            for (int k = beta.length - 1; k >= 0; k--) {
                value = Math.fma(value, t, beta[k]);
            }
            return value;
        }

        /** Derivative with respect to the distance. */
        double derivative(double distance) {
            double t = slope * distance + shift;
            double value = 0;
            for (int k = beta.length - 1; k >= 1; k--) {
                value = Math.fma(value, t, k * beta[k]);
            }
            return slope * value;
        }
    }

    private double[] coefficients(Side responses, int j) {
        int at = j * responses.rows();
        double[] beta = new double[order + 1];
        double[] product = new double[CHUNK];
        for (int from = 0; from < count; from += CHUNK) {
            int length = Math.min(CHUNK, count - from);
            for (int i = 0; i < length; i++) {
                product[i] = weight[from + i] * responses.values[at + from + i];
            }
            beta[0] += sum(product, length);
            for (int k = 1; k <= order; k++) {
                for (int i = 0; i < length; i++) {
                    product[i] *= t[from + i];
                }
                beta[k] += sum(product, length);
            }
        }
        solve(beta);
        return beta;
    }

    /** Residuals of a column of the side, for its first rows (perhaps beyond the window). */
    double[] residuals(Side responses, int j, int rows) {
        int at = j * responses.rows();
        double[] e = new double[rows];
        polynomial(coefficients(responses, j), positions(rows), e, rows);
        for (int i = 0; i < rows; i++) {
            e[i] = responses.values[at + i] - e[i];
        }
        return e;
    }

    private double[] positions(int rows) {
        if (rows <= count) {
            return t;
        }
        double[] wider = new double[rows];
        for (int i = 0; i < rows; i++) {
            wider[i] = slope * side.distance[i] + shift;
        }
        return wider;
    }

    /**
     * Residuals say nothing where the polynomial passes through every row that has weight: they are rounding errors.
     *
     * @param slack what {@link #slack} gave
     * @throws InsufficientDataException if that is so
     */
    void requireFreedom(double[] slack) {
        double free = 0;
        double total = 0;
        for (int i = 0; i < count; i++) {
            free += weight[i] * slack[i];
            total += weight[i];
        }
        if (count <= order + 1 || !(free > SATURATED * total)) {
            throw new InsufficientDataException(
                    String.format(
                            Locale.ROOT,
                            "%d row%s on the %s leave nothing to estimate a variance from beside %d coefficient%s (bandwidth"
                                    + " %.6g)",
                            count,
                            count == 1 ? "" : "s",
                            side.name(),
                            order + 1,
                            order == 0 ? "" : "s",
                            bandwidth * side.unit),
                    "give a larger bandwidth, choose a lower order, or compare nearest neighbours (NN)");
        }
    }

    /** 1 - leverage for the rows of the window, floored; the columns of the side share it. */
    double[] slack() {
        int size = order + 1;
        double[] basis = new double[size];
        double[] slack = new double[count];
        for (int i = 0; i < count; i++) {
            double power = 1;
            double norm = 0;
            for (int k = 0; k < size; k++) {
                double z = power;
                for (int l = 0; l < k; l++) {
                    z -= factor[k * size + l] * basis[l];
                }
                z /= factor[k * size + k];
                basis[k] = z;
                norm += z * z;
                power *= t[i];
            }
            slack[i] = Math.max(1 - weight[i] * norm, LEVERAGE_FLOOR);
        }
        return slack;
    }
}
