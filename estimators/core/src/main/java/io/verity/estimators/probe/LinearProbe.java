package io.verity.estimators.probe;

import io.verity.stats.Arguments;
import io.verity.stats.losses.LogisticLoss;
import org.ejml.data.DMatrixRMaj;

/**
 * A linear rule on raw hidden states: score \( f(x) = w^\top x + b \), class 1 iff f &gt; 0, probability \( \sigma(f) \) where the
 * method gives one, and the concept vector \( v = w/|w| \), which points to class 1. Immutable.
 */
public final class LinearProbe {
    private final double[] weights;
    private final double intercept;
    private final double norm;

    private LinearProbe(double[] weights, double intercept) {
        this.weights = weights;
        this.intercept = intercept;
        this.norm = Rows.norm(weights);
    }

    /**
     * @param weights one per column, finite
     * @param intercept finite
     * @return the rule
     * @throws IllegalArgumentException if a number is not finite or there is no weight
     */
    public static LinearProbe of(double[] weights, double intercept) {
        Arguments.require(weights.length > 0, "a probe needs at least one weight");
        Arguments.allFinite("weights", weights);
        Arguments.finite("intercept", intercept);
        return new LinearProbe(weights.clone(), intercept);
    }

    /** @return one weight per column */
    public double[] weights() {
        return weights.clone();
    }

    /** @return the intercept b */
    public double intercept() {
        return intercept;
    }

    /** @return number of columns */
    public int columns() {
        return weights.length;
    }

    /** @return Euclidean length of the weights */
    public double norm() {
        return norm;
    }

    /**
     * @return the unit vector along the weights, towards class 1
     * @throws ZeroDirectionException if every weight is 0
     */
    public double[] conceptVector() {
        if (norm == 0) {
            throw new ZeroDirectionException(weights.length);
        }
        double[] v = weights.clone();
        for (int j = 0; j < v.length; j++) {
            v[j] /= norm;
        }
        return v;
    }

    /**
     * @param x one value per column
     * @return w.x + b
     * @throws IllegalArgumentException if the length differs
     */
    public double score(double[] x) {
        checkWidth(x.length);
        return Rows.dot(weights, x) + intercept;
    }

    /**
     * @param x one value per column
     * @return \( \sigma(w^\top x + b) \)
     * @throws IllegalArgumentException if the length differs
     */
    public double probability(double[] x) {
        return probability(score(x));
    }

    /** The probability that belongs to a score. */
    static double probability(double score) {
        return LogisticLoss.sigmoidNegative(-score);
    }

    /**
     * @param x one value per column
     * @return 1 if the score is above 0, else 0
     * @throws IllegalArgumentException if the length differs
     */
    public int predict(double[] x) {
        return score(x) > 0 ? 1 : 0;
    }

    /**
     * @param x rows of states
     * @return their scores
     * @throws IllegalArgumentException if the number of columns differs
     */
    public double[] scores(DMatrixRMaj x) {
        return scores(x, Rows.all(x.numRows));
    }

    /** Scores of some rows. */
    double[] scores(DMatrixRMaj x, int[] rows) {
        checkWidth(x.numCols);
        double[] scores = new double[rows.length];
        for (int k = 0; k < rows.length; k++) {
            double sum = 0;
            for (int j = 0, at = rows[k] * x.numCols; j < weights.length; j++, at++) {
                sum = Math.fma(weights[j], x.data[at], sum);
            }
            scores[k] = sum + intercept;
        }
        return scores;
    }

    /**
     * @param other a probe on the same columns
     * @return cosine of the angle between the two concept vectors
     * @throws ZeroDirectionException if one has none
     * @throws IllegalArgumentException if the numbers of columns differ
     */
    public double cosine(LinearProbe other) {
        checkWidth(other.weights.length);
        return Rows.dot(conceptVector(), other.conceptVector());
    }

    private void checkWidth(int columns) {
        Arguments.require(
                columns == weights.length, "the probe has %d weights, but x has %d columns", weights.length, columns);
    }

    @Override
    public String toString() {
        return String.format(
                java.util.Locale.ROOT,
                "LinearProbe[%d columns, |w| = %.6g, b = %.6g]",
                weights.length,
                norm,
                intercept);
    }
}
