package io.verity.estimators.largestep;

import java.util.function.DoubleUnaryOperator;

/** Summaries of the margins \( m_i = z_i^\top\theta \) of one iterate, each summed in index order. */
final class Margins {
    private static final double LOG_SAFE = 1e-290;

    private Margins() {}

    static double smallest(double[] m) {
        double smallest = Double.POSITIVE_INFINITY;
        for (double value : m) {
            smallest = Math.min(smallest, value);
        }
        return smallest;
    }

    static boolean finite(double[] m) {
        double zero = 0;
        for (double value : m) {
            zero += value * 0; // NaN as soon as one value is not finite
        }
        return zero == 0;
    }

    static int misclassified(double[] m) {
        int count = 0;
        for (double value : m) {
            if (value <= 0) {
                count++;
            }
        }
        return count;
    }

    static double meanLoss(double[] m) {
        double sum = 0;
        for (double value : m) {
            sum += Scalars.loss(value);
        }
        return sum / m.length;
    }

    /** The logarithm of the mean loss, also where the mean underflows. */
    static double logMeanLoss(double[] m, double meanLoss) {
        return meanLoss > LOG_SAFE ? StrictMath.log(meanLoss) : logMeanExp(m, Scalars::logLoss);
    }

    static double meanSigmoid(double[] m) {
        double sum = 0;
        for (double value : m) {
            sum += Scalars.sigmoidNegative(value);
        }
        return sum / m.length;
    }

    /** \( \phi = \log\frac1n\sum e^{-m_i} \). */
    static double logExponentialLoss(double[] m) {
        return logMeanExp(m, v -> -v);
    }

    /** \( \log\frac1n\sum_i e^{g(m_i)} \). */
    private static double logMeanExp(double[] m, DoubleUnaryOperator g) {
        double largest = Double.NEGATIVE_INFINITY;
        for (double value : m) {
            largest = Math.max(largest, g.applyAsDouble(value));
        }
        if (!Double.isFinite(largest)) {
            return largest;
        }
        double sum = 0;
        for (double value : m) {
            sum += Scalars.exp(g.applyAsDouble(value) - largest);
        }
        return largest + StrictMath.log(sum) - StrictMath.log(m.length);
    }
}
