package io.verity.estimators.largestep;

/** In which space gradient descent iterates. */
public enum Mode {
    /** Gram when there are at most twice as many rows as columns and nothing recorded needs the iterate, else primal. */
    AUTO,
    /** On \( \theta \), at 2nd multiply-adds a step. */
    PRIMAL,
    /** On the coefficients c of \( \theta = Z^\top c \) with the Gram matrix \( ZZ^\top \), at n multiply-adds per weight that is not zero. */
    GRAM
}
