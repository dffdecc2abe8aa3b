package io.verity.estimators.classification;

import io.verity.stats.Arguments;
import org.ejml.data.DMatrixRMaj;

/**
 * A fitted rule that scores the K classes of a row of d features. Labels are 0, ..., K - 1; the class predicted is the one of
 * the largest score, the lowest of several equal ones.
 */
public interface Classifier {
    /** @return K */
    int classes();

    /** @return d */
    int features();

    /**
     * @param x n x d
     * @return n x K scores whose softmax is the posterior
     * @throws IllegalArgumentException if x has another number of columns, or an entry is not finite
     */
    DMatrixRMaj scores(DMatrixRMaj x);

    /**
     * \( s_k - \log \sum_l e^{s_l} \) for the scores s of a row.
     *
     * @param x n x d
     * @return n x K logarithms of the posterior probabilities
     * @throws IllegalArgumentException as {@link #scores}
     */
    default DMatrixRMaj logPosterior(DMatrixRMaj x) {
        return Scores.logPosterior(scores(x));
    }

    /**
     * @param x n x d
     * @return n x K posterior probabilities; rows sum to 1
     * @throws IllegalArgumentException as {@link #scores}
     */
    default DMatrixRMaj probabilities(DMatrixRMaj x) {
        return Scores.probabilities(scores(x));
    }

    /**
     * @param x n x d
     * @return n classes
     * @throws IllegalArgumentException as {@link #scores}
     */
    default int[] predict(DMatrixRMaj x) {
        return Scores.largest(scores(x));
    }

    /**
     * @param x n x d, at least one row
     * @param y n labels
     * @return share of the rows whose class is not predicted
     * @throws IllegalArgumentException as {@link #scores}, or if there are no rows or another number of labels
     */
    default double error(DMatrixRMaj x, int[] y) {
        Arguments.require(x.numRows > 0, "X has no rows");
        Arguments.require(x.numRows == y.length, "X has %d rows but y has %d labels", x.numRows, y.length);
        int[] predicted = predict(x);
        long wrong = 0;
        for (int i = 0; i < y.length; i++) {
            wrong += predicted[i] == y[i] ? 0 : 1;
        }
        return (double) wrong / y.length;
    }
}
