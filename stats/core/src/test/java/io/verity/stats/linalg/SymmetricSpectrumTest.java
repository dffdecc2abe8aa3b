package io.verity.stats.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.verity.stats.EstimationException;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Test;

class SymmetricSpectrumTest {
    /** H D H with D = diag(1, 2, ..., n) and the Householder reflection H of the vector of ones: largest eigenvalue n. */
    private static DMatrixRMaj spectrumOneToN(int n) {
        DMatrixRMaj h = CommonOps_DDRM.identity(n);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                h.add(i, j, -2.0 / n);
            }
        }
        DMatrixRMaj d = CommonOps_DDRM.identity(n);
        for (int i = 0; i < n; i++) {
            d.set(i, i, i + 1);
        }
        DMatrixRMaj hd = new DMatrixRMaj(n, n);
        DMatrixRMaj a = new DMatrixRMaj(n, n);
        CommonOps_DDRM.mult(h, d, hd);
        CommonOps_DDRM.mult(hd, h, a);
        return a;
    }

    @Test
    void largestEigenvalueOfKnownSpectrum() {
        for (int n : new int[] {1, 2, 17, 200, 230}) {
            assertThat(SymmetricSpectrum.largestEigenvalue(spectrumOneToN(n))).isCloseTo(n, within(1e-8 * n));
        }
    }

    @Test
    void powerIterationAgreesWithTheDecomposition() {
        DMatrixRMaj a = spectrumOneToN(40);
        double power = SymmetricSpectrum.powerIteration(
                40, (x, y) -> CommonOps_DDRM.mult(a, DMatrixRMaj.wrap(40, 1, x), DMatrixRMaj.wrap(40, 1, y)), 1e-8);
        assertThat(power).isCloseTo(SymmetricSpectrum.largestEigenvalue(a), within(1e-8));
    }

    @Test
    void zeroMatrixHasZeroSpectrum() {
        assertThat(SymmetricSpectrum.largestEigenvalue(new DMatrixRMaj(3, 3))).isZero();
        assertThat(SymmetricSpectrum.powerIteration(3, (x, y) -> java.util.Arrays.fill(y, 0), 1e-8))
                .isZero();
    }

    @Test
    void impossibleToleranceIsReported() {
        assertThatThrownBy(() -> SymmetricSpectrum.powerIteration(
                        2,
                        (x, y) -> {
                            y[0] = x[0];
                            y[1] = x[1] * (1 - 1e-9);
                        },
                        1e-30))
                .isInstanceOf(EstimationException.class)
                .hasMessageContaining("1.0E-30");
    }

    @Test
    void rectangularMatrixIsRefused() {
        assertThatThrownBy(() -> SymmetricSpectrum.largestEigenvalue(new DMatrixRMaj(2, 3)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("2 x 3");
    }
}
