package io.verity.estimators.logistic;

/** Which covariance the standard errors of a logistic fit come from. */
public enum ErrorKind {
    /** Inverse of the observed information; with a penalty {@link LogisticInference} puts the information between two of them. */
    INFORMATION,
    /** Sandwich with the squared scores of the rows (HC0, without a factor for small samples): holds if the model is wrong, too. */
    ROBUST
}
