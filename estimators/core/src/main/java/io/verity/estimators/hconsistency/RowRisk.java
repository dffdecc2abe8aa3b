package io.verity.estimators.hconsistency;

/** Conditional risks of the rows of a distribution as functions of m free scores, with two derivatives. */
interface RowRisk {
    /** The number of free scores of a row. */
    int scores();

    /**
     * The risk of row i at its free scores h; adds nothing to the gradient (m) and Hessian (m x m) but overwrites them. The
     * value may be infinite; the derivatives are then of no use.
     */
    double evaluate(int i, double[] h, double[] gradient, double[] hessian);
}
