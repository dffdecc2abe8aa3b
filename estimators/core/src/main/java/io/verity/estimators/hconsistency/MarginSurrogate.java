package io.verity.estimators.hconsistency;

import io.verity.stats.Arguments;
import io.verity.stats.losses.MarginLoss;
import java.util.Optional;

/** A binary margin loss of \( f = h_2 - h_1 \), \( |f| \le A \); the second class is y = +1. */
final class MarginSurrogate implements Surrogate {
    private final MarginLoss loss;
    private final double bound;

    MarginSurrogate(MarginLoss loss, double bound) {
        this.loss = loss;
        this.bound = bound;
    }

    MarginLoss loss() {
        return loss;
    }

    double bound() {
        return bound;
    }

    @Override
    public String name() {
        return loss.name() + (Double.isInfinite(bound) ? "" : ", |f| <= " + bound);
    }

    @Override
    public double risk(double[] p, double[] scores) {
        double f = margin(p, scores);
        return (p[1] > 0 ? p[1] * loss.value(f) : 0) + (p[0] > 0 ? p[0] * loss.value(-f) : 0);
    }

    private static double margin(double[] p, double[] scores) {
        Arguments.require(
                p.length == 2 && scores.length == 2,
                "a margin loss needs two classes, but there are %d probabilities and %d scores",
                p.length,
                scores.length);
        return scores[1] - scores[0];
    }

    /** Where the exponentials are as good as infinite: e^-50 is below the rounding of every risk. */
    private double cap() {
        return Math.min(
                bound,
                switch (loss.kind()) {
                    case HINGE, SQUARED_HINGE -> 1.0;
                    case RHO_MARGIN -> loss.parameter();
                    case SIGMOID -> 25 / loss.parameter();
                    case EXPONENTIAL -> 25.0;
                    case LOGISTIC -> 50.0;
                });
    }

    private double best(double[] p) {
        double cap = cap();
        double odds = p[0] == 0
                ? Double.POSITIVE_INFINITY
                : p[1] == 0 ? Double.NEGATIVE_INFINITY : StrictMath.log(p[1] / p[0]);
        double f = switch (loss.kind()) {
            case SQUARED_HINGE -> p[1] - p[0];
            case LOGISTIC -> odds;
            case EXPONENTIAL -> odds / 2;
            default -> p[1] >= p[0] ? cap : -cap;
        };
        return Math.max(-cap, Math.min(cap, f));
    }

    @Override
    public double optimum(double[] p) {
        return at(p, best(p));
    }

    private double at(double[] p, double f) {
        return risk(p, pair(f));
    }

    private static double[] pair(double f) {
        return new double[] {-f / 2, f / 2};
    }

    /** The margin on the predicted side with the smallest risk. */
    private double bestGiven(double[] p, int predicted) {
        double free = best(p);
        double side = predicted == 1 ? 1 : -1;
        if (side * free >= 0) {
            return free;
        }
        // A loss that is capped from above may prefer the far end of the wrong side to a tie.
        double far = side * cap();
        return !loss.convex() && at(p, far) < at(p, 0) ? far : 0;
    }

    @Override
    public double regretGivenPrediction(double[] p, int predicted) {
        return Math.max(0, at(p, bestGiven(p, predicted)) - optimum(p));
    }

    @Override
    public double[] scoresGivenPrediction(double[] p, int predicted) {
        return pair(bestGiven(p, predicted));
    }

    @Override
    public Optional<Decimal> preciseRegret(double[] p, double[] scores) {
        Decimal[] exact = Decimal.probabilities(p);
        Decimal f = Decimal.of(scores[1]).minus(Decimal.of(scores[0]));
        return Optional.of(preciseRisk(exact, f).minus(preciseRisk(exact, Decimal.of(best(p)))));
    }

    private Decimal preciseRisk(Decimal[] p, Decimal f) {
        return p[1].times(Decimal.margin(loss, f))
                .plus(p[0].times(Decimal.margin(loss, Decimal.of(0).minus(f))));
    }

    @Override
    public boolean shiftInvariant() {
        return false;
    }

    @Override
    public double[] allow(double[] scores) {
        double f = Math.max(-bound, Math.min(bound, scores[1] - scores[0]));
        scores[0] = -f / 2;
        scores[1] = f / 2;
        return scores;
    }
}
