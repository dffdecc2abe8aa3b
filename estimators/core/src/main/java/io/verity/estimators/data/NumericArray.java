package io.verity.estimators.data;

import io.verity.stats.Arguments;
import org.ejml.data.DMatrixRMaj;

/**
 * A vector or a matrix of numbers, as NumPy files hold them.
 *
 * @param rows number of rows; of entries, for a vector
 * @param columns number of columns; 1 for a vector
 * @param vector whether it has one dimension only
 * @param values rows x columns numbers, row by row, widened to double; not copied
 */
@SuppressWarnings("ArrayRecordComponent") // as large as the file; two are never compared
public record NumericArray(int rows, int columns, boolean vector, double[] values) {
    /** Checks the number of values. */
    public NumericArray {
        Arguments.require(
                (long) rows * columns == values.length && (!vector || columns == 1),
                "an array of %d x %d cannot have %d values",
                rows,
                columns,
                values.length);
    }

    /** @return the matrix on the same values; a vector is one column */
    public DMatrixRMaj toMatrix() {
        return DMatrixRMaj.wrap(rows, columns, values);
    }

    /**
     * @param name what it is called in a message
     * @return this array
     * @throws IllegalArgumentException if a value is not finite; the first is placed (1-based)
     */
    public NumericArray requireFinite(String name) {
        for (int k = 0; k < values.length; k++) {
            Arguments.require(
                    Double.isFinite(values[k]),
                    "%s has the non-finite value %s at row %d, column %d",
                    name,
                    values[k],
                    k / columns + 1,
                    k % columns + 1);
        }
        return this;
    }
}
