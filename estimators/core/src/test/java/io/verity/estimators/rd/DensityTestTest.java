package io.verity.estimators.rd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.verity.stats.EstimationException;
import io.verity.stats.inference.Moments;
import io.verity.stats.inference.MonteCarlo;
import io.verity.stats.random.RandomStream;
import io.verity.stats.smoothing.SmoothingKernel;
import java.util.Arrays;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DensityTestTest {
    private static final int REPLICATES = 400;

    private static double[] draws(int n, long replicate, ToDoubleFunction<RandomStream> law) {
        RandomStream random = RandomStream.of(11, "density", n, replicate);
        return IntStream.range(0, n).mapToDouble(i -> law.applyAsDouble(random)).toArray();
    }

    private static double rejections(int n, ToDoubleFunction<RandomStream> law) {
        return IntStream.range(0, REPLICATES)
                        .filter(r -> DensityTest.withDefaults()
                                        .test(draws(n, r, law))
                                        .pValue()
                                < 0.05)
                        .count()
                / (double) REPLICATES;
    }

    @Test
    void testHoldsItsSizeForContinuousDensities() {
        double tolerance = 3 * MonteCarlo.errorOfProportion(0.05, REPLICATES);
        assertThat(rejections(600, u -> 2 * u.nextDouble() - 1)).isCloseTo(0.05, within(tolerance));
        assertThat(rejections(600, RandomStream::nextGaussian)).isCloseTo(0.05, within(tolerance));
        assertThat(rejections(600, u -> u.nextGaussian() + 1)).isCloseTo(0.05, within(tolerance));
        assertThat(rejections(600, u -> -Math.log(1 - u.nextDouble()) - 0.5)).isCloseTo(0.05, within(tolerance));
    }

    @Test
    void testFindsADensityThatJumps() {
        assertThat(rejections(1500, u -> u.nextDouble() < 0.3 ? -u.nextDouble() : u.nextDouble()))
                .isGreaterThan(0.7);
        // half of those just below the cutoff manage to get above it
        assertThat(rejections(1500, u -> {
                    double x = u.nextGaussian();
                    return x < 0 && x > -0.2 && u.nextDouble() < 0.5 ? -x : x;
                }))
                .isGreaterThan(0.7);
    }

    @Test
    void standardErrorIsTheSpreadOfTheEstimate() {
        DensityTest test = DensityTest.withDefaults().withBandwidths(0.8, 0.8);
        double[] estimates = new double[REPLICATES];
        double meanError = 0;
        for (int r = 0; r < REPLICATES; r++) {
            RdEstimate density =
                    test.test(draws(800, r, RandomStream::nextGaussian)).right();
            estimates[r] = density.estimate();
            meanError += density.standardError() / REPLICATES;
        }
        Moments moments = Moments.of(estimates);
        assertThat(meanError)
                .isCloseTo(moments.standardDeviation(), within(3 * MonteCarlo.errorOfStandardDeviation(moments)));
        assertThat(moments.mean()).isCloseTo(0.3989, within(4 * MonteCarlo.errorOfMean(moments)));
    }

    @Test
    void equallySpacedRowsHaveTheDensityOfTheirSpacing() {
        double[] x = new double[400];
        for (int i = 0; i < 400; i++) {
            x[i] = i < 100 ? -(i + 1) / 100.0 : (i - 99) / 300.0;
        }
        for (SmoothingKernel kernel : SmoothingKernel.values()) {
            DensityTestResult result = DensityTest.withDefaults()
                    .with(kernel)
                    .withBandwidths(0.7, 0.6)
                    .test(x);
            assertThat(result.left().estimate()).isCloseTo(0.25, within(1e-10));
            assertThat(result.right().estimate()).isCloseTo(0.75, within(1e-10));
        }
    }

    @Test
    void unitsAndDirectionDoNotMatter() {
        double[] x = draws(500, 1, RandomStream::nextGaussian);
        DensityTestResult base = DensityTest.withDefaults().test(x);
        DensityTestResult scaled = DensityTest.withDefaults()
                .withCutoff(5)
                .test(Arrays.stream(x).map(v -> 5 - 10 * v).toArray());
        assertThat(scaled.statistic()).isCloseTo(-base.statistic(), within(1e-7));
        assertThat(scaled.left().estimate()).isCloseTo(base.right().estimate() / 10, within(1e-8));
        assertThat(scaled.bandwidthLeft()).isCloseTo(10 * base.bandwidthRight(), within(1e-6));
    }

    @Test
    void hugeAndTinyUnitsChangeNothing() {
        double[] x = draws(500, 2, RandomStream::nextGaussian);
        for (int order : new int[] {2, 5}) {
            DensityTest test = DensityTest.withDefaults().withOrder(order);
            DensityTestResult base = test.test(x);
            for (double unit : new double[] {1e60, 1e-60, 1e200}) {
                DensityTestResult scaled =
                        test.test(Arrays.stream(x).map(v -> unit * v).toArray());
                assertThat(scaled.pValue()).isCloseTo(base.pValue(), within(1e-9));
                assertThat(scaled.bandwidthLeft() / unit).isCloseTo(base.bandwidthLeft(), within(1e-9));
                assertThat(scaled.right().estimate() * unit)
                        .isCloseTo(base.right().estimate(), within(1e-9));
            }
        }
        double[] wide = Arrays.stream(x).map(v -> 1000 * v).toArray();
        assertThatThrownBy(() ->
                        DensityTest.withDefaults().withBandwidths(0.001, 900).test(wide))
                .hasMessageContaining("the bandwidth 0.00100000 holds 0 distinct values");
        assertThat(DensityTest.withDefaults()
                        .withBandwidths(800, 900)
                        .test(wide)
                        .bandwidthRight())
                .isEqualTo(900);
    }

    @Test
    void jumpOfTheSenateMarginsIsNotSignificant() {
        DensityTestResult result =
                DensityTest.withDefaults().test(Senate.complete().margin());
        assertThat(result.pValue()).isBetween(0.1, 0.9);
        assertThat(result.toTable().rows()).hasSize(3);
        assertThat(result.toString()).contains("p = ");
    }

    @Test
    void hopelessDataAndHeapsAreNamed() {
        double[] heaps = Arrays.stream(draws(800, 1, RandomStream::nextGaussian))
                .map(v -> Math.rint(20 * v) / 20)
                .toArray();
        assertThat(DensityTest.withDefaults().test(heaps).warnings()).anyMatch(w -> w.contains("ties"));
        assertThatThrownBy(() -> DensityTest.withDefaults().withCutoff(9).test(heaps))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no rows above the cutoff 9");
        assertThatThrownBy(() -> DensityTest.withDefaults().test(-1, 2, 3))
                .isInstanceOf(EstimationException.class)
                .hasMessageContaining("needs 20 rows on each side, but the left has 1");
        assertThatThrownBy(() -> DensityTest.withDefaults().test(1, Double.NaN)).hasMessageContaining("position 2");
        assertThatThrownBy(() -> DensityTest.withDefaults().withBandwidths(-1, 1))
                .hasMessageContaining("bandwidth h");
        assertThatThrownBy(() -> DensityTest.withDefaults().withOrder(0)).hasMessageContaining("order p");
    }
}
