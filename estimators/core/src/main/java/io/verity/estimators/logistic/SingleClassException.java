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
        this(zeros + " of class 0 and " + ones + " of class 1");
    }

    private SingleClassException(String counts) {
        super("all rows to fit belong to one class: " + counts, "give rows of both classes");
    }

    /**
     * @param label of all rows
     * @param rows their number
     * @return the exception that names it
     */
    public static SingleClassException of(String label, int rows) {
        return new SingleClassException(rows + " of '" + label + "'");
    }
}
