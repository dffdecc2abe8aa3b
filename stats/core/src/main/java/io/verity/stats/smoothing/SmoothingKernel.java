package io.verity.stats.smoothing;

import io.verity.stats.Arguments;
import org.apache.commons.math3.fraction.BigFraction;
import org.apache.commons.math3.linear.Array2DRowFieldMatrix;
import org.apache.commons.math3.linear.ArrayFieldVector;
import org.apache.commons.math3.linear.FieldLUDecomposition;
import org.apache.commons.math3.linear.FieldVector;

/** A smoothing kernel K on [-1, 1], a symmetric density that vanishes outside. */
public enum SmoothingKernel {
    /** \( K(u) = 1 - |u| \). */
    TRIANGULAR(new double[] {1, -1}),
    /** \( K(u) = \frac34 (1 - u^2) \). */
    EPANECHNIKOV(new double[] {0.75, 0, -0.75}),
    /** \( K(u) = \frac12 \), its edges |u| = 1 included. */
    UNIFORM(new double[] {0.5});

    /** Coefficients of K on [0, 1] as a polynomial, lowest power first. */
    @SuppressWarnings("ImmutableEnumChecker") // written by nobody after construction
    private final double[] polynomial;

    SmoothingKernel(double[] polynomial) {
        this.polynomial = polynomial;
    }

    /**
     * @param u distance in bandwidths
     * @return K(u), zero for |u| &gt; 1
     */
    public double weight(double u) {
        double a = Math.abs(u);
        if (!(a <= 1)) {
            return 0;
        }
        return switch (this) {
            case TRIANGULAR -> 1 - a;
            case EPANECHNIKOV -> 0.75 * (1 - a * a);
            case UNIFORM -> 0.5;
        };
    }

    /**
     * The constant \( C_B = e_0^\top\Gamma^{-1}\Lambda \) of the leading bias \( h^{s+1} C_B m^{(s+1)}/(s+1)! \) of a local
     * polynomial of order s at the left end of its data, with \( \Gamma = \int_0^1 K r r^\top \),
     * \( \Lambda = \int_0^1 u^{s+1} r K \) and \( r = (1, u, \dots, u^s) \). At the right end it is multiplied by
     * \( (-1)^{s+1} \).
     *
     * @param order s, at least 0
     * @return the constant
     */
    public double biasConstant(int order) {
        FieldVector<BigFraction> weights = boundaryWeights(order);
        BigFraction sum = BigFraction.ZERO;
        for (int k = 0; k <= order; k++) {
            sum = sum.add(weights.getEntry(k).multiply(moment(polynomial, k + order + 1)));
        }
        return sum.doubleValue();
    }

    /**
     * The constant \( C_V = e_0^\top\Gamma^{-1}\Psi\Gamma^{-1}e_0 \), \( \Psi = \int_0^1 K^2 r r^\top \), of the leading
     * variance \( C_V \sigma^2/(n h f) \) of a local polynomial of order s at an end of its data.
     *
     * @param order s, at least 0
     * @return the constant
     */
    public double varianceConstant(int order) {
        double[] square = new double[2 * polynomial.length - 1];
        for (int i = 0; i < polynomial.length; i++) {
            for (int j = 0; j < polynomial.length; j++) {
                square[i + j] += polynomial[i] * polynomial[j];
            }
        }
        FieldVector<BigFraction> weights = boundaryWeights(order);
        BigFraction sum = BigFraction.ZERO;
        for (int k = 0; k <= order; k++) {
            for (int l = 0; l <= order; l++) {
                sum = sum.add(weights.getEntry(k).multiply(weights.getEntry(l)).multiply(moment(square, k + l)));
            }
        }
        return sum.doubleValue();
    }

    /** \( \Gamma^{-1} e_0 \), in exact fractions: the condition of Gamma grows like that of a Hilbert matrix. */
    private FieldVector<BigFraction> boundaryWeights(int order) {
        Arguments.atLeast("order", order, 0);
        int size = order + 1;
        BigFraction[][] gamma = new BigFraction[size][size];
        BigFraction[] e0 = new BigFraction[size];
        for (int k = 0; k < size; k++) {
            for (int l = 0; l < size; l++) {
                gamma[k][l] = moment(polynomial, k + l);
            }
            e0[k] = k == 0 ? BigFraction.ONE : BigFraction.ZERO;
        }
        return new FieldLUDecomposition<>(new Array2DRowFieldMatrix<>(gamma, false))
                .getSolver()
                .solve(new ArrayFieldVector<>(e0, false));
    }

    /** \( \int_0^1 u^k P(u)\,du \); the coefficients are fractions with a power of two below. */
    private static BigFraction moment(double[] coefficients, int k) {
        BigFraction sum = BigFraction.ZERO;
        for (int i = 0; i < coefficients.length; i++) {
            sum = sum.add(new BigFraction(coefficients[i]).divide(k + i + 1));
        }
        return sum;
    }
}
