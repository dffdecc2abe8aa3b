package io.verity.stats.nativeblas;

import io.verity.stats.linalg.Matrix;

/** A matrix on the heap: BLAS works on the caller's array where it lies. The same array is also a matrix of the CPU backend. */
final class NativeMatrix implements Matrix {
    private final double[] values;
    private final Matrix onCpu;

    NativeMatrix(double[] values, Matrix onCpu) {
        this.values = values;
        this.onCpu = onCpu;
    }

    /** The matrix as this module's own kind. */
    static NativeMatrix of(String name, Matrix matrix) {
        if (matrix instanceof NativeMatrix own) {
            return own;
        }
        throw new IllegalArgumentException(
                name + " was uploaded to another backend (" + matrix.getClass().getSimpleName() + "), not to this one");
    }

    static Matrix onCpu(String name, Matrix matrix) {
        return of(name, matrix).onCpu;
    }

    double[] values() {
        return values;
    }

    @Override
    public int rows() {
        return onCpu.rows();
    }

    @Override
    public int columns() {
        return onCpu.columns();
    }

    @Override
    public void download(double[] rowMajor) {
        onCpu.download(rowMajor);
    }
}
