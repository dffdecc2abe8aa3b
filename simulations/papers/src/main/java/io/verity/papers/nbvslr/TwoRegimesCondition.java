package io.verity.papers.nbvslr;

import io.verity.stats.Arguments;
import io.verity.stats.linalg.Backends;
import io.verity.stats.random.RandomStream;

/**
 * A condition of {@code nb-vs-lr/two-regimes}.
 *
 * @param d features
 * @param rho correlation of any two features
 * @param difference of the class means in the first half of the features, in deviations
 * @param oddScale unit of every second feature
 * @param model the classifier
 * @param m training rows
 */
record TwoRegimesCondition(int d, double rho, double difference, double oddScale, Model model, int m) {
    TwoRegimesCondition {
        GaussianClasses.correlated(d, rho, difference, oddScale);
        Arguments.atLeast("m", m, 2);
    }

    private GaussianClasses classes() {
        return GaussianClasses.correlated(d, rho, difference, oddScale);
    }

    double error(RandomStream stream) {
        return CurvePlan.error(model, classes(), m, stream, Backends.shared());
    }

    /** Error with infinitely many rows. */
    double limit() {
        return model == Model.NB ? classes().naiveBayesLimit() : classes().bayesError();
    }
}
