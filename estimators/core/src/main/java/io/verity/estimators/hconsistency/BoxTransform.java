package io.verity.estimators.hconsistency;

import io.verity.stats.Arguments;

/**
 * A formula that circulates for cross-entropy with scores in \( [-\Lambda, \Lambda]^K \). It is the exact transform for two
 * classes and <em>no bound at all for three or more</em>: with p = (0.6, 0.4, 0) and \( \Lambda = 0.1 \) the best scores tie
 * the first two classes, so that the worse one may be predicted at surrogate regret 0. Kept as a candidate to refute.
 *
 * <p>With \( s_{max} = 1/(1+(K-1)e^{-2\Lambda}) \), \( s_{min} = 1/(1+(K-1)e^{2\Lambda}) \): the transform of cross-entropy
 * up to \( t = (s_{max}-s_{min})/(s_{max}+s_{min}) \), then \( \tfrac{t}{2}\log\tfrac{s_{max}}{s_{min}} + \log \tfrac{2
 * \sqrt{s_{max}s_{min}}}{s_{max}+s_{min}} \).
 *
 * @param lambda bound \( \Lambda \) of every score, positive and finite
 * @param classes number of classes K, at least 2
 */
public record BoxTransform(double lambda, int classes) implements Transform {
    /** Checks. */
    public BoxTransform {
        Arguments.require(
                lambda > 0 && Double.isFinite(lambda),
                "the bound Lambda of the scores must be positive and finite, but is %s",
                lambda);
        Arguments.atLeast("the number of classes K", classes, 2);
    }

    @Override
    public double psi(double t) {
        Transform.checkZeroOne(t);
        // Half the log odds of s_max and s_min, in terms of which the formula is that of a two-class score.
        double odds =
                2 * (classes - 1) * StrictMath.sinh(2 * lambda) / (1 + (classes - 1) * StrictMath.exp(-2 * lambda));
        double half = 0.5 * StrictMath.log1p(odds);
        return t <= StrictMath.tanh(half) ? CompSumTransform.entropyGap(t) : t * half - logCosh(half);
    }

    /** Keeps its digits for small x; the formula asks for no x beyond 20, where tanh is 1. */
    private static double logCosh(double x) {
        double sinh = StrictMath.sinh(x / 2);
        return StrictMath.log1p(2 * sinh * sinh);
    }

    @Override
    public boolean tight() {
        return classes == 2;
    }

    @Override
    public String formula() {
        return "((1+t)/2) log(1+t) + ((1-t)/2) log(1-t) if t <= tanh(b), else t b - log cosh b, b = log(s_max/s_min)/2";
    }
}
