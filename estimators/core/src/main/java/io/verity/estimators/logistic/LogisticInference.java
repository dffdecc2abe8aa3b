package io.verity.estimators.logistic;

import io.verity.stats.Arguments;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.commons.statistics.distribution.ChiSquaredDistribution;
import org.ejml.data.DMatrixRMaj;

/**
 * Standard errors, tests and information criteria of a {@link RidgeFit}, from the data it was fitted to.
 *
 * <p>Without a penalty the covariance is the inverse of the observed information \( I(w) = A^\top \mathrm{diag}(c_i h_i) A \), with A
 * the rows and a one, \( h = P(1-P) \). With a penalty it is \( H^{-1} I H^{-1} \), \( H = I + \lambda \) (le Cessie and van
 * Houwelingen, "Ridge estimators in logistic regression", Applied Statistics 41, 1992): the spread of the penalised estimator,
 * whose bias it does not contain. z and p are therefore NaN with a penalty. {@link ErrorKind#ROBUST} puts
 * \( \sum_i c_i (y_i - P_i)^2 a_i a_i^\top \) in the middle instead.
 *
 * <p>Case weights are frequencies: a row of weight 2 counts as two equal rows. Class weights are not: with
 * {@link ClassWeight#BALANCED} errors are always robust, the class's factor squared in the middle, and there is no test of the
 * likelihood and no criterion.
 */
public final class LogisticInference {
    /** Columns beyond which no covariance is computed: it would have millions of entries that nobody reads. */
    public static final int LARGEST = 2000;

    private final List<CoefficientErrors> coefficients;
    private final Optional<CoefficientErrors> intercept;
    private final Optional<DMatrixRMaj> covariance;
    private final ErrorKind errors;
    private final double logLikelihood;
    private final double nullLogLikelihood;
    private final double effectiveDegreesOfFreedom;
    private final double totalWeight;
    private final boolean penalised;
    private final boolean balanced;

    private LogisticInference(
            Sample sample, RidgeFit fit, InformationMatrix information, ErrorKind errors, boolean balanced) {
        this.errors = errors;
        this.balanced = balanced;
        this.penalised = fit.lambda() > 0;
        this.logLikelihood = fit.logLikelihood();
        this.nullLogLikelihood = nullLogLikelihood(sample);
        this.totalWeight = sample.totalWeight;
        this.effectiveDegreesOfFreedom = information.effectiveDegreesOfFreedom();
        this.covariance = information.covariance(errors);
        double[] w = fit.weights();
        double[] spread = new double[w.length + 1];
        Arrays.fill(spread, Double.NaN);
        covariance.ifPresent(v -> {
            for (int j = 0; j < v.numRows; j++) {
                spread[j] = Math.sqrt(v.get(j, j));
            }
        });
        List<CoefficientErrors> list = new ArrayList<>();
        for (int j = 0; j < w.length; j++) {
            list.add(CoefficientErrors.of(w[j], spread[j], !penalised));
        }
        this.coefficients = List.copyOf(list);
        this.intercept = sample.intercept
                ? Optional.of(CoefficientErrors.of(fit.intercept(), spread[w.length], !penalised))
                : Optional.empty();
    }

    /**
     * @param model how the fit was made: its intercept, case weights and class weights
     * @param x n x p, the data of the fit
     * @param y n labels, 0 or 1
     * @param fit made by that model from these data
     * @param errors which standard errors
     * @return the inference
     * @throws IllegalArgumentException if X, y and the fit do not belong together
     * @throws io.verity.stats.EstimationException if the information is singular to rounding
     */
    public static LogisticInference of(RidgeLogistic model, DMatrixRMaj x, int[] y, RidgeFit fit, ErrorKind errors) {
        Settings settings = model.settings();
        Arguments.require(
                x.numCols == fit.weights().length,
                "X has %d columns, but the fit has %d weights",
                x.numCols,
                fit.weights().length);
        Sample sample = Sample.of(x, y, settings);
        boolean balanced = settings.classWeight == ClassWeight.BALANCED;
        return new LogisticInference(
                sample,
                fit,
                new InformationMatrix(sample, fit, balanced),
                balanced ? ErrorKind.ROBUST : errors,
                balanced);
    }

    /** The maximal log-likelihood of the model without columns: with an intercept that of the share of ones, else of 1/2. */
    private static double nullLogLikelihood(Sample sample) {
        double ones = 0;
        for (int i = 0; i < sample.rows; i++) {
            ones += sample.weights[i] * sample.labels[i];
        }
        double total = sample.totalWeight;
        return sample.intercept
                ? ones * StrictMath.log(ones / total) + (total - ones) * StrictMath.log1p(-ones / total)
                : -total * StrictMath.log(2);
    }

    /** @return one entry per column */
    public List<CoefficientErrors> coefficients() {
        return coefficients;
    }

    /** @return the intercept's, where one was fitted */
    public Optional<CoefficientErrors> intercept() {
        return intercept;
    }

    /** @return p standard errors; NaN with more than {@link #LARGEST} columns */
    public double[] standardErrors() {
        return coefficients.stream()
                .mapToDouble(CoefficientErrors::standardError)
                .toArray();
    }

    /** @return p values of z; NaN with a penalty */
    public double[] zValues() {
        return coefficients.stream().mapToDouble(CoefficientErrors::z).toArray();
    }

    /** @return p two-sided p-values; NaN with a penalty */
    public double[] pValues() {
        return coefficients.stream().mapToDouble(CoefficientErrors::p).toArray();
    }

    /** @return covariance of the weights and, last where there is one, the intercept; empty with more than {@link #LARGEST} columns */
    public Optional<DMatrixRMaj> covariance() {
        return covariance.map(DMatrixRMaj::copy);
    }

    /** @return where the standard errors come from */
    public ErrorKind errors() {
        return errors;
    }

    /** @return \( \sum_i c_i \log P(y_i \mid x_i) \), without the penalty */
    public double logLikelihood() {
        return logLikelihood;
    }

    /** @return that of the model without columns: the intercept alone, or probabilities of 1/2 where there is no intercept */
    public double nullLogLikelihood() {
        return nullLogLikelihood;
    }

    /** @return \( -2 \) times the log-likelihood */
    public double deviance() {
        return -2 * logLikelihood;
    }

    /** @return \( -2 \) times the log-likelihood of the model without columns */
    public double nullDeviance() {
        return -2 * nullLogLikelihood;
    }

    /** @return twice the gain in log-likelihood over the model without columns; NaN with a penalty or class weights */
    public double likelihoodRatio() {
        return penalised || balanced ? Double.NaN : 2 * (logLikelihood - nullLogLikelihood);
    }

    /** @return its p-value, chi-squared with p degrees of freedom; NaN with a penalty or class weights, and without columns */
    public double likelihoodRatioP() {
        double ratio = likelihoodRatio();
        return Double.isNaN(ratio) || coefficients.isEmpty()
                ? Double.NaN
                : ChiSquaredDistribution.of(coefficients.size()).survivalProbability(Math.max(0, ratio));
    }

    /**
     * @return \( \mathrm{tr}(H^{-1} I) \), the intercept included: the number of coefficients without a penalty, fewer with one; NaN
     *     with more than {@link #LARGEST} columns
     */
    public double effectiveDegreesOfFreedom() {
        return effectiveDegreesOfFreedom;
    }

    /** @return deviance + 2 effective degrees of freedom (with a penalty an approximation); NaN with class weights */
    public double aic() {
        return balanced ? Double.NaN : deviance() + 2 * effectiveDegreesOfFreedom;
    }

    /** @return deviance + log(n) effective degrees of freedom, n the sum of the case weights; NaN with class weights */
    public double bic() {
        return balanced ? Double.NaN : deviance() + StrictMath.log(totalWeight) * effectiveDegreesOfFreedom;
    }

    /** @return McFadden's \( R^2 \): 1 less the ratio of the log-likelihoods with and without columns */
    public double mcFaddenR2() {
        return 1 - logLikelihood / nullLogLikelihood;
    }
}
