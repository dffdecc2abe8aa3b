package io.verity.estimators.hconsistency;

import io.verity.stats.losses.LogisticLoss;
import io.verity.stats.losses.MarginLoss;

/** Risks \( \eta \Phi(f) + (1 - \eta) \Phi(-f) \) of binary rows; the only free score is f plus a fixed offset. */
final class MarginRows implements RowRisk {
    private final MarginLoss loss;
    private final double[][] p;
    private final double offset;

    MarginRows(MarginLoss loss, double[][] p, double offset) {
        this.loss = loss;
        this.p = p;
        this.offset = offset;
    }

    MarginRows at(double other) {
        return new MarginRows(loss, p, other);
    }

    @Override
    public int scores() {
        return 1;
    }

    @Override
    public double evaluate(int i, double[] h, double[] gradient, double[] hessian) {
        double f = h[0] + offset;
        double value = 0;
        gradient[0] = 0;
        hessian[0] = 0;
        for (int y = 0; y < 2; y++) {
            double share = p[i][y];
            if (share > 0) {
                double sign = y == 1 ? 1 : -1;
                double u = sign * f;
                value += share * loss.value(u);
                gradient[0] += sign * share * loss.derivative(u);
                hessian[0] += share * curvature(u);
            }
        }
        return value;
    }

    /** Second derivative; that of the quadratic side at the kink of the squared hinge's slope, 0 for piecewise linear losses. */
    private double curvature(double u) {
        return switch (loss.kind()) {
            case SQUARED_HINGE -> u < 1 ? 2 : 0;
            case LOGISTIC -> LogisticLoss.sigmoidNegative(u) * LogisticLoss.sigmoidNegative(-u);
            case EXPONENTIAL -> loss.value(u);
            case SIGMOID -> -2 * loss.parameter() * (1 - loss.value(u)) * loss.derivative(u);
            case HINGE, RHO_MARGIN -> 0;
        };
    }
}
