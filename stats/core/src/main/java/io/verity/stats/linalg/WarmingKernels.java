package io.verity.stats.linalg;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * Answers with the plain kernels until the fast ones are worth using. Both give the same bits, so the moment of the change
 * shows in the running time alone.
 *
 * <p>Vector code is about a thousand times slower than plain Java until the optimising compiler has translated it, which
 * takes some tenths of a second. So once there has been some work - short commands never come to that - a background thread
 * exercises the fast kernels and compares the two, and the change is made when the fast ones have shown to be faster. If they
 * never do (a JVM that interprets the Vector API), the plain ones stay.
 */
final class WarmingKernels implements DenseKernels {
    /** Entries processed before the fast kernels are considered: some milliseconds of plain Java. */
    private static final long WORK_BEFORE_WARMING = 4_000_000;

    /** After this the compiler has had its chance. */
    private static final long GIVE_UP_NANOS = 30_000_000_000L;

    private final DenseKernels plain;
    private final Supplier<DenseKernels> fastSupplier;
    private final long giveUpNanos;
    private volatile DenseKernels active;
    private boolean warmed;
    private final AtomicBoolean started = new AtomicBoolean();
    private long work;

    WarmingKernels(DenseKernels plain, Supplier<DenseKernels> fast) {
        this(plain, fast, GIVE_UP_NANOS);
    }

    /** Warming is given up after so many nanoseconds. */
    WarmingKernels(DenseKernels plain, Supplier<DenseKernels> fast, long giveUpNanos) {
        this.plain = plain;
        this.fastSupplier = fast;
        this.giveUpNanos = giveUpNanos;
        this.active = plain;
    }

    /** The kernels to use for a call that handles so many entries. */
    private DenseKernels active(long entries) {
        DenseKernels kernels = active;
        if (kernels == plain) {
            // Counted without synchronisation: losing a few counts only delays the start.
            work += entries;
            if (work > WORK_BEFORE_WARMING && started.compareAndSet(false, true)) {
                startWarming();
            }
        }
        return kernels;
    }

    private void startWarming() {
        Thread thread = new Thread(this::warmUp, "verity-vector-warmup");
        thread.setDaemon(true);
        thread.start();
    }

    /** Warms on the calling thread. A second caller waits for the first, and returns at once after that. */
    synchronized void warmUp() {
        if (!warmed) {
            warmed = true;
            new KernelWarmup(plain, fastSupplier.get()).run(fast -> active = fast, giveUpNanos);
        }
    }

    /** Whether the fast kernels have taken over. */
    boolean warm() {
        return active != plain;
    }

    @Override
    public void dotRows(
            double[] a, int aOffset, int rows, int columns, double[] x, int xOffset, double[] y, int yOffset) {
        active((long) rows * columns).dotRows(a, aOffset, rows, columns, x, xOffset, y, yOffset);
    }

    @Override
    public void addRows(
            double[] a, int aOffset, int rows, int columns, double[] w, int wOffset, double[] g, int gOffset) {
        active((long) rows * columns).addRows(a, aOffset, rows, columns, w, wOffset, g, gOffset);
    }

    @Override
    public void addProduct(
            double[] a,
            int aOffset,
            int aRow,
            int aInner,
            double[] b,
            int bOffset,
            int bRow,
            double[] c,
            int cOffset,
            int cRow,
            int rows,
            int inner,
            int columns) {
        active((long) rows * inner * columns)
                .addProduct(a, aOffset, aRow, aInner, b, bOffset, bRow, c, cOffset, cRow, rows, inner, columns);
    }

    @Override
    public void addTile(float[] a, int aOffset, float[] b, int bOffset, float[] c, int cOffset, int inner) {
        active((long) SINGLE_TILE * SINGLE_TILE * inner).addTile(a, aOffset, b, bOffset, c, cOffset, inner);
    }

    @Override
    public void addSquare(float[] u, int uOffset, int pieces, float[] x, int xOffset, float[] z, int zOffset) {
        active((long) SINGLE_GROUP * SINGLE_PIECE * pieces).addSquare(u, uOffset, pieces, x, xOffset, z, zOffset);
    }

    @Override
    public void exp(double[] x, double[] y, int from, int to) {
        active(to - from).exp(x, y, from, to);
    }

    @Override
    public void sigmoidNegative(double scale, double[] u, double[] s, int from, int to) {
        active(to - from).sigmoidNegative(scale, u, s, from, to);
    }

    @Override
    public void sigmoidNegativeRows(double[] scales, double[] u, int uOffset, double[] s, int sOffset, int rows) {
        active((long) rows * scales.length).sigmoidNegativeRows(scales, u, uOffset, s, sOffset, rows);
    }

    @Override
    public void logSigmoidNegative(double scale, double[] u, double[] q, int from, int to) {
        active(to - from).logSigmoidNegative(scale, u, q, from, to);
    }

    @Override
    public double lossSum(double scale, double[] u, int from, int to) {
        return active(to - from).lossSum(scale, u, from, to);
    }

    @Override
    public double weightsAndLossSum(double scale, double[] u, double[] s, int from, int to) {
        return active(to - from).weightsAndLossSum(scale, u, s, from, to);
    }

    @Override
    public double sum(double[] x, int from, int to) {
        return active(to - from).sum(x, from, to);
    }

    @Override
    public int countNonPositive(double[] u) {
        return active(u.length).countNonPositive(u);
    }
}
