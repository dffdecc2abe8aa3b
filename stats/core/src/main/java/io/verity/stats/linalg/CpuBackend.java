package io.verity.stats.linalg;

import static io.verity.stats.Arguments.require;

import io.verity.stats.Arguments;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** The deterministic backends: one orchestration of chunks, blocks and threads over interchangeable inner loops. */
final class CpuBackend implements DenseBackend {
    /** Rows handled together while they are in the first cache levels. */
    static final int BLOCK = 8;

    /** Rows of a product's left factor that form one task, where there are enough of them for every thread. */
    private static final int TILE = 128;

    private static final int SHORT_TILE = 64;

    /** Columns of a Gram matrix that form one task. */
    private static final int GRAM_TILE = 128;

    /** Rows of the blocks into which the neighbourhood of a diagonal is cut. */
    private static final int DIAGONAL = 32;

    /** Rows whose contributions to a Gram matrix are one sum before they are added to the others. */
    private static final int GRAM_CHUNK = 2048;

    /** Columns of a product's right factor that form one task when the left factor is short. */
    private static final int WIDE_TILE = 256;

    private final BackendInfo info;
    private final DenseKernels kernels;
    private final WorkerTeam team;
    private final MarginFunctions functions;
    private final BlockedCholesky cholesky;

    CpuBackend(String id, DenseKernels kernels, BackendOptions options) {
        this.info = new BackendInfo(id, "verity", "cpu", options.threads(), true, true);
        this.kernels = kernels;
        this.team = new WorkerTeam(options.threads());
        this.functions = new CpuMarginFunctions(kernels);
        this.cholesky = new BlockedCholesky(kernels, team);
    }

    @Override
    public BackendInfo info() {
        return info;
    }

    @Override
    public Matrix upload(double[] rowMajor, int rows, int columns) {
        return new HeapMatrix(rowMajor, rows, columns);
    }

    @Override
    public void gemv(Matrix a, double[] x, double[] y) {
        HeapMatrix m = HeapMatrix.of("a", a);
        Arguments.length("x", x, m.columns());
        Arguments.length("y", y, m.rows());
        int n = m.columns();
        if (parallel(m)) {
            team.run(Chunks.count(m.rows()), c -> {
                int first = c * Chunks.SIZE;
                kernels.dotRows(m.values(), first * n, Chunks.rowsIn(c, m.rows()), n, x, 0, y, first);
            });
        } else {
            kernels.dotRows(m.values(), 0, m.rows(), n, x, 0, y, 0);
        }
    }

    @Override
    public void gemtv(Matrix a, double[] x, double[] y) {
        HeapMatrix m = HeapMatrix.of("a", a);
        Arguments.length("x", x, m.rows());
        Arguments.length("y", y, m.columns());
        int n = m.columns();
        boolean parallel = parallel(m);
        double[] scratch = new double[Chunks.scratchLength(parallel, m.rows(), n)];
        Chunks.sum(
                team,
                parallel,
                m.rows(),
                n,
                y,
                scratch,
                (first, rows, g, offset) -> kernels.addRows(m.values(), first * n, rows, n, x, first, g, offset));
    }

    @Override
    public void gemm(Matrix a, Matrix b, Matrix c) {
        HeapMatrix left = HeapMatrix.of("a", a);
        HeapMatrix right = HeapMatrix.of("b", b);
        HeapMatrix out = HeapMatrix.of("c", c);
        require(left.columns() == right.rows(), "a has %d columns, but b has %d rows", left.columns(), right.rows());
        shape("c", out, left.rows(), right.columns());
        Arrays.fill(out.values(), 0.0);
        int height = left.rows() >= 4 * TILE ? TILE : SHORT_TILE;
        int rowTiles = (left.rows() + height - 1) / height;
        // A short left factor is cut along the columns of the right one instead, lest a thread have nothing to do.
        int columnTiles = rowTiles >= 4 ? 1 : (right.columns() + WIDE_TILE - 1) / WIDE_TILE;
        boolean parallel = (long) left.rows() * left.columns() * right.columns() >= Chunks.PARALLEL_FROM;
        runOrLoop(
                parallel,
                rowTiles * columnTiles,
                tile -> gemmTile(left, right, out, height, tile / columnTiles, tile % columnTiles, columnTiles));
    }

    private void gemmTile(
            HeapMatrix left, HeapMatrix right, HeapMatrix out, int height, int rowTile, int columnTile, int of) {
        int first = rowTile * height;
        int rows = Math.min(height, left.rows() - first);
        int inner = left.columns();
        int n = right.columns();
        int column = of == 1 ? 0 : columnTile * WIDE_TILE;
        int columns = of == 1 ? n : Math.min(WIDE_TILE, n - column);
        new PanelProduct(kernels)
                .add(
                        left.values(),
                        first * inner,
                        inner,
                        1,
                        right.values(),
                        column,
                        n,
                        out.values(),
                        first * n + column,
                        n,
                        rows,
                        inner,
                        columns);
    }

    @Override
    public void gram(Matrix a, double @Nullable [] weights, Matrix c) {
        HeapMatrix m = HeapMatrix.of("a", a);
        HeapMatrix out = HeapMatrix.of("c", c);
        int n = m.columns();
        shape("c", out, n, n);
        if (weights != null) {
            Arguments.length("weights", weights, m.rows());
        }
        Arrays.fill(out.values(), 0.0);
        int tiles = (n + GRAM_TILE - 1) / GRAM_TILE;
        boolean parallel = (long) m.rows() * n * n >= Chunks.PARALLEL_FROM;
        runOrLoop(parallel, tiles, tile -> gramTile(m, weights, out, tile));
        mirror(out.values(), n);
    }

    /** Rows [first, first + GRAM_TILE) of the Gram matrix, from the diagonal on: weighted columns times columns, chunk by chunk. */
    private void gramTile(HeapMatrix m, double @Nullable [] weights, HeapMatrix out, int tile) {
        int n = m.columns();
        int first = tile * GRAM_TILE;
        int width = Math.min(GRAM_TILE, n - first);
        int rest = n - first;
        double[] weighted = new double[Chunks.SIZE * width];
        double[] partial = new double[m.rows() > GRAM_CHUNK ? width * rest : 0];
        PanelProduct product = new PanelProduct(kernels);
        for (int chunk = 0; chunk < m.rows(); chunk += GRAM_CHUNK) {
            int end = Math.min(m.rows(), chunk + GRAM_CHUNK);
            boolean direct = chunk == 0;
            double[] sums = direct ? out.values() : partial;
            int at = direct ? first * n + first : 0;
            int stride = direct ? n : rest;
            Arrays.fill(partial, 0.0);
            for (int row = chunk; row < end; row += Chunks.SIZE) {
                int rows = Math.min(Chunks.SIZE, end - row);
                weighColumns(m, weights, row, rows, first, width, weighted);
                double[] x = m.values();
                int p = row * n + first;
                // In the block on the diagonal only what lies right of it.
                for (int i = 0; i < width; i += DIAGONAL) {
                    int height = Math.min(DIAGONAL, width - i);
                    int to = at + i * stride + i;
                    product.add(weighted, i, 1, width, x, p + i, n, sums, to, stride, height, rows, width - i);
                }
                int right = at + width;
                product.add(weighted, 0, 1, width, x, p + width, n, sums, right, stride, width, rows, rest - width);
            }
            for (int i = 0; i < width && !direct; i++) {
                int q = (first + i) * n + first;
                for (int j = i; j < rest; j++) {
                    out.values()[q + j] += partial[i * rest + j];
                }
            }
        }
    }

    private static void weighColumns(
            HeapMatrix m, double @Nullable [] weights, int row, int rows, int first, int width, double[] weighted) {
        for (int r = 0; r < rows; r++) {
            double w = weights == null ? 1.0 : weights[row + r];
            int p = (row + r) * m.columns() + first;
            for (int j = 0; j < width; j++) {
                weighted[r * width + j] = w * m.values()[p + j];
            }
        }
    }

    /** Copies the upper triangle to the lower one, square by square for the sake of the cache. */
    private static void mirror(double[] a, int n) {
        for (int top = 0; top < n; top += DIAGONAL) {
            for (int left = 0; left <= top; left += DIAGONAL) {
                for (int i = top; i < Math.min(top + DIAGONAL, n); i++) {
                    for (int j = left; j < Math.min(left + DIAGONAL, i); j++) {
                        a[i * n + j] = a[j * n + i];
                    }
                }
            }
        }
    }

    @Override
    public int cholesky(Matrix a) {
        HeapMatrix m = HeapMatrix.of("a", a);
        shape("a", m, m.rows(), m.rows());
        return cholesky.factor(m.values(), m.rows());
    }

    @Override
    public void choleskySolve(Matrix factor, Matrix b) {
        HeapMatrix l = HeapMatrix.of("factor", factor);
        HeapMatrix right = HeapMatrix.of("b", b);
        shape("factor", l, l.rows(), l.rows());
        shape("b", right, l.rows(), right.columns());
        cholesky.solve(l.values(), l.rows(), right.values(), right.columns());
    }

    @Override
    public List<ApproximateInverse> approximateInverses(Matrix a, double[] weights, double... ridges) {
        HeapMatrix m = HeapMatrix.of("a", a);
        Arguments.length("weights", weights, m.rows());
        for (double ridge : ridges) {
            require(ridge > 0, "a ridge must be positive, but is %s", ridge);
        }
        return SingleInverse.of(this, kernels, team, m, weights, ridges);
    }

    @Override
    public double logisticLossGradient(Matrix a, double[] signs, double[] w, double[] gradient) {
        HeapMatrix m = HeapMatrix.of("a", a);
        require(m.rows() > 0, "the mean loss of a matrix without rows is undefined");
        Arguments.length("signs", signs, m.rows());
        Arguments.length("w", w, m.columns());
        Arguments.length("gradient", gradient, m.columns());
        int n = m.columns();
        double[] lossSums = new double[Chunks.count(m.rows())];
        boolean parallel = parallel(m);
        double[] scratch = new double[Chunks.scratchLength(parallel, m.rows(), n)];
        Chunks.sum(team, parallel, m.rows(), n, gradient, scratch, (first, rows, g, offset) -> {
            double[] margins = new double[rows];
            double[] weights = new double[rows];
            for (int i = 0; i < rows; i += BLOCK) {
                int block = Math.min(BLOCK, rows - i);
                int at = (first + i) * n;
                kernels.dotRows(m.values(), at, block, n, w, 0, margins, i);
                for (int k = i; k < i + block; k++) {
                    margins[k] *= signs[first + k];
                }
                kernels.sigmoidNegative(1.0, margins, weights, i, i + block);
                for (int k = i; k < i + block; k++) {
                    weights[k] *= signs[first + k];
                }
                kernels.addRows(m.values(), at, block, n, weights, i, g, offset);
            }
            lossSums[first / Chunks.SIZE] = kernels.lossSum(1.0, margins, 0, rows);
        });
        double loss = 0;
        for (double part : lossSums) {
            loss += part;
        }
        for (int j = 0; j < n; j++) {
            gradient[j] = -gradient[j] / m.rows();
        }
        return loss / m.rows();
    }

    @Override
    public LogisticKernel logisticKernel(Matrix z) {
        return new CpuLogisticKernel(kernels, team, HeapMatrix.of("z", z));
    }

    @Override
    public MarginFunctions functions() {
        return functions;
    }

    @Override
    public void parallel(int count, IntConsumer task) {
        team.run(count, task);
    }

    @Override
    public void warmUp() {
        if (kernels instanceof WarmingKernels warming) {
            warming.warmUp();
        }
    }

    @Override
    public void close() {
        team.close();
    }

    private void runOrLoop(boolean parallel, int count, IntConsumer task) {
        if (parallel) {
            team.run(count, task);
        } else {
            for (int i = 0; i < count; i++) {
                task.accept(i);
            }
        }
    }

    private static boolean parallel(HeapMatrix m) {
        return (long) m.rows() * m.columns() >= Chunks.PARALLEL_FROM;
    }

    private static void shape(String name, HeapMatrix matrix, int rows, int columns) {
        require(
                matrix.rows() == rows && matrix.columns() == columns,
                "%s must be %d x %d, but is %d x %d",
                name,
                rows,
                columns,
                matrix.rows(),
                matrix.columns());
    }
}
