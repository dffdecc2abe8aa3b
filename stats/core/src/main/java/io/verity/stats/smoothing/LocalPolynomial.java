package io.verity.stats.smoothing;

import io.verity.stats.Arguments;

/**
 * Weighted polynomial least squares in one variable, as linear weights that any number of responses can share:
 * \( \hat\alpha = G^{-1}R^\top W y \), \( G = R^\top W R \), \( R \) with rows \( (1, u_i, \dots, u_i^p) \).
 *
 * <p>Solved by orthogonalising the columns of \( W^{1/2}R \) (Gram-Schmidt, done twice, which loses nothing to rounding; Giraud,
 * Langou, Rozloznik 2005), because the normal equations would square a condition number that grows fast with the order. Use
 * distances in bandwidths as u, never raw ones.
 */
public final class LocalPolynomial {
    private static final double SINGULAR = 1e-12;

    private final int count;
    private final int order;
    /** Weighted orthonormal columns, \( \sqrt{w_i}\,q_k(u_i) \), column after column. */
    private final double[] columns;

    private final double[] rootWeights;
    /** Inverse of the triangular factor, row-major: monomial coefficients of the orthonormal polynomials. */
    private final double[] inverse;

    private final double reciprocalCondition;

    private LocalPolynomial(
            int count,
            int order,
            double[] columns,
            double[] rootWeights,
            double[] inverse,
            double reciprocalCondition) {
        this.count = count;
        this.order = order;
        this.columns = columns;
        this.rootWeights = rootWeights;
        this.inverse = inverse;
        this.reciprocalCondition = reciprocalCondition;
    }

    /**
     * @param u positions, in units that put most of them in [-1, 1]
     * @param weights positive, as many
     * @param order degree p of the polynomial, at least 0
     * @return the fit's linear weights; {@link #isSingular()} tells whether they can be used
     * @throws IllegalArgumentException if there are fewer than p + 1 positions or the lengths differ
     */
    public static LocalPolynomial of(double[] u, double[] weights, int order) {
        int n = u.length;
        Arguments.atLeast("order", order, 0);
        Arguments.require(weights.length == n, "%d weights for %d positions", weights.length, n);
        Arguments.require(n > order, "a polynomial of degree %d needs %d positions, but has %d", order, order + 1, n);
        int size = order + 1;
        double[] root = new double[n];
        double[] columns = new double[size * n];
        for (int i = 0; i < n; i++) {
            root[i] = Math.sqrt(weights[i]);
            double power = root[i];
            for (int k = 0; k < size; k++) {
                columns[k * n + i] = power;
                power *= u[i];
            }
        }
        double[] r = new double[size * size];
        for (int k = 0; k < size; k++) {
            orthogonalise(columns, n, k, r, size);
        }
        double[] inverse = upperInverse(r, size);
        double condition = norm1(r, size) * norm1(inverse, size);
        return new LocalPolynomial(
                n, order, columns, root, inverse, condition > 0 && Double.isFinite(condition) ? 1 / condition : 0);
    }

    private static void orthogonalise(double[] columns, int n, int k, double[] r, int size) {
        int at = k * n;
        for (int pass = 0; pass < 2; pass++) {
            for (int l = 0; l < k; l++) {
                double dot = dot(columns, l * n, columns, at, n);
                r[l * size + k] += dot;
                for (int i = 0; i < n; i++) {
                    columns[at + i] = Math.fma(-dot, columns[l * n + i], columns[at + i]);
                }
            }
        }
        double norm = Math.sqrt(dot(columns, at, columns, at, n));
        r[k * size + k] = norm;
        if (norm > 0) {
            for (int i = 0; i < n; i++) {
                columns[at + i] /= norm;
            }
        }
    }

    private static double dot(double[] a, int atA, double[] b, int atB, int n) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        int i = 0;
        for (; i + 3 < n; i += 4) {
            s0 = Math.fma(a[atA + i], b[atB + i], s0);
            s1 = Math.fma(a[atA + i + 1], b[atB + i + 1], s1);
            s2 = Math.fma(a[atA + i + 2], b[atB + i + 2], s2);
            s3 = Math.fma(a[atA + i + 3], b[atB + i + 3], s3);
        }
        for (; i < n; i++) {
            s0 = Math.fma(a[atA + i], b[atB + i], s0);
        }
        return (s0 + s2) + (s1 + s3);
    }

    private static double[] upperInverse(double[] r, int size) {
        double[] inverse = new double[size * size];
        for (int c = 0; c < size; c++) {
            inverse[c * size + c] = 1 / r[c * size + c];
            for (int k = c - 1; k >= 0; k--) {
                double sum = 0;
                for (int l = k + 1; l <= c; l++) {
                    sum += r[k * size + l] * inverse[l * size + c];
                }
                inverse[k * size + c] = -sum / r[k * size + k];
            }
        }
        return inverse;
    }

    private static double norm1(double[] a, int size) {
        double largest = 0;
        for (int c = 0; c < size; c++) {
            double sum = 0;
            for (int k = 0; k < size; k++) {
                sum += Math.abs(a[k * size + c]);
            }
            largest = sum > largest || Double.isNaN(sum) ? sum : largest;
        }
        return largest;
    }

    /** @return whether the positions cannot determine the polynomial (reciprocal condition of the factor below 1e-12) */
    public boolean isSingular() {
        return !(reciprocalCondition > SINGULAR);
    }

    /** @return degree p */
    public int order() {
        return order;
    }

    /**
     * The linear weights of one coefficient: \( \hat\alpha_k = \sum_i H_{ki} y_i \). Those of the intercept sum to 1 and are
     * orthogonal to \( u, \dots, u^p \); some of them are negative.
     *
     * @param coefficient k in 0..p
     * @return row k of \( G^{-1}R^\top W \)
     */
    public double[] weights(int coefficient) {
        double[] h = new double[count];
        for (int l = coefficient; l <= order; l++) {
            double c = inverse[coefficient * (order + 1) + l];
            for (int i = 0; i < count; i++) {
                h[i] = Math.fma(c, columns[l * count + i], h[i]);
            }
        }
        for (int i = 0; i < count; i++) {
            h[i] *= rootWeights[i];
        }
        return h;
    }

    /** @return \( l_i = w_i\,r(u_i)^\top G^{-1} r(u_i) \), in [0, 1] up to rounding */
    public double[] leverages() {
        double[] leverage = new double[count];
        for (int k = 0; k <= order; k++) {
            for (int i = 0; i < count; i++) {
                double c = columns[k * count + i];
                leverage[i] = Math.fma(c, c, leverage[i]);
            }
        }
        return leverage;
    }

    /**
     * Coefficients of many responses at once, \( \hat\alpha = H Y \).
     *
     * @param responses row-major, one row per unit, m columns
     * @param m number of responses
     * @param rows the row of every position
     * @return coefficients of the powers of u, (p + 1) x m
     */
    public double[] coefficients(double[] responses, int m, int[] rows) {
        int size = order + 1;
        double[] projected = new double[size * m];
        for (int i = 0; i < count; i++) {
            int at = rows[i] * m;
            for (int k = 0; k <= order; k++) {
                double d = rootWeights[i] * columns[k * count + i];
                int to = k * m;
                for (int j = 0; j < m; j++) {
                    projected[to + j] = Math.fma(d, responses[at + j], projected[to + j]);
                }
            }
        }
        double[] alpha = new double[size * m];
        for (int k = 0; k < size; k++) {
            for (int l = k; l < size; l++) {
                double c = inverse[k * size + l];
                for (int j = 0; j < m; j++) {
                    alpha[k * m + j] = Math.fma(c, projected[l * m + j], alpha[k * m + j]);
                }
            }
        }
        return alpha;
    }
}
