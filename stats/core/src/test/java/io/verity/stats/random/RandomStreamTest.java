package io.verity.stats.random;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.function.DoubleSupplier;
import org.apache.commons.rng.core.source64.XoShiRo256PlusPlus;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.junit.jupiter.api.Test;

class RandomStreamTest {
    private static long hex(String text) {
        return Long.parseUnsignedLong(text, 16);
    }

    private static long[] hexes(String text) {
        return Arrays.stream(text.split(" ")).mapToLong(RandomStreamTest::hex).toArray();
    }

    /** Published vectors of Random123, philox4x64-10. */
    @Test
    void philoxGivesThePublishedBlocks() {
        assertThat(Philox4x64.block(0, 0, 0, 0, 0, 0))
                .containsExactly(hexes("16554d9eca36314c db20fe9d672d0fdc d7e772cee186176b 7e68b68aec7ba23b"));
        assertThat(Philox4x64.block(
                        hex("452821e638d01377"),
                        hex("be5466cf34e90c6c"),
                        hexes("243f6a8885a308d3 13198a2e03707344 a4093822299f31d0 082efa98ec4e6c89")))
                .containsExactly(hexes("a528f45403e61d95 38c72dbd566e9788 a5a1610e72fd18b5 57bd43b5e52b7fe6"));
    }

    @Test
    void streamStartsFromThePhiloxBlockOfItsCoordinates() {
        RandomStream stream = RandomStream.ofHash(42, 1, 7, 3, RandomStream.DATA);
        for (long expected : hexes("3b755cf48e807b77 e8e6ad808eb54259 cbbd01b08c4e4674 c27e2a7cf442c780")) {
            assertThat(stream.nextLong()).isEqualTo(expected);
        }
    }

    @Test
    void streamIsXoshiroOfCommonsRngWithThatState() {
        long[] state = hexes("b4879c275c5a1897 003f80b9af238f5e 6e46b6a4c2b5e093 983e24e67f2781cd");
        assertThat(Philox4x64.block(42, 1, 0, 0, 3, 7)).containsExactly(state);
        XoShiRo256PlusPlus theirs = new XoShiRo256PlusPlus(state);
        RandomStream ours = RandomStream.ofHash(42, 1, 7, 3, RandomStream.DATA);
        for (int i = 0; i < 100_000; i++) {
            assertThat(ours.nextLong()).isEqualTo(theirs.nextLong());
        }
    }

    @Test
    void firstNormalsAreAsRecorded() {
        RandomStream stream = RandomStream.ofHash(42, 1, 7, 3, RandomStream.DATA);
        assertThat(stream.nextGaussian()).isEqualTo(0.7382682456644218);
        assertThat(stream.nextGaussian()).isEqualTo(-0.3258516217613557);
        assertThat(stream.nextGaussian()).isEqualTo(-0.6573518631717028);
    }

    @Test
    void uniformIsTheUpperFiftyThreeBits() {
        RandomStream stream = RandomStream.ofHash(42, 1, 7, 3, RandomStream.DATA);
        assertThat(stream.nextDouble()).isEqualTo((hex("3b755cf48e807b77") >>> 11) * 0x1.0p-53);
    }

    @Test
    void nameIsHashedByTheFirstEightBytesOfItsSha256() {
        // sha256sum of "large-step/LS-05"
        assertThat(RandomStream.hash("large-step/LS-05")).isEqualTo(hex("f621fa2896183aeb"));
        RandomStream named = RandomStream.of(42, "large-step/LS-05", 7, 3);
        RandomStream hashed = RandomStream.ofHash(42, RandomStream.hash("large-step/LS-05"), 7, 3, RandomStream.DATA);
        assertThat(named.nextLong()).isEqualTo(hashed.nextLong());
    }

    @Test
    void coordinatesAndPurposesGiveDifferentStreams() {
        long base = RandomStream.of(1, "a", 0, 0).nextLong();
        assertThat(RandomStream.of(2, "a", 0, 0).nextLong()).isNotEqualTo(base);
        assertThat(RandomStream.of(1, "b", 0, 0).nextLong()).isNotEqualTo(base);
        assertThat(RandomStream.of(1, "a", 1, 0).nextLong()).isNotEqualTo(base);
        assertThat(RandomStream.of(1, "a", 0, 1).nextLong()).isNotEqualTo(base);
        RandomStream stream = RandomStream.of(1, "a", 0, 0);
        assertThat(stream.forPurpose(RandomStream.ALGORITHM).nextLong()).isNotEqualTo(base);
        assertThat(stream.forPurpose(RandomStream.BOOTSTRAP).nextLong()).isNotEqualTo(base);
        stream.nextGaussian();
        assertThat(stream.forPurpose(RandomStream.DATA).nextLong()).isEqualTo(base);
    }

    /** Recorded with commons-rng 1.7 on Java 17; a change means that upgrading it would change every result. */
    @Test
    void thousandDrawsOfEverySamplerAreAsRecorded() {
        RandomStream uniform = RandomStream.of(42, "golden", 0, 0);
        assertThat(sha256(uniform::nextDouble))
                .isEqualTo("8c6914b387180795914469e21f59fc00da3d32d17f934d364c6aeb695764c13f");
        RandomStream normal = RandomStream.of(42, "golden", 0, 1);
        assertThat(sha256(normal::nextGaussian))
                .isEqualTo("541f04b5c617b77c58aac01b10c5503650dba9941d6de926e8ed3167ef52d27c");
        RandomStream bounded = RandomStream.of(42, "golden", 0, 2);
        assertThat(sha256(() -> bounded.nextInt(10)))
                .isEqualTo("0de96c5d5152bb83d290f603f6724d374e90ed53eb97aa58962d881393b64618");
        RandomStream exponential = RandomStream.of(42, "golden", 0, 3);
        assertThat(sha256(ZigguratSampler.Exponential.of(exponential)::sample))
                .isEqualTo("307232db663cd5f0c0e6a044c540c9781b7265756f3b5b58814e576862985dc8");
    }

    private static String sha256(DoubleSupplier draw) {
        try {
            ByteBuffer bytes = ByteBuffer.allocate(1000 * Double.BYTES);
            for (int i = 0; i < 1000; i++) {
                bytes.putDouble(draw.getAsDouble());
            }
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes.array()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
