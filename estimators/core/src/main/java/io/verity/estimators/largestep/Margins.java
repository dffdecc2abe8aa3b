package io.verity.estimators.largestep;

import io.verity.stats.linalg.MarginFunctions;
import io.verity.stats.losses.LogisticLoss;

/**
 * Summaries of the margins \( m_i = \gamma u_i \) of one iterate, given as products u with a scale. Scratch is kept, so one
 * object serves one run.
 */
final class Margins {
    private static final double LOG_SAFE = 1e-290;

    private final MarginFunctions functions;
    private final int n;
    private final double[] scratch;

    Margins(MarginFunctions functions, int n) {
        this.functions = functions;
        this.n = n;
        this.scratch = new double[n];
    }

    /** NaN when a product is not a number or infinite; else the smallest product. */
    static double smallestOrNaN(double[] u) {
        double smallest = Double.POSITIVE_INFINITY;
        double largest = Double.NEGATIVE_INFINITY;
        double nan = 0;
        for (double value : u) {
            smallest = value < smallest ? value : smallest;
            largest = value > largest ? value : largest;
            nan = Double.isNaN(value) ? Double.NaN : nan;
        }
        return largest - smallest + nan < Double.POSITIVE_INFINITY ? smallest : Double.NaN;
    }

    double meanLoss(double scale, double[] u) {
        return functions.lossSum(scale, u) / n;
    }

    /** The logarithm of the mean loss, also where the mean underflows. */
    double logMeanLoss(double scale, double[] u, double meanLoss) {
        if (meanLoss > LOG_SAFE) {
            return StrictMath.log(meanLoss);
        }
        for (int i = 0; i < n; i++) {
            scratch[i] = scale * u[i];
        }
        return LogisticLoss.logMeanLoss(scratch);
    }

    double meanSigmoid(double scale, double[] u) {
        functions.sigmoidNegative(scale, u, scratch);
        return functions.sum(scratch) / n;
    }

    /** \( \phi = \log\frac1n\sum e^{-m_i} \), the largest term taken out. */
    double logExponentialLoss(double scale, double[] u) {
        double smallest = smallestOrNaN(u);
        for (int i = 0; i < n; i++) {
            scratch[i] = scale * (smallest - u[i]);
        }
        functions.exp(scratch, scratch);
        return StrictMath.log(functions.sum(scratch) / n) - scale * smallest;
    }
}
