package io.verity.estimators.largestep;

/** Stand-in for the scalar kernels of {@code io.verity.stats.losses}. */
final class Scalars {
    private Scalars() {}

    static double exp(double x) {
        return StrictMath.exp(x);
    }

    static double loss(double m) {
        return Math.max(-m, 0) + StrictMath.log1p(StrictMath.exp(-Math.abs(m)));
    }

    static double sigmoidNegative(double m) {
        double e = StrictMath.exp(-Math.abs(m));
        return m >= 0 ? e / (1 + e) : 1 / (1 + e);
    }

    static double logSigmoidNegative(double m) {
        return -(Math.max(m, 0) + StrictMath.log1p(StrictMath.exp(-Math.abs(m))));
    }

    static double logLoss(double m) {
        return m <= 18 ? StrictMath.log(loss(m)) : -m - StrictMath.exp(-m) / 2;
    }
}
