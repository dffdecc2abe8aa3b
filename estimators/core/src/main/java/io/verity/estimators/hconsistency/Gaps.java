package io.verity.estimators.hconsistency;

/** Distances of convex functions from their tangents at 1, without cancellation. */
final class Gaps {
    private Gaps() {}

    /** \( (1+e)\log(1+e) - e \ge 0 \) for e at least -1. */
    static double entropy(double e) {
        if (e <= -1) {
            return 1;
        }
        if (Math.abs(e) < 0.1) {
            // e^2/2 - e^3/6 + e^4/12 - ...
            double sum = 0;
            double power = e * e;
            for (int k = 2; k < 30; k++) {
                double term = power / (k * (k - 1.0));
                sum += (k & 1) == 0 ? term : -term;
                if (Math.abs(term) < 1e-18 * sum) {
                    break;
                }
                power *= e;
            }
            return sum;
        }
        return (1 + e) * StrictMath.log1p(e) - e;
    }

    /** \( (1+e)^\beta - 1 - \beta e \), given \( \beta \) and \( \beta - 1 \), to which it is proportional. */
    static double power(double e, double beta, double excess) {
        if (e <= -1) {
            return excess;
        }
        if (Math.abs(e) < 0.1 && beta * Math.abs(e) < 1) {
            double term = beta * excess / 2 * e * e;
            double sum = term;
            for (int k = 2; k < 200 && Math.abs(term) > 1e-18 * Math.abs(sum); k++) {
                term *= (beta - k) / (k + 1) * e;
                sum += term;
            }
            return sum;
        }
        double log = StrictMath.log1p(e);
        return (1 + e) * exponential(excess * log) + excess * entropy(e);
    }

    /** \( e^z - 1 - z \). */
    private static double exponential(double z) {
        if (Math.abs(z) < 0.1) {
            double term = z * z / 2;
            double sum = term;
            for (int k = 3; k < 30 && Math.abs(term) > 1e-18 * sum; k++) {
                term *= z / k;
                sum += term;
            }
            return sum;
        }
        return StrictMath.expm1(z) - z;
    }
}
