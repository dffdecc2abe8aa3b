package io.verity.estimators.hconsistency;

import io.verity.stats.Arguments;

/**
 * A linear bound \( \Psi(t) = s t \): every mean zero-one regret is at most \( r / s \).
 *
 * @param slope s, positive
 * @param attainedAt the zero-one regret at which a distribution attains it, or 1 when it is attained everywhere
 */
public record LinearTransform(double slope, double attainedAt) implements Transform {
    /** Checks. */
    public LinearTransform {
        Arguments.positive("slope", slope);
        Arguments.require(
                attainedAt > 0 && attainedAt <= 1, "the point of tightness must lie in (0, 1], but is %s", attainedAt);
    }

    @Override
    public double psi(double t) {
        return slope * Transform.checkZeroOne(t);
    }

    @Override
    public double gamma(double r) {
        return Math.min(1, Transform.checkRegret(r) / slope);
    }

    @Override
    public boolean tight() {
        return attainedAt == 1;
    }

    @Override
    public boolean tightAt(double t) {
        return tight() || t == 0 || t == attainedAt;
    }

    @Override
    public String formula() {
        return "s t, s = " + slope;
    }
}
