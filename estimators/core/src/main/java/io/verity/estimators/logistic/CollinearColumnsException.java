package io.verity.estimators.logistic;

import io.verity.stats.EstimationException;

/** No penalty, and a column is a linear combination of others (or constant beside an intercept): its weight is not determined. */
public final class CollinearColumnsException extends EstimationException {
    private static final long serialVersionUID = 1L;

    private final int column;
    private final boolean constant;

    private CollinearColumnsException(int column, boolean constant, String name, boolean intercept) {
        super(
                !constant
                        ? name + " is, to rounding, a linear combination of the columns before it"
                                + (intercept ? " and the intercept" : "")
                        : intercept
                                ? name + " is constant, and the intercept is there already"
                                : name + " holds nothing but zeros",
                "drop it or use lambda > 0");
        this.column = column;
        this.constant = constant;
    }

    static CollinearColumnsException of(int column, boolean constant, boolean intercept) {
        return new CollinearColumnsException(column, constant, "column " + (column + 1), intercept);
    }

    /**
     * @param name of the column
     * @param intercept whether the fit has one
     * @return the same complaint with that name
     */
    public CollinearColumnsException named(String name, boolean intercept) {
        return new CollinearColumnsException(column, constant, "column '" + name + "'", intercept);
    }

    /** @return the column, from 0 */
    public int column() {
        return column;
    }
}
