package io.verity.estimators.hconsistency;

import io.verity.stats.Arguments;

/**
 * The transform \( \Psi(t) = t \) of the constrained hinge \( \sum_{k \ne y} (1+h_k)_+ \), \( \sum_k h_k = 0 \) (Lee, Lin and
 * Wahba 2004, doi 10.1198/016214504000000098). Attained where K - 1 classes share the top probability, which is possible for
 * \( t \le 1/(K-1) \).
 *
 * @param classes number of classes K, at least 2
 */
public record ConstrainedHingeTransform(int classes) implements Transform {
    /** Checks. */
    public ConstrainedHingeTransform {
        Arguments.atLeast("the number of classes K", classes, 2);
    }

    @Override
    public double psi(double t) {
        return Transform.checkZeroOne(t);
    }

    @Override
    public double gamma(double r) {
        return Math.min(1, Transform.checkRegret(r));
    }

    @Override
    public boolean tight() {
        return classes == 2;
    }

    @Override
    public boolean tightAt(double t) {
        return t <= 1.0 / (classes - 1);
    }

    @Override
    public String formula() {
        return "t";
    }
}
