package io.verity.estimators.logistic;

import java.util.Optional;
import org.apache.commons.statistics.distribution.ChiSquaredDistribution;
import org.ejml.data.DMatrixRMaj;

/**
 * What the likelihood at a logistic fit says of all its coefficients together: covariance, information criteria, and the test of the
 * model against the one without columns.
 */
public abstract sealed class LikelihoodInference permits LogisticInference, SoftmaxInference {
    /** Weights beyond which no covariance is computed: it would have millions of entries that nobody reads. */
    public static final int LARGEST = 2000;

    private final Facts facts;
    private final ErrorKind errors;
    private final Optional<DMatrixRMaj> covariance;
    private final double effectiveDegreesOfFreedom;

    /**
     * What is known without the information matrix.
     *
     * @param logLikelihood weighted, without the penalty
     * @param nullLogLikelihood of the model without columns
     * @param totalWeight n
     * @param weights coefficients of columns
     * @param penalised whether there is a penalty
     * @param balanced whether classes are weighted
     */
    record Facts(
            double logLikelihood,
            double nullLogLikelihood,
            double totalWeight,
            int weights,
            boolean penalised,
            boolean balanced) {}

    /** @param wanted ignored for class weights, whose errors are robust */
    LikelihoodInference(Facts facts, InformationMatrix information, ErrorKind wanted) {
        this.facts = facts;
        errors = facts.balanced ? ErrorKind.ROBUST : wanted;
        covariance = information.covariance(errors);
        effectiveDegreesOfFreedom = information.effectiveDegreesOfFreedom();
    }

    /** Of the coefficient at a place of the covariance. */
    final CoefficientErrors errorsOf(double estimate, int place) {
        double spread = covariance.map(v -> Math.sqrt(v.get(place, place))).orElse(Double.NaN);
        return CoefficientErrors.of(estimate, spread, !facts.penalised);
    }

    /** @return covariance of the weights and, last where there is one, the intercept; empty with more than {@link #LARGEST} weights */
    public final Optional<DMatrixRMaj> covariance() {
        return covariance.map(DMatrixRMaj::copy);
    }

    /** @return where the standard errors come from */
    public final ErrorKind errors() {
        return errors;
    }

    /** @return \( \sum_i c_i \log P(y_i \mid x_i) \), without the penalty */
    public final double logLikelihood() {
        return facts.logLikelihood;
    }

    /** @return that of the model without columns: the intercepts alone, or equal probabilities where there are none */
    public final double nullLogLikelihood() {
        return facts.nullLogLikelihood;
    }

    /** @return \( -2 \) times the log-likelihood */
    public final double deviance() {
        return -2 * facts.logLikelihood;
    }

    /** @return \( -2 \) times the log-likelihood of the model without columns */
    public final double nullDeviance() {
        return -2 * facts.nullLogLikelihood;
    }

    /** @return twice the gain in log-likelihood over the model without columns; NaN with a penalty or class weights */
    public final double likelihoodRatio() {
        return facts.penalised || facts.balanced ? Double.NaN : 2 * (facts.logLikelihood - facts.nullLogLikelihood);
    }

    /**
     * @return its p-value, chi-squared with {@link #likelihoodRatioDegreesOfFreedom()}; NaN with a penalty or class weights, and
     *     without columns
     */
    public final double likelihoodRatioP() {
        double ratio = likelihoodRatio();
        return Double.isNaN(ratio) || facts.weights == 0
                ? Double.NaN
                : ChiSquaredDistribution.of(facts.weights).survivalProbability(Math.max(0, ratio));
    }

    /** @return the number of weights that the test says are all 0: p for two classes, (K - 1) p for K */
    public final int likelihoodRatioDegreesOfFreedom() {
        return facts.weights;
    }

    /**
     * @return \( \mathrm{tr}(H^{-1} I) \), the intercepts included: the number of coefficients without a penalty, fewer with one;
     *     NaN with one and more than {@link #LARGEST} weights
     */
    public final double effectiveDegreesOfFreedom() {
        return effectiveDegreesOfFreedom;
    }

    /** @return deviance + 2 effective degrees of freedom (with a penalty an approximation); NaN with class weights */
    public final double aic() {
        return facts.balanced ? Double.NaN : deviance() + 2 * effectiveDegreesOfFreedom;
    }

    /** @return deviance + log(n) effective degrees of freedom, n the sum of the case weights; NaN with class weights */
    public final double bic() {
        return facts.balanced ? Double.NaN : deviance() + StrictMath.log(facts.totalWeight) * effectiveDegreesOfFreedom;
    }

    /** @return McFadden's \( R^2 \): 1 less the ratio of the log-likelihoods with and without columns */
    public final double mcFaddenR2() {
        return 1 - facts.logLikelihood / facts.nullLogLikelihood;
    }
}
