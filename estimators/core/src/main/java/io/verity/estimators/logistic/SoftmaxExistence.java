package io.verity.estimators.logistic;

import org.ejml.data.DMatrixRMaj;

/**
 * Whether the softmax likelihood without a penalty has a finite maximum (Albert and Anderson, "On the existence of maximum
 * likelihood estimates in logistic regression models", Biometrika 71, 1984): it has none when some weights never give the class of
 * a row a smaller score than another class, and somewhere a larger one. With a row \( x_i \otimes (e_{y_i} - e_k) \) for
 * every row and every other class k this is the separability of two classes by a hyperplane through the origin.
 */
final class SoftmaxExistence {
    /** Gradient over the smallest probability of a wrong class, at which a fit is its own certificate that the maximum exists. */
    private static final double CERTAIN = 1e-6;

    /** Multiply-adds beyond which the exact test would take longer than the fit. */
    private static final double LARGEST_EXACT = 2e9;

    private final DMatrixRMaj x;
    private final int[] y;
    private final double[] weights;
    private final int[] kept;
    private final int classes;
    private final boolean intercept;
    private final double[] centres;
    private final double[] scales;

    SoftmaxExistence(DMatrixRMaj x, int[] y, int classes, Settings settings) {
        this.x = x;
        this.y = y;
        this.classes = classes;
        weights = Sample.caseWeights(settings.caseWeights, y.length);
        kept = Sample.positive(weights);
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

    /** Whether the maximum is certainly missing: data too large for the exact test are given the benefit of the doubt. */
    boolean missing(SoftmaxFit fit) {
        int width = x.numCols + (intercept ? 1 : 0);
        double rows = (double) kept.length * (classes - 1);
        double columns = (double) width * (classes - 1);
        if (certified(fit) || rows * columns * Math.min(rows, columns) > LARGEST_EXACT) {
            return false;
        }
        LinearSeparability.Verdict verdict = differences(width).verdict();
        return verdict == LinearSeparability.Verdict.QUASI_SEPARABLE || verdict == LinearSeparability.Verdict.SEPARABLE;
    }

    /** The probabilities of the wrong classes weigh the signed rows to the gradient: Stiemke's certificate where that is zero. */
    private boolean certified(SoftmaxFit fit) {
        double smallest = Double.POSITIVE_INFINITY;
        double[][] gradient = new double[classes][x.numCols + 1];
        double[] point = new double[x.numCols];
        for (int i : kept) {
            System.arraycopy(x.data, i * x.numCols, point, 0, x.numCols);
            double[] p = fit.probabilities(point);
            for (int k = 0; k < classes; k++) {
                double residual = weights[i] * (p[k] - (k == y[i] ? 1 : 0));
                smallest = k == y[i] ? smallest : Math.min(smallest, residual);
                for (int j = 0; j < x.numCols; j++) {
                    gradient[k][j] += residual * scaled(i, j);
                }
                gradient[k][x.numCols] += intercept ? residual : 0;
            }
        }
        double largest = 0;
        for (double[] block : gradient) {
            largest = Math.max(largest, PrimalNewton.largest(block));
        }
        return largest <= CERTAIN * smallest;
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
