package io.verity.stats.random;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;

/**
 * The random stream of one replicate: xoshiro256++ (Blackman &amp; Vigna 2021) whose 256-bit state is the Philox4x64-10
 * block with key (master seed, hash of the name) and counter (0, purpose, replicate, cell).
 *
 * <p>A pure function of (seed, name, cell, replicate, purpose): the same draws for any number of threads, in any order,
 * after any resume. Purposes separate streams inside a replicate, so that adding a draw to the algorithm does not change
 * the data.
 */
public final class RandomStream implements UniformRandomProvider {
    /** Purpose of the stream that draws data. */
    public static final long DATA = 0;
    /** Purpose of the stream that an algorithm draws from. */
    public static final long ALGORITHM = 1;
    /** Purpose of the stream that resampling draws from. */
    public static final long BOOTSTRAP = 2;

    private final long seed;
    private final long nameHash;
    private final long cell;
    private final long replicate;
    private final ZigguratSampler.NormalizedGaussian gaussian = ZigguratSampler.NormalizedGaussian.of(this);
    private long s0;
    private long s1;
    private long s2;
    private long s3;

    private RandomStream(long seed, long nameHash, long cell, long replicate, long purpose) {
        this.seed = seed;
        this.nameHash = nameHash;
        this.cell = cell;
        this.replicate = replicate;
        long[] state = Philox4x64.block(seed, nameHash, 0, purpose, replicate, cell);
        if ((state[0] | state[1] | state[2] | state[3]) == 0) {
            state = Philox4x64.block(seed, nameHash, 1, purpose, replicate, cell);
        }
        s0 = state[0];
        s1 = state[1];
        s2 = state[2];
        s3 = state[3];
    }

    /**
     * @param seed master seed
     * @param name name of the study or claim
     * @param cell condition
     * @param replicate replicate within the condition
     * @return the data stream ({@link #DATA}) of that replicate
     */
    public static RandomStream of(long seed, String name, long cell, long replicate) {
        return new RandomStream(seed, hash(name), cell, replicate, DATA);
    }

    /**
     * @param seed first key word
     * @param nameHash second key word
     * @param cell condition
     * @param replicate replicate within the condition
     * @param purpose purpose inside the replicate
     * @return the stream
     */
    public static RandomStream ofHash(long seed, long nameHash, long cell, long replicate, long purpose) {
        return new RandomStream(seed, nameHash, cell, replicate, purpose);
    }

    /**
     * @param purpose {@link #DATA}, {@link #ALGORITHM}, {@link #BOOTSTRAP} or any other number
     * @return the stream of the same replicate for another purpose, from its start
     */
    public RandomStream forPurpose(long purpose) {
        return new RandomStream(seed, nameHash, cell, replicate, purpose);
    }

    /**
     * @param name any text
     * @return the first eight bytes (big-endian) of the SHA-256 of its UTF-8 form
     */
    public static long hash(String name) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
            long h = 0;
            for (int i = 0; i < Long.BYTES; i++) {
                h = (h << 8) | (digest[i] & 0xFF);
            }
            return h;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    @Override
    public long nextLong() {
        long result = Long.rotateLeft(s0 + s3, 23) + s0;
        long t = s1 << 17;
        s2 ^= s0;
        s3 ^= s1;
        s1 ^= s2;
        s0 ^= s3;
        s2 ^= t;
        s3 = Long.rotateLeft(s3, 45);
        return result;
    }

    /** @return a uniform number in [0, 1): the upper 53 bits of the next word */
    @Override
    public double nextDouble() {
        return (nextLong() >>> 11) * 0x1.0p-53;
    }

    /** @return a standard normal number (modified ziggurat of commons-rng) */
    public double nextGaussian() {
        return gaussian.sample();
    }
}
