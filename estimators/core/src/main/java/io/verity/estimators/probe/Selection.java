package io.verity.estimators.probe;

/** By what the penalty is chosen. Among equal penalties the strongest wins: the first along ascending C. */
public enum Selection {
    /** Largest validation accuracy; the paper's. */
    ACCURACY,
    /** Smallest mean logistic loss on the validation rows. */
    LOG_LOSS,
    /** Largest mean of the accuracies inside the two classes. */
    BALANCED_ACCURACY,
    /** Largest area under the receiver operating characteristic. */
    AUC,
    /**
     * The strongest penalty whose validation accuracy is within one standard error \( \sqrt{a(1-a)/n_{val}} \) of the largest,
     * a: steadier than the largest itself when there are few validation rows.
     */
    ONE_SE,
    /**
     * Smallest mean held-out logistic loss of k-fold cross-validation on training and validation rows together, standardised
     * inside the folds; the final fit is standardised on all of them.
     */
    KFOLD
}
