package io.verity.stats.nativeblas;

import io.verity.stats.linalg.WorkerTeam;

/**
 * Cholesky factor of a row-major matrix and solves with it. A block column at a time: LAPACK factors the block at the diagonal,
 * BLAS solves for the rows below it and updates what remains, tile by tile. One call for the whole matrix would keep to one
 * thread. In BLAS's eyes our lower triangle L is the upper triangle U = L'.
 */
final class TiledCholesky {
    /** Columns of a block. */
    private static final int BLOCK = 128;

    private final BlockCalls blas;
    private final WorkerTeam team;

    TiledCholesky(BlockCalls blas, WorkerTeam team) {
        this.blas = blas;
        this.team = team;
    }

    /** Overwrites the lower triangle with L; returns the first column without a positive finite pivot, or -1. */
    int factor(double[] a, int n) {
        for (int k = 0; k < n; k += BLOCK) {
            int width = Math.min(BLOCK, n - k);
            int failed = diagonalBlock(a, n, k, width);
            if (failed >= 0) {
                return failed;
            }
            updateBelow(a, n, k, width);
        }
        return -1;
    }

    private int diagonalBlock(double[] a, int n, int k, int width) {
        int status = blas.dpotrf("U", width, a, k * n + k, n);
        // OpenBLAS goes on after a pivot that is not a number, or infinite.
        int done = status > 0 ? status - 1 : width;
        for (int j = k; j < k + done; j++) {
            double pivot = a[j * n + j];
            if (!(pivot > 0) || pivot == Double.POSITIVE_INFINITY) {
                return j;
            }
        }
        return done < width ? k + done : -1;
    }

    /** L21 = A21 inv(L11'), then the lower triangle of A22 - L21 L21'. */
    private void updateBelow(double[] a, int n, int k, int width) {
        int next = k + width;
        int rest = n - next;
        if (rest == 0) {
            return;
        }
        int side = Tiles.side(rest, 8, 64, 512);
        int tiles = Tiles.count(rest, side);
        team.run(tiles, tile -> {
            int row = next + tile * side;
            int rows = Math.min(side, n - row);
            blas.dtrsm("L", "U", "T", width, rows, 1.0, a, k * n + k, n, a, row * n + k, n);
        });
        // The longest rows first: with the short ones last the threads finish together.
        team.run(tiles, tile -> {
            int row = next + (tiles - 1 - tile) * side;
            int rows = Math.min(side, n - row);
            int columns = row + rows - next;
            blas.dgemm(
                    "T",
                    "N",
                    columns,
                    rows,
                    width,
                    -1.0,
                    a,
                    next * n + k,
                    n,
                    a,
                    row * n + k,
                    n,
                    1.0,
                    a,
                    row * n + next,
                    n);
        });
    }

    /** Solves L L' X = B in place; b is n x columns, row-major. */
    void solve(double[] l, int n, double[] b, int columns) {
        if (n == 0 || columns == 0) {
            return;
        }
        if (columns == 1) {
            blas.dpotrs("U", n, 1, l, n, b, n);
            return;
        }
        // BLAS sees X' U' U = B'; columns of X are solved for independently of each other.
        int side = Tiles.side(columns, 4, 128, 512);
        team.run(Tiles.count(columns, side), tile -> {
            int first = tile * side;
            int width = Math.min(side, columns - first);
            blas.dtrsm("R", "U", "N", width, n, 1.0, l, 0, n, b, first, columns);
            blas.dtrsm("R", "U", "T", width, n, 1.0, l, 0, n, b, first, columns);
        });
    }
}
