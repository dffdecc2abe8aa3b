package io.verity.estimators.classification;

import io.verity.estimators.logistic.RidgeFit;
import io.verity.estimators.logistic.SoftmaxFit;
import io.verity.stats.Arguments;
import io.verity.stats.linalg.Backends;
import io.verity.stats.linalg.DenseBackend;
import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;

/** Scores \( w_k^\top x + b_k \), such as those of a logistic regression. Immutable. */
public final class LinearClassifier implements Classifier {
    private final int classes;
    private final int features;
    private final double[] weights;
    private final double[] intercepts;
    private final DenseBackend backend;

    private LinearClassifier(int features, double[] weights, double[] intercepts, DenseBackend backend) {
        this.classes = intercepts.length;
        this.features = features;
        this.weights = weights;
        this.intercepts = intercepts;
        this.backend = backend;
    }

    /**
     * @param weights K rows of d weights
     * @param intercepts K intercepts
     * @return the classifier
     * @throws IllegalArgumentException if there are other numbers of rows and intercepts, fewer than two, or an entry is not finite
     */
    public static LinearClassifier of(double[][] weights, double[] intercepts) {
        Arguments.atLeast("classes", intercepts.length, 2);
        Arguments.finiteMatrix("weights", weights);
        Arguments.allFinite("intercepts", intercepts);
        Arguments.require(
                weights.length == intercepts.length,
                "there are weights of %d classes but %d intercepts",
                weights.length,
                intercepts.length);
        int classes = weights.length;
        int features = weights[0].length;
        double[] columns = new double[features * classes];
        for (int k = 0; k < classes; k++) {
            for (int j = 0; j < features; j++) {
                columns[j * classes + k] = weights[k][j];
            }
        }
        return new LinearClassifier(features, columns, intercepts.clone(), Backends.shared());
    }

    /**
     * @param fit a softmax regression
     * @return its scores
     */
    public static LinearClassifier of(SoftmaxFit fit) {
        double[][] weights = new double[fit.classes()][];
        double[] intercepts = new double[weights.length];
        Arrays.setAll(weights, fit::weights);
        Arrays.setAll(intercepts, fit::intercept);
        return of(weights, intercepts);
    }

    /**
     * @param fit a binary logistic regression
     * @return scores 0 for class 0 and its linear predictor for class 1
     */
    public static LinearClassifier of(RidgeFit fit) {
        double[] w = fit.weights();
        return of(new double[][] {new double[w.length], w}, new double[] {0, fit.intercept()});
    }

    /**
     * @param other does the matrix products; the caller closes it
     * @return a copy that uses it
     */
    public LinearClassifier with(DenseBackend other) {
        return new LinearClassifier(features, weights, intercepts, other);
    }

    @Override
    public int classes() {
        return classes;
    }

    @Override
    public int features() {
        return features;
    }

    @Override
    public DMatrixRMaj scores(DMatrixRMaj x) {
        Arguments.require(x.numCols == features, "X has %d columns, but the fit has %d features", x.numCols, features);
        DMatrixRMaj scores = new DMatrixRMaj(x.numRows, classes);
        backend.gemm(
                backend.upload(exactly(x.data, x.numRows * features), x.numRows, features),
                backend.upload(weights, features, classes),
                backend.upload(scores.data, x.numRows, classes));
        for (int i = 0; i < x.numRows; i++) {
            for (int k = 0; k < classes; k++) {
                scores.data[i * classes + k] += intercepts[k];
            }
            if (!isFinite(scores.data, i * classes)) {
                throw notFinite(x, i);
            }
        }
        return scores;
    }

    private static double[] exactly(double[] data, int length) {
        return data.length == length ? data : Arrays.copyOf(data, length);
    }

    private boolean isFinite(double[] scores, int from) {
        for (int k = from; k < from + classes; k++) {
            if (!Double.isFinite(scores[k])) {
                return false;
            }
        }
        return true;
    }

    private static IllegalArgumentException notFinite(DMatrixRMaj x, int i) {
        for (int j = 0; j < x.numCols; j++) {
            if (!Double.isFinite(x.get(i, j))) {
                return new IllegalArgumentException("X holds " + x.get(i, j) + " in row " + (i + 1) + ", column "
                        + (j + 1) + "; entries must be finite");
            }
        }
        return new IllegalArgumentException("the scores of row " + (i + 1) + " are beyond the range of numbers");
    }
}
