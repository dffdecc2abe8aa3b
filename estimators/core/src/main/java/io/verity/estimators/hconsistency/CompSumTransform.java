package io.verity.estimators.hconsistency;

import io.verity.stats.Arguments;

/**
 * The transform of the comp-sum losses for scores without bounds (Mao, Mohri and Zhong, "Cross-Entropy Loss Functions:
 * Theoretical Analysis and Applications", ICML 2023, arXiv 2304.07288, Theorem 3.1). With \( \beta = 1/(2-\tau) \) and \( A(t)
 * = (((1+t)^\beta + (1-t)^\beta)/2)^{2-\tau} \),
 * \[ \Psi(t) = \frac{2^{1-\tau}}{1-\tau} (1 - A(t)) \ (\tau &lt; 1), \quad \tfrac{1+t}{2}\log(1+t) + \tfrac{1-t}{2}\log(1-t) \
 * (\tau = 1), \quad \frac{A(t) - 1}{(\tau-1) K^{\tau-1}} \ (1 &lt; \tau &lt; 2), \quad \frac{t}{(\tau-1) K^{\tau-1}} \ (\tau \ge
 * 2). \]
 *
 * <p>Attained for every K when \( \tau \le 1 \), for two classes when \( \tau \le 2 \), and at \( t \le 1/(K-1) \) when \( \tau
 * = 2 \); elsewhere the exact infimum is larger.
 *
 * <p>Digits: all of \( A - 1 \), \( 1 - A \) and their quotients by \( \tau - 1 \) are computed without cancellation, so that
 * the relative error stays near 1e-15 for every t and \( \tau \), next to 1 and next to 2 too (see {@link #logPowerMean}).
 */
public final class CompSumTransform implements Transform {
    private final double tau;
    private final int classes;

    private CompSumTransform(double tau, int classes) {
        this.tau = tau;
        this.classes = classes;
    }

    /**
     * The transform of one loss.
     *
     * @param tau parameter of the loss, finite and at least 0
     * @param classes number of classes K, at least 2
     * @return the transform
     * @throws IllegalArgumentException if tau is negative, infinite or NaN, or there are fewer than 2 classes
     */
    public static CompSumTransform of(double tau, int classes) {
        Arguments.require(
                tau >= 0 && Double.isFinite(tau), "tau must be a finite number of at least 0, but is %s", tau);
        Arguments.atLeast("the number of classes K", classes, 2);
        return new CompSumTransform(tau, classes);
    }

    /**
     * The parameter of the loss.
     *
     * @return tau
     */
    public double tau() {
        return tau;
    }

    /**
     * The number of classes.
     *
     * @return K
     */
    public int classes() {
        return classes;
    }

    @Override
    public double psi(double t) {
        Transform.checkZeroOne(t);
        if (tau >= 2) {
            return t / ((tau - 1) * classPower());
        }
        double base = centred(tau, t);
        return tau <= 1 ? base * StrictMath.pow(2, 1 - tau) : base / classPower();
    }

    private double classPower() {
        return StrictMath.pow(classes, tau - 1);
    }

    /** (A(t) - 1) / (tau - 1), and its limit at tau = 1. */
    private static double centred(double tau, double t) {
        if (tau == 1) {
            return entropyGap(t);
        }
        return StrictMath.expm1(logPowerMean(1 / (2 - tau), (tau - 1) / (2 - tau), t)) / (tau - 1);
    }

    /**
     * The transform of cross-entropy, \( \tfrac{1+t}{2}\log(1+t) + \tfrac{1-t}{2}\log(1-t) = \sum_k t^{2k} / (2k (2k-1)) \).
     *
     * @param t in [0, 1]
     * @return its value, all digits
     */
    static double entropyGap(double t) {
        if (t <= 0.5) {
            double square = t * t;
            double power = 1;
            double sum = 0;
            for (int k = 1; power > 1e-18 * sum || k == 1; k++) {
                sum += power / (2 * k * (2.0 * k - 1));
                power *= square;
            }
            return sum * square;
        }
        double lower = t == 1 ? 0 : (1 - t) * StrictMath.log1p(-t);
        return 0.5 * ((1 + t) * StrictMath.log1p(t) + lower);
    }

    /**
     * \( \log A = \frac1\beta \log \frac{(1+t)^\beta + (1-t)^\beta}{2} \). Where \( \beta t \) is small, the mean of powers
     * minus 1 is the series \( \sum_k \binom{\beta}{2k} t^{2k} \), whose terms all carry the factor \( \beta - 1 \); where
     * \( \beta \) is large, the larger power is taken out; between them \( \tfrac12((1+t)((1+t)^{\beta-1} - 1) + (1-t)
     * ((1-t)^{\beta-1} - 1)) \), again proportional to \( \beta - 1 \).
     */
    private static double logPowerMean(double beta, double excess, double t) {
        if (t == 0) {
            return 0;
        }
        if (t <= 0.5 && beta * t <= 2) {
            double square = t * t;
            double term = beta * excess / 2 * square;
            double sum = term;
            for (int k = 1; Math.abs(term) > 1e-18 * Math.abs(sum); k++) {
                term *= (beta - 2 * k) * (beta - 2 * k - 1) / ((2 * k + 1.0) * (2 * k + 2.0)) * square;
                sum += term;
            }
            return StrictMath.log1p(sum) / beta;
        }
        double up = StrictMath.log1p(t);
        double down = t == 1 ? Double.NEGATIVE_INFINITY : StrictMath.log1p(-t);
        if (beta > 4) {
            double smaller = StrictMath.log1p(StrictMath.exp(beta * (down - up)));
            return up + (smaller - StrictMath.log(2)) / beta;
        }
        double lower = t == 1 ? 0 : (1 - t) * StrictMath.expm1(excess * down);
        return StrictMath.log1p(0.5 * ((1 + t) * StrictMath.expm1(excess * up) + lower)) / beta;
    }

    @Override
    public double gamma(double r) {
        Transform.checkRegret(r);
        if (tau == 0) {
            return r >= 1 ? 1 : Math.sqrt(r * (2 - r));
        }
        if (tau >= 2) {
            return Math.min(1, simpleBound(r));
        }
        return Transform.inverse(this, r);
    }

    /**
     * \( \sqrt{2^\tau (2-\tau) r} \) for \( \tau &lt; 1 \), \( \sqrt{2 r} \) for 1, \( \sqrt{2 K^{\tau-1} r} \) in (1, 2), and
     * Gamma's own line from 2 on; not capped at 1.
     *
     * @param r surrogate regret, at least 0
     * @return an upper bound of Gamma
     */
    @Override
    public double simpleBound(double r) {
        Transform.checkRegret(r);
        if (r == 0) {
            return 0; // also where K^(tau-1) overflows
        }
        if (tau < 1) {
            return Math.sqrt(StrictMath.pow(2, tau) * (2 - tau) * r);
        }
        return tau < 2 ? Math.sqrt(2 * classPower() * r) : (tau - 1) * classPower() * r;
    }

    @Override
    public boolean tight() {
        return tau <= 1 || (classes == 2 && tau <= 2);
    }

    @Override
    public boolean tightAt(double t) {
        return tight() || t == 0 || (tau == 2 && t <= 1.0 / (classes - 1));
    }

    @Override
    public String formula() {
        if (tau == 0) {
            return "1 - sqrt(1 - t^2)";
        }
        if (tau == 1) {
            return "((1+t)/2) log(1+t) + ((1-t)/2) log(1-t)";
        }
        if (tau >= 2) {
            return tau == 2 ? "t / K" : "t / ((tau-1) K^(tau-1))";
        }
        String mean = "(((1+t)^b + (1-t)^b)/2)^(1/b)";
        return tau < 1
                ? "2^(1-tau) (1 - " + mean + ") / (1-tau), b = 1/(2-tau)"
                : "(" + mean + " - 1) / ((tau-1) K^(tau-1)), b = 1/(2-tau)";
    }

    @Override
    public String toString() {
        return "comp-sum transform (tau = " + tau + ", K = " + classes + ")";
    }
}
