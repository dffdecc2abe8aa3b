package io.verity.estimators.hconsistency;

import io.verity.stats.Arguments;
import io.verity.stats.losses.CompSumLoss;
import java.util.Optional;

/**
 * Cross-entropy with scores in \( [-\Lambda, \Lambda]^K \). The optimum is \( h_y = \mathrm{clip}(\log p_y + c, -\Lambda,
 * \Lambda) \), c being the root of \( \log \sum_y e^{h_y(c)} = c \); given a prediction, that of the pooled probabilities.
 */
final class BoxSurrogate implements Surrogate {
    private final double lambda;
    private final CompSumLoss loss = CompSumLoss.crossEntropy();

    BoxSurrogate(double lambda) {
        Arguments.require(
                lambda > 0 && Double.isFinite(lambda),
                "the bound Lambda of the scores must be positive and finite, but is %s",
                lambda);
        this.lambda = lambda;
    }

    double lambda() {
        return lambda;
    }

    @Override
    public String name() {
        return "cross-entropy, |h_k| <= " + lambda;
    }

    @Override
    public double risk(double[] p, double[] scores) {
        return loss.conditionalRisk(p, scores);
    }

    @Override
    public double optimum(double[] p) {
        return risk(p, best(p));
    }

    /** The clipped sum grows slower than c, so that its excess over c falls and has one root. */
    private double[] best(double[] p) {
        double low = -lambda;
        double high = lambda + StrictMath.log(p.length);
        for (int i = 0; i < 200 && high - low > 1e-15; i++) {
            double c = 0.5 * (low + high);
            if (excess(p, c) > 0) {
                low = c;
            } else {
                high = c;
            }
        }
        return clipped(p, 0.5 * (low + high));
    }

    private double excess(double[] p, double c) {
        double sum = 0;
        for (double h : clipped(p, c)) {
            sum += StrictMath.exp(h - c);
        }
        return sum - 1;
    }

    private double[] clipped(double[] p, double c) {
        double[] h = new double[p.length];
        for (int k = 0; k < p.length; k++) {
            double free = p[k] > 0 ? StrictMath.log(p[k]) + c : -lambda;
            h[k] = Math.max(-lambda, Math.min(lambda, free));
        }
        return h;
    }

    @Override
    public double regretGivenPrediction(double[] p, int predicted) {
        return Math.max(0, risk(p, scoresGivenPrediction(p, predicted)) - optimum(p));
    }

    @Override
    public double[] scoresGivenPrediction(double[] p, int predicted) {
        return best(Pooling.pool(p, predicted));
    }

    @Override
    public Optional<Decimal> preciseRegret(double[] p, double[] scores) {
        Decimal[] exact = Decimal.probabilities(p);
        return Optional.of(Decimal.compSumRisk(1, exact, scores).minus(Decimal.compSumRisk(1, exact, best(p))));
    }

    @Override
    public boolean shiftInvariant() {
        return false;
    }

    @Override
    public double[] allow(double[] scores) {
        for (int k = 0; k < scores.length; k++) {
            scores[k] = Math.max(-lambda, Math.min(lambda, scores[k]));
        }
        return scores;
    }
}
