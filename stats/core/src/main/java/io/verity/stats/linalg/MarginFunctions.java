package io.verity.stats.linalg;

/**
 * Functions of an array of margins, element by element, and sums of them. Per element they give the bits of
 * {@link io.verity.stats.losses.LogisticLoss} and {@link io.verity.stats.losses.Exponentials}; sums run in the official order
 * (chunks of 512, eight lanes, fixed tree). Input and output may be the same array. Stateless and safe for concurrent use.
 */
public interface MarginFunctions {
    /**
     * \( y_i = e^{x_i} \).
     *
     * @param x exponents
     * @param y at least as long, overwritten
     */
    void exp(double[] x, double[] y);

    /**
     * \( s_i = \sigma(-\gamma u_i) \).
     *
     * @param scale gamma
     * @param margins u
     * @param weights at least as long, overwritten with s
     */
    void sigmoidNegative(double scale, double[] margins, double[] weights);

    /**
     * \( q_i = \log \sigma(-\gamma u_i) \).
     *
     * @param scale gamma
     * @param margins u
     * @param logWeights at least as long, overwritten with q
     */
    void logSigmoidNegative(double scale, double[] margins, double[] logWeights);

    /**
     * \( \sum_i \log(1 + e^{-\gamma u_i}) \).
     *
     * @param scale gamma
     * @param margins u
     * @return the sum of the losses (not their mean)
     */
    double lossSum(double scale, double[] margins);

    /**
     * {@link #sigmoidNegative} and {@link #lossSum} together, with one exponential per element; same bits as both.
     *
     * @param scale gamma
     * @param margins u
     * @param weights at least as long, overwritten with s
     * @return the sum of the losses
     */
    double weightsAndLossSum(double scale, double[] margins, double[] weights);

    /**
     * \( \sum_i x_i \).
     *
     * @param x the terms
     * @return their sum
     */
    double sum(double[] x);

    /**
     * How many samples are misclassified.
     *
     * @param margins u
     * @return number of entries at most 0 (NaN does not count)
     */
    int countNonPositive(double[] margins);
}
