package io.verity.estimators.largestep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.verity.stats.random.RandomStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A certificate is a proof: rounding must not turn it into a false one. */
class CertificateTest {
    @Test
    void dataThatCancelExactlyAreNeverCertifiedSeparable() {
        for (int trial = 0; trial < 3000; trial++) {
            RandomStream random = RandomStream.of(7, "cancelling-rows", 0, trial);
            int n = 2 + random.nextInt(3);
            int d = 1 + random.nextInt(4);
            double[][] rows = new double[n][d];
            for (int i = 0; i < n - 1; i++) {
                int weight = 1 + random.nextInt(5);
                for (int j = 0; j < d; j++) {
                    rows[i][j] = random.nextInt(9) - 4;
                    rows[n - 1][j] -= weight * rows[i][j];
                }
            }
            MarginResult result = MaxMargin.withDefaults().solve(SeparableData.ofSignedRows(rows));
            assertThat(result.separability()).as("trial %d", trial).isNotEqualTo(Separability.YES);
        }
    }

    @Test
    void theIntervalIsNeverInverted() {
        for (int trial = 0; trial < 3000; trial++) {
            RandomStream random = RandomStream.of(8, "narrow-margins", 0, trial);
            int n = 2 + random.nextInt(8);
            int d = 2 + random.nextInt(4);
            double gap = Math.scalb(1.0, -random.nextInt(36));
            double[][] rows = new double[n][d];
            for (double[] row : rows) {
                for (int j = 0; j < d; j++) {
                    row[j] = random.nextGaussian();
                }
                row[0] = gap * (1 + random.nextDouble());
            }
            MarginResult result = MaxMargin.withDefaults().solve(SeparableData.ofSignedRows(rows));
            assertThat(result.marginLower()).as("trial %d", trial).isLessThanOrEqualTo(result.marginUpper());
            assertThat(result.separability()).as("trial %d", trial).isNotEqualTo(Separability.NO);
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e-300, 1e-200, 1, 1e200, 1e300})
    void theUnitOfTheDataDoesNotMatter(double unit) {
        SeparableData data = SeparableData.ofSignedRows(new double[][] {{unit, 2 * unit}, {3 * unit, -unit}});
        MarginResult result = MaxMargin.withDefaults().solve(data);
        assertThat(result.separable()).isTrue();
        assertThat(result.marginLower() / unit).isCloseTo(7 / Math.sqrt(13), within(1e-9));
        assertThat(data.remarks()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e-140, 1e-14, 1e-12, 1, 1e140})
    void perceptronsTakeTheSameStepsInEveryUnit(double unit) {
        double[][] rows = new double[16][];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = new double[] {.5 * unit, (i == 0 ? -1 : 1) * unit};
        }
        LargeStepFit fit = Perceptrons.batch(TieRule.MISTAKE).fit(SeparableData.ofSignedRows(rows));
        assertThat(fit.separatedAt()).hasValue((3 * 16 + 2) / 10 + 1);
    }

    @Test
    void oneRowThatIsNotZeroProvesNothing() {
        SeparableData data = SeparableData.ofSignedRows(new double[][] {{-1e20, -1, -1}, {-1e20, 2, 1}, {.5, 1, 1}});
        assertThat(MaxMargin.withDefaults().solve(data).separability()).isNotEqualTo(Separability.NO);
    }
}
