package io.verity.stats.linalg;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The Cholesky factor R, \( R^\top R \) the matrix, of a positive definite matrix with ones on its diagonal, in single precision.
 * The matrix is the upper triangle in the tiles of {@link SingleGram}. Sums are in fixed order, whatever the number of threads.
 */
final class SingleCholesky {
    private static final int TILE = DenseKernels.SINGLE_TILE;
    private static final int AREA = TILE * TILE;

    /** Inner length of a product of tiles at most: two such panels stay in the second cache level. */
    private static final int CHUNK = 256;

    /** Smallest square of a pivot, the diagonal being one, with which a factor still has some digits in every direction. */
    private static final float LEAST_PIVOT = 1e-3f;

    private final DenseKernels kernels;
    private final int tiles;

    /** First the matrix, then R. */
    private final float[] matrix;

    /** The inverses of the diagonal tiles of R. */
    private final float[] inverses;

    private SingleCholesky(DenseKernels kernels, float[] matrix, int tiles) {
        this.kernels = kernels;
        this.tiles = tiles;
        this.matrix = matrix;
        this.inverses = new float[tiles * AREA];
    }

    /**
     * @param matrix is overwritten with R
     * @param tiles of a row of the matrix
     * @return null if some pivot is too small for single precision
     */
    static @Nullable SingleCholesky ofOrNull(DenseKernels kernels, WorkerTeam team, float[] matrix, int tiles) {
        SingleCholesky factor = new SingleCholesky(kernels, matrix, tiles);
        return factor.factorized(team) ? factor : null;
    }

    /** The tiles of R, not a copy. */
    float[] upper() {
        return matrix;
    }

    /** The inverses of the diagonal tiles of R, one after the other, not a copy. */
    float[] inverses() {
        return inverses;
    }

    private boolean factorized(WorkerTeam team) {
        AtomicBoolean failed = new AtomicBoolean(tiles > 0 && !diagonalTile(0));
        for (int k = 0; k < tiles && !failed.get(); k++) {
            int row = k;
            team.run(tiles - k - 1, t -> {
                int j = row + 1 + t;
                reduce(row, j);
                float[] product = new float[AREA];
                kernels.addTile(inverses, row * AREA, matrix, SingleGram.tile(row, j), product, 0, TILE);
                System.arraycopy(product, 0, matrix, SingleGram.tile(row, j), AREA);
                // The next diagonal tile waits for this one alone, and the next row for it.
                if (t == 0 && !diagonalTile(j)) {
                    failed.set(true);
                }
            });
        }
        return !failed.get();
    }

    private boolean diagonalTile(int k) {
        int at = SingleGram.tile(k, k);
        reduce(k, k);
        boolean factorized = factorizeTile(matrix, at);
        if (factorized) {
            invertTile(matrix, at, inverses, k * AREA);
        }
        return factorized;
    }

    /** Subtracts from tile (k, j) the products of the tiles above. */
    private void reduce(int k, int j) {
        float[] product = new float[AREA];
        for (int m = 0; m < k * TILE; m += CHUNK) {
            int depth = Math.min(CHUNK, k * TILE - m);
            kernels.addTile(
                    matrix,
                    SingleGram.tile(0, k) + m * TILE,
                    matrix,
                    SingleGram.tile(0, j) + m * TILE,
                    product,
                    0,
                    depth);
        }
        int at = SingleGram.tile(k, j);
        for (int i = 0; i < AREA; i++) {
            matrix[at + i] -= product[i];
        }
    }

    /** Overwrites a tile with its upper Cholesky factor. */
    private static boolean factorizeTile(float[] a, int at) {
        for (int k = 0; k < TILE; k++) {
            int row = at + k * TILE;
            float pivot = a[row + k];
            if (!(pivot >= LEAST_PIVOT) || pivot == Float.POSITIVE_INFINITY) {
                return false;
            }
            float reciprocal = (float) (1 / Math.sqrt(pivot));
            for (int j = 0; j < k; j++) {
                a[row + j] = 0;
            }
            for (int j = k; j < TILE; j++) {
                a[row + j] *= reciprocal;
            }
            for (int i = k + 1; i < TILE; i++) {
                subtractRow(a[row + i], a, row, a, at + i * TILE);
            }
        }
        return true;
    }

    /** The inverse of an upper triangular tile. */
    private static void invertTile(float[] r, int at, float[] inverse, int to) {
        for (int i = TILE - 1; i >= 0; i--) {
            int row = to + i * TILE;
            Arrays.fill(inverse, row, row + TILE, 0f);
            inverse[row + i] = 1;
            for (int m = i + 1; m < TILE; m++) {
                subtractRow(r[at + i * TILE + m], inverse, to + m * TILE, inverse, row);
            }
            float reciprocal = 1 / r[at + i * (TILE + 1)];
            for (int j = i; j < TILE; j++) {
                inverse[row + j] *= reciprocal;
            }
        }
    }

    private static void subtractRow(float factor, float[] from, int row, float[] to, int target) {
        for (int j = 0; j < TILE; j++) {
            to[target + j] = Math.fma(-factor, from[row + j], to[target + j]);
        }
    }
}
