package io.verity.estimators.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;

class AccuracyStructureTest {
    @Test
    void predictedAccuracyFollowsTheTrueOneOnGaussianData() {
        int[] y = RaptorTest.labels(600);
        DMatrixRMaj x = RaptorTest.states(51, y, 30);
        AccuracyStructure structure = AccuracyStructure.withDefaults()
                .withFractions(0.1, 0.3, 1)
                .withC(0.01, 100)
                .withSubsamples(2)
                .with(Raptor.withDefaults().withThreads(1));
        AccuracyStructure.Result result = structure.assess(x, y);
        for (int c = 0; c < 2; c++) {
            assertThat(result.spearman()[c]).isGreaterThan(0.5);
            // 120 held-out rows: two standard errors of an accuracy of .83 are .069
            assertThat(result.predictedAccuracy()[c][2]).isCloseTo(result.trueAccuracy()[c][2], within(0.069));
        }
        AccuracyStructure.Result threads =
                structure.with(Raptor.withDefaults().withThreads(3)).assess(x, y);
        assertThat(threads.predictedAccuracy()[1]).containsExactly(result.predictedAccuracy()[1]);
        assertThat(result.toTable().rows()).hasSize(6);
        assertThat(result.toString()).contains("median rank correlation");
    }

    @Test
    void monotoneCurveIsTheOneOfScikitLearn() {
        // IsotonicRegression(out_of_bounds="clip") of scikit-learn 1.2.1, clipped to [1e-6, 1 - 1e-6]
        MonotoneCurve curve = new MonotoneCurve(new double[] {0, 1, 1, 2, 3, 4, 5}, new int[] {0, 1, 0, 0, 1, 0, 1});
        double[] expected = {1e-6, 1e-6, 1.0 / 3, 1.0 / 3, 5.0 / 12, 0.5, 0.75, 1 - 1e-6};
        double[] found = curve.at(new double[] {-1, 0, 1, 2, 2.5, 3.5, 4.5, 9});
        for (int k = 0; k < expected.length; k++) {
            assertThat(found[k]).isCloseTo(expected[k], within(1e-6));
        }
    }
}
