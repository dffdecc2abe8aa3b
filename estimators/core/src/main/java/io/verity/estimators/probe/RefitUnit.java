package io.verity.estimators.probe;

/** Which number stays the same when the probe is fitted again on training and validation rows. */
public enum RefitUnit {
    /** C, and so \( \lambda = 1/C \) beside the sum of the losses; the paper's. */
    SUM,
    /** \( \bar\lambda = \lambda/n \), beside the mean of the losses. */
    MEAN
}
