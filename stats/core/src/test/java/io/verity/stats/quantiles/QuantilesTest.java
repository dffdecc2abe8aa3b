package io.verity.stats.quantiles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.verity.stats.random.RandomStream;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class QuantilesTest {
    private static final double[] SAMPLE = {1, 2, 4, 10};

    @Test
    void typesDifferAsHyndmanAndFanHaveThem() {
        assertThat(Quantiles.ofSorted(SAMPLE, 0.5, QuantileType.TYPE7)).isEqualTo(3);
        assertThat(Quantiles.ofSorted(SAMPLE, 0.5, QuantileType.TYPE1)).isEqualTo(2);
        assertThat(Quantiles.ofSorted(SAMPLE, 0.5, QuantileType.TYPE2)).isEqualTo(3);
        assertThat(Quantiles.ofSorted(SAMPLE, 0.6, QuantileType.TYPE2)).isEqualTo(4);
        for (QuantileType type : QuantileType.values()) {
            assertThat(Quantiles.ofSorted(SAMPLE, 0, type)).isEqualTo(1);
            assertThat(Quantiles.ofSorted(SAMPLE, 1, type)).isEqualTo(10);
            assertThat(Quantiles.ofSorted(new double[] {7}, 0.3, type)).isEqualTo(7);
        }
    }

    @Test
    void inverseDistributionFunctionForgivesRounding() {
        double[] hundred = new double[100];
        Arrays.setAll(hundred, i -> i + 1);
        for (int k = 1; k < 100; k++) {
            assertThat(Quantiles.ofSorted(hundred, k / 100.0, QuantileType.TYPE1))
                    .isEqualTo(k);
            assertThat(Quantiles.ofSorted(hundred, k / 100.0, QuantileType.TYPE2))
                    .isEqualTo(k + 0.5);
        }
        assertThat(Quantiles.ofSorted(hundred, 0.075, QuantileType.TYPE2)).isEqualTo(8);
    }

    @Test
    void hugeAndTinyWeightsAreRelative() {
        double[] values = {4, 1, 3, 2};
        double[] probabilities = {0.1, 0.5, 0.9};
        double[] expected = new double[3];
        Quantiles.weighted(values, new double[] {1, 1.25, 1.5, 1.75}, probabilities, expected, 0);
        for (double scale : new double[] {1e308, 0x1p-1060}) {
            double[] out = new double[3];
            double[] weights = {scale, 1.25 * scale, 1.5 * scale, 1.75 * scale};
            Quantiles.weighted(values, weights, probabilities, out, 0);
            assertThat(out).isEqualTo(expected);
        }
    }

    @Test
    void equalWeightsGiveTheInterpolatedQuantile() {
        double[] probabilities = {0.05, 0.25, 0.5, 0.77, 0.95};
        for (int n = 1; n < 60; n++) {
            double[] values = new double[n];
            double[] weights = new double[n];
            int size = n;
            Arrays.setAll(values, i -> (i * 37 % size) + 0.25 * i);
            Arrays.fill(weights, 1.0 / 3);
            double[] out = new double[probabilities.length];
            Quantiles.weighted(values, weights, probabilities, out, 0);
            double[] sorted = values.clone();
            Arrays.sort(sorted);
            for (int j = 0; j < out.length; j++) {
                assertThat(out[j])
                        .isCloseTo(Quantiles.ofSorted(sorted, probabilities[j], QuantileType.TYPE7), within(1e-12));
            }
        }
    }

    @Test
    void bucketsSortLikeTheLibrary() {
        RandomStream random = RandomStream.of(3, "bucket-sort", 0, 0);
        BucketSort sort = new BucketSort();
        for (int trial = 0; trial < 600; trial++) {
            int n = 1 + trial % 300;
            int kind = trial % 7;
            double[] sample = new double[n];
            Arrays.setAll(sample, i -> switch (kind) {
                case 0 -> random.nextGaussian();
                case 1 -> random.nextGaussian() / random.nextGaussian(); // Cauchy: nearly all in one bucket
                case 2 -> Math.round(3 * random.nextGaussian()); // ties
                case 3 -> 7; // constant
                case 4 -> Math.exp(40 * random.nextGaussian());
                case 5 -> (random.nextDouble() - 0.5) * Double.MAX_VALUE * 2; // the range overflows
                default -> 1e300 * random.nextDouble() * (i % 2 == 0 ? Double.MIN_NORMAL : 1e-300);
            });
            double[] expected = sample.clone();
            Arrays.sort(expected);
            assertThat(Arrays.copyOf(sort.sorted(sample), n)).isEqualTo(expected);
        }
    }

    @Test
    void badProbabilitiesAreRefused() {
        assertThatThrownBy(() -> Quantiles.ofSorted(SAMPLE, 1.5, QuantileType.TYPE7))
                .hasMessageContaining("1.5");
        assertThatThrownBy(() -> Quantiles.ofSorted(new double[0], 0.5, QuantileType.TYPE7))
                .hasMessageContaining("no value");
    }
}
