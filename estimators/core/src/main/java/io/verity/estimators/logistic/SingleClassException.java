package io.verity.estimators.logistic;

import io.verity.stats.EstimationException;

/** The rows to fit belong to one class only. */
public final class SingleClassException extends EstimationException {
    private static final long serialVersionUID = 1L;

    /**
     * @param zeros rows of class 0
     * @param ones rows of class 1
     */
    public SingleClassException(int zeros, int ones) {
        super(
                "all rows to fit belong to one class: " + zeros + " of class 0 and " + ones + " of class 1",
                "give rows of both classes");
    }
}
