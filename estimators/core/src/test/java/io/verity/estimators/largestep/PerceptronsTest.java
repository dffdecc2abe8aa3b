package io.verity.estimators.largestep;

import static org.assertj.core.api.Assertions.assertThat;

import io.verity.estimators.EstimatorContract;
import io.verity.stats.linalg.DenseBackend;
import io.verity.stats.result.Provenance;
import io.verity.stats.result.ResultTable;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class PerceptronsTest extends EstimatorContract<SeparableData, LargeStepFit> {
    @Override
    protected SeparableData data() {
        return Instances.sep(700, 200, 0.05, 8);
    }

    @Override
    protected LargeStepFit fit(SeparableData data, DenseBackend backend) {
        return Perceptrons.normalizedBatch().withMaxIterations(30).with(backend).fit(data);
    }

    @Override
    protected double[] estimates(LargeStepFit fit) {
        return fit.theta();
    }

    @Override
    protected ResultTable table(LargeStepFit fit) {
        return fit.toTable();
    }

    @Override
    protected Provenance provenance(LargeStepFit fit) {
        return fit.provenance();
    }

    @Override
    protected double[] contents(SeparableData data) {
        return data.signedRows();
    }

    @Override
    protected List<BadInput> badInputs() {
        return List.of(
                new BadInput(
                        "iterations", () -> Perceptrons.normalizedBatch().withMaxIterations(-2), "maxIterations", "-2"),
                new BadInput(
                        "tie tolerance",
                        () -> Perceptrons.batch(TieRule.HALF).withTieTolerance(Double.NaN),
                        "tie tolerance",
                        "NaN"));
    }

    @Test
    void tiesAreExactOnSixteenthsAsOnIntegers() {
        SeparableData sixteenths =
                SeparableData.ofSignedRows(new double[][] {{2 / 16.0, 1 / 16.0}, {0, -1 / 16.0}, {1 / 16.0, 3 / 16.0}});
        LargeStepFit scaled =
                Perceptrons.batch(TieRule.MISTAKE).withMaxIterations(12).fit(sixteenths);
        LargeStepFit plain =
                Perceptrons.batch(TieRule.MISTAKE).withMaxIterations(12).fit(Instances.tie1());
        assertThat(scaled.ties()).isEqualTo(plain.ties()).isPositive();
        assertThat(scaled.doubledCounts()).containsExactly(plain.doubledCounts());
    }

    @Test
    void classicPerceptronCountsItsCorrections() {
        LargeStepFit fit = Perceptrons.classic(Pick.FIRST).fit(Instances.named("sepA"));
        assertThat(Arrays.stream(fit.doubledCounts()).sum()).isEqualTo(2L * fit.iterations());
    }

    @Test
    void inseparableDataUseUpTheirIterations() {
        LargeStepFit fit = Perceptrons.batch(TieRule.MISTAKE)
                .withMaxIterations(40)
                .fit(Instances.oneD(new double[] {1, -1}, new int[] {3, 1}));
        assertThat(fit.status()).isEqualTo(Status.MAX_ITER);
        assertThat(fit.iterations()).isEqualTo(40);
        assertThat(fit.separatedAt()).isEmpty();
    }
}
