package io.verity.stats.random;

/**
 * The generator of the deterministic instances: SplitMix64 (Steele, Lea, Flood, "Fast splittable pseudorandom number
 * generators", OOPSLA 2014, doi:10.1145/2660193.2660195). Three lines in any language, hence its use where data must be
 * reproducible elsewhere; replicates draw from {@link RandomStream}.
 */
public final class SplitMix64 {
    private long state;

    /** @param seed the state before the first step, unsigned 64 bits */
    public SplitMix64(long seed) {
        state = seed;
    }

    /** @return the next word, unsigned 64 bits */
    public long nextLong() {
        state += 0x9E3779B97F4A7C15L;
        long x = state;
        x = (x ^ (x >>> 30)) * 0xBF58476D1CE4E5B9L;
        x = (x ^ (x >>> 27)) * 0x94D049BB133111EBL;
        return x ^ (x >>> 31);
    }

    /** @return a uniform number in [0, 1): the upper 53 bits of the next word */
    public double nextDouble() {
        return (nextLong() >>> 11) * 0x1.0p-53;
    }
}
