package io.verity.estimators.largestep;

/** What a batch perceptron does with a sample whose margin is exactly zero. */
public enum TieRule {
    /** A tie is a mistake (arXiv 2412.08424, section 3; its first step from zero counts every sample half). */
    MISTAKE,
    /** A tie counts half: the limit of gradient descent for every data set, ties included. */
    HALF
}
