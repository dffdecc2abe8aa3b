package io.verity.estimators.classification;

import io.verity.stats.losses.Exponentials;
import org.ejml.data.DMatrixRMaj;

/** Scores of rows, one column per class, and what follows from them. */
public final class Scores {
    private Scores() {}

    /**
     * @param scores n x K
     * @return the column of the largest score of each row, the lowest of several
     */
    public static int[] largest(DMatrixRMaj scores) {
        int[] best = new int[scores.numRows];
        for (int i = 0; i < best.length; i++) {
            best[i] = largest(scores.data, i * scores.numCols, scores.numCols);
        }
        return best;
    }

    /**
     * @param scores holds a row of scores
     * @param from where the row starts
     * @param classes K
     * @return the largest of the K scores, the lowest of several
     */
    public static int largest(double[] scores, int from, int classes) {
        int best = 0;
        for (int k = 1; k < classes; k++) {
            best = scores[from + k] > scores[from + best] ? k : best;
        }
        return best;
    }

    /**
     * @param scores n x K
     * @return \( s_{ik} - \log \sum_l e^{s_{il}} \), none above 0
     */
    public static DMatrixRMaj logPosterior(DMatrixRMaj scores) {
        DMatrixRMaj log = new DMatrixRMaj(scores.numRows, scores.numCols);
        int classes = scores.numCols;
        for (int i = 0; i < scores.numRows; i++) {
            int from = i * classes;
            int best = largest(scores.data, from, classes);
            double top = scores.data[from + best];
            // The largest term is 1 exactly, so the logarithm of the sum is that of 1 + others, which may be tiny.
            double others = 0;
            for (int k = 0; k < classes; k++) {
                others += k == best ? 0 : Exponentials.expNonPositive(scores.data[from + k] - top);
            }
            double logSum = StrictMath.log1p(others);
            for (int k = 0; k < classes; k++) {
                log.data[from + k] = scores.data[from + k] - top - logSum;
            }
        }
        return log;
    }

    /**
     * @param scores n x K
     * @return \( e^{s_{ik}} / \sum_l e^{s_{il}} \)
     */
    public static DMatrixRMaj probabilities(DMatrixRMaj scores) {
        DMatrixRMaj p = new DMatrixRMaj(scores.numRows, scores.numCols);
        int classes = scores.numCols;
        for (int i = 0; i < scores.numRows; i++) {
            int from = i * classes;
            double top = scores.data[from + largest(scores.data, from, classes)];
            double sum = 0;
            for (int k = from; k < from + classes; k++) {
                p.data[k] = Exponentials.expNonPositive(scores.data[k] - top);
                sum += p.data[k];
            }
            for (int k = from; k < from + classes; k++) {
                p.data[k] /= sum;
            }
        }
        return p;
    }
}
