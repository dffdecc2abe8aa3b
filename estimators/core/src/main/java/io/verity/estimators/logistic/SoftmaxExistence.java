package io.verity.estimators.logistic;

import org.ejml.data.DMatrixRMaj;

/**
 * Whether the softmax likelihood without a penalty has a finite maximum (Albert and Anderson, "On the existence of maximum
 * likelihood estimates in logistic regression models", Biometrika 71, 1984): it has none when some weights never give the class of
 * a row a smaller score than another class, and somewhere a larger one. With a row \( x_i \otimes (e_{y_i} - e_k) \) for
 * every row and every other class k this is the separability of two classes by a hyperplane through the origin.
 */
final class SoftmaxExistence {
    /** Share of the scores by which a weak penalty may change those of a maximum that exists. */
    private static final double SETTLED = 0.05;

    /** Multiply-adds beyond which the exact test would take longer than the fit. */
    static final double LARGEST_EXACT = 2e9;

    /** What is known of the maximum. */
    enum Verdict {
        EXISTS,
        MISSING,
        /** Scores grow as towards a maximum that does not exist, but the data are too large for the exact test. */
        NOT_CERTIFIED
    }

    private final DMatrixRMaj x;
    private final int[] y;
    private final int[] kept;
    private final int classes;
    private final boolean intercept;
    private final double[] centres;
    private final double[] scales;

    SoftmaxExistence(DMatrixRMaj x, int[] y, int classes, Settings settings) {
        this.x = x;
        this.y = y;
        this.classes = classes;
        kept = Sample.positive(Sample.caseWeights(settings.caseWeights, y.length));
        intercept = settings.intercept;
        centres = new double[x.numCols];
        scales = new double[x.numCols];
        for (int j = 0; j < x.numCols; j++) {
            for (int i : kept) {
                centres[j] += intercept ? x.get(i, j) / kept.length : 0;
            }
            for (int i : kept) {
                scales[j] = Math.max(scales[j], Math.abs(x.get(i, j) - centres[j]));
            }
        }
    }

    /**
     * @param fit without a penalty
     * @param weak with a weak one
     * @param largest multiply-adds that the exact test may take
     */
    Verdict of(SoftmaxFit fit, SoftmaxFit weak, double largest) {
        if (settled(fit, weak)) {
            return Verdict.EXISTS;
        }
        int width = x.numCols + (intercept ? 1 : 0);
        double rows = (double) kept.length * (classes - 1);
        double columns = (double) width * (classes - 1);
        if (rows * columns * Math.min(rows, columns) > largest) {
            return Verdict.NOT_CERTIFIED;
        }
        return switch (differences(width).verdict()) {
            case QUASI_SEPARABLE, SEPARABLE -> Verdict.MISSING;
            case NOT_SEPARABLE -> Verdict.EXISTS;
            case NOT_CERTIFIED -> Verdict.NOT_CERTIFIED;
        };
    }

    /** Towards a maximum that does not exist scores grow as fast as a weak penalty lets them; at one that does they hardly change. */
    private boolean settled(SoftmaxFit fit, SoftmaxFit weak) {
        DMatrixRMaj free = fit.scores(x);
        DMatrixRMaj held = weak.scores(x);
        double largest = 0;
        double change = 0;
        for (int i : kept) {
            for (int k = 1; k < classes; k++) { // differences from class 0: scores are defined up to a constant
                double score = held.get(i, k) - held.get(i, 0);
                largest = Math.max(largest, Math.abs(score));
                change = Math.max(change, Math.abs(free.get(i, k) - free.get(i, 0) - score));
            }
        }
        return change <= SETTLED * largest;
    }

    private double scaled(int i, int j) {
        return scales[j] > 0 ? (x.get(i, j) - centres[j]) / scales[j] : 0;
    }

    /** Class 0 has the score 0. Every second row is turned and labelled 0, which changes nothing but satisfies the test. */
    private LinearSeparability.Result differences(int width) {
        DMatrixRMaj rows = new DMatrixRMaj(kept.length * (classes - 1), width * (classes - 1));
        int[] labels = new int[rows.numRows];
        int row = 0;
        for (int i : kept) {
            for (int k = 0; k < classes; k++) {
                if (k != y[i]) {
                    labels[row] = row % 2;
                    double sign = labels[row] == 1 ? 1 : -1;
                    for (int j = 0; j < width; j++) {
                        double value = sign * (j < x.numCols ? scaled(i, j) : 1);
                        if (y[i] > 0) {
                            rows.set(row, (y[i] - 1) * width + j, value);
                        }
                        if (k > 0) {
                            rows.set(row, (k - 1) * width + j, -value);
                        }
                    }
                    row++;
                }
            }
        }
        return LinearSeparability.test(rows, labels, false);
    }
}
