package io.verity.cli;

import io.verity.stats.linalg.DenseBackend;
import io.verity.stats.linalg.Matrix;
import java.util.Arrays;
import java.util.Locale;

/** A quick look at how fast a backend is: good enough to tell backends apart, no benchmark. */
final class BackendSpeed {
    private static final int ROWS = 2000;
    private static final int COLUMNS = 400;
    private static final int SIDE = 256;
    private static final long BUDGET_NANOS = 250_000_000L;

    private BackendSpeed() {}

    /**
     * @param backend any backend
     * @return GFLOP/s of the logistic gradient and of the matrix product, in words
     */
    static String measure(DenseBackend backend) {
        backend.warmUp();
        double[] entries = new double[ROWS * COLUMNS];
        for (int i = 0; i < entries.length; i++) {
            entries[i] = (i % 17 - 8) / 8.0;
        }
        double[] signs = new double[ROWS];
        Arrays.setAll(signs, i -> i % 2 == 0 ? 1 : -1);
        double[] gradient = new double[COLUMNS];
        double[] weights = new double[COLUMNS];
        Matrix rows = backend.upload(entries, ROWS, COLUMNS);
        Matrix square = backend.upload(Arrays.copyOf(entries, SIDE * SIDE), SIDE, SIDE);
        Matrix product = backend.upload(new double[SIDE * SIDE], SIDE, SIDE);
        double logistic =
                rate(4.0 * ROWS * COLUMNS, () -> backend.logisticLossGradient(rows, signs, weights, gradient));
        double gemm = rate(2.0 * SIDE * SIDE * SIDE, () -> backend.gemm(square, square, product));
        return String.format(
                Locale.ROOT, "logistic gradient %.1f GFLOP/s, matrix product %.1f GFLOP/s", logistic, gemm);
    }

    /** Best of as many repetitions as the budget allows, half of it spent on warming up. */
    private static double rate(double flops, Runnable work) {
        long end = System.nanoTime() + BUDGET_NANOS / 2;
        while (System.nanoTime() < end) {
            work.run();
        }
        long best = Long.MAX_VALUE;
        end = System.nanoTime() + BUDGET_NANOS / 2;
        do {
            long start = System.nanoTime();
            work.run();
            best = Math.min(best, System.nanoTime() - start);
        } while (System.nanoTime() < end);
        return flops / best;
    }
}
