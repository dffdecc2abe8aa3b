package io.verity.estimators.classification;

import io.verity.stats.Arguments;
import io.verity.stats.losses.Exponentials;
import java.util.ArrayList;
import java.util.List;
import org.ejml.data.DMatrixRMaj;

/**
 * Predictions compared with labels: confusion, log loss, Brier score and calibration, summed as rows come. For one thread at a
 * time.
 */
public final class Evaluation {
    private static final int BINS = 10;

    private final int classes;
    private final long[][] counts;
    private final long[] binRows = new long[BINS];
    private final long[] binRight = new long[BINS];
    private final double[] binConfidence = new double[BINS];
    private double logLoss;
    private double brier;
    private long rows;

    private Evaluation(int classes) {
        this.classes = classes;
        counts = new long[classes][classes];
    }

    /**
     * @param classes K, at least 2
     * @return an evaluation without rows
     * @throws IllegalArgumentException if K is less than 2
     */
    public static Evaluation ofClasses(int classes) {
        return new Evaluation(Arguments.atLeast("classes", classes, 2));
    }

    /**
     * @param model a classifier
     * @param x n x d
     * @param y n labels
     * @return the evaluation of its predictions
     * @throws IllegalArgumentException if x does not fit the classifier, or a label is out of range
     */
    public static Evaluation of(Classifier model, DMatrixRMaj x, int[] y) {
        Evaluation evaluation = ofClasses(model.classes());
        evaluation.add(model.scores(x), y);
        return evaluation;
    }

    /**
     * @param scores n x K scores whose softmax is the posterior
     * @param y n labels
     * @throws IllegalArgumentException if there are other numbers of rows or classes, or a label is out of range
     */
    public void add(DMatrixRMaj scores, int[] y) {
        Arguments.require(scores.numRows == y.length, "there are %d rows but %d labels", scores.numRows, y.length);
        Arguments.require(
                scores.numCols == classes, "there are scores of %d classes, but %d classes", scores.numCols, classes);
        DMatrixRMaj log = Scores.logPosterior(scores);
        for (int i = 0; i < y.length; i++) {
            Confusion.checkLabel(y[i], classes, rows + 1);
            add(log.data, i * classes, Scores.largest(scores.data, i * classes, classes), y[i]);
        }
    }

    private void add(double[] log, int from, int predicted, int label) {
        counts[label][predicted]++;
        rows++;
        logLoss -= log[from + label];
        double squares = 0;
        for (int k = 0; k < classes; k++) {
            double p = Exponentials.expNonPositive(log[from + k]);
            double difference = p - (k == label ? 1 : 0);
            squares = Math.fma(difference, difference, squares);
        }
        brier += squares;
        double confidence = Exponentials.expNonPositive(log[from + predicted]);
        int bin = Math.min(BINS - 1, Math.max(0, (int) Math.ceil(confidence * BINS) - 1));
        binRows[bin]++;
        binConfidence[bin] += confidence;
        binRight[bin] += predicted == label ? 1 : 0;
    }

    /** @return rows so far */
    public long rows() {
        return rows;
    }

    /** @return how classes were mistaken for each other */
    public Confusion confusion() {
        return Confusion.of(counts);
    }

    /** @return share of the rows whose class was not predicted; NaN without rows */
    public double error() {
        return confusion().error();
    }

    /** @return mean of \( -\log P(y_i \mid x_i) \), natural logarithm; NaN without rows */
    public double logLoss() {
        return logLoss / rows;
    }

    /**
     * @return mean of \( \sum_k (P(k \mid x_i) - 1\{y_i = k\})^2 \), between 0 and 2; with two classes it is twice the mean squared
     *     error of the probability of one of them. NaN without rows
     */
    public double brier() {
        return brier / rows;
    }

    /** @return reliability of the probability of the predicted class, in ten bins */
    public Calibration calibration() {
        List<Calibration.Bin> bins = new ArrayList<>();
        double expected = 0;
        double largest = 0;
        for (int b = 0; b < BINS; b++) {
            double confidence = binConfidence[b] / binRows[b];
            double accuracy = (double) binRight[b] / binRows[b];
            bins.add(new Calibration.Bin((double) b / BINS, (double) (b + 1) / BINS, binRows[b], confidence, accuracy));
            if (binRows[b] > 0) {
                double gap = Math.abs(accuracy - confidence);
                expected += gap * binRows[b] / rows;
                largest = Math.max(largest, gap);
            }
        }
        return new Calibration(bins, rows == 0 ? Double.NaN : expected, rows == 0 ? Double.NaN : largest);
    }
}
