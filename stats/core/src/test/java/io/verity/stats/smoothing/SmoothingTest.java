package io.verity.stats.smoothing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.verity.stats.random.RandomStream;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SmoothingTest {
    private static final double EXACT = 1e-14;

    @Test
    void boundaryConstantsAreThePublishedFractions() {
        double[][] bias = {
            {1.0 / 3, -0.1, 1.0 / 35, -1.0 / 126},
            {3.0 / 8, -11.0 / 95, 15.0 / 448, -197.0 / 21042},
            {0.5, -1.0 / 6, 0.05, -1.0 / 70}
        };
        double[][] variance = {
            {4.0 / 3, 4.8, 72.0 / 7, 160.0 / 9},
            {1.2, 56832.0 / 12635, 9895.0 / 1008, 47330240.0 / 2761011},
            {1, 4, 9, 16}
        };
        for (SmoothingKernel kernel : SmoothingKernel.values()) {
            for (int s = 0; s < 4; s++) {
                assertThat(kernel.biasConstant(s)).isCloseTo(bias[kernel.ordinal()][s], within(EXACT));
                assertThat(kernel.varianceConstant(s))
                        .isCloseTo(variance[kernel.ordinal()][s], withinPercentage(1e-12));
            }
        }
    }

    @Test
    void kernelsAreSymmetricDensitiesThatVanishOutside() {
        for (SmoothingKernel kernel : SmoothingKernel.values()) {
            double area = 0;
            int steps = 100_000;
            for (int i = 0; i < steps; i++) {
                double u = -1 + (i + 0.5) * 2 / steps;
                area += kernel.weight(u) * 2 / steps;
                assertThat(kernel.weight(u)).isEqualTo(kernel.weight(-u));
            }
            assertThat(area).isCloseTo(1, within(1e-8));
            assertThat(kernel.weight(1.0000001)).isZero();
            assertThat(kernel.weight(Double.NaN)).isZero();
        }
        assertThat(SmoothingKernel.UNIFORM.weight(1)).isEqualTo(0.5);
    }

    @Test
    void interceptWeightsReproducePolynomialsAtZero() {
        RandomStream random = RandomStream.of(1, "local-polynomial", 0, 0);
        double[] u =
                IntStream.range(0, 60).mapToDouble(i -> random.nextDouble()).toArray();
        double[] w = Arrays.stream(u).map(SmoothingKernel.TRIANGULAR::weight).toArray();
        for (int p = 0; p <= 8; p++) {
            LocalPolynomial fit = LocalPolynomial.of(u, w, p);
            double[] s = fit.weights(0);
            for (int k = 0; k <= p; k++) {
                double sum = 0;
                for (int i = 0; i < u.length; i++) {
                    sum += s[i] * Math.pow(u[i], k);
                }
                assertThat(sum).isCloseTo(k == 0 ? 1 : 0, within(1e-9));
            }
            assertThat(Arrays.stream(fit.leverages()).sum()).isCloseTo(p + 1.0, within(1e-9));
        }
    }

    @Test
    void manyResponsesShareOneFit() {
        double[] u = {0.1, 0.2, 0.4, 0.7, 0.9};
        double[] w = {1, 2, 1, 0.5, 3};
        LocalPolynomial fit = LocalPolynomial.of(u, w, 2);
        double[] responses = new double[u.length * 2];
        for (int i = 0; i < u.length; i++) {
            responses[2 * i] = 1 - 2 * u[i] + 3 * u[i] * u[i];
            responses[2 * i + 1] = 4 + u[i];
        }
        int[] rows = IntStream.range(0, u.length).toArray();
        assertThat(fit.coefficients(responses, 2, rows))
                .containsExactly(new double[] {1, 4, -2, 1, 3, 0}, within(1e-12));
    }

    @Test
    void repeatedPositionsAreSingular() {
        LocalPolynomial fit = LocalPolynomial.of(new double[] {0.5, 0.5, 0.2}, new double[] {1, 1, 1}, 2);
        assertThat(fit.isSingular()).isTrue();
        assertThatThrownBy(() -> LocalPolynomial.of(new double[] {1}, new double[] {1}, 1))
                .hasMessageContaining("needs 2 positions");
    }

    @Test
    void projectionIsTheNearestNondecreasingVector() {
        RandomStream random = RandomStream.of(2, "isotonic", 0, 0);
        for (int trial = 0; trial < 200; trial++) {
            int n = 1 + trial % 12;
            double[] w = IntStream.range(0, n)
                    .mapToDouble(i -> 0.1 + random.nextDouble())
                    .toArray();
            double[] y = IntStream.range(0, n)
                    .mapToDouble(i -> random.nextGaussian())
                    .toArray();
            double[] f = y.clone();
            new Isotonic(n, w).project(f, 0);
            // the max-min formula of isotonic regression
            for (int j = 0; j < n; j++) {
                double best = Double.NEGATIVE_INFINITY;
                for (int a = 0; a <= j; a++) {
                    double least = Double.POSITIVE_INFINITY;
                    double sum = 0;
                    double total = 0;
                    for (int b = a; b < n; b++) {
                        sum += w[b] * y[b];
                        total += w[b];
                        least = b >= j ? Math.min(least, sum / total) : least;
                    }
                    best = Math.max(best, least);
                }
                assertThat(f[j]).isCloseTo(best, within(1e-12));
            }
            assertThat(new Isotonic(n, w).project(f, 0)).isFalse();
        }
    }
}
