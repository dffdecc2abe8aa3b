package io.verity.estimators.largestep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.verity.estimators.GoldenJson;
import io.verity.stats.random.SplitMix64;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The deterministic instances against {@code instances.json} (numpy 1.24.2). */
class InstancesTest {
    private static final JsonNode GOLDEN = GoldenJson.read(InstancesTest.class, "instances.json");

    @Test
    void splitMixStreamsAreExact() {
        GOLDEN.get("splitmix64").properties().forEach(entry -> {
            SplitMix64 words = new SplitMix64(Long.parseUnsignedLong(entry.getKey()));
            SplitMix64 uniforms = new SplitMix64(Long.parseUnsignedLong(entry.getKey()));
            entry.getValue()
                    .get("u64")
                    .forEach(word ->
                            assertThat(Long.toUnsignedString(words.nextLong())).isEqualTo(word.asText()));
            entry.getValue()
                    .get("uniform")
                    .forEach(u -> assertThat(uniforms.nextDouble()).isEqualTo(u.asDouble()));
        });
    }

    static List<String> names() {
        return Instances.names();
    }

    @ParameterizedTest
    @MethodSource("names")
    void instanceEqualsTheReference(String name) {
        JsonNode golden = GOLDEN.get("instances").get(name);
        SeparableData data = Instances.named(name);
        assertThat(data.n()).isEqualTo(golden.get("n").asInt());
        assertThat(data.d()).isEqualTo(golden.get("d").asInt());
        double[] first = GoldenJson.array(golden.get("firstRow"));
        double[] last = GoldenJson.array(golden.get("lastRow"));
        assertThat(Arrays.copyOf(data.row(0), first.length)).containsExactly(first, within(4e-15));
        assertThat(Arrays.copyOf(data.row(data.n() - 1), last.length)).containsExactly(last, within(4e-15));
        double sum = Arrays.stream(data.signedRows()).sum();
        double squares = Arrays.stream(data.signedRows()).map(v -> v * v).sum();
        // z-scored columns sum to zero up to rounding, so the sum is compared on the scale of its terms
        assertThat(sum).isCloseTo(golden.get("sum").asDouble(), within(1e-12 * Math.max(1, Math.sqrt(squares) * 30)));
        assertThat(squares).isCloseTo(golden.get("sumSq").asDouble(), within(1e-12 * squares));
        if (golden.has("Z")) {
            double[][] z = GoldenJson.matrix(golden.get("Z"));
            for (int i = 0; i < z.length; i++) {
                assertThat(data.row(i)).containsExactly(z[i], within(4e-15));
            }
        }
    }

    @Test
    void radiiAreThoseOfTheTable() {
        assertThat(Instances.worst(77).radius()).isCloseTo(1.1180340, within(1e-7));
        assertThat(Instances.named("sepA").radius()).isCloseTo(3.1302615, within(1e-7));
        assertThat(Instances.named("digits38").radius()).isCloseTo(4.70870, within(1e-5));
        assertThat(Instances.named("wdbc").radius()).isCloseTo(20.569907, within(1e-6));
    }

    @Test
    void oneDimensionalValuesAreRepeated() {
        SeparableData data = Instances.oneD(new double[] {1, -1}, new int[] {3, 1});
        assertThat(data.signedRows()).containsExactly(1, 1, 1, -1);
    }

    @Test
    void imbalancedPairsTakeTheFirstImagesOfTheSecondDigit() {
        SeparableData all = Instances.digitsPair(3, 8);
        SeparableData few = Instances.digitsImbalanced(3, 8, 3);
        assertThat(few.n()).isEqualTo(183 + 3);
        assertThat(few.row(0)).containsExactly(all.row(0));
    }

    @Test
    void unknownNamesAreAnsweredWithTheNearest() {
        assertThatThrownBy(() -> Instances.named("digit38"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("unknown instance digit38; did you mean digits38?");
    }

    /** Published comparisons of batch and normalized batch perceptron under imbalance (iterations to separation). */
    @Test
    void imbalanceCountsAreReproduced() {
        int[][] cases = {
            {3, 8, 3, 30, 21},
            {3, 8, 5, 25, 18},
            {3, 8, 30, 25, 14},
            {4, 9, 3, 31, 7},
            {4, 9, 5, 25, 9},
            {0, 1, 3, 19, 4},
            {0, 1, 5, 13, 2},
            {0, 1, 30, 3, 6}
        };
        for (int[] c : cases) {
            SeparableData data = Instances.digitsImbalanced(c[0], c[1], c[2]);
            assertThat(Perceptrons.batch(TieRule.MISTAKE).fit(data).separatedAt())
                    .hasValue(c[3]);
            assertThat(Perceptrons.normalizedBatch().fit(data).separatedAt()).hasValue(c[4]);
        }
    }
}
