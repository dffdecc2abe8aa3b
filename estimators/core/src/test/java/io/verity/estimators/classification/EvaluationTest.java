package io.verity.estimators.classification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;

class EvaluationTest {
    @Test
    void lossesAreThoseOfTheDefinitions() {
        double[][] p = {{0.7, 0.2, 0.1}, {0.1, 0.8, 0.1}, {0.3, 0.4, 0.3}, {0.45, 0.1, 0.45}};
        DMatrixRMaj scores = new DMatrixRMaj(p);
        for (int i = 0; i < scores.data.length; i++) {
            scores.data[i] = 3 + Math.log(scores.data[i]);
        }
        Evaluation evaluation = Evaluation.ofClasses(3);
        evaluation.add(scores, new int[] {0, 1, 2, 0});
        double logLoss = -(Math.log(0.7) + Math.log(0.8) + Math.log(0.3) + Math.log(0.45)) / 4;
        assertThat(evaluation.logLoss()).isCloseTo(logLoss, within(1e-15));
        assertThat(evaluation.brier())
                .isCloseTo(
                        (0.09 + 0.04 + 0.01 + 0.01 + 0.04 + 0.01 + 0.09 + 0.16 + 0.49 + 0.3025 + 0.01 + 0.2025) / 4,
                        within(1e-15));
        assertThat(evaluation.confusion().counts()).isDeepEqualTo(new long[][] {{2, 0, 0}, {0, 1, 0}, {0, 1, 0}});
        assertThat(evaluation.error()).isEqualTo(0.25);
        assertThat(evaluation.confusion().recall(2)).isZero();
        assertThat(evaluation.confusion().precision(1)).isEqualTo(0.5);
        assertThat(evaluation.confusion().precision(2)).isNaN();
        assertThat(evaluation.confusion().balancedAccuracy()).isCloseTo(2 / 3.0, within(1e-15));
        // bins: 0.7 right, 0.8 right, 0.4 wrong, 0.45 right
        Calibration calibration = evaluation.calibration();
        assertThat(calibration.expectedError()).isCloseTo((0.3 + 0.2 + 0.4 + 0.55) / 4, within(1e-12));
        assertThat(calibration.largestError()).isCloseTo(0.55, within(1e-12));
    }

    @Test
    void aBinHoldsItsUpperEnd() {
        Evaluation evaluation = Evaluation.ofClasses(2);
        evaluation.add(new DMatrixRMaj(new double[][] {{0, 0}, {800, 0}}), new int[] {0, 1});
        assertThat(evaluation.calibration().bins().get(4).rows()).isEqualTo(1);
        assertThat(evaluation.calibration().bins().get(9).rows()).isEqualTo(1);
        assertThat(evaluation.logLoss()).isCloseTo((Math.log(2) + 800) / 2, within(1e-10));
    }

    @Test
    void labelsOutOfRangeAreRefused() {
        Evaluation evaluation = Evaluation.ofClasses(2);
        assertThatThrownBy(() -> evaluation.add(new DMatrixRMaj(1, 2), new int[] {2}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("0 to 1")
                .hasMessageContaining("is 2");
        assertThatThrownBy(() -> Confusion.of(new int[] {0}, new int[] {-1}, 2)).hasMessageContaining("-1");
        assertThatThrownBy(() -> Confusion.of(new int[] {0}, new int[] {0, 1}, 2))
                .hasMessageContaining("2 predictions");
    }

    @Test
    void scalingTakesItsConstantsFromTheTrainingRows() {
        DMatrixRMaj x = new DMatrixRMaj(new double[][] {{1, 5, 1e9 + 1}, {3, 5, 1e9 + 2}, {2, 5, 1e9 + 3}});
        DMatrixRMaj other = new DMatrixRMaj(new double[][] {{5, 6, 1e9}});
        assertThat(Scaling.MIN_MAX.fit(x).apply(x).data).containsExactly(0, 0, 0, 1, 0, 0.5, 0.5, 0, 1);
        assertThat(Scaling.MIN_MAX.fit(x).apply(other).data).containsExactly(2, 1, -0.5);
        double sd = Math.sqrt(2 / 3.0);
        assertThat(Scaling.STANDARDIZE.fit(x).apply(x).data)
                .containsExactly(new double[] {-1 / sd, 0, -1 / sd, 1 / sd, 0, 0, 0, 0, 1 / sd}, within(1e-15));
        assertThat(Scaling.NONE.fit(x).apply(other).data).containsExactly(other.data);
        assertThatThrownBy(() -> Scaling.NONE.fit(x).apply(new DMatrixRMaj(1, 2)))
                .hasMessageContaining("2 columns")
                .hasMessageContaining("3");
    }
}
