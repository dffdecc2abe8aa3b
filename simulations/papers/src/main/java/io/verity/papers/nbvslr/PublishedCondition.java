package io.verity.papers.nbvslr;

import io.verity.stats.Arguments;
import io.verity.stats.linalg.Backends;
import io.verity.stats.random.RandomStream;

/**
 * A condition of {@code nb-vs-lr/published}.
 *
 * @param d features
 * @param K classes
 * @param step between training sizes; 0 for the published one, ln d rounded up
 * @param model the classifier
 */
record PublishedCondition(int d, int K, int step, Model model) {
    PublishedCondition {
        GaussianClasses.mixture(d, K);
        Arguments.atLeast("step", step, 0);
    }

    double rows(RandomStream stream) {
        return new PublishedRun(GaussianClasses.mixture(d, K), stream)
                .rows(model, MixtureCondition.EPSILON, step == 0 ? PublishedRun.step(d) : step, Backends.shared());
    }

    /** All but the features, for the legend. */
    String series() {
        return model.words() + ", K = " + K + (step == 0 ? "" : ", step " + step);
    }
}
