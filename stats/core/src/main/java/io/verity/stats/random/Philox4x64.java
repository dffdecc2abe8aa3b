package io.verity.stats.random;

/**
 * The counter-based generator Philox4x64-10 (Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as 1, 2, 3",
 * SC 2011): a keyed bijection of 256-bit blocks. Verity uses one block per stream, as the state of the generator that then
 * draws.
 */
public final class Philox4x64 {
    private static final long M0 = 0xD2E7470EE14C6C93L;
    private static final long M1 = 0xCA5A826395121157L;
    private static final long W0 = 0x9E3779B97F4A7C15L;
    private static final long W1 = 0xBB67AE8584CAA73BL;
    private static final int ROUNDS = 10;

    private Philox4x64() {}

    /**
     * @param k0 first key word
     * @param k1 second key word
     * @param counter four counter words
     * @return the four output words
     */
    public static long[] block(long k0, long k1, long... counter) {
        long x0 = counter[0];
        long x1 = counter[1];
        long x2 = counter[2];
        long x3 = counter[3];
        for (int round = 0; round < ROUNDS; round++) {
            long high0 = unsignedHigh(M0, x0);
            long low0 = M0 * x0;
            long high1 = unsignedHigh(M1, x2);
            long low1 = M1 * x2;
            x0 = high1 ^ x1 ^ k0;
            x1 = low1;
            x2 = high0 ^ x3 ^ k1;
            x3 = low0;
            k0 += W0;
            k1 += W1;
        }
        return new long[] {x0, x1, x2, x3};
    }

    private static long unsignedHigh(long a, long b) {
        return Math.multiplyHigh(a, b) + ((a >> 63) & b) + ((b >> 63) & a);
    }
}
