package io.verity.estimators.logistic;

import io.verity.stats.Arguments;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
public final class LogisticInference extends LikelihoodInference {
    private final List<CoefficientErrors> coefficients;
    private final Optional<CoefficientErrors> intercept;

    private LogisticInference(
            Facts facts, InformationMatrix information, ErrorKind errors, Sample sample, RidgeFit fit) {
        super(facts, information, errors);
        double[] w = fit.weights();
        List<CoefficientErrors> list = new ArrayList<>();
        for (int j = 0; j < w.length; j++) {
            list.add(errorsOf(w[j], j));
        }
        this.coefficients = List.copyOf(list);
        this.intercept = sample.intercept ? Optional.of(errorsOf(fit.intercept(), w.length)) : Optional.empty();
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
                new Facts(
                        fit.logLikelihood(),
                        nullLogLikelihood(sample),
                        sample.totalWeight,
                        sample.columns,
                        fit.lambda() > 0,
                        balanced),
                new InformationMatrix(
                        new BinaryDerivatives(sample, fit, balanced),
                        sample.values,
                        sample.centres,
                        sample.intercept,
                        sample.backend),
                errors,
                sample,
                fit);
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
}
