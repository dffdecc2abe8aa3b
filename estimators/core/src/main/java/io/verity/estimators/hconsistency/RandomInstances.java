package io.verity.estimators.hconsistency;

import io.verity.stats.random.RandomStream;
import org.apache.commons.rng.sampling.distribution.AhrensDieterMarsagliaTsangGammaSampler;
import org.apache.commons.rng.sampling.distribution.SharedStateContinuousSampler;

/** Random probability vectors and scores. */
final class RandomInstances {
    private RandomInstances() {}

    /** A draw from the symmetric Dirichlet distribution. */
    static double[] dirichlet(RandomStream stream, int classes, double concentration) {
        SharedStateContinuousSampler gamma = AhrensDieterMarsagliaTsangGammaSampler.of(stream, concentration, 1);
        double[] p = new double[classes];
        double sum = 0;
        while (!(sum > 0)) { // small concentrations may underflow in every class
            sum = 0;
            for (int k = 0; k < classes; k++) {
                p[k] = gamma.sample();
                sum += p[k];
            }
        }
        for (int k = 0; k < classes; k++) {
            p[k] /= sum;
        }
        return p;
    }

    /** Scores N(0, s^2), s from {0.01, 0.3, 2}; every other time with a random multiple of log p added. */
    static double[] scores(RandomStream stream, double[] p) {
        double[] scales = {0.01, 0.3, 2};
        double scale = scales[stream.nextInt(scales.length)];
        double share = stream.nextDouble() < 0.5 ? 0 : stream.nextDouble();
        double[] h = new double[p.length];
        for (int k = 0; k < h.length; k++) {
            h[k] = scale * stream.nextGaussian() + share * StrictMath.log(p[k] + 1e-12);
        }
        return h;
    }
}
