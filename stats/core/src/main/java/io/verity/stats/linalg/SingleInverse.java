package io.verity.stats.linalg;

import io.verity.stats.Arguments;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The inverse of \( D (A^\top W A + r I) D \) in single precision, as \( U^\top U \) with the inverse U of its lower Cholesky
 * factor. However inexact U is, this is symmetric and positive definite; and it is applied in one pass over U. D makes the
 * diagonal one, so that the range of single precision is no matter. Where rounding would be as large as the smallest eigenvalues,
 * as seen from the pivots, double precision takes its place.
 *
 * <p>All matrices are cut into square tiles, each contiguous and row-major; what the last ones lack is filled up with the
 * identity. Sums are in fixed order, whatever the number of threads.
 */
final class SingleInverse implements ApproximateInverse {
    private static final int TILE = DenseKernels.SINGLE_TILE;
    private static final int AREA = TILE * TILE;

    /** Inner length of a product of tiles at most: two such panels stay in the second cache level. */
    private static final int CHUNK = 256;

    private static final int GROUP = DenseKernels.SINGLE_GROUP;
    private static final int PIECE = DenseKernels.SINGLE_PIECE;

    private final DenseKernels kernels;
    private final WorkerTeam team;
    private final int n;
    private final int tiles;

    /** The diagonal of D. */
    private final double[] scale;

    /** The rows of U up to the diagonal, tile row by tile row, in the groups and pieces of {@link DenseKernels#addSquare}. */
    private final float[] inverse;

    /**
     * One operator for every ridge.
     *
     * @param backend gives those for which single precision is not enough
     * @param a row-major
     * @param weights not negative; rows of weight zero are left out
     * @param ridges positive
     */
    static List<ApproximateInverse> of(
            DenseBackend backend,
            DenseKernels kernels,
            WorkerTeam team,
            HeapMatrix a,
            double[] weights,
            double[] ridges) {
        SingleGram gram = new SingleGram(
                kernels, team, a, weights, Arrays.stream(ridges).min().orElse(1));
        ApproximateInverse[] inverses = new ApproximateInverse[ridges.length];
        List<Integer> left = new ArrayList<>();
        for (int k = 0; k < ridges.length; k++) {
            SingleCholesky factor = SingleCholesky.ofOrNull(kernels, team, gram.withRidge(ridges[k]), gram.tiles());
            if (factor == null) {
                left.add(k);
            } else {
                inverses[k] = new SingleInverse(kernels, team, gram.scale(ridges[k]), factor);
            }
        }
        if (!left.isEmpty()) {
            double[] theirs = left.stream().mapToDouble(k -> ridges[k]).toArray();
            List<ApproximateInverse> doubles = DoubleInverse.of(backend, a, weights, theirs);
            for (int i = 0; i < theirs.length; i++) {
                inverses[left.get(i)] = doubles.get(i);
            }
        }
        return List.of(inverses);
    }

    private SingleInverse(DenseKernels kernels, WorkerTeam team, double[] scale, SingleCholesky factor) {
        this.kernels = kernels;
        this.team = team;
        this.scale = scale;
        this.n = scale.length;
        this.tiles = SingleGram.tiles(n);
        this.inverse = new float[factor.upper().length];
        team.run(tiles, k -> invertColumn(factor.upper(), factor.inverses(), k));
    }

    /** Tiles (i, k), i > k, of \( U = L^{-1} \), from \( U_{ik} = -U_{ii} \sum_{m=k}^{i-1} L_{im} U_{mk} \), \( L = R^\top \). */
    private void invertColumn(float[] factor, float[] inverses, int k) {
        float[] column = new float[(tiles - k) * AREA];
        for (int r = 0; r < TILE; r++) {
            for (int j = 0; j < TILE; j++) {
                column[r * TILE + j] = inverses[k * AREA + j * TILE + r];
            }
        }
        float[] sum = new float[AREA];
        for (int i = k + 1; i < tiles; i++) {
            Arrays.fill(sum, 0f);
            int length = (i - k) * TILE;
            for (int m = 0; m < length; m += CHUNK) {
                int depth = Math.min(CHUNK, length - m);
                kernels.addTile(factor, SingleGram.tile(k, i) + m * TILE, column, m * TILE, sum, 0, depth);
            }
            for (int j = 0; j < AREA; j++) {
                sum[j] = -sum[j];
            }
            kernels.addTile(inverses, i * AREA, sum, 0, column, length * TILE, TILE);
        }
        for (int i = k; i < tiles; i++) {
            store(column, (i - k) * AREA, i, k);
        }
    }

    /** Puts tile (i, k) of U where {@link #addTileRow} reads it. */
    private void store(float[] tile, int at, int i, int k) {
        for (int r = 0; r < TILE; r++) {
            int group = r / GROUP * GROUP;
            int row = rowBlock(i) + group * (i + 1) * TILE + (k * TILE * GROUP) + (r - group) * PIECE;
            for (int j = 0; j < TILE; j += PIECE) {
                System.arraycopy(tile, at + r * TILE + j, inverse, row + j * GROUP, PIECE);
            }
        }
    }

    /** Where the rows of tile row i of U begin. */
    private static int rowBlock(int i) {
        return i * (i + 1) / 2 * AREA;
    }

    @Override
    public void apply(double[][] from, double[][] to) {
        int length = tiles * TILE;
        int count = from.length;
        float[] x = new float[Math.multiplyExact(count, length)];
        double[] sizes = new double[count];
        for (int c = 0; c < count; c++) {
            Arguments.length("vector", from[c], n);
            Arguments.length("image", to[c], n);
            sizes[c] = scaled(from[c], x, c * length);
        }
        // Tile rows i and tiles - 1 - i together are as long as any other such pair.
        int pairs = (tiles + 1) / 2;
        float[] sums = new float[Math.multiplyExact(pairs, x.length)];
        team.run(pairs, i -> {
            addTileRow(i, x, count, sums, i * x.length);
            if (tiles - 1 - i > i) {
                addTileRow(tiles - 1 - i, x, count, sums, i * x.length);
            }
        });
        for (int c = 0; c < count; c++) {
            for (int j = 0; j < n; j++) {
                float sum = 0;
                for (int i = 0; i < pairs; i++) {
                    sum += sums[i * x.length + c * length + j];
                }
                to[c][j] = sum * (sizes[c] * scale[j]);
            }
        }
    }

    @Override
    public long bytes() {
        return (long) Float.BYTES * inverse.length;
    }

    /** The scaled vector with largest entry one; returns its largest entry. */
    private double scaled(double[] from, float[] x, int offset) {
        double largest = 0;
        for (int j = 0; j < n; j++) {
            largest = Math.max(largest, Math.abs(from[j] * scale[j]));
        }
        if (largest > 0) {
            for (int j = 0; j < n; j++) {
                x[offset + j] = (float) (from[j] * scale[j] / largest);
            }
        }
        return largest;
    }

    /** Adds \( U_i^\top U_i x \) for the rows \( U_i \) of tile row i. */
    private void addTileRow(int i, float[] x, int count, float[] sums, int offset) {
        int length = tiles * TILE;
        int width = (i + 1) * TILE;
        for (int g = 0; g < TILE; g += GROUP) {
            int from = rowBlock(i) + g * width;
            for (int c = 0; c < count; c++) {
                kernels.addSquare(inverse, from, width / PIECE, x, c * length, sums, offset + c * length);
            }
        }
    }
}
