package io.verity.estimators.hconsistency;

import io.verity.stats.losses.CompSumLoss;
import java.util.Optional;

/**
 * Comp-sum losses without bounds of the scores. With \( \beta = 1/(2-\tau) \):
 * \( C^* = -\sum p \log p \) (\( \tau = 1 \)), \( ((\sum p^\beta)^{1/\beta} - 1)/(1-\tau) \) below 2 and \( (1 -
 * p_{max})/(\tau-1) \) from 2 on; given a prediction, the same of the pooled probabilities, and from 2 on the best uniform
 * softmax on a set that contains the predicted class.
 */
final class CompSumSurrogate implements Surrogate {
    private static final double FLOOR = -50;
    /** From here on powers of probabilities underflow before their differences matter. */
    private static final double LARGE_BETA = 40;

    private final CompSumLoss loss;
    private final double tau;
    private final double beta;
    private final double excess;

    CompSumSurrogate(CompSumLoss loss) {
        this.loss = loss;
        this.tau = loss.isCrossEntropy() ? 1 : loss.tau();
        this.beta = 1 / (2 - tau);
        this.excess = (tau - 1) / (2 - tau);
    }

    double tau() {
        return tau;
    }

    @Override
    public String name() {
        return loss.name();
    }

    @Override
    public double risk(double[] p, double[] scores) {
        return loss.conditionalRisk(p, scores);
    }

    @Override
    public double optimum(double[] p) {
        double top = Pooling.max(p);
        if (tau >= 2) {
            return (1 - top) / (tau - 1);
        }
        if (tau == 1) {
            double sum = 0;
            for (double v : p) {
                sum -= v > 0 ? v * StrictMath.log(v) : 0;
            }
            return Math.max(0, sum);
        }
        // (sum p^beta)^(1/beta) = e^L: expm1 keeps the digits near tau = 1 and for nearly certain labels.
        double sum = 0;
        for (double v : p) {
            sum += v > 0 ? v * StrictMath.expm1(excess * StrictMath.log(v)) : 0;
        }
        // Many likely classes leave little of the norm: then 1 + sum would be rounding, even below 0.
        double logNorm = beta < LARGE_BETA && sum > -0.5 ? StrictMath.log1p(sum) / beta : logNorm(p, top);
        return Math.max(0, StrictMath.expm1(logNorm) / (1 - tau));
    }

    /** log of (sum p^beta)^(1/beta). */
    private double logNorm(double[] p, double top) {
        double sum = 0;
        for (double v : p) {
            sum += v > 0 ? StrictMath.exp(beta * StrictMath.log(v / top)) : 0;
        }
        return StrictMath.log(top) + StrictMath.log(sum) / beta;
    }

    @Override
    public double regretGivenPrediction(double[] p, int predicted) {
        double top = Pooling.max(p);
        if (tau >= 2) {
            int m = Pooling.bestUniform(p, predicted, tau - 1);
            double mass = 0;
            boolean[] in = Pooling.members(p, predicted, m);
            for (int k = 0; k < p.length; k++) {
                mass += in[k] ? p[k] : 0;
            }
            return Math.max(0, (top - mass * StrictMath.pow(m, 1 - tau)) / (tau - 1));
        }
        if (p[predicted] >= top) {
            return 0;
        }
        double[] pooled = Pooling.pool(p, predicted);
        double average = pooled[predicted];
        if (beta >= LARGE_BETA) {
            return fromNorms(p, top, pooled, average);
        }
        // Differences from the average, not differences of optima: a regret of 1e-12 keeps all its digits.
        double sum = 0;
        for (int k = 0; k < p.length; k++) {
            if (pooled[k] != p[k] || k == predicted) {
                double e = (p[k] - average) / average;
                sum += tau == 1 ? Gaps.entropy(e) : Gaps.power(e, beta, excess);
            }
        }
        if (tau == 1) {
            return average * sum;
        }
        double norm = 0;
        for (double v : p) {
            norm += v > 0 ? StrictMath.exp(beta * StrictMath.log(v / top)) : 0;
        }
        double change = -StrictMath.exp(beta * StrictMath.log(average / top)) * sum / norm;
        if (change < -0.5) { // little of the norm is left: 1 + change would be rounding
            return fromNorms(p, top, pooled, average);
        }
        double scale = top * StrictMath.exp(StrictMath.log(norm) / beta);
        return Math.max(0, scale * StrictMath.expm1(StrictMath.log1p(change) / beta) / (1 - tau));
    }

    /** Difference of optima whose norms are far apart, or whose powers are too large for a sum of differences. */
    private double fromNorms(double[] p, double top, double[] pooled, double pooledTop) {
        double before = logNorm(p, top);
        double after = logNorm(pooled, pooledTop);
        return Math.max(0, StrictMath.exp(before) * StrictMath.expm1(after - before) / (1 - tau));
    }

    @Override
    public double[] scoresGivenPrediction(double[] p, int predicted) {
        double[] scores = new double[p.length];
        if (tau >= 2) {
            boolean[] in = Pooling.members(p, predicted, Pooling.bestUniform(p, predicted, tau - 1));
            for (int k = 0; k < p.length; k++) {
                scores[k] = in[k] ? 0 : FLOOR;
            }
            return scores;
        }
        double[] pooled = Pooling.pool(p, predicted);
        double top = Pooling.max(pooled);
        for (int k = 0; k < p.length; k++) {
            scores[k] = pooled[k] > 0 ? Math.max(FLOOR, beta * StrictMath.log(pooled[k] / top)) : FLOOR;
        }
        return scores;
    }

    /** Regrets given a prediction are sums of positive parts below tau = 2. */
    @Override
    public double noise() {
        return tau < 2 && beta < LARGE_BETA ? 0 : 2e-15;
    }

    @Override
    public Optional<Decimal> preciseRegret(double[] p, double[] scores) {
        Decimal[] exact = Decimal.probabilities(p);
        // The risk is stationary at the optimum, so that the optimum's own rounding enters squared only.
        double[] best = scoresGivenPrediction(p, Pooling.argmax(p));
        return Optional.of(Decimal.compSumRisk(tau, exact, scores).minus(Decimal.compSumRisk(tau, exact, best)));
    }
}
