package io.verity.stats.linalg;

import java.util.Arrays;
import java.util.function.IntConsumer;

/**
 * Cholesky factor \( A = L L^\top \) of a row-major symmetric matrix, block column by block column, so that nearly all work is
 * matrix products; and the triangular solves with it. The order of all sums is fixed.
 */
final class BlockedCholesky {
    /** Columns of a block; also rows of a task. */
    private static final int BLOCK = 64;

    /** Right-hand sides up to which the factor is read in strips of rows. */
    private static final int FEW = 7;

    /** Rows that are read together then. */
    private static final int STRIP = 8;

    private final DenseKernels kernels;
    private final WorkerTeam team;

    BlockedCholesky(DenseKernels kernels, WorkerTeam team) {
        this.kernels = kernels;
        this.team = team;
    }

    /** Overwrites the lower triangle with L; returns the first column without a positive pivot, or -1. */
    int factor(double[] a, int n) {
        double[] left = new double[Math.min(n, BLOCK) * n];
        double[] inverse = new double[BLOCK * BLOCK];
        for (int k = 0; k < n; k += BLOCK) {
            int first = k;
            int width = Math.min(BLOCK, n - k);
            for (int c = 0; c < width; c++) {
                for (int j = 0; j < k; j++) {
                    left[j * width + c] = -a[(k + c) * n + j];
                }
            }
            inParallel(
                    n - k,
                    k * width,
                    i -> new PanelProduct(kernels)
                            .add(
                                    a,
                                    (first + i) * n,
                                    n,
                                    1,
                                    left,
                                    0,
                                    width,
                                    a,
                                    (first + i) * n + first,
                                    n,
                                    Math.min(BLOCK, n - first - i),
                                    first,
                                    width));
            int failed = diagonalBlock(a, n, k, width);
            if (failed >= 0) {
                return failed;
            }
            invertTransposed(a, n, k, width, inverse);
            inParallel(n - k - width, width * width, i -> {
                int row = first + width + i;
                int rows = Math.min(BLOCK, n - row);
                double[] copy = new double[rows * width];
                for (int r = 0; r < rows; r++) {
                    System.arraycopy(a, (row + r) * n + first, copy, r * width, width);
                    Arrays.fill(a, (row + r) * n + first, (row + r) * n + first + width, 0.0);
                }
                kernels.addProduct(copy, 0, width, 1, inverse, 0, width, a, row * n + first, n, rows, width, width);
            });
        }
        return -1;
    }

    /** Tasks of {@link #BLOCK} rows each; {@code cost} is the work of one row. */
    private void inParallel(int rows, int cost, IntConsumer fromRow) {
        int tasks = (rows + BLOCK - 1) / BLOCK;
        if ((long) rows * cost >= Chunks.PARALLEL_FROM) {
            team.run(tasks, t -> fromRow.accept(t * BLOCK));
        } else {
            for (int t = 0; t < tasks; t++) {
                fromRow.accept(t * BLOCK);
            }
        }
    }

    private static int diagonalBlock(double[] a, int n, int k, int width) {
        for (int j = k; j < k + width; j++) {
            double pivot = a[j * n + j];
            for (int m = k; m < j; m++) {
                pivot = Math.fma(-a[j * n + m], a[j * n + m], pivot);
            }
            if (!(pivot > 0) || pivot == Double.POSITIVE_INFINITY) {
                return j;
            }
            double root = Math.sqrt(pivot);
            a[j * n + j] = root;
            for (int i = j + 1; i < k + width; i++) {
                double sum = a[i * n + j];
                for (int m = k; m < j; m++) {
                    sum = Math.fma(-a[i * n + m], a[j * n + m], sum);
                }
                a[i * n + j] = sum / root;
            }
        }
        return -1;
    }

    /** Transposed inverse of the diagonal block, row-major, zero below its diagonal. */
    private static void invertTransposed(double[] a, int n, int k, int width, double[] inverse) {
        Arrays.fill(inverse, 0.0);
        for (int c = 0; c < width; c++) {
            for (int i = c; i < width; i++) {
                double sum = i == c ? 1.0 : 0.0;
                for (int m = c; m < i; m++) {
                    sum = Math.fma(-a[(k + i) * n + k + m], inverse[c * width + m], sum);
                }
                inverse[c * width + i] = sum / a[(k + i) * n + k + i];
            }
        }
    }

    /** Solves \( L L^\top X = B \) in place; b is n x columns, row-major. */
    void solve(double[] l, int n, double[] b, int columns) {
        if (columns <= FEW) {
            solveVectors(l, n, b, columns);
            return;
        }
        PanelProduct product = new PanelProduct(kernels);
        double[] part = new double[n * columns];
        for (int k = 0; k < n; k += BLOCK) {
            int width = Math.min(BLOCK, n - k);
            Arrays.fill(part, 0, width * columns, 0.0);
            product.add(l, k * n, n, 1, b, 0, columns, part, 0, columns, width, k, columns);
            for (int i = 0; i < width; i++) {
                int row = (k + i) * columns;
                for (int c = 0; c < columns; c++) {
                    b[row + c] -= part[i * columns + c];
                }
                for (int m = 0; m < i; m++) {
                    axpy(-l[(k + i) * n + k + m], b, (k + m) * columns, row, columns);
                }
                scale(1 / l[(k + i) * n + k + i], b, row, columns);
            }
        }
        for (int k = (n - 1) / BLOCK * BLOCK; k >= 0; k -= BLOCK) {
            int width = Math.min(BLOCK, n - k);
            for (int i = width - 1; i >= 0; i--) {
                int row = (k + i) * columns;
                scale(1 / l[(k + i) * n + k + i], b, row, columns);
                for (int m = 0; m < i; m++) {
                    axpy(-l[(k + i) * n + k + m], b, row, (k + m) * columns, columns);
                }
            }
            Arrays.fill(part, 0, k * columns, 0.0);
            product.add(l, k * n, 1, n, b, k * columns, columns, part, 0, columns, k, width, columns);
            for (int i = 0; i < k * columns; i++) {
                b[i] -= part[i];
            }
        }
    }

    /** A few rows of the factor at a time, which is read once for all right-hand sides. */
    private void solveVectors(double[] l, int n, double[] b, int columns) {
        double[][] x = new double[columns][n];
        for (int i = 0; i < n; i++) {
            for (int c = 0; c < columns; c++) {
                x[c][i] = b[i * columns + c];
            }
        }
        double[] rows = new double[STRIP * n];
        double[] part = new double[STRIP];
        for (int k = 0; k < n; k += STRIP) {
            int height = copyRows(l, n, k, rows);
            for (double[] v : x) {
                kernels.dotRows(rows, 0, height, k, v, 0, part, 0);
                for (int i = 0; i < height; i++) {
                    double sum = v[k + i] - part[i];
                    for (int m = 0; m < i; m++) {
                        sum = Math.fma(-l[(k + i) * n + k + m], v[k + m], sum);
                    }
                    v[k + i] = sum / l[(k + i) * n + k + i];
                }
            }
        }
        for (int k = (n - 1) / STRIP * STRIP; k >= 0; k -= STRIP) {
            int height = copyRows(l, n, k, rows);
            for (double[] v : x) {
                for (int i = height - 1; i >= 0; i--) {
                    v[k + i] /= l[(k + i) * n + k + i];
                    part[i] = -v[k + i];
                    for (int m = 0; m < i; m++) {
                        v[k + m] = Math.fma(part[i], l[(k + i) * n + k + m], v[k + m]);
                    }
                }
                kernels.addRows(rows, 0, height, k, part, 0, v, 0);
            }
        }
        for (int i = 0; i < n; i++) {
            for (int c = 0; c < columns; c++) {
                b[i * columns + c] = x[c][i];
            }
        }
    }

    /** Copies the first k entries of up to {@link #STRIP} rows from row k on, one after the other; returns how many rows. */
    private static int copyRows(double[] l, int n, int k, double[] rows) {
        int height = Math.min(STRIP, n - k);
        for (int i = 0; i < height; i++) {
            System.arraycopy(l, (k + i) * n, rows, i * k, k);
        }
        return height;
    }

    private static void axpy(double factor, double[] b, int from, int to, int length) {
        for (int c = 0; c < length; c++) {
            b[to + c] = Math.fma(factor, b[from + c], b[to + c]);
        }
    }

    private static void scale(double factor, double[] b, int from, int length) {
        for (int c = 0; c < length; c++) {
            b[from + c] *= factor;
        }
    }
}
