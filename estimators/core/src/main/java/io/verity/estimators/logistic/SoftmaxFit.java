package io.verity.estimators.logistic;

import io.verity.stats.Arguments;
import io.verity.stats.losses.Exponentials;
import io.verity.stats.result.Rounded;
import java.util.List;
import java.util.Locale;
import org.ejml.data.DMatrixRMaj;

/**
 * A ridge-penalised multinomial logistic regression with a weight vector for each of K classes:
 * \( P(y = k \mid x) = e^{w_k^\top x + b_k} / \sum_m e^{w_m^\top x + b_m} \). The intercepts are defined up to a common constant and
 * reported with mean 0; with a penalty the weight vectors sum to 0 over the classes.
 */
public final class SoftmaxFit {
    private final double[][] weights;
    private final double[] intercepts;
    private final double lambda;
    private final RidgeFit.Evaluation evaluation;
    private final int iterations;
    private final Status status;
    private final List<String> warnings;

    SoftmaxFit(
            double[][] weights,
            double[] intercepts,
            double lambda,
            RidgeFit.Evaluation evaluation,
            int iterations,
            Status status,
            List<String> warnings) {
        this.weights = weights;
        this.intercepts = intercepts;
        this.lambda = lambda;
        this.evaluation = evaluation;
        this.iterations = iterations;
        this.status = status;
        this.warnings = List.copyOf(warnings);
    }

    SoftmaxFit withWarning(String sentence) {
        return new SoftmaxFit(weights, intercepts, lambda, evaluation, iterations, status, List.of(sentence));
    }

    /** @return K */
    public int classes() {
        return intercepts.length;
    }

    /**
     * @param k a class, from 0
     * @return its p weights, a copy
     */
    public double[] weights(int k) {
        return weights[k].clone();
    }

    /**
     * @param k a class, from 0
     * @return its intercept; they have mean 0, and are 0 when fitted without
     */
    public double intercept(int k) {
        return intercepts[k];
    }

    /** @return the penalty, in the sum unit */
    public double lambda() {
        return lambda;
    }

    /** @return \( \sum_i -c_i \log P(y_i \mid x_i) + \frac\lambda2 \sum_k \|w_k\|^2 \) at the fit */
    public double objective() {
        return evaluation.objective();
    }

    /** @return \( \sum_i c_i \log P(y_i \mid x_i) \), without the penalty */
    public double logLikelihood() {
        return evaluation.logLikelihood();
    }

    /** @return infinity norm of the gradient of the objective (for centred columns) */
    public double gradientNorm() {
        return evaluation.gradientNorm();
    }

    /** @return Newton steps */
    public int iterations() {
        return iterations;
    }

    /** @return how the solver ended */
    public Status status() {
        return status;
    }

    /** @return what the user should know; empty as a rule */
    public List<String> warnings() {
        return warnings;
    }

    /**
     * @param x p entries
     * @return \( w_k^\top x + b_k \) for the K classes
     * @throws IllegalArgumentException if x has another length
     */
    public double[] scores(double[] x) {
        Arguments.require(
                x.length == weights[0].length,
                "x has %d entries, but the fit has %d weights",
                x.length,
                weights[0].length);
        double[] scores = intercepts.clone();
        for (int k = 0; k < scores.length; k++) {
            for (int j = 0; j < x.length; j++) {
                scores[k] = Math.fma(weights[k][j], x[j], scores[k]);
            }
        }
        return scores;
    }

    /**
     * @param x rows x p
     * @return scores, rows x K
     * @throws IllegalArgumentException if x has another number of columns
     */
    public DMatrixRMaj scores(DMatrixRMaj x) {
        DMatrixRMaj scores = new DMatrixRMaj(x.numRows, classes());
        double[] row = new double[x.numCols];
        for (int i = 0; i < x.numRows; i++) {
            System.arraycopy(x.data, i * x.numCols, row, 0, row.length);
            System.arraycopy(scores(row), 0, scores.data, i * classes(), classes());
        }
        return scores;
    }

    /**
     * @param x p entries
     * @return the estimated probabilities of the K classes
     * @throws IllegalArgumentException if x has another length
     */
    public double[] probabilities(double[] x) {
        double[] scores = scores(x);
        double largest = Double.NEGATIVE_INFINITY;
        for (double score : scores) {
            largest = Math.max(largest, score);
        }
        double sum = 0;
        for (int k = 0; k < scores.length; k++) {
            scores[k] = Exponentials.expNonPositive(scores[k] - largest);
            sum += scores[k];
        }
        for (int k = 0; k < scores.length; k++) {
            scores[k] /= sum;
        }
        return scores;
    }

    /** @return how large, how good and how exact, for a terminal */
    @Override
    public String toString() {
        return "SoftmaxFit[" + classes() + " classes, " + weights[0].length
                + (weights[0].length == 1 ? " column" : " columns") + ", lambda " + Rounded.to(lambda, 6)
                + ", log-likelihood " + Rounded.to(logLikelihood(), 8) + ", gradient "
                + Rounded.to(gradientNorm(), 2) + " after " + iterations + " iterations, "
                + status.name().toLowerCase(Locale.ROOT) + "]";
    }
}
