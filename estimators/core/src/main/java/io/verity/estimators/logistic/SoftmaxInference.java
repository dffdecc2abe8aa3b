package io.verity.estimators.logistic;

import io.verity.stats.Arguments;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;

/**
 * Standard errors, tests and information criteria of a {@link SoftmaxFit}, from the data it was fitted to, for the differences of each
 * class from a baseline: \( \log P(k \mid x) / P(0 \mid x) = (w_k - w_0)^\top x + b_k - b_0 \), as R's {@code nnet::multinom} and
 * statsmodels' {@code MNLogit} have them. With two classes and half the penalty they are those of {@link LogisticInference}.
 *
 * <p>Without a penalty the covariance is the inverse of the observed information, whose block for the classes k and m is
 * \( A^\top \mathrm{diag}(c_i P_{ik} (\delta_{km} - P_{im})) A \), A the rows and a one. With a penalty it is that of the penalised
 * estimator, and with {@link ErrorKind#ROBUST} the sandwich with \( \sum_i c_i s_i s_i^\top \), \( s_i = (P_i - Y_i) \otimes a_i \), in
 * the middle; case and class weights count as in {@link LogisticInference}.
 */
public final class SoftmaxInference extends LikelihoodInference {
    private final int baseline;
    private final int classes;
    private final List<List<CoefficientErrors>> coefficients;
    private final List<CoefficientErrors> intercepts;

    private SoftmaxInference(
            Facts facts,
            InformationMatrix information,
            ErrorKind errors,
            SoftmaxFit fit,
            int baseline,
            boolean intercept) {
        super(facts, information, errors);
        this.baseline = baseline;
        this.classes = fit.classes();
        double[] from = fit.weights(baseline);
        List<List<CoefficientErrors>> all = new ArrayList<>();
        List<CoefficientErrors> constants = new ArrayList<>();
        int place = 0;
        for (int k : contrasts()) {
            double[] w = fit.weights(k);
            List<CoefficientErrors> list = new ArrayList<>();
            for (int j = 0; j < w.length; j++) {
                list.add(errorsOf(w[j] - from[j], place++));
            }
            all.add(List.copyOf(list));
            if (intercept) {
                constants.add(errorsOf(fit.intercept(k) - fit.intercept(baseline), place++));
            }
        }
        coefficients = List.copyOf(all);
        intercepts = List.copyOf(constants);
    }

    /**
     * @param model how the fit was made: its intercept, case weights and class weights
     * @param x n x p, the data of the fit
     * @param y n labels, 0 to K - 1
     * @param fit made by that model from these data
     * @param baseline the class that the others are compared with, as a rule 0
     * @param errors which standard errors
     * @return the inference
     * @throws IllegalArgumentException if X, y and the fit do not belong together, or there is no such class
     * @throws io.verity.stats.EstimationException if the information is singular to rounding
     */
    public static SoftmaxInference of(
            RidgeLogistic model, DMatrixRMaj x, int[] y, SoftmaxFit fit, int baseline, ErrorKind errors) {
        int columns = fit.weights(0).length;
        Arguments.require(x.numCols == columns, "X has %d columns, but the fit has %d weights", x.numCols, columns);
        Arguments.require(
                baseline >= 0 && baseline < fit.classes(),
                "the baseline must be a class, 0 to %d, but is %d",
                fit.classes() - 1,
                baseline);
        Settings settings = model.settings();
        SoftmaxSample sample = new SoftmaxSample(x, y, fit.classes(), settings);
        boolean balanced = settings.classWeight == ClassWeight.BALANCED;
        return new SoftmaxInference(
                new Facts(
                        fit.logLikelihood(),
                        nullLogLikelihood(sample),
                        sample.totalWeight,
                        Math.multiplyExact(columns, fit.classes() - 1),
                        fit.lambda() > 0,
                        balanced),
                new InformationMatrix(
                        new SoftmaxDerivatives(sample, fit, baseline, balanced),
                        sample.centredRows(),
                        sample.centres,
                        sample.intercept,
                        sample.backend),
                errors,
                fit,
                baseline,
                sample.intercept);
    }

    /** With intercepts that of the classes' shares, else of 1/K. */
    private static double nullLogLikelihood(SoftmaxSample sample) {
        if (!sample.intercept) {
            return -sample.totalWeight * StrictMath.log(sample.classes);
        }
        double mean = 0;
        for (double share : sample.shares()) {
            mean += share * StrictMath.log(share);
        }
        return sample.totalWeight * mean;
    }

    /** @return the class that the others are compared with */
    public int baseline() {
        return baseline;
    }

    /** @return the other classes, in order; the covariance has the weights and, where there is one, the intercept of each */
    public int[] contrasts() {
        return IntStream.range(0, classes).filter(k -> k != baseline).toArray();
    }

    private int place(int k) {
        Arguments.require(
                k >= 0 && k < classes && k != baseline,
                "errors belong to classes 0 to %d other than the baseline %d, not to %d",
                classes - 1,
                baseline,
                k);
        return k < baseline ? k : k - 1;
    }

    /**
     * @param k a class other than the baseline
     * @return one entry per column: the class's weight less the baseline's
     * @throws IllegalArgumentException if there is no such class, or it is the baseline
     */
    public List<CoefficientErrors> coefficients(int k) {
        return coefficients.get(place(k));
    }

    /**
     * @param k a class other than the baseline
     * @return its intercept less the baseline's, where they were fitted
     * @throws IllegalArgumentException if there is no such class, or it is the baseline
     */
    public Optional<CoefficientErrors> intercept(int k) {
        int place = place(k);
        return intercepts.isEmpty() ? Optional.empty() : Optional.of(intercepts.get(place));
    }

    /**
     * @param k a class other than the baseline
     * @return p standard errors; NaN with more than {@link #LARGEST} weights
     * @throws IllegalArgumentException if there is no such class, or it is the baseline
     */
    public double[] standardErrors(int k) {
        return coefficients(k).stream()
                .mapToDouble(CoefficientErrors::standardError)
                .toArray();
    }

    /**
     * @param k a class other than the baseline
     * @return p values of z; NaN with a penalty
     * @throws IllegalArgumentException if there is no such class, or it is the baseline
     */
    public double[] zValues(int k) {
        return coefficients(k).stream().mapToDouble(CoefficientErrors::z).toArray();
    }

    /**
     * @param k a class other than the baseline
     * @return p two-sided p-values; NaN with a penalty
     * @throws IllegalArgumentException if there is no such class, or it is the baseline
     */
    public double[] pValues(int k) {
        return coefficients(k).stream().mapToDouble(CoefficientErrors::p).toArray();
    }
}
