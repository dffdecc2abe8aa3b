package io.verity.estimators.logistic;

import io.verity.stats.Arguments;
import io.verity.stats.losses.LogisticLoss;
import io.verity.stats.result.Rounded;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.ejml.data.DMatrixRMaj;

/** A ridge-penalised logistic regression for two classes: score \( f(x) = w^\top x + b \), class 1 where it is positive. */
public final class RidgeFit {
    private final double[] weights;
    private final double intercept;
    private final double lambda;
    private final double objective;
    private final double logLikelihood;
    private final double gradientNorm;
    private final int iterations;
    private final Status status;
    private final List<String> warnings;

    RidgeFit(
            double[] weights,
            double intercept,
            double lambda,
            Evaluation evaluation,
            int iterations,
            Status status,
            List<String> warnings) {
        this.weights = weights;
        this.intercept = intercept;
        this.lambda = lambda;
        this.objective = evaluation.objective();
        this.logLikelihood = evaluation.logLikelihood();
        this.gradientNorm = evaluation.gradientNorm();
        this.iterations = iterations;
        this.status = status;
        this.warnings = List.copyOf(warnings);
    }

    RidgeFit withWarning(String sentence) {
        List<String> all = new ArrayList<>(warnings);
        all.add(sentence);
        return new RidgeFit(
                weights,
                intercept,
                lambda,
                new Evaluation(objective, logLikelihood, gradientNorm),
                iterations,
                status,
                all);
    }

    /**
     * What a fit is worth on its own data.
     *
     * @param objective J in the sum unit
     * @param logLikelihood weighted, without the penalty
     * @param gradientNorm infinity norm of the gradient of J
     */
    record Evaluation(double objective, double logLikelihood, double gradientNorm) {}

    /** @return w, p entries, a copy */
    public double[] weights() {
        return weights.clone();
    }

    /** @return b; 0 when fitted without an intercept */
    public double intercept() {
        return intercept;
    }

    /** @return the penalty, in the sum unit */
    public double lambda() {
        return lambda;
    }

    /** @return J at the fit, in the sum unit (see {@link Penalty}) */
    public double objective() {
        return objective;
    }

    /** @return \( -\sum_i c_i \ell(\tilde y_i f(x_i)) \), without the penalty */
    public double logLikelihood() {
        return logLikelihood;
    }

    /** @return infinity norm of the gradient of J in the weights (of the centred columns) and the intercept */
    public double gradientNorm() {
        return gradientNorm;
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
     * @return \( w^\top x + b \)
     * @throws IllegalArgumentException if x has another length
     */
    public double score(double[] x) {
        Arguments.require(
                x.length == weights.length, "x has %d entries, but the fit has %d weights", x.length, weights.length);
        double f = intercept;
        for (int j = 0; j < x.length; j++) {
            f = Math.fma(weights[j], x[j], f);
        }
        return f;
    }

    /**
     * @param x p entries
     * @return estimated probability of class 1
     * @throws IllegalArgumentException if x has another length
     */
    public double probability(double[] x) {
        return LogisticLoss.sigmoidNegative(-score(x));
    }

    /**
     * @param x rows x p
     * @return one score per row
     * @throws IllegalArgumentException if x has another number of columns
     */
    public double[] scores(DMatrixRMaj x) {
        Arguments.require(
                x.numCols == weights.length, "X has %d columns, but the fit has %d weights", x.numCols, weights.length);
        double[] f = new double[x.numRows];
        for (int i = 0; i < f.length; i++) {
            double sum = intercept;
            for (int j = 0; j < weights.length; j++) {
                sum = Math.fma(weights[j], x.data[i * x.numCols + j], sum);
            }
            f[i] = sum;
        }
        return f;
    }

    /** @return how large, how good and how exact, for a terminal */
    @Override
    public String toString() {
        return "RidgeFit[" + weights.length + (weights.length == 1 ? " weight" : " weights") + ", lambda "
                + Rounded.to(lambda, 6) + ", log-likelihood " + Rounded.to(logLikelihood, 8) + ", gradient "
                + Rounded.to(gradientNorm, 2) + " after " + iterations + " iterations, "
                + status.name().toLowerCase(Locale.ROOT) + "]";
    }
}
