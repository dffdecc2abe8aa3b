package io.verity.stats.nativeblas;

import static io.verity.stats.Arguments.require;

import io.verity.stats.Arguments;
import io.verity.stats.linalg.ApproximateInverse;
import io.verity.stats.linalg.BackendInfo;
import io.verity.stats.linalg.BackendOptions;
import io.verity.stats.linalg.Backends;
import io.verity.stats.linalg.DenseBackend;
import io.verity.stats.linalg.LogisticKernel;
import io.verity.stats.linalg.MarginFunctions;
import io.verity.stats.linalg.Matrix;
import io.verity.stats.linalg.WorkerTeam;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Matrix-matrix work by BLAS and LAPACK; all else by the best CPU backend.
 *
 * <p>BLAS stores columns, we store rows: an array that is A to us is its transpose to BLAS, with our number of columns as leading
 * dimension. A row-major product C = A B is therefore asked for as C' = B' A', and our lower triangle is BLAS's upper one.
 *
 * <p>A product is cut into tiles that depend on its shape alone, each one call. Where the library uses one thread, the tiles are
 * shared among our own threads; else the library's threads share each tile. Tiles also bound how long a call may last: the JVM
 * cannot collect garbage while BLAS holds an array.
 *
 * <p>Products with a vector and passes over the rows are bound by memory: the CPU backend reaches that bound, and its fused pass
 * reads the matrix once where BLAS would read it twice.
 */
final class NativeBlasBackend implements DenseBackend {
    /** Multiplications below which one call does the whole product. */
    private static final long SMALL = 1L << 21;

    /** Rows or columns of a product below which BLAS spends its time on copies. */
    private static final int NARROW = 32;

    /** Rows of A scaled by their weights at a time. */
    private static final int SCALED_ROWS = 1024;

    private final BackendInfo info;
    private final BlockCalls blas;
    private final WorkerTeam team;
    private final TiledCholesky cholesky;
    private final DenseBackend cpu;

    /** Whether the CPU backend has vector kernels. */
    private final boolean vectors;

    private NativeBlasBackend(String id, NativeLibrary library, BackendOptions options) {
        boolean ownThreads = library.threads() == 1;
        int threads = ownThreads ? options.threads() : library.threads();
        this.info = new BackendInfo(id, library.name(), "cpu", threads, true, false);
        this.blas = library.calls();
        this.team = new WorkerTeam(ownThreads ? threads : 1);
        this.cholesky = new TiledCholesky(blas, team);
        this.cpu = Backends.open(Backends.AUTO, options);
        this.vectors = cpu.info().id().equals("java-vector");
    }

    static NativeBlasBackend open(String id, BackendOptions options) {
        return new NativeBlasBackend(id, NativeLibrary.get(), options);
    }

    @Override
    public BackendInfo info() {
        return info;
    }

    @Override
    public Matrix upload(double[] rowMajor, int rows, int columns) {
        return new NativeMatrix(rowMajor, cpu.upload(rowMajor, rows, columns));
    }

    @Override
    public void gemv(Matrix a, double[] x, double[] y) {
        cpu.gemv(NativeMatrix.onCpu("a", a), x, y);
    }

    @Override
    public void gemtv(Matrix a, double[] x, double[] y) {
        cpu.gemtv(NativeMatrix.onCpu("a", a), x, y);
    }

    @Override
    public void gemm(Matrix a, Matrix b, Matrix c) {
        double[] left = NativeMatrix.of("a", a).values();
        double[] right = NativeMatrix.of("b", b).values();
        double[] out = NativeMatrix.of("c", c).values();
        int m = a.rows();
        int k = a.columns();
        int n = b.columns();
        require(k == b.rows(), "a has %d columns, but b has %d rows", k, b.rows());
        shape("c", c, m, n);
        if (m == 0 || n == 0 || k == 0) {
            Arrays.fill(out, 0.0);
            return;
        }
        if (vectors && Math.min(m, n) <= NARROW) {
            cpu.gemm(NativeMatrix.onCpu("a", a), NativeMatrix.onCpu("b", b), NativeMatrix.onCpu("c", c));
            return;
        }
        boolean small = (long) m * n * k < SMALL;
        int high = small ? m : Tiles.side(m, 4, 128, 1024);
        int wide = small ? n : Tiles.side(n, 4, 128, 1024);
        int across = Tiles.count(n, wide);
        team.run(Tiles.count(m, high) * across, tile -> {
            int row = tile / across * high;
            int column = tile % across * wide;
            int rows = Math.min(high, m - row);
            int columns = Math.min(wide, n - column);
            blas.dgemm(
                    "N", "N", columns, rows, k, 1.0, right, column, n, left, row * k, k, 0.0, out, row * n + column, n);
        });
    }

    @Override
    public void gram(Matrix a, double @Nullable [] weights, Matrix c) {
        double[] values = NativeMatrix.of("a", a).values();
        double[] out = NativeMatrix.of("c", c).values();
        int m = a.rows();
        int n = a.columns();
        shape("c", c, n, n);
        if (weights != null) {
            Arguments.length("weights", weights, m);
        }
        Arrays.fill(out, 0.0);
        if (m == 0 || n == 0) {
            return;
        }
        int side = Tiles.side(n, 8, 64, 512);
        team.run(Tiles.count(n, side), tile -> {
            int first = tile * side;
            int width = Math.min(side, n - first);
            if (weights == null) {
                plainGramRows(values, m, n, first, width, out);
            } else {
                weightedGramRows(values, weights, m, n, first, width, out);
            }
        });
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < i; j++) {
                out[i * n + j] = out[j * n + i];
            }
        }
    }

    /** Rows [first, first + width) of the Gram matrix from the diagonal on: the square at the diagonal, and what is right of it. */
    private void plainGramRows(double[] a, int m, int n, int first, int width, double[] out) {
        blas.dsyrk("L", "N", width, m, 1.0, a, first, n, 0.0, out, first * n + first, n);
        int next = first + width;
        if (next < n) {
            blas.dgemm("N", "T", n - next, width, m, 1.0, a, next, n, a, first, n, 0.0, out, first * n + next, n);
        }
    }

    private void weightedGramRows(double[] a, double[] weights, int m, int n, int first, int width, double[] out) {
        double[] scaled = new double[Math.min(SCALED_ROWS, m) * width];
        for (int row = 0; row < m; row += SCALED_ROWS) {
            int rows = Math.min(SCALED_ROWS, m - row);
            for (int r = 0; r < rows; r++) {
                double w = weights[row + r];
                int from = (row + r) * n + first;
                for (int j = 0; j < width; j++) {
                    scaled[r * width + j] = w * a[from + j];
                }
            }
            int at = first * n + first;
            blas.dgemm("N", "T", n - first, width, rows, 1.0, a, row * n + first, n, scaled, 0, width, 1.0, out, at, n);
        }
    }

    @Override
    public int cholesky(Matrix a) {
        double[] values = NativeMatrix.of("a", a).values();
        shape("a", a, a.rows(), a.rows());
        return cholesky.factor(values, a.rows());
    }

    @Override
    public void choleskySolve(Matrix factor, Matrix b) {
        double[] l = NativeMatrix.of("factor", factor).values();
        double[] right = NativeMatrix.of("b", b).values();
        shape("factor", factor, factor.rows(), factor.rows());
        shape("b", b, factor.rows(), b.columns());
        cholesky.solve(l, factor.rows(), right, b.columns());
    }

    /** In single precision, if that is fast: a preconditioner needs no more. */
    @Override
    public List<ApproximateInverse> approximateInverses(Matrix a, double[] weights, double... ridges) {
        return vectors
                ? cpu.approximateInverses(NativeMatrix.onCpu("a", a), weights, ridges)
                : DenseBackend.super.approximateInverses(a, weights, ridges);
    }

    @Override
    public double logisticLossGradient(Matrix a, double[] signs, double[] w, double[] gradient) {
        return cpu.logisticLossGradient(NativeMatrix.onCpu("a", a), signs, w, gradient);
    }

    @Override
    public LogisticKernel logisticKernel(Matrix z) {
        return cpu.logisticKernel(NativeMatrix.onCpu("z", z));
    }

    @Override
    public MarginFunctions functions() {
        return cpu.functions();
    }

    @Override
    public void warmUp() {
        cpu.warmUp();
    }

    @Override
    public void parallel(int count, IntConsumer task) {
        team.run(count, task);
    }

    @Override
    public void close() {
        team.close();
        cpu.close();
    }

    private static void shape(String name, Matrix matrix, int rows, int columns) {
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
