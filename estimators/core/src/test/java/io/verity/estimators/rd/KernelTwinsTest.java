package io.verity.estimators.rd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.verity.stats.random.RandomStream;
import io.verity.stats.smoothing.LocalPolynomial;
import io.verity.stats.smoothing.SmoothingKernel;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The fast loops against plain ones. */
class KernelTwinsTest {
    private static double[] uniform(int n, double low, double high, String name) {
        RandomStream random = RandomStream.of(3, name, 0, 0);
        return IntStream.range(0, n)
                .mapToDouble(i -> low + (high - low) * random.nextDouble())
                .toArray();
    }

    private static Side right(double[] x, double[] y) {
        return Side.both(x, 0, y, 1, null, null)[1];
    }

    @Test
    void radixSortOrdersKeysAndCarriesLabels() {
        double[] keys = uniform(3000, 0, 5, "keys");
        keys[7] = 0;
        keys[8] = Double.MIN_VALUE;
        keys[9] = 1e300;
        keys[10] = keys[11];
        double[] sorted = keys.clone();
        int[] labels = DistanceOrder.sort(sorted, IntStream.range(0, 3000).toArray());
        double[] expected = keys.clone();
        Arrays.sort(expected);
        assertThat(sorted).containsExactly(expected);
        for (int i = 0; i < labels.length; i++) {
            assertThat(keys[labels[i]]).isEqualTo(sorted[i]);
        }
        assertThat(labels[2999]).isEqualTo(9);
        assertThat(DistanceOrder.sort(new double[0], new int[0])).isEmpty();
    }

    @Test
    void keysThatAgreeInTheirHighBitsAreSortedToo() {
        double[] keys = uniform(5000, 1, 1 + 1e-9, "close");
        double[] sorted = keys.clone();
        int[] labels = DistanceOrder.sort(sorted, IntStream.range(0, 5000).toArray());
        double[] expected = keys.clone();
        Arrays.sort(expected);
        assertThat(sorted).containsExactly(expected);
        assertThat(IntStream.range(0, 5000).allMatch(i -> keys[labels[i]] == sorted[i]))
                .isTrue();
    }

    @Test
    void windowWeightsAreThoseOfAnOrthogonalFit() {
        double[] y = uniform(400, -1, 1, "y");
        Side side = right(uniform(400, 0.3, 5, "x"), y);
        for (SmoothingKernel kernel : SmoothingKernel.values()) {
            for (int order = 0; order <= 6; order++) {
                double h = 4.1;
                WindowFit fit = WindowFit.of(side, kernel, h, order);
                double[] u = IntStream.range(0, fit.count)
                        .mapToDouble(i -> side.distance[i] / h)
                        .toArray();
                LocalPolynomial twin = LocalPolynomial.of(
                        u, Arrays.stream(u).map(kernel::weight).toArray(), order);
                for (int power = 0; power <= order; power++) {
                    double scale = Math.pow(h, -power);
                    double[] expected = twin.weights(power);
                    double[] actual = fit.weights(power);
                    double size = Math.sqrt(
                            Arrays.stream(expected).map(v -> v * v).max().orElse(1));
                    for (int i = 0; i < actual.length; i++) {
                        assertThat(actual[i]).isCloseTo(expected[i] * scale, within(1e-10 * size * scale));
                    }
                }
                double[] slack = fit.slack();
                double[] leverages = twin.leverages();
                for (int i = 0; i < slack.length; i++) {
                    assertThat(slack[i]).isCloseTo(1 - leverages[i], within(1e-11));
                }
            }
        }
    }

    @Test
    void residualsAreOrthogonalToThePowersOfTheDistance() {
        Side side = right(uniform(300, 0, 2, "x"), uniform(300, -1, 1, "y"));
        WindowFit fit = WindowFit.of(side, SmoothingKernel.TRIANGULAR, 1.3, 3);
        double[] e = fit.residuals(side, 0, side.rows());
        for (int k = 0; k <= 3; k++) {
            double sum = 0;
            for (int i = 0; i < fit.count; i++) {
                sum += (1 - side.distance[i] / 1.3) * Math.pow(side.distance[i], k) * e[i];
            }
            assertThat(sum).isCloseTo(0, within(1e-11));
        }
    }

    @Test
    void neighbourSweepAgreesWithASearchForEveryRow() {
        double[] x = uniform(300, 0, 3, "x");
        for (int i = 0; i < x.length; i += 3) {
            x[i] = Math.floor(10 * x[i]) / 10; // heaps, and ties between distances
        }
        Side side = right(x, uniform(300, -5, 5, "y"));
        for (int matches : new int[] {1, 3, 7}) {
            NearestNeighbours sweep = NearestNeighbours.of(side, matches);
            for (int run : new int[] {1, 2, 5, 40, side.distinct()}) {
                int rows = side.starts[run];
                double[] e = sweep.residuals(0, rows);
                for (int i = 0; i < rows; i++) {
                    assertThat(e[i]).isCloseTo(naive(side, i, rows, matches), within(1e-12));
                }
            }
        }
    }

    /** Grows the set of neighbours of one row value by value. */
    private static double naive(Side side, int i, int rows, int matches) {
        double[] d = side.distance;
        int low = i;
        int high = i;
        while (low > 0 && d[low - 1] == d[i]) {
            low--;
        }
        while (high + 1 < rows && d[high + 1] == d[i]) {
            high++;
        }
        while (high - low < Math.min(matches, rows - 1)) {
            double below = low > 0 ? d[i] - d[low - 1] : Double.POSITIVE_INFINITY;
            double above = high + 1 < rows ? d[high + 1] - d[i] : Double.POSITIVE_INFINITY;
            if (below <= above) {
                double value = d[low - 1];
                while (low > 0 && d[low - 1] == value) {
                    low--;
                }
            }
            if (above <= below) {
                double value = d[high + 1];
                while (high + 1 < rows && d[high + 1] == value) {
                    high++;
                }
            }
        }
        double others = 0;
        for (int k = low; k <= high; k++) {
            others += k == i ? 0 : side.values[k];
        }
        int count = high - low;
        return count == 0 ? 0 : Math.sqrt(count / (count + 1.0)) * (side.values[i] - others / count);
    }
}
