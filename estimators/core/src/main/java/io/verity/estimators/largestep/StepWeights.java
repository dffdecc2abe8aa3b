package io.verity.estimators.largestep;

import io.verity.stats.linalg.MarginFunctions;
import io.verity.stats.losses.LogisticLoss;

/**
 * The weights of a step, \( \theta \leftarrow \theta + \gamma c \sum_i w_i z_i \), as functions of the margins
 * \( m_i = \gamma u_i \).
 */
final class StepWeights {
    /** The exponential-loss run is given up when a margin falls below this: its weight would overflow. */
    static final double LOWEST_MARGIN = -700;

    /** Below this loss the quotient of gradient and loss is formed from logarithms. */
    private static final double SMALL_LOSS = 1e-280;

    private final Variant variant;
    private final MarginFunctions functions;
    private final Margins summaries;
    private final int n;
    private boolean changed;

    StepWeights(Variant variant, MarginFunctions functions, int n) {
        this.variant = variant;
        this.functions = functions;
        this.summaries = new Margins(functions, n);
        this.n = n;
    }

    /** Whether the step starts from the weights \( \sigma(-m_i) \), which a pass over the data provides. */
    static boolean startsFromSigmoids(Variant variant) {
        return variant == Variant.GD || variant == Variant.ADAPTIVE;
    }

    /**
     * @param w holds the sigmoids where the variant starts from them; receives the weights
     * @return the factor c
     */
    double fill(double scale, double[] u, double[] w) {
        changed = variant != Variant.GD;
        return switch (variant) {
            case GD -> 1.0 / n;
            case NORMALIZED -> normalizedSigmoids(scale, u, w);
            case SOFTMAX -> softmax(scale, u, w);
            case ADAPTIVE -> adaptive(scale, u, w);
            case EXPONENTIAL_LOSS -> exponentials(scale, u, w);
        };
    }

    /** Whether the last {@link #fill} changed the weights it was given. */
    boolean changed() {
        return changed;
    }

    /** Through log s_i, because every s_i may underflow. */
    private double normalizedSigmoids(double scale, double[] u, double[] w) {
        functions.logSigmoidNegative(scale, u, w);
        double largest = Double.NEGATIVE_INFINITY;
        for (double q : w) {
            largest = Math.max(largest, q);
        }
        for (int i = 0; i < n; i++) {
            w[i] -= largest;
        }
        functions.exp(w, w);
        return 1 / functions.sum(w);
    }

    private double softmax(double scale, double[] u, double[] w) {
        double smallest = Margins.smallestOrNaN(u);
        for (int i = 0; i < n; i++) {
            w[i] = scale * (smallest - u[i]);
        }
        functions.exp(w, w);
        return 1 / functions.sum(w);
    }

    private double adaptive(double scale, double[] u, double[] w) {
        double loss = summaries.meanLoss(scale, u);
        if (loss > SMALL_LOSS) {
            changed = false;
            return 1 / (-StrictMath.expm1(-loss) * n);
        }
        // 1 - e^{-f} = f to rounding, and s_i / f comes from logarithms
        double logLoss = summaries.logMeanLoss(scale, u, loss);
        for (int i = 0; i < n; i++) {
            w[i] = LogisticLoss.logSigmoidNegative(scale * u[i]) - logLoss;
        }
        functions.exp(w, w);
        return 1.0 / n;
    }

    private double exponentials(double scale, double[] u, double[] w) {
        for (int i = 0; i < n; i++) {
            w[i] = -scale * u[i];
        }
        functions.exp(w, w);
        return 1.0 / n;
    }
}
