package io.verity.papers.nbvslr;

import io.verity.stats.random.RandomStream;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * Uniform accuracy of the estimated means of d independent features of variance 1: all within epsilon with probability at
 * least 1 - delta, the step of the proofs of Ng and Jordan (NIPS 14, 2001) from which O(log d) comes.
 *
 * @param epsilon largest error of a mean
 * @param delta probability of a larger one
 */
record UniformAccuracy(double epsilon, double delta) {
    private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

    /** Rows of a class, \( \lceil (z/\epsilon)^2 \rceil \) with \( z = \Phi^{-1}((1 + (1-\delta)^{1/d})/2) \). */
    int rows(int features) {
        double tail = -0.5 * StrictMath.expm1(StrictMath.log1p(-delta) / features);
        double z = NORMAL.inverseSurvivalProbability(tail);
        return (int) Math.ceil(z * z / (epsilon * epsilon));
    }

    /** Probability that all means are accurate, \( (2\Phi(\epsilon\sqrt m) - 1)^d \). */
    double probability(int features, int rows) {
        double tail = NORMAL.survivalProbability(epsilon * Math.sqrt(rows));
        return StrictMath.exp(features * StrictMath.log1p(-2 * tail));
    }

    /** Whether all means of one draw, each N(0, 1/m), are accurate. */
    boolean drawn(RandomStream stream, int features, int rows) {
        double most = epsilon * Math.sqrt(rows);
        boolean accurate = true;
        for (int j = 0; j < features; j++) {
            accurate &= Math.abs(stream.nextGaussian()) <= most;
        }
        return accurate;
    }
}
