package io.verity.estimators.hconsistency;

import io.verity.stats.losses.MarginLoss;
import org.apache.commons.math3.dfp.Dfp;
import org.apache.commons.math3.dfp.DfpField;
import org.apache.commons.math3.dfp.DfpMath;

/** A number with 48 decimal digits, for confirming what doubles suggest. */
public final class Decimal {
    /** Constants of the arithmetic; the flags that it also holds are never read. */
    private static final DfpField FIELD = new DfpField(48);

    private final Dfp value;

    private Decimal(Dfp value) {
        this.value = value;
    }

    /**
     * The decimal that a double prints as: 0.1 is one tenth.
     *
     * @param x finite
     * @return that number
     */
    static Decimal of(double x) {
        return new Decimal(FIELD.newDfp(Double.toString(x)));
    }

    /**
     * The nearest double.
     *
     * @return a double
     */
    public double toDouble() {
        return value.toDouble();
    }

    Decimal plus(Decimal other) {
        return new Decimal(value.add(other.value));
    }

    Decimal minus(Decimal other) {
        return new Decimal(value.subtract(other.value));
    }

    Decimal times(Decimal other) {
        return new Decimal(value.multiply(other.value));
    }

    Decimal over(Decimal other) {
        return new Decimal(value.divide(other.value));
    }

    Decimal exp() {
        return new Decimal(DfpMath.exp(value));
    }

    Decimal log() {
        return new Decimal(DfpMath.log(value));
    }

    boolean positive() {
        return value.strictlyPositive();
    }

    /** The probabilities divided by their sum. */
    static Decimal[] probabilities(double[] p) {
        Decimal sum = of(0);
        Decimal[] shares = new Decimal[p.length];
        for (int k = 0; k < p.length; k++) {
            shares[k] = of(p[k]);
            sum = sum.plus(shares[k]);
        }
        for (int k = 0; k < p.length; k++) {
            shares[k] = shares[k].over(sum);
        }
        return shares;
    }

    /** The comp-sum risk of decimal scores; classes without probability cost nothing. */
    static Decimal compSumRisk(double tau, Decimal[] p, double[] scores) {
        Decimal sum = of(0);
        Decimal[] h = new Decimal[scores.length];
        for (int k = 0; k < scores.length; k++) {
            h[k] = of(scores[k]);
            sum = sum.plus(h[k].exp());
        }
        Decimal logSum = sum.log();
        Decimal risk = of(0);
        for (int k = 0; k < p.length; k++) {
            if (p[k].positive()) {
                Decimal surprise = logSum.minus(h[k]);
                risk = risk.plus(p[k].times(ofSurprise(tau, surprise)));
            }
        }
        return risk;
    }

    private static Decimal ofSurprise(double tau, Decimal surprise) {
        if (Math.abs(tau - 1) < 1e-12) {
            return surprise;
        }
        Decimal power = of(1).minus(of(tau));
        return power.times(surprise).exp().minus(of(1)).over(power);
    }

    /** A margin loss of a decimal margin. */
    static Decimal margin(MarginLoss loss, Decimal u) {
        Decimal one = of(1);
        Decimal slack = one.minus(u);
        Decimal positive = slack.positive() ? slack : of(0);
        return switch (loss.kind()) {
            case HINGE -> positive;
            case SQUARED_HINGE -> positive.times(positive);
            case LOGISTIC -> one.plus(of(0).minus(u).exp()).log();
            case EXPONENTIAL -> of(0).minus(u).exp();
            case SIGMOID ->
                of(2).over(one.plus(u.times(of(2 * loss.parameter())).exp()));
            case RHO_MARGIN -> {
                Decimal rho = one.minus(u.over(of(loss.parameter())));
                Decimal capped = one.minus(rho).positive() ? rho : one;
                yield capped.positive() ? capped : of(0);
            }
        };
    }
}
