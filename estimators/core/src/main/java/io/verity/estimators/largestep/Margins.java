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

    /** The smallest product; NaN when one is not a number or infinite. Four chains, so that none waits for another. */
    static double smallestOrNaN(double[] u) {
        double s0 = Double.POSITIVE_INFINITY;
        double s1 = s0;
        double s2 = s0;
        double s3 = s0;
        double z0 = 0;
        double z1 = 0;
        double z2 = 0;
        double z3 = 0;
        int i = 0;
        for (; i + 4 <= u.length; i += 4) {
            double a = u[i];
            double b = u[i + 1];
            double c = u[i + 2];
            double d = u[i + 3];
            s0 = a < s0 ? a : s0;
            s1 = b < s1 ? b : s1;
            s2 = c < s2 ? c : s2;
            s3 = d < s3 ? d : s3;
            z0 += a * 0; // NaN as soon as something is not finite
            z1 += b * 0;
            z2 += c * 0;
            z3 += d * 0;
        }
        for (; i < u.length; i++) {
            s0 = u[i] < s0 ? u[i] : s0;
            z0 += u[i] * 0;
        }
        s0 = s1 < s0 ? s1 : s0;
        s2 = s3 < s2 ? s3 : s2;
        return z0 + z1 + z2 + z3 == 0 ? (s2 < s0 ? s2 : s0) : Double.NaN;
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
