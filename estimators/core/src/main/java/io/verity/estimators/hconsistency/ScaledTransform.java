package io.verity.estimators.hconsistency;

import io.verity.stats.Arguments;

/**
 * The transform of a loss times a constant.
 *
 * @param base transform of the loss itself
 * @param factor what the loss is multiplied by, positive
 */
record ScaledTransform(Transform base, double factor) implements Transform {
    ScaledTransform {
        Arguments.positive("factor", factor);
    }

    @Override
    public double psi(double t) {
        return factor * base.psi(t);
    }

    @Override
    public double gamma(double r) {
        return base.gamma(Transform.checkRegret(r) / factor);
    }

    @Override
    public boolean tight() {
        return base.tight();
    }

    @Override
    public boolean tightAt(double t) {
        return base.tightAt(t);
    }

    @Override
    public double simpleBound(double r) {
        return base.simpleBound(Transform.checkRegret(r) / factor);
    }

    @Override
    public String formula() {
        return factor + " (" + base.formula() + ")";
    }
}
