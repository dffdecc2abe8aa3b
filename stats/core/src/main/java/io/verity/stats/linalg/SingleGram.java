package io.verity.stats.linalg;

import java.util.Arrays;

/** The upper triangle of \( D A^\top W A D \) in single precision, in square tiles. */
final class SingleGram {
    private static final int TILE = DenseKernels.SINGLE_TILE;
    private static final int AREA = TILE * TILE;

    /** Rows of A whose scaled columns are held at a time. */
    private static final int CHUNK = 256;

    private final DenseKernels kernels;
    private final WorkerTeam team;
    private final HeapMatrix a;
    private final double[] weights;
    private final int[] rows;
    private final double[] diagonal;
    private final double[] scale;
    private final float[] products;

    /**
     * @param a row-major
     * @param weights not negative; rows of weight zero are left out
     * @param ridge positive, the smallest that {@link #withRidge} is called with
     */
    SingleGram(DenseKernels kernels, WorkerTeam team, HeapMatrix a, double[] weights, double ridge) {
        this.kernels = kernels;
        this.team = team;
        this.a = a;
        this.weights = weights;
        this.rows = positive(weights);
        int n = a.columns();
        int tiles = tiles(n);
        diagonal = new double[n];
        scale = new double[n];
        products = new float[Math.multiplyExact(tiles * (tiles + 1) / 2, AREA)];
        team.run(tiles, j -> scaleColumns(j, ridge));
        float[] panels = new float[tiles * TILE * Math.min(CHUNK, rows.length)];
        for (int first = 0; first < rows.length; first += CHUNK) {
            int begin = first;
            int depth = Math.min(CHUNK, rows.length - first);
            team.run(tiles, j -> pack(begin, depth, j, panels));
            team.run(tiles * (tiles + 1) / 2, pair -> multiply(pair, panels, depth));
        }
    }

    /** How many tiles a row of the matrix has. */
    int tiles() {
        return tiles(scale.length);
    }

    static int tiles(int columns) {
        return (columns + TILE - 1) / TILE;
    }

    /** Where tile (i, j) of an upper triangle begins, i not greater than j: those of a column are contiguous. */
    static int tile(int i, int j) {
        return (j * (j + 1) / 2 + i) * AREA;
    }

    /** The diagonal of D with which \( D (A^\top W A + r I) D \) has ones on its diagonal. */
    double[] scale(double ridge) {
        double[] scales = new double[diagonal.length];
        Arrays.setAll(scales, j -> 1 / Math.sqrt(diagonal[j] + ridge));
        return scales;
    }

    /** \( D (A^\top W A + r I) D \) with that D; beyond the columns of A the identity. */
    float[] withRidge(double ridge) {
        int n = scale.length;
        double[] scales = scale(ridge);
        float[] change = new float[tiles(n) * TILE];
        for (int j = 0; j < n; j++) {
            change[j] = (float) (scales[j] / scale[j]);
        }
        float[] matrix = products.clone();
        team.run(tiles(n), j -> rescale(matrix, change, j));
        for (int j = 0; j < tiles(n) * TILE; j++) {
            int block = j / TILE;
            int at = tile(block, block) + (j - block * TILE) * (TILE + 1);
            matrix[at] = j < n ? (float) (matrix[at] + ridge * scales[j] * scales[j]) : 1;
        }
        return matrix;
    }

    /** Multiplies rows and columns of the tiles of one column. */
    private static void rescale(float[] matrix, float[] change, int column) {
        for (int i = 0; i <= column; i++) {
            int at = tile(i, column);
            for (int r = 0; r < TILE; r++) {
                float ofRow = change[i * TILE + r];
                for (int j = 0; j < TILE; j++) {
                    matrix[at + r * TILE + j] *= ofRow * change[column * TILE + j];
                }
            }
        }
    }

    private static int[] positive(double[] weights) {
        int[] rows = new int[weights.length];
        int count = 0;
        for (int i = 0; i < weights.length; i++) {
            if (weights[i] > 0) {
                rows[count++] = i;
            }
        }
        return Arrays.copyOf(rows, count);
    }

    private void scaleColumns(int tile, double ridge) {
        double[] values = a.values();
        int column = tile * TILE;
        int width = Math.min(TILE, scale.length - column);
        for (int row : rows) {
            double w = weights[row];
            int from = row * a.columns() + column;
            for (int j = 0; j < width; j++) {
                diagonal[column + j] = Math.fma(w * values[from + j], values[from + j], diagonal[column + j]);
            }
        }
        for (int j = 0; j < width; j++) {
            scale[column + j] = 1 / Math.sqrt(diagonal[column + j] + ridge);
        }
    }

    /** Weighted and scaled columns of one tile, row after row. */
    private void pack(int first, int depth, int tile, float[] panels) {
        double[] values = a.values();
        int column = tile * TILE;
        int width = Math.min(TILE, scale.length - column);
        for (int r = 0; r < depth; r++) {
            int row = rows[first + r];
            double root = Math.sqrt(weights[row]);
            int from = row * a.columns() + column;
            int to = column * depth + r * TILE;
            for (int j = 0; j < width; j++) {
                panels[to + j] = (float) (values[from + j] * (root * scale[column + j]));
            }
            Arrays.fill(panels, to + width, to + TILE, 0f);
        }
    }

    /** Pairs (i, j) of tiles are numbered (0, 0), (0, 1), (1, 1), (0, 2), ... */
    private void multiply(int pair, float[] panels, int depth) {
        int j = (int) ((Math.sqrt(8.0 * pair + 1) - 1) / 2);
        int i = pair - j * (j + 1) / 2;
        kernels.addTile(panels, i * TILE * depth, panels, j * TILE * depth, products, tile(i, j), depth);
    }
}
