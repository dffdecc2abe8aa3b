package io.verity.papers.nbvslr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.verity.stats.inference.Moments;
import io.verity.stats.random.RandomStream;
import org.junit.jupiter.api.Test;

/** Expected numbers: scipy 1.10, norm.cdf at the stated arguments, unless a comment says otherwise. */
class GaussianClassesTest {
    private static final RandomStream STREAM = RandomStream.of(1, "gaussian-classes", 0, 0);

    @Test
    void bayesErrorOfTheMixtureIsTheNormalTailAtTheRootOfTheSummedPrecisions() {
        assertThat(GaussianClasses.mixture(2, 2).bayesError()).isCloseTo(0.11033568095992347, within(1e-12));
        assertThat(GaussianClasses.mixture(10, 2).bayesError()).isCloseTo(0.009508236836150263, within(1e-12));
        assertThat(GaussianClasses.mixture(16, 2).bayesError()).isCloseTo(0.0017757324038530362, within(1e-12));
        // odd d: S = 1/3 + 2, norm.cdf(-sqrt(7/3))
        assertThat(GaussianClasses.mixture(3, 2).bayesError()).isCloseTo(0.06331522897380859, within(1e-12));
    }

    @Test
    void bayesErrorOfMoreClassesSumsTheConfusionsOfNeighbours() {
        // S = 2.5 at d = 4; gaps 2, 1, 2: (2/4)(Phi(-sqrt(S)) + Phi(-sqrt(S)/2) + Phi(-sqrt(S))), scipy
        assertThat(GaussianClasses.mixture(4, 4).bayesError()).isCloseTo(0.16422197411341632, within(1e-12));
    }

    @Test
    void fixedSignalHasTheSameBayesErrorInAnyDimension() {
        for (int d : new int[] {1, 16, 257}) {
            assertThat(GaussianClasses.fixedSignal(d, 3).bayesError())
                    .as("d = %d", d)
                    .isCloseTo(0.06680720126885807, within(1e-12));
        }
    }

    @Test
    void twoRegimesHasTheLimitsOfItsDefinition() {
        // numpy: Phi(-0.5 D'V^-1 D / sqrt(D'V^-1 S V^-1 D)) and Phi(-0.5 sqrt(D' S^-1 D)) with the 50 x 50 matrices
        assertThat(GaussianClasses.twoRegimes().naiveBayesLimit()).isCloseTo(0.08876492620607673, within(1e-10));
        assertThat(GaussianClasses.twoRegimes().bayesError()).isCloseTo(0.05064946171931186, within(1e-10));
    }

    @Test
    void theBestRuleOfTwoClassesAttainsTheBayesErrorExactly() {
        GaussianClasses mixture = GaussianClasses.mixture(7, 2);
        double[] w = new double[7];
        for (int j = 0; j < 7; j++) {
            w[j] = j < 3 ? 2.0 / 7 : 2;
        }
        assertThat(mixture.error(w, 0)).isCloseTo(mixture.bayesError(), within(1e-14));
        assertThat(mixture.error(new double[7], 1)).isEqualTo(0.5);
    }

    @Test
    void drawnRowsHaveTheStatedMeansVariancesAndCorrelation() {
        GaussianClasses classes = GaussianClasses.correlated(4, .3, .8, 5);
        Moments product = new Moments();
        Moments first = new Moments();
        Moments second = new Moments();
        LabelledRows rows = classes.draw(STREAM, 40_000);
        for (int i = 0; i < 40_000; i++) {
            double sign = rows.labels()[i] == 1 ? 1 : -1;
            double a = rows.rows().get(i, 0) - 0.4 * sign;
            double b = (rows.rows().get(i, 1) - 2 * sign) / 5;
            first.add(a);
            second.add(b);
            product.add(a * b);
        }
        assertThat(first.mean()).isCloseTo(0, within(0.02));
        assertThat(second.mean()).isCloseTo(0, within(0.02));
        assertThat(second.variance()).isCloseTo(1, within(0.03));
        assertThat(product.mean()).isCloseTo(.3, within(0.02));
    }

    @Test
    void errorOfManyClassesAgreesWithRowsDrawnOneByOne() {
        GaussianClasses classes = GaussianClasses.mixture(6, 4);
        LabelledRows train = classes.draw(RandomStream.of(2, "train", 0, 0), 60);
        org.ejml.data.DMatrixRMaj w = new org.ejml.data.DMatrixRMaj(4, 6);
        double[] b = new double[4];
        int[] counts = new int[4];
        for (int i = 0; i < 60; i++) {
            counts[train.labels()[i]]++;
        }
        for (int i = 0; i < 60; i++) {
            for (int j = 0; j < 6; j++) {
                w.add(train.labels()[i], j, train.rows().get(i, j) / counts[train.labels()[i]]);
            }
        }
        for (int k = 0; k < 4; k++) {
            for (int j = 0; j < 6; j++) {
                b[k] -= 0.5 * w.get(k, j) * w.get(k, j);
            }
        }
        LinearScores nearestMean = new LinearScores(w, b);
        LabelledRows test = classes.draw(RandomStream.of(3, "test", 0, 0), 100_000);
        int errors = 0;
        for (int i = 0; i < 100_000; i++) {
            errors += nearestMean.predict(test.rows().data, 6 * i) == test.labels()[i] ? 0 : 1;
        }
        Moments drawn = new Moments();
        for (int r = 0; r < 10; r++) {
            drawn.add(classes.error(nearestMean, RandomStream.of(4, "scores", 0, r)));
        }
        double p = errors / 1e5;
        assertThat(drawn.mean()).isCloseTo(p, within(4 * Math.sqrt(2 * p * (1 - p) / 1e5)));
    }

    @Test
    void everyClassOccursAmongTheLabels() {
        for (int r = 0; r < 50; r++) {
            LabelledRows rows = GaussianClasses.mixture(2, 5).draw(RandomStream.of(5, "labels", 0, r), 5);
            assertThat(rows.labels()).containsExactlyInAnyOrder(0, 1, 2, 3, 4);
        }
    }

    @Test
    void impossibleDesignsAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> GaussianClasses.mixture(4, 3).draw(STREAM, 2))
                .withMessage("m must be at least the 3 classes, but is 2");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> GaussianClasses.mixture(4, 1))
                .withMessage("K must lie between 2 and 30, but is 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> GaussianClasses.mixture(0, 2))
                .withMessageContaining("d must be at least 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> GaussianClasses.correlated(4, 1, 1, 1))
                .withMessage("the correlation must lie in [0, 1), but is 1.0");
    }
}
