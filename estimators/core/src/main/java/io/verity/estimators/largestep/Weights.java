package io.verity.estimators.largestep;

/** The weights of a step, \( \theta \leftarrow \theta + \gamma c \sum_i w_i z_i \), as functions of the margins. */
final class Weights {
    /** The exponential-loss run is given up when a margin falls below this: its weight would overflow. */
    static final double LOWEST_MARGIN = -700;

    /** Below this loss the quotient of gradient and loss is formed from logarithms. */
    private static final double SMALL_LOSS = 1e-280;

    private Weights() {}

    /**
     * @param variant which weights
     * @param m margins
     * @param w receives the weights
     * @return the factor c
     */
    static double fill(Variant variant, double[] m, double[] w) {
        return switch (variant) {
            case GD -> sigmoids(m, w);
            case NORMALIZED -> normalizedSigmoids(m, w);
            case SOFTMAX -> softmax(m, w);
            case ADAPTIVE -> adaptive(m, w);
            case EXPONENTIAL_LOSS -> exponentials(m, w);
        };
    }

    static double sigmoids(double[] m, double[] w) {
        for (int i = 0; i < m.length; i++) {
            w[i] = Scalars.sigmoidNegative(m[i]);
        }
        return 1.0 / m.length;
    }

    /** Through log s_i, because every s_i may underflow. */
    private static double normalizedSigmoids(double[] m, double[] w) {
        for (int i = 0; i < m.length; i++) {
            w[i] = Scalars.logSigmoidNegative(m[i]);
        }
        return normalizeLogarithms(w);
    }

    private static double softmax(double[] m, double[] w) {
        for (int i = 0; i < m.length; i++) {
            w[i] = -m[i];
        }
        return normalizeLogarithms(w);
    }

    private static double normalizeLogarithms(double[] w) {
        double largest = Double.NEGATIVE_INFINITY;
        for (double q : w) {
            largest = Math.max(largest, q);
        }
        double sum = 0;
        for (int i = 0; i < w.length; i++) {
            w[i] = Scalars.exp(w[i] - largest);
            sum += w[i];
        }
        for (int i = 0; i < w.length; i++) {
            w[i] /= sum;
        }
        return 1;
    }

    private static double adaptive(double[] m, double[] w) {
        double loss = Margins.meanLoss(m);
        if (loss > SMALL_LOSS) {
            sigmoids(m, w);
            return 1 / (-StrictMath.expm1(-loss) * m.length);
        }
        // 1 - e^{-f} = f to rounding, and s_i / f comes from logarithms
        double logLoss = Margins.logMeanLoss(m, loss);
        for (int i = 0; i < m.length; i++) {
            w[i] = Scalars.exp(Scalars.logSigmoidNegative(m[i]) - logLoss);
        }
        return 1.0 / m.length;
    }

    private static double exponentials(double[] m, double[] w) {
        for (int i = 0; i < m.length; i++) {
            w[i] = Scalars.exp(-m[i]);
        }
        return 1.0 / m.length;
    }
}
