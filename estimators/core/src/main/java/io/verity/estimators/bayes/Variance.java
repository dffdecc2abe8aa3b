package io.verity.estimators.bayes;

/** Whether the classes have a variance of their own for every feature. */
public enum Variance {
    /**
     * \( v_j = \sum_k \pi_k v_{kj} \) for all classes: linear boundaries, the model of Ng and Jordan, "On Discriminative vs.
     * Generative Classifiers" (NIPS 2001).
     */
    SHARED,
    /** \( v_{kj} \) for class k: quadratic boundaries, the model of scikit-learn's {@code GaussianNB}. */
    PER_CLASS
}
