package io.verity.estimators.logistic;

/** How the optimum is found. All give the same fit to the tolerance; they differ in cost. */
public enum Solver {
    /** The cheapest of the others for the shape of the data and the number of penalties. */
    AUTO,
    /** Newton's method with Cholesky factors in the space of the weights: cost \( np^2 + p^3/3 \) a step. */
    PRIMAL,
    /** Newton's method with Cholesky factors in the space of the rows: \( n^2p \) once and \( n^3/3 \) a step. Needs a penalty. */
    DUAL,
    /**
     * Newton's method with conjugate gradients, for all penalties of a path at once, so that every pass over the data serves
     * all of them. Needs a penalty.
     */
    ITERATIVE
}
