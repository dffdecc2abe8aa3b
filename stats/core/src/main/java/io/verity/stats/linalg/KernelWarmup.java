package io.verity.stats.linalg;

import java.util.function.Consumer;

/** Exercises kernels until they are compiled, and finds out whether they are worth it. */
final class KernelWarmup {
    private static final int ROWS = 24;
    private static final int COLUMNS = 45;

    private final DenseKernels plain;
    private final DenseKernels fast;
    private final double[] a = new double[ROWS * COLUMNS];
    private final double[] x = new double[COLUMNS];
    private final double[] u = new double[ROWS * COLUMNS];
    private final double[] g = new double[COLUMNS * COLUMNS];
    private final double[] scales = new double[COLUMNS];

    KernelWarmup(DenseKernels plain, DenseKernels fast) {
        this.plain = plain;
        this.fast = fast;
        for (int i = 0; i < a.length; i++) {
            a[i] = 0.25 - (i % 7) / 10.0;
        }
        for (int j = 0; j < COLUMNS; j++) {
            x[j] = (j % 5 - 2) / 7.0;
            scales[j] = 1 + j;
        }
    }

    /** Hands the fast kernels over as soon as they beat the plain ones twice in a row; gives up after a while. */
    void run(Consumer<DenseKernels> takeOver, long giveUpNanos) {
        long start = System.nanoTime();
        int wins = 0;
        while (wins < 2) {
            if (System.nanoTime() - start > giveUpNanos) {
                return;
            }
            wins = nanos(fast) < nanos(plain) ? wins + 1 : 0;
        }
        takeOver.accept(fast);
    }

    /** Shortest time of a few rounds of every operation. */
    private long nanos(DenseKernels kernels) {
        long best = Long.MAX_VALUE;
        for (int round = 0; round < 10; round++) {
            long start = System.nanoTime();
            everyOperation(kernels);
            best = Math.min(best, System.nanoTime() - start);
        }
        return best;
    }

    private void everyOperation(DenseKernels kernels) {
        kernels.dotRows(a, 0, ROWS, COLUMNS, x, 0, u, 0);
        kernels.sigmoidNegative(1.5, u, u, 0, ROWS);
        kernels.addRows(a, 0, ROWS, COLUMNS, u, 0, g, 0);
        kernels.weightsAndLossSum(1.0, a, u, 0, a.length);
        kernels.lossSum(1.0, a, 0, a.length);
        kernels.logSigmoidNegative(1.0, a, u, 0, a.length);
        kernels.exp(a, u, 0, a.length);
        kernels.sum(a, 0, a.length);
        kernels.countNonPositive(u);
        kernels.sigmoidNegativeRows(scales, a, 0, u, 0, ROWS);
        kernels.addProduct(a, 0, 1, COLUMNS, u, 0, COLUMNS, g, 0, COLUMNS, COLUMNS, ROWS, COLUMNS);
        java.util.Arrays.fill(g, 0.0);
    }
}
