package io.verity.stats.linalg;

import java.util.Arrays;
import java.util.function.Consumer;

/** Exercises kernels until they are compiled, and finds out whether they are worth it. */
final class KernelWarmup {
    /** Blocks of eight and of four rows and single ones: what has not been compiled before is slow at its first use. */
    private static final int ROWS = 23;

    /** Long rows that end in a part of a vector. */
    private static final int COLUMNS = 301;

    /** Wide and narrow tiles of a product and single columns. */
    private static final int WIDTH = 45;

    /** Inner length of a product of tiles. */
    private static final int DEPTH = 8;

    private final DenseKernels plain;
    private final DenseKernels fast;
    private final double[] a = new double[ROWS * COLUMNS];
    private final double[] x = new double[COLUMNS];
    private final double[] y = new double[ROWS];
    private final double[] g = new double[COLUMNS];
    private final double[] product = new double[WIDTH * WIDTH];
    private final float[] tile = new float[DenseKernels.SINGLE_TILE * DenseKernels.SINGLE_TILE];
    private final float[] single = new float[tile.length];
    private final double[] elements = new double[WIDTH];

    KernelWarmup(DenseKernels plain, DenseKernels fast) {
        this.plain = plain;
        this.fast = fast;
        for (int i = 0; i < a.length; i++) {
            a[i] = 0.25 - (i % 7) / 10.0;
        }
        for (int i = 0; i < tile.length; i++) {
            tile[i] = (i % 5 - 2) / 8f;
        }
        for (int j = 0; j < COLUMNS; j++) {
            x[j] = (j % 5 - 2) / 7.0;
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
        kernels.dotRows(a, 0, ROWS, COLUMNS, x, 0, y, 0);
        kernels.addRows(a, 0, ROWS, COLUMNS, y, 0, g, 0);
        kernels.addProduct(a, 0, 1, WIDTH, a, 0, WIDTH, product, 0, WIDTH, WIDTH, ROWS, WIDTH);
        kernels.addTile(tile, 0, tile, 0, single, 0, DEPTH);
        kernels.addSquare(tile, 0, DEPTH, single, 0, single, single.length / 2);
        kernels.sigmoidNegative(1.5, a, elements, 0, WIDTH);
        kernels.sigmoidNegativeRows(x, a, 0, g, 0, 1);
        kernels.weightsAndLossSum(1.5, a, elements, 0, WIDTH);
        kernels.lossSum(1.5, a, 0, WIDTH);
        kernels.logSigmoidNegative(1.5, a, elements, 0, WIDTH);
        kernels.exp(a, elements, 0, WIDTH);
        kernels.sum(a, 0, WIDTH);
        kernels.countNonPositive(elements);
        Arrays.fill(g, 0.0);
        Arrays.fill(product, 0.0);
        Arrays.fill(single, 0f);
    }
}
