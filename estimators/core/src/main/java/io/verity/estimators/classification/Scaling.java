package io.verity.estimators.classification;

import org.ejml.data.DMatrixRMaj;

/** What is done to columns before a fit; its constants come from the training rows alone. */
public enum Scaling {
    /** Nothing. */
    NONE,
    /** \( (x - \min) / (\max - \min) \); a range of 0 divides by 1. Other rows may leave the interval from 0 to 1. */
    MIN_MAX,
    /** \( (x - \mathrm{mean}) / \mathrm{sd} \) with the population standard deviation; an sd of 0 divides by 1. */
    STANDARDIZE;

    /**
     * @param x the training rows, n x d, at least one
     * @return the scaling with its constants
     */
    public ColumnScaling fit(DMatrixRMaj x) {
        return ColumnScaling.fit(this, x.data, x.numRows, x.numCols);
    }
}
