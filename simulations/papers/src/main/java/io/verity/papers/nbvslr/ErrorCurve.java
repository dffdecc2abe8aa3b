package io.verity.papers.nbvslr;

import io.verity.stats.inference.Moments;
import io.verity.stats.inference.MonteCarlo;
import io.verity.stats.random.RandomStream;
import java.util.Arrays;

/**
 * Errors of one classifier over training sizes.
 *
 * @param model the classifier
 * @param features d
 * @param classes K
 * @param bayes smallest possible error
 * @param sizes rows m, ascending
 * @param errors repeats at each size
 */
@SuppressWarnings("ArrayRecordComponent") // measured columns; never compared
record ErrorCurve(Model model, int features, int classes, double bayes, double[] sizes, double[][] errors) {
    /** Resamples behind every interval. */
    static final int RESAMPLES = 1000;

    /** For the legend. */
    String series() {
        return "d = " + features + (classes == 2 ? "" : ", K = " + classes);
    }

    double[] means() {
        return Arrays.stream(errors).mapToDouble(e -> Moments.of(e).mean()).toArray();
    }

    double[] standardErrors() {
        return Arrays.stream(errors)
                .mapToDouble(e -> MonteCarlo.errorOfMean(Moments.of(e)))
                .toArray();
    }

    /** Rows needed for the Bayes error plus epsilon. */
    RowsNeeded rowsNeeded(double epsilon, RandomStream stream) {
        return RowsNeeded.of(sizes, errors, bayes + epsilon, RESAMPLES, stream);
    }
}
