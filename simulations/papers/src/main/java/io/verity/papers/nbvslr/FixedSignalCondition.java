package io.verity.papers.nbvslr;

import io.verity.stats.Arguments;
import io.verity.stats.linalg.Backends;
import io.verity.stats.random.RandomStream;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * A condition of {@code nb-vs-lr/fixed-signal}.
 *
 * @param d features
 * @param distance Mahalanobis distance Delta of the two means
 * @param model the classifier
 * @param m training rows
 */
record FixedSignalCondition(int d, double distance, Model model, int m) {
    FixedSignalCondition {
        GaussianClasses.fixedSignal(d, distance);
        Arguments.atLeast("m", m, 2);
    }

    double error(RandomStream stream) {
        return CurvePlan.error(model, GaussianClasses.fixedSignal(d, distance), m, stream, Backends.shared());
    }

    double bayes() {
        return GaussianClasses.fixedSignal(d, distance).bayesError();
    }

    /**
     * Approximate error of naive Bayes, \( \Phi(-(\Delta^2/2)/\sqrt{\Delta^2 + 4d/m}) \): the means are estimated, the variances
     * are taken as known.
     */
    double approximation() {
        double squared = distance * distance;
        return NormalDistribution.of(0, 1).cumulativeProbability(-0.5 * squared / Math.sqrt(squared + 4.0 * d / m));
    }

    String series() {
        return "d = " + d;
    }
}
