package io.verity.stats.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.verity.stats.losses.Exponentials;
import io.verity.stats.losses.LogisticLoss;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What every dense backend must do, whatever it runs on.
 *
 * <p>Products are compared with naive triple loops: elementwise |difference| <= 4 k eps (|A||B|), k being the inner length.
 */
public abstract class DenseBackendContract extends ApproximateInverseContract {
    private static final double EPS = Math.ulp(1.0);

    static Stream<Arguments> shapes() {
        return Stream.of(
                        new int[] {1, 1},
                        new int[] {1, 17},
                        new int[] {17, 1},
                        new int[] {3, 5},
                        new int[] {8, 8},
                        new int[] {13, 31},
                        new int[] {64, 63},
                        new int[] {65, 64},
                        new int[] {200, 20},
                        new int[] {513, 9},
                        new int[] {1030, 131},
                        new int[] {2, 1025})
                .map(s -> Arguments.of(s[0], s[1]));
    }

    /** Product of m x k and k x n, with the sum of absolute terms beside it. */
    private static double[][] naive(double[] a, double[] b, int m, int k, int n) {
        double[] value = new double[m * n];
        double[] size = new double[m * n];
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < n; j++) {
                for (int l = 0; l < k; l++) {
                    double term = a[i * k + l] * b[l * n + j];
                    value[i * n + j] += term;
                    size[i * n + j] += Math.abs(term);
                }
            }
        }
        return new double[][] {value, size};
    }

    private static double[] transpose(double[] a, int m, int n) {
        double[] t = new double[a.length];
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < n; j++) {
                t[j * m + i] = a[i * n + j];
            }
        }
        return t;
    }

    private static void assertClose(double actual, double expected, double tolerance, String what, int entry) {
        // The comparison first: half a million AssertJ calls take seconds.
        if (!(Math.abs(actual - expected) <= tolerance)) {
            assertThat(actual).as("%s %d", what, entry).isCloseTo(expected, within(tolerance));
        }
    }

    private static void assertProduct(double[] actual, double[][] expected, int inner) {
        for (int i = 0; i < actual.length; i++) {
            assertClose(actual[i], expected[0][i], 4 * (inner + 1) * EPS * expected[1][i], "entry", i);
        }
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void matrixTimesVector(int m, int n) {
        double[] a = normal(m * n, 1);
        double[] x = normal(n, 2);
        double[] y = normal(m, 3);
        backend().gemv(backend().upload(a, m, n), x, y);
        assertProduct(y, naive(a, x, m, n, 1), n);
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void transposeTimesVector(int m, int n) {
        double[] a = normal(m * n, 4);
        double[] x = normal(m, 5);
        double[] y = normal(n, 6);
        backend().gemtv(backend().upload(a, m, n), x, y);
        assertProduct(y, naive(x, a, 1, m, n), m);
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void matrixTimesMatrix(int m, int k) {
        for (int n : new int[] {1, 3, 8, 17, 24, 32, 37, 300}) {
            double[] a = normal(m * k, 7);
            double[] b = normal(k * n, 8);
            double[] c = normal(m * n, 9);
            backend()
                    .gemm(
                            backend().upload(a, m, k),
                            backend().upload(b, k, n),
                            backend().upload(c, m, n));
            assertProduct(c, naive(a, b, m, k, n), k);
        }
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void weightedGramIsSymmetricAndRight(int m, int n) {
        if (n > 200) {
            return;
        }
        double[] a = normal(m * n, 10);
        double[] w = normal(m, 11);
        double[] weighted = a.clone();
        for (int i = 0; i < a.length; i++) {
            weighted[i] *= w[i / n];
        }
        double[] c = normal(n * n, 12);
        backend().gram(backend().upload(a, m, n), w, backend().upload(c, n, n));
        assertProduct(c, naive(transpose(weighted, m, n), a, n, m, n), m);
        assertThat(c).isEqualTo(transpose(c, n, n));
        backend().gram(backend().upload(a, m, n), null, backend().upload(c, n, n));
        assertProduct(c, naive(transpose(a, m, n), a, n, m, n), m);
    }

    /** Larger than every block of rows, columns and inner indices that a backend cuts its products into. */
    @Test
    void productsBeyondAllBlocksAreRight() {
        int m = 2600;
        int n = 163;
        double[] a = normal(m * n, 50);
        double[] c = new double[n * n];
        backend().gram(backend().upload(a, m, n), null, backend().upload(c, n, n));
        assertProduct(c, naive(transpose(a, m, n), a, n, m, n), m);
        assertThat(c).isEqualTo(transpose(c, n, n));
        int k = 530;
        int wide = 301;
        double[] left = normal(k * k, 51);
        double[] right = normal(k * wide, 52);
        double[] product = new double[k * wide];
        backend()
                .gemm(
                        backend().upload(left, k, k),
                        backend().upload(right, k, wide),
                        backend().upload(product, k, wide));
        assertProduct(product, naive(left, right, k, k, wide), k);
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void lossAndGradientAreTheLogisticOnes(int m, int n) {
        double[] a = normal(m * n, 13);
        double[] w = normal(n, 14);
        double[] signs = normal(m, 15);
        for (int i = 0; i < m; i++) {
            signs[i] = Math.signum(signs[i]);
        }
        double[] gradient = normal(n, 16);
        double loss = backend().logisticLossGradient(backend().upload(a, m, n), signs, w, gradient);
        double[] margins = naive(a, w, m, n, 1)[0];
        double expected = 0;
        double[] residual = new double[m];
        for (int i = 0; i < m; i++) {
            expected += LogisticLoss.loss(signs[i] * margins[i]) / m;
            residual[i] = -signs[i] * LogisticLoss.sigmoidNegative(signs[i] * margins[i]) / m;
        }
        assertThat(loss).isCloseTo(expected, within(1e-12 * expected));
        double[][] g = naive(residual, a, 1, m, n);
        for (int j = 0; j < n; j++) {
            assertThat(gradient[j]).isCloseTo(g[0][j], within(1e-12 * g[1][j] * Math.max(1, n / 10)));
        }
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void kernelGivesMarginsWeightsAndSums(int n, int d) {
        double[] z = normal(n * d, 17);
        double[] theta = normal(d, 18);
        LogisticKernel kernel = backend().logisticKernel(backend().upload(z, n, d));
        assertThat(kernel.rows()).isEqualTo(n);
        assertThat(kernel.columns()).isEqualTo(d);
        double[] u = normal(n, 19);
        double[] s = normal(n, 20);
        double[] g = normal(d, 21);
        kernel.pass(theta, 0.3, u, s, g);
        assertProduct(u, naive(z, theta, n, d, 1), d);
        for (int i = 0; i < n; i++) {
            double expected = LogisticLoss.sigmoidNegative(0.3 * u[i]);
            assertClose(s[i], expected, 4 * EPS * expected, "element", i);
        }
        assertProduct(g, naive(s, z, 1, n, d), n);
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void passIsItsThreeStepsTogether(int n, int d) {
        double[] theta = normal(d, 23);
        LogisticKernel kernel = backend().logisticKernel(backend().upload(normal(n * d, 22), n, d));
        double[] u = new double[n];
        double[] s = new double[n];
        double[] g = new double[d];
        kernel.pass(theta, 2.5, u, s, g);
        double[] u2 = normal(n, 24);
        double[] s2 = normal(n, 25);
        double[] g2 = normal(d, 26);
        kernel.margins(theta, u2);
        backend().functions().sigmoidNegative(2.5, u2, s2);
        kernel.combine(s2, g2);
        assertThat(u2).isEqualTo(u);
        assertThat(s2).isEqualTo(s);
        assertThat(g2).isEqualTo(g);
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void batchAgreesWithSinglePasses(int n, int d) {
        double[] z = normal(n * d, 27);
        for (int k : new int[] {1, 5, 32, 33}) {
            double[] theta = normal(d * k, 28);
            double[] scales = new double[k];
            for (int c = 0; c < k; c++) {
                scales[c] = Math.scalb(1.0, c % 7 - 3);
            }
            LogisticKernel kernel = backend().logisticKernel(backend().upload(z, n, d));
            double[] u = normal(n * k, 29);
            double[] g = normal(d * k, 30);
            kernel.passBatch(theta, scales, u, g);
            assertProduct(u, naive(z, theta, n, d, k), d);
            double[] s = new double[n * k];
            for (int i = 0; i < n * k; i++) {
                s[i] = LogisticLoss.sigmoidNegative(scales[i % k] * u[i]);
            }
            assertProduct(g, naive(transpose(z, n, d), s, d, n, k), n + 2);
        }
    }

    @Test
    void elementwiseFunctionsAgreeWithTheScalarOnes() {
        MarginFunctions f = backend().functions();
        for (int n : new int[] {0, 1, 7, 8, 9, 100, 513, 1100}) {
            double[] u = normal(n, 31);
            for (int i = 0; i < n; i++) {
                u[i] *= i % 5 == 0 ? 300 : 5;
            }
            double[] out = new double[n];
            double loss = 0;
            double total = 0;
            int wrong = 0;
            for (double v : u) {
                loss += LogisticLoss.loss(1.5 * v);
                total += v;
                wrong += v <= 0 ? 1 : 0;
            }
            assertThat(f.lossSum(1.5, u)).isCloseTo(loss, within(1e-13 * loss));
            assertThat(f.weightsAndLossSum(1.5, u, out)).isEqualTo(f.lossSum(1.5, u));
            double[] weights = new double[n];
            f.sigmoidNegative(1.5, u, weights);
            assertThat(out).isEqualTo(weights);
            for (int i = 0; i < n; i++) {
                double expected = LogisticLoss.sigmoidNegative(1.5 * u[i]);
                assertClose(weights[i], expected, 4 * EPS * expected, "element", i);
            }
            f.logSigmoidNegative(1.5, u, out);
            for (int i = 0; i < n; i++) {
                double expected = LogisticLoss.logSigmoidNegative(1.5 * u[i]);
                assertClose(out[i], expected, 4 * EPS * Math.abs(expected), "element", i);
            }
            f.exp(u, out);
            for (int i = 0; i < n; i++) {
                double expected = Exponentials.exp(u[i]);
                assertClose(out[i], expected, 4 * EPS * Math.min(expected, Double.MAX_VALUE), "element", i);
            }
            assertThat(f.sum(u)).isCloseTo(total, within(1e-10));
            assertThat(f.countNonPositive(u)).isEqualTo(wrong);
        }
    }

    /** A well conditioned positive definite matrix, and NaN above its diagonal, which nobody may read. */
    private static double[] positiveDefinite(int n, long seed) {
        double[] g = normal(n * n, seed);
        double[] a = naive(g, transpose(g, n, n), n, n, n)[0];
        for (int i = 0; i < n; i++) {
            a[i * n + i] += n;
            Arrays.fill(a, i * n + i + 1, (i + 1) * n, Double.NaN);
        }
        return a;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 7, 64, 65, 128, 130, 311})
    void choleskyFactorTimesItsTransposeIsTheMatrix(int n) {
        double[] a = positiveDefinite(n, 33);
        double[] l = a.clone();
        assertThat(backend().cholesky(backend().upload(l, n, n))).isEqualTo(-1);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                double value = 0;
                double size = 0;
                for (int k = 0; k <= j; k++) {
                    double term = l[i * n + k] * l[j * n + k];
                    value += term;
                    size += Math.abs(term);
                }
                assertClose(value, a[i * n + j], 4 * (n + 1) * EPS * size, "entry", i * n + j);
            }
        }
        for (int columns : new int[] {0, 1, 2, 7, 8, 40}) {
            double[] b = normal(n * columns, 34);
            double[] x = b.clone();
            backend().choleskySolve(backend().upload(l, n, n), backend().upload(x, n, columns));
            for (int i = 0; i < n; i++) {
                for (int c = 0; c < columns; c++) {
                    double value = 0;
                    double size = 0;
                    for (int j = 0; j < n; j++) {
                        double term = a[Math.max(i, j) * n + Math.min(i, j)] * x[j * columns + c];
                        value += term;
                        size += Math.abs(term);
                    }
                    assertClose(value, b[i * columns + c], 8 * (n + 1) * EPS * size, "residual", i * columns + c);
                }
            }
        }
    }

    @Test
    void choleskyNamesTheFirstColumnWithoutAPositivePivot() {
        int n = 200;
        double[] definite = positiveDefinite(n, 35);
        for (int column : new int[] {0, 1, 63, 64, 150, 199}) {
            for (double pivot : new double[] {-1e6, 0, Double.NaN, Double.POSITIVE_INFINITY}) {
                double[] a = definite.clone();
                a[column * n + column] = pivot;
                assertThat(backend().cholesky(backend().upload(a, n, n)))
                        .as("pivot %s of column %d", pivot, column)
                        .isEqualTo(column);
            }
        }
        assertThatThrownBy(() -> backend().cholesky(backend().upload(new double[6], 2, 3)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("2 x 3");
    }

    @Test
    void parallelTasksAreEachDoneOnce() {
        int[] done = new int[100];
        backend().parallel(done.length, i -> done[i]++);
        assertThat(done).containsOnly(1);
    }

    @Test
    void emptySumsAreZero() {
        double[] y = {3, 4};
        backend().gemtv(backend().upload(new double[0], 0, 2), new double[0], y);
        assertThat(y).containsExactly(0, 0);
        backend().gemv(backend().upload(new double[0], 2, 0), new double[0], y);
        assertThat(y).containsExactly(0, 0);
        double[] c = {1, 2, 3, 4};
        backend().gram(backend().upload(new double[0], 0, 2), null, backend().upload(c, 2, 2));
        assertThat(c).containsOnly(0);
        c[0] = 5;
        backend()
                .gemm(
                        backend().upload(new double[0], 2, 0),
                        backend().upload(new double[0], 0, 2),
                        backend().upload(c, 2, 2));
        assertThat(c).containsOnly(0);
        assertThatThrownBy(() -> backend()
                        .logisticLossGradient(
                                backend().upload(new double[0], 0, 2), new double[0], new double[2], new double[2]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("without rows");
    }

    @Test
    void nonFiniteEntriesPropagate() {
        int m = 20;
        int n = 19;
        for (double bad : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
            double[] a = normal(m * n, 32);
            Arrays.setAll(a, i -> Math.abs(a[i]));
            a[7 * n + 3] = bad;
            double[] ones = new double[Math.max(m, n)];
            Arrays.fill(ones, 1);
            double[] y = new double[m];
            backend().gemv(backend().upload(a, m, n), Arrays.copyOf(ones, n), y);
            double[] g = new double[n];
            backend().gemtv(backend().upload(a, m, n), Arrays.copyOf(ones, m), g);
            double[] b = new double[n * 3];
            Arrays.fill(b, 1);
            double[] c = new double[m * 3];
            backend()
                    .gemm(
                            backend().upload(a, m, n),
                            backend().upload(b, n, 3),
                            backend().upload(c, m, 3));
            for (int i = 0; i < m; i++) {
                assertThat(Double.isFinite(y[i])).isEqualTo(i != 7);
                assertThat(Double.isFinite(c[3 * i + 1])).isEqualTo(i != 7);
            }
            for (int j = 0; j < n; j++) {
                assertThat(Double.isFinite(g[j])).isEqualTo(j != 3);
            }
            assertThat(Double.isNaN(y[7])).isEqualTo(Double.isNaN(bad));
            // Zero weights do not hide a non-finite entry: 0 * Infinity is NaN.
            backend().gemtv(backend().upload(a, m, n), new double[m], g);
            assertThat(g[3]).isNaN();
        }
    }

    @Test
    void wrongLengthsAreNamed() {
        Matrix a = backend().upload(new double[6], 2, 3);
        assertThatThrownBy(() -> backend().gemv(a, new double[2], new double[2]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("x must have length 3, but has 2");
        assertThatThrownBy(() -> backend().upload(new double[5], 2, 3))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("2 x 3")
                .hasMessageContaining("5");
        assertThatThrownBy(() -> backend().gemm(a, a, a)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void downloadReturnsTheEntries() {
        double[] back = new double[6];
        backend().upload(new double[] {1, 2, 3, 4, 5, 6}, 2, 3).download(back);
        assertThat(back).containsExactly(1, 2, 3, 4, 5, 6);
    }
}
