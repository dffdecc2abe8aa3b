package io.verity.estimators.logistic;

import io.verity.stats.EstimationException;

/** No penalty, and a hyperplane separates the classes, perhaps with rows that lie on it: the likelihood has no maximum. */
public final class SeparableDataException extends EstimationException {
    private static final long serialVersionUID = 1L;

    /** All rows lie strictly on the sides of their classes. */
    public SeparableDataException() {
        this("no finite maximum-likelihood estimate: data are linearly separable");
    }

    private SeparableDataException(String reason) {
        super(reason, "use lambda > 0");
    }

    /**
     * @param onPlane rows on the separating hyperplane
     * @param rows all rows
     * @return the exception for data that a hyperplane separates but for the rows on it
     */
    static SeparableDataException quasi(int onPlane, int rows) {
        return new SeparableDataException(
                "no finite maximum-likelihood estimate: data are quasi-separable (a hyperplane has " + (rows - onPlane)
                        + " rows strictly on the sides of their classes and the other " + onPlane + " on it)");
    }

    /** Several classes, some of which overlap. */
    static SeparableDataException quasi() {
        return new SeparableDataException(
                "no finite maximum-likelihood estimate: data are quasi-separable (some weights never give a row's class a smaller"
                        + " score than another class, and sometimes a larger one)");
    }
}
