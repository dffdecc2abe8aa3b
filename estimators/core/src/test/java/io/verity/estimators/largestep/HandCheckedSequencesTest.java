package io.verity.estimators.largestep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** Sequences short enough to check by hand. */
class HandCheckedSequencesTest {
    private static final Recorder ITERATES = Recorder.none().withIterates();

    @Test
    void firstStepOnTwoIsHalfTheSumForAnyStepSize() {
        for (double gamma : new double[] {0.1, 1, 40, 4000, 1e12}) {
            LargeStepFit fit = LargeStepLogistic.withDefaults()
                    .withStepSize(gamma)
                    .withMaxIterations(1)
                    .fit(Instances.two());
            assertThat(fit.theta()).containsExactly(gamma / 2, 3 * gamma / 4);
        }
    }

    @Test
    void batchPerceptronOnTwoStopsAfterTwoSteps() {
        LargeStepFit fit = Perceptrons.batch(TieRule.MISTAKE).with(ITERATES).fit(Instances.two());
        assertThat(fit.trace().iterate(0)).containsExactly(0, 0);
        assertThat(fit.trace().iterate(1)).containsExactly(.5, .75);
        assertThat(fit.trace().iterate(2)).containsExactly(1, .25);
        assertThat(fit.separatedAt()).hasValue(2);
        assertThat(fit.status()).isEqualTo(Status.SEPARATED);
    }

    @Test
    void batchPerceptronOnWorst20WalksALine() {
        LargeStepFit fit = Perceptrons.batch(TieRule.MISTAKE).with(ITERATES).fit(Instances.worst(20));
        assertThat(fit.separatedAt()).hasValue(7);
        for (int k = 1; k <= 7; k++) {
            assertThat(fit.trace().iterate(k))
                    .containsExactly(new double[] {.25 + .025 * (k - 1), .45 - .05 * (k - 1)}, within(1e-15));
        }
        assertThat(fit.last().minMargin()).isCloseTo(.05, within(1e-15));
    }

    @Test
    void normalizedBatchPerceptronOnWorst20NeedsTwoSteps() {
        LargeStepFit fit = Perceptrons.normalizedBatch().with(ITERATES).fit(Instances.worst(20));
        assertThat(fit.trace().iterate(1)).containsExactly(new double[] {.5, .9}, within(1e-15));
        assertThat(fit.trace().iterate(2)).containsExactly(new double[] {1, -.1}, within(1e-15));
        assertThat(fit.separatedAt()).hasValue(2);
        assertThat(fit.margins(Instances.worst(20))[0]).isCloseTo(.6, within(1e-15));
        assertThat(fit.margins(Instances.worst(20))[1]).isCloseTo(.4, within(1e-15));
    }

    @Test
    void tie1MeetsAnExactTieAtTheThirdStep() {
        LargeStepFit mistake = Perceptrons.batch(TieRule.MISTAKE)
                .withMaxIterations(4)
                .with(ITERATES)
                .fit(Instances.tie1());
        assertThat(mistake.trace().iterate(1)).containsExactly(new double[] {.5, .5}, within(1e-16));
        assertThat(mistake.trace().iterate(3)).containsExactly(new double[] {.5, -1 / 6.0}, within(1e-16));
        assertThat(mistake.ties()).isGreaterThanOrEqualTo(1);
        LargeStepFit half = Perceptrons.batch(TieRule.HALF)
                .withMaxIterations(4)
                .with(ITERATES)
                .fit(Instances.tie1());
        double[] third = half.trace().iterate(3);
        assertThat(half.trace().iterate(4))
                .containsExactly(new double[] {third[0] + 1 / 6.0, third[1] + 0.5}, within(1e-15));
        assertThat(mistake.trace().iterate(4))
                .containsExactly(new double[] {third[0] + 1 / 3.0, third[1] + 1}, within(1e-15));
    }

    @Test
    void oneDimensionalMinimiserIsTheLogOdds() {
        LargeStepFit fit = LargeStepLogistic.withDefaults()
                .withStepSize(1)
                .with(StopRule.gradientBelow(1e-15))
                .withMaxIterations(1000)
                .fit(Instances.oneD(new double[] {1, -1}, new int[] {3, 1}));
        assertThat(fit.theta()[0]).isCloseTo(Math.log(3), within(1e-13));
        assertThat(fit.status()).isEqualTo(Status.TOLERANCE);
    }
}
