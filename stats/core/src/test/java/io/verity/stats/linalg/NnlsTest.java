package io.verity.stats.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NnlsTest {
    /** The smallest residual over all subsets of columns whose least squares coefficients are non-negative. */
    private static double bestSubsetResidual(DMatrixRMaj e, double[] f) {
        double best = norm(f);
        for (int subset = 1; subset < 1 << e.numCols; subset++) {
            int size = Integer.bitCount(subset);
            if (size > e.numRows) {
                continue;
            }
            DMatrixRMaj part = new DMatrixRMaj(e.numRows, size);
            for (int j = 0, k = 0; j < e.numCols; j++) {
                if ((subset >> j & 1) == 1) {
                    for (int i = 0; i < e.numRows; i++) {
                        part.set(i, k, e.get(i, j));
                    }
                    k++;
                }
            }
            DMatrixRMaj x = new DMatrixRMaj(size, 1);
            if (CommonOps_DDRM.solve(part, DMatrixRMaj.wrap(f.length, 1, f), x) && CommonOps_DDRM.elementMin(x) >= 0) {
                DMatrixRMaj fit = new DMatrixRMaj(e.numRows, 1);
                CommonOps_DDRM.mult(part, x, fit);
                double[] r = new double[f.length];
                for (int i = 0; i < r.length; i++) {
                    r[i] = fit.data[i] - f[i];
                }
                best = Math.min(best, norm(r));
            }
        }
        return best;
    }

    private static double norm(double[] v) {
        double sum = 0;
        for (double x : v) {
            sum += x * x;
        }
        return Math.sqrt(sum);
    }

    private static DMatrixRMaj normal(int rows, int columns, Random random) {
        DMatrixRMaj a = new DMatrixRMaj(rows, columns);
        for (int i = 0; i < a.data.length; i++) {
            a.data[i] = random.nextGaussian();
        }
        return a;
    }

    @Test
    void isTheBestOfAllActiveSets() {
        Random random = new Random(11);
        for (int round = 0; round < 200; round++) {
            int m = 1 + random.nextInt(6);
            int n = 1 + random.nextInt(7);
            DMatrixRMaj e = normal(m, n, random);
            double[] f = normal(m, 1, random).data;
            Nnls.Solution s = Nnls.withDefaults().solve(e, f);
            assertThat(s.converged()).isTrue();
            assertThat(norm(s.residual())).isCloseTo(bestSubsetResidual(e, f), within(1e-12 * norm(f)));
            DMatrixRMaj fit = new DMatrixRMaj(m, 1);
            CommonOps_DDRM.mult(e, DMatrixRMaj.wrap(n, 1, s.x()), fit);
            for (int i = 0; i < m; i++) {
                assertThat(fit.data[i] - f[i]).isCloseTo(s.residual()[i], within(1e-11 * norm(f)));
            }
            assertThat(java.util.Arrays.stream(s.x())).allMatch(v -> v >= 0);
        }
    }

    /** z_i of the deterministic instance sep(n, d, delta, seed): SplitMix64 uniforms, one Householder reflection. */
    static double[][] separable(int n, int d, double delta, long seed) {
        double[][] z = new double[n][d];
        long state = seed;
        for (int i = 0; i < n; i++) {
            double y = i % 2 == 0 ? 1 : -1;
            double[] x = z[i];
            double sum = 0;
            for (int j = 0; j < d; j++) {
                state += 0x9E3779B97F4A7C15L;
                long v = state;
                v = (v ^ (v >>> 30)) * 0xBF58476D1CE4E5B9L;
                v = (v ^ (v >>> 27)) * 0x94D049BB133111EBL;
                x[j] = 2 * (((v ^ (v >>> 31)) >>> 11) * 0x1p-53) - 1;
                if (j == 0) {
                    x[0] = y * (delta + (1 - delta) * Math.abs(x[0]));
                }
                sum += x[j];
            }
            double c = 2 * sum / d;
            for (int j = 0; j < d; j++) {
                x[j] = y * (x[j] - c);
            }
        }
        return z;
    }

    /** Golden margins: scipy 1.10.1, optimize.nnls, on the same least-distance programme. */
    @ParameterizedTest
    @CsvSource({"200, 20, 0.05, 1, 0.11972099328523032, 19", "500, 10, 0.01, 7, 0.021382847118656036, 10"})
    void leastDistanceProgrammeGivesTheMaximumMargin(int n, int d, double delta, long seed, double mu, int support) {
        double[][] z = separable(n, d, delta, seed);
        double[] e = new double[n * (d + 1)];
        for (int i = 0; i < n; i++) {
            System.arraycopy(z[i], 0, e, i * (d + 1), d);
            e[i * (d + 1) + d] = 1;
        }
        double[] f = new double[d + 1];
        f[d] = 1;
        Nnls.Solution s = Nnls.withDefaults().solveByColumn(e, d + 1, n, f);
        double[] r = s.residual();
        double[] w = new double[d];
        double[] v = new double[d];
        double weight = 0;
        for (int j = 0; j < d; j++) {
            w[j] = -r[j] / r[d];
        }
        double lower = Double.POSITIVE_INFINITY;
        for (int i = 0; i < n; i++) {
            double margin = 0;
            for (int j = 0; j < d; j++) {
                margin += z[i][j] * w[j];
                v[j] += s.x()[i] * z[i][j];
            }
            lower = Math.min(lower, margin / norm(w));
            weight += s.x()[i];
        }
        assertThat(lower).isCloseTo(mu, within(1e-9 * mu));
        assertThat(norm(v) / weight).isCloseTo(lower, within(1e-12 * mu));
        assertThat(s.passive()).hasSize(support).isSorted();
    }

    @Test
    void targetInsideTheConeLeavesNoResidual() {
        DMatrixRMaj e = new DMatrixRMaj(new double[][] {{1, 0, 1}, {0, 1, 1}});
        Nnls.Solution s = Nnls.withDefaults().solve(e, new double[] {2, 3});
        assertThat(norm(s.residual())).isLessThan(1e-14);
        assertThat(s.converged()).isTrue();
    }

    @Test
    void targetOppositeToTheConeGivesZero() {
        Nnls.Solution s =
                Nnls.withDefaults().solve(new DMatrixRMaj(new double[][] {{1, 2}, {1, 0}}), new double[] {-1, -1});
        assertThat(s.x()).containsExactly(0, 0);
        assertThat(s.residual()).containsExactly(1, 1);
        assertThat(s.passive()).isEmpty();
        assertThat(s.iterations()).isZero();
    }

    @Test
    void duplicateAndZeroColumnsDoNoHarm() {
        Random random = new Random(5);
        DMatrixRMaj e = normal(4, 3, random);
        DMatrixRMaj twice = new DMatrixRMaj(4, 7);
        for (int i = 0; i < 4; i++) {
            for (int j = 0; j < 6; j++) {
                twice.set(i, j, e.get(i, j % 3));
            }
        }
        double[] f = normal(4, 1, random).data;
        Nnls.Solution s = Nnls.withDefaults().solve(twice, f);
        assertThat(s.converged()).isTrue();
        assertThat(norm(s.residual())).isCloseTo(bestSubsetResidual(e, f), within(1e-13));
        assertThat(s.x()[6]).isZero();
    }

    @Test
    void capEndsTheSearchAndSaysSo() {
        Random random = new Random(6);
        DMatrixRMaj e = normal(30, 20, random);
        for (int i = 0; i < e.data.length; i++) {
            e.data[i] = Math.abs(e.data[i]);
        }
        double[] f = new double[30];
        java.util.Arrays.fill(f, 1);
        assertThat(Nnls.withDefaults().withMaxIterations(1).solve(e, f).converged())
                .isFalse();
        assertThat(Nnls.withDefaults().solve(e, f).converged()).isTrue();
    }

    @Test
    void badInputIsNamed() {
        DMatrixRMaj e = new DMatrixRMaj(new double[][] {{1, Double.NaN}});
        assertThatThrownBy(() -> Nnls.withDefaults().solve(e, new double[] {1}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("non-finite");
        assertThatThrownBy(() -> Nnls.withDefaults().solve(new DMatrixRMaj(2, 2), new double[] {1}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("f must have length 2, but has 1");
    }
}
