package io.verity.estimators.logistic;

import io.verity.stats.Arguments;

/**
 * Strength of a ridge penalty, with its unit in the name of the method that makes it. The objective is
 *
 * <p>\( J(w, b) = \sum_i c_i\, \ell(\tilde y_i (w^\top x_i + b)) + \frac{\lambda}{2} \|w\|^2 \), with \( \tilde y = 2y - 1 \)
 * and \( \ell(t) = \log(1 + e^{-t}) \).
 *
 * @param lambda \( \lambda \) of this sum; scikit-learn's C is \( 1/\lambda \), glmnet's lambda is \( \lambda / \sum_i c_i \)
 */
public record Penalty(double lambda) {
    /** Checks that the strength is finite and not negative. */
    public Penalty {
        Arguments.nonNegative("lambda", lambda);
    }

    /**
     * @param lambda \( \lambda \), beside a sum of losses
     * @return that penalty
     * @throws IllegalArgumentException if it is negative or not finite
     */
    public static Penalty sum(double lambda) {
        return new Penalty(lambda);
    }

    /**
     * @param lambdaBar \( \bar\lambda = \lambda / n \), beside a mean of losses, as in glmnet and in the theory of
     *     proportional asymptotics
     * @param totalWeight n, or the sum of the case weights
     * @return that penalty
     * @throws IllegalArgumentException if lambdaBar is negative or not finite, or the weight is not positive
     */
    public static Penalty mean(double lambdaBar, double totalWeight) {
        return new Penalty(
                Arguments.nonNegative("lambdaBar", lambdaBar) * Arguments.positive("total weight", totalWeight));
    }

    /**
     * @param c \( C = 1/\lambda \), as in scikit-learn and liblinear
     * @return that penalty
     * @throws IllegalArgumentException if c is not positive and finite
     */
    public static Penalty inverseC(double c) {
        return new Penalty(1 / Arguments.positive("C", c));
    }

    /** @return no penalty: maximum likelihood */
    public static Penalty none() {
        return new Penalty(0);
    }

    /** @return \( C = 1/\lambda \); infinite without a penalty */
    public double inverseC() {
        return 1 / lambda;
    }

    /**
     * @param totalWeight n, or the sum of the case weights
     * @return \( \bar\lambda = \lambda / n \)
     */
    public double mean(double totalWeight) {
        return lambda / totalWeight;
    }
}
