package io.verity.estimators.largestep;

/**
 * In which multiple of \( \theta \) a run iterates. Both avoid overflow at any step size; they differ in rounding alone.
 */
public enum Coordinates {
    /** \( \vartheta = \theta/\gamma \): bit-identical to iterating \( \theta \) when \( \gamma \) is a power of two. */
    SCALED,
    /**
     * \( n\vartheta \): the factor 1/n stays out of the state, so that on integer data the iterates of the perceptron limit
     * are exact and a tie does not grow by rounding.
     */
    SUMMED
}
