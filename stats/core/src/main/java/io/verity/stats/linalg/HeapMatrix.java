package io.verity.stats.linalg;

import io.verity.stats.Arguments;

/** A matrix on the heap; keeps the caller's array. */
final class HeapMatrix implements Matrix {
    private final double[] values;
    private final int rows;
    private final int columns;

    HeapMatrix(double[] values, int rows, int columns) {
        Arguments.atLeast("rows", rows, 0);
        Arguments.atLeast("columns", columns, 0);
        Arguments.require(
                (long) rows * columns == values.length,
                "a %d x %d matrix needs %d entries, but the array has %d",
                rows,
                columns,
                (long) rows * columns,
                values.length);
        this.values = values;
        this.rows = rows;
        this.columns = columns;
    }

    double[] values() {
        return values;
    }

    @Override
    public int rows() {
        return rows;
    }

    @Override
    public int columns() {
        return columns;
    }

    /** The matrix as this module's own kind. */
    static HeapMatrix of(String name, Matrix matrix) {
        if (matrix instanceof HeapMatrix heap) {
            return heap;
        }
        throw new IllegalArgumentException(
                name + " was uploaded to another backend (" + matrix.getClass().getSimpleName() + "), not to this one");
    }

    @Override
    public void download(double[] rowMajor) {
        Arguments.require(
                rowMajor.length == values.length,
                "the matrix has %d entries, but the array has room for %d",
                values.length,
                rowMajor.length);
        System.arraycopy(values, 0, rowMajor, 0, values.length);
    }
}
