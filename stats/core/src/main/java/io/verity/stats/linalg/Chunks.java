package io.verity.stats.linalg;

import java.util.Arrays;

/** Cuts a long row index into the fixed chunks of the official summation order and adds chunk results in order. */
final class Chunks {
    /** Rows per chunk. */
    static final int SIZE = 512;

    /** Chunks computed before their results are added up: bounds the memory for them. */
    private static final int WAVE = 64;

    /** Entries below which a pass over a matrix is not worth a second thread (1 MB). */
    static final long PARALLEL_FROM = 1L << 17;

    private Chunks() {}

    /** Adds the contribution of the given rows to {@code partial[offset, ...)}, which holds zeros. */
    @FunctionalInterface
    interface Summand {
        void add(int firstRow, int rows, double[] partial, int offset);
    }

    static int count(int rows) {
        return (rows + SIZE - 1) / SIZE;
    }

    static int rowsIn(int chunk, int rows) {
        return Math.min(SIZE, rows - chunk * SIZE);
    }

    /**
     * Sums over all rows: chunk results in {@code sum[0, length)}, added in chunk order whoever computed them.
     *
     * @param scratch at least {@link #scratchLength} long
     */
    static void sum(
            WorkerTeam team, boolean parallel, int rows, int length, double[] sum, double[] scratch, Summand summand) {
        int chunks = count(rows);
        Arrays.fill(sum, 0, length, 0.0);
        if (!parallel) {
            for (int c = 0; c < chunks; c++) {
                if (c == 0) {
                    summand.add(0, rowsIn(0, rows), sum, 0);
                } else {
                    Arrays.fill(scratch, 0, length, 0.0);
                    summand.add(c * SIZE, rowsIn(c, rows), scratch, 0);
                    add(scratch, 0, sum, length);
                }
            }
            return;
        }
        for (int first = 0; first < chunks; first += WAVE) {
            int begin = first;
            int wave = Math.min(WAVE, chunks - begin);
            team.run(wave, i -> {
                Arrays.fill(scratch, i * length, (i + 1) * length, 0.0);
                summand.add((begin + i) * SIZE, rowsIn(begin + i, rows), scratch, i * length);
            });
            for (int i = 0; i < wave; i++) {
                if (begin + i == 0) {
                    System.arraycopy(scratch, 0, sum, 0, length);
                } else {
                    add(scratch, i * length, sum, length);
                }
            }
        }
    }

    static int scratchLength(boolean parallel, int rows, int length) {
        return Math.multiplyExact(parallel ? Math.min(WAVE, count(rows)) : 1, length);
    }

    private static void add(double[] from, int offset, double[] to, int length) {
        for (int j = 0; j < length; j++) {
            to[j] += from[offset + j];
        }
    }
}
