package io.verity.estimators.r3d;

/** The shape of the uniform confidence band. */
public enum BandType {
    /** The same half width everywhere, ruled by the noisiest quantile (the paper's). */
    CONSTANT,
    /** A half width proportional to the pointwise standard error. */
    STUDENTIZED
}
