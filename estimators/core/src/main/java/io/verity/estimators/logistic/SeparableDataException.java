package io.verity.estimators.logistic;

import io.verity.stats.EstimationException;

/** No penalty, and a hyperplane separates the classes: the likelihood has no maximum. */
public final class SeparableDataException extends EstimationException {
    private static final long serialVersionUID = 1L;

    /** The one message. */
    public SeparableDataException() {
        super("no finite maximum-likelihood estimate: data are linearly separable", "use lambda > 0");
    }
}
