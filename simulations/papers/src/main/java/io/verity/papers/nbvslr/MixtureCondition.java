package io.verity.papers.nbvslr;

import io.verity.papers.evidence.Numbers;
import io.verity.stats.Arguments;
import io.verity.stats.linalg.Backends;
import io.verity.stats.random.RandomStream;
import java.util.Locale;

/**
 * A condition of {@code nb-vs-lr/mixture}.
 *
 * @param d features
 * @param K classes
 * @param design where training rows come from
 * @param model the classifier
 * @param m training rows
 */
record MixtureCondition(int d, int K, Rows design, Model model, int m) {
    /** Where the training rows of a replicate come from, and how its error is measured. */
    enum Rows {
        /** New rows with independent labels; exact error for two classes. */
        FRESH,
        /** A random subset of a pool of 100 d rows, balanced; error on a balanced test set of about 10,000 rows. */
        POOL;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    MixtureCondition {
        Arguments.require(m >= K, "m must be at least the %d classes, but is %d", K, m);
        GaussianClasses.mixture(d, K);
        Arguments.require(
                design == Rows.FRESH || m <= PublishedRun.poolRows(d, K),
                "m = %d is more than the pool of %d rows",
                m,
                PublishedRun.poolRows(d, K));
    }

    double error(RandomStream stream) {
        GaussianClasses classes = GaussianClasses.mixture(d, K);
        if (design == Rows.FRESH) {
            return CurvePlan.error(model, classes, m, stream, Backends.shared());
        }
        PublishedRun run = new PublishedRun(classes, stream);
        return run.error(model, m, Backends.shared());
    }

    double bayes() {
        return GaussianClasses.mixture(d, K).bayesError();
    }

    /** What the rows needed are compared over. */
    String group() {
        return "K = " + K + (design == Rows.POOL ? ", pool" : "");
    }

    /** All but the rows and the model, for the legend. */
    String series() {
        return "d = " + d + (K == 2 ? "" : ", K = " + K) + (design == Rows.POOL ? ", pool" : "");
    }

    /** The error that rows needed refer to. */
    static final double EPSILON = .01;

    /** In words. */
    static String target() {
        return "Bayes error + " + Numbers.text(EPSILON);
    }
}
