package io.verity.estimators.largestep;

/** In which space gradient descent iterates. */
public enum Mode {
    /** Gram for data of some size with at most twice as many rows as columns (and at most 2,048 rows), else primal. */
    AUTO,
    /** On \( \theta \), at 2nd multiply-adds a step. */
    PRIMAL,
    /** On the coefficients c of \( \theta = Z^\top c \) with the Gram matrix \( ZZ^\top \), at n multiply-adds per weight that is not zero. */
    GRAM
}
