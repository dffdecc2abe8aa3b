package io.verity.estimators.probe;

/** How more than two classes are told apart. */
public enum Multiclass {
    /** One symmetric softmax model with a common penalty. */
    SOFTMAX,
    /** A two-class probe for every class against all others, each with its own penalty. */
    ONE_VS_REST
}
