package io.verity.stats.linalg;

import static io.verity.stats.linalg.CpuBackend.BLOCK;

import io.verity.stats.Arguments;
import java.util.Arrays;

/**
 * Margins and weighted row sums in one of two layouts, chosen by the number of columns alone.
 *
 * <p>Long rows stay as they are: a margin is a dot product over eight lanes, a sum of rows a chain over the rows, and a pass
 * does both for a block of rows while it is in cache. Short rows would spend their time combining lanes; they are copied
 * column by column (per chunk of 512 rows), where the two operations change places: margins are chains over the columns for
 * many rows at once, and each entry of the sum is a dot product over the rows of the chunk.
 */
final class CpuLogisticKernel implements LogisticKernel {
    /** Rows shorter than this are stored by column. */
    private static final int SHORT_ROW = 64;

    /** Rows of Z multiplied by all weight vectors at a time, then reused for the sums while in the second-level cache. */
    private static final int BATCH_BLOCK = 32;

    private final DenseKernels kernels;
    private final WorkerTeam team;
    private final int rows;
    private final int columns;
    private final double[] z;
    private final boolean byColumn;
    private final boolean parallel;
    private final double[] stored;
    private final double[] scratch;
    private double[] batchScratch = new double[0];

    CpuLogisticKernel(DenseKernels kernels, WorkerTeam team, HeapMatrix matrix) {
        this.kernels = kernels;
        this.team = team;
        this.rows = matrix.rows();
        this.columns = matrix.columns();
        this.z = matrix.values();
        this.byColumn = columns < SHORT_ROW;
        this.parallel = (long) rows * columns >= Chunks.PARALLEL_FROM && team.threads() > 1;
        this.stored = byColumn ? chunksByColumn() : z;
        this.scratch = new double[Chunks.scratchLength(parallel, rows, columns)];
    }

    private double[] chunksByColumn() {
        double[] t = new double[z.length];
        for (int c = 0; c < Chunks.count(rows); c++) {
            int first = c * Chunks.SIZE;
            int height = Chunks.rowsIn(c, rows);
            for (int i = 0; i < height; i++) {
                for (int j = 0; j < columns; j++) {
                    t[first * columns + j * height + i] = z[(first + i) * columns + j];
                }
            }
        }
        return t;
    }

    @Override
    public int rows() {
        return rows;
    }

    @Override
    public int columns() {
        return columns;
    }

    @Override
    public void margins(double[] theta, double[] margins) {
        Arguments.length("theta", theta, columns);
        Arguments.length("margins", margins, rows);
        if (parallel) {
            team.run(Chunks.count(rows), c -> chunkMargins(theta, margins, c * Chunks.SIZE, Chunks.rowsIn(c, rows)));
        } else {
            for (int c = 0; c < Chunks.count(rows); c++) {
                chunkMargins(theta, margins, c * Chunks.SIZE, Chunks.rowsIn(c, rows));
            }
        }
    }

    private void chunkMargins(double[] theta, double[] margins, int first, int height) {
        if (byColumn) {
            Arrays.fill(margins, first, first + height, 0.0);
            kernels.addRows(stored, first * columns, columns, height, theta, 0, margins, first);
        } else {
            kernels.dotRows(stored, first * columns, height, columns, theta, 0, margins, first);
        }
    }

    @Override
    public void combine(double[] weights, double[] sum) {
        Arguments.length("weights", weights, rows);
        Arguments.length("sum", sum, columns);
        if (rows <= Chunks.SIZE) {
            Arrays.fill(sum, 0.0);
            chunkSum(weights, 0, rows, sum, 0);
        } else {
            Chunks.sum(
                    team,
                    parallel,
                    rows,
                    columns,
                    sum,
                    scratch,
                    (first, height, g, offset) -> chunkSum(weights, first, height, g, offset));
        }
    }

    private void chunkSum(double[] weights, int first, int height, double[] g, int offset) {
        if (byColumn) {
            kernels.dotRows(stored, first * columns, columns, height, weights, first, g, offset);
        } else {
            addWeightedRows(weights, first, height, g, offset);
        }
    }

    /** Adds the rows whose weights are not zero: at large steps almost all weights underflow. */
    private void addWeightedRows(double[] weights, int first, int height, double[] g, int offset) {
        int end = first + height;
        for (int i = first; i < end; ) {
            int begin = i;
            while (i < end && weights[i] != 0) {
                i++;
            }
            if (i > begin) {
                kernels.addRows(stored, begin * columns, i - begin, columns, weights, begin, g, offset);
            }
            while (i < end && weights[i] == 0) {
                i++;
            }
        }
    }

    @Override
    public void pass(double[] theta, double scale, double[] margins, double[] weights, double[] sum) {
        Arguments.length("theta", theta, columns);
        Arguments.length("margins", margins, rows);
        Arguments.length("weights", weights, rows);
        Arguments.length("sum", sum, columns);
        if (rows <= Chunks.SIZE) {
            Arrays.fill(sum, 0.0);
            chunkPass(theta, scale, margins, weights, 0, rows, sum, 0);
        } else {
            Chunks.sum(
                    team,
                    parallel,
                    rows,
                    columns,
                    sum,
                    scratch,
                    (first, height, g, offset) -> chunkPass(theta, scale, margins, weights, first, height, g, offset));
        }
    }

    private void chunkPass(
            double[] theta,
            double scale,
            double[] margins,
            double[] weights,
            int first,
            int height,
            double[] g,
            int offset) {
        if (byColumn) {
            chunkMargins(theta, margins, first, height);
            kernels.sigmoidNegative(scale, margins, weights, first, first + height);
            chunkSum(weights, first, height, g, offset);
            return;
        }
        for (int i = first; i < first + height; i += BLOCK) {
            int block = Math.min(BLOCK, first + height - i);
            kernels.dotRows(stored, i * columns, block, columns, theta, 0, margins, i);
            kernels.sigmoidNegative(scale, margins, weights, i, i + block);
            addWeightedRows(weights, i, block, g, offset);
        }
    }

    @Override
    public void passBatch(double[] theta, double[] scales, double[] margins, double[] sums) {
        int k = scales.length;
        Arguments.length("theta", theta, columns * k);
        Arguments.length("margins", margins, rows * k);
        Arguments.length("sums", sums, columns * k);
        int needed = Chunks.scratchLength(parallel, rows, columns * k);
        if (batchScratch.length < needed) {
            batchScratch = new double[needed];
        }
        Chunks.sum(
                team,
                parallel,
                rows,
                columns * k,
                sums,
                batchScratch,
                (first, height, g, offset) -> chunkBatch(theta, scales, margins, first, height, g, offset));
    }

    private void chunkBatch(
            double[] theta, double[] scales, double[] margins, int first, int height, double[] g, int offset) {
        int k = scales.length;
        double[] weights = new double[BATCH_BLOCK * k];
        Arrays.fill(margins, first * k, (first + height) * k, 0.0);
        for (int i = first; i < first + height; i += BATCH_BLOCK) {
            int block = Math.min(BATCH_BLOCK, first + height - i);
            kernels.addProduct(z, i * columns, columns, 1, theta, 0, k, margins, i * k, k, block, columns, k);
            kernels.sigmoidNegativeRows(scales, margins, i * k, weights, 0, block);
            kernels.addProduct(z, i * columns, 1, columns, weights, 0, k, g, offset, k, columns, block, k);
        }
    }
}
