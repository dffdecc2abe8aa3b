package io.verity.estimators.hconsistency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.verity.stats.random.RandomStream;
import org.junit.jupiter.api.Test;

class AdversarialLossTest {
    private static final double[][] W = {{1, -2, 0.5}, {0, 1, 1}, {-1, 0.5, 2}};
    private static final double[] B = {0.1, -0.2, 0.3};
    private static final double[] X = {0.7, -1.1, 0.4};

    @Test
    void valueIsTheFormula() {
        // numpy 1.24.2: log(1 + sum exp(-(h_0 - h_k)/0.5)) + sqrt(2)/0.5 * 0.3 * svd(D)[0], and with tau = 0.5.
        AdversarialLoss loss = AdversarialLoss.of(AdversarialLoss.Ball.L2, 0.3).withRho(0.5);
        assertThat(loss.value(W, B, X, 0)).isCloseTo(3.95300011849032, within(1e-12));
        assertThat(loss.withTau(0.5).value(W, B, X, 1)).isCloseTo(121.4880028217519, within(1e-11));
        assertThat(AdversarialLoss.of(AdversarialLoss.Ball.LINF, 0.3).value(W, B, X, 2))
                .isCloseTo(6.0242953962575445, within(1e-12));
        assertThat(loss.withNu(0).value(W, B, X, 0)).isCloseTo(0.0015044332452352753, within(1e-12));
        assertThat(loss.phi(1)).isCloseTo(Math.log(2), within(1e-15));
        assertThat(loss.withTau(0.5).phi(1)).isCloseTo((Math.sqrt(2) - 1) / 0.5, within(1e-14));
    }

    private static double[][] gaussian(RandomStream random, int rows, int columns, double scale) {
        double[][] matrix = new double[rows][columns];
        for (double[] row : matrix) {
            for (int j = 0; j < columns; j++) {
                row[j] = scale * random.nextGaussian();
            }
        }
        return matrix;
    }

    @Test
    void noShiftInTheBallChangesMore() {
        RandomStream random = RandomStream.of(1, "adversarial", 0, 0);
        for (AdversarialLoss.Ball ball : AdversarialLoss.Ball.values()) {
            AdversarialLoss loss = AdversarialLoss.of(ball, 0.4);
            for (int repeat = 0; repeat < 40; repeat++) {
                int classes = 2 + repeat % 4;
                int d = 1 + repeat % 7;
                double[][] w = gaussian(random, classes, d, 1);
                AdversarialLoss.Sensitivity worst = loss.sensitivity(w, repeat % classes);
                assertThat(worst.exact()).isTrue();
                for (int trial = 0; trial < 200; trial++) {
                    double[] shift = gaussian(random, 1, d, 1)[0];
                    double norm = 0;
                    for (double v : shift) {
                        norm = ball == AdversarialLoss.Ball.L2 ? Math.hypot(norm, v) : Math.max(norm, Math.abs(v));
                    }
                    double length = 0;
                    for (int k = 0; k < classes; k++) {
                        double change = 0;
                        for (int j = 0; j < d; j++) {
                            change += (w[repeat % classes][j] - w[k][j]) * 0.4 * shift[j] / norm;
                        }
                        length = Math.hypot(length, change);
                    }
                    assertThat(length).isLessThanOrEqualTo(worst.value() * (1 + 1e-12));
                }
            }
        }
    }

    @Test
    void manyFeaturesInTheCubeGiveALabelledLowerBound() {
        RandomStream random = RandomStream.of(2, "adversarial-cube", 0, 0);
        double[][] small = gaussian(random, 4, 12, 1);
        double[][] padded = new double[4][13];
        for (int k = 0; k < 4; k++) {
            System.arraycopy(small[k], 0, padded[k], 0, 12);
        }
        AdversarialLoss loss = AdversarialLoss.of(AdversarialLoss.Ball.LINF, 0.1);
        AdversarialLoss.Sensitivity exact = loss.sensitivity(small, 1);
        AdversarialLoss.Sensitivity bound = loss.sensitivity(padded, 1);
        assertThat(bound.exact()).isFalse();
        assertThat(bound.value()).isBetween(0.9 * exact.value(), exact.value() * (1 + 1e-12));
    }

    @Test
    void lossDominatesTheAttackedMarginAndTheMisclassification() {
        RandomStream random = RandomStream.of(3, "adversarial-domination", 0, 0);
        int misclassified = 0;
        for (int repeat = 0; repeat < 2000; repeat++) {
            double tau = new double[] {0, 0.5, 1, 1.5, 2}[repeat % 5];
            int classes = 2 + repeat % 5;
            int d = 1 + repeat % 4;
            AdversarialLoss loss = AdversarialLoss.of(AdversarialLoss.Ball.values()[repeat % 2], random.nextDouble())
                    .withTau(tau)
                    .withRho(0.2 + 2 * random.nextDouble());
            double[][] w = gaussian(random, classes, d, 1.5);
            double[] b = gaussian(random, 1, classes, 0.5)[0];
            double[] x = gaussian(random, 1, d, 1)[0];
            int y = repeat % classes;
            double value = loss.value(w, b, x, y);
            assertThat(value).isGreaterThanOrEqualTo(loss.attacked(w, b, x, y) - 1e-12);
            if (loss.worstLead(w, b, x, y) <= 0) {
                misclassified++;
                assertThat(value).isGreaterThanOrEqualTo(loss.phi(1) - 1e-12);
            }
        }
        assertThat(misclassified).isBetween(200, 1999);
    }

    @Test
    void tooSmallASmoothnessWeightDoesNotDominate() {
        // A confident point that a long shift still reaches.
        double[][] w = {{3}, {-3}};
        AdversarialLoss loss = AdversarialLoss.of(AdversarialLoss.Ball.L2, 1.5).withNu(0.01);
        assertThat(loss.worstLead(w, new double[2], new double[] {1}, 0)).isNegative();
        assertThat(loss.value(w, new double[2], new double[] {1}, 0)).isLessThan(loss.phi(1));
    }

    @Test
    void worstLeadIsReachedByMovingTowardsTheRival() {
        double[][] w = {{3, 4}, {0, 0}};
        double[] x = {1, 1};
        assertThat(AdversarialLoss.of(AdversarialLoss.Ball.L2, 0.5).worstLead(w, new double[2], x, 0))
                .isCloseTo(7 - 2.5, within(1e-14));
        assertThat(AdversarialLoss.of(AdversarialLoss.Ball.LINF, 0.5).worstLead(w, new double[2], x, 0))
                .isCloseTo(7 - 3.5, within(1e-14));
    }

    @Test
    void trainingReachesAMinimumOfItsConvexObjective() {
        RandomStream random = RandomStream.of(4, "adversarial-training", 0, 0);
        double[][] x = new double[60][];
        int[] y = new int[60];
        for (int i = 0; i < 60; i++) {
            y[i] = i % 3;
            x[i] = gaussian(random, 1, 2, 0.6)[0];
            x[i][0] += y[i] == 1 ? 2 : 0;
            x[i][1] += y[i] == 2 ? 2 : 0;
        }
        AdversarialLoss loss = AdversarialLoss.of(AdversarialLoss.Ball.L2, 0.3);
        AdversarialCompSum training =
                AdversarialCompSum.of(loss).withLambda(0.01).withIterations(1500);
        AdversarialCompSum.Fit fit = training.fit(x, y, 3);
        double[][] gw = new double[3][2];
        double[] gb = new double[3];
        double[][] w = fit.weights();
        double[] b = fit.intercepts();
        assertThat(training.objective(x, y, w, b, gw, gb)).isCloseTo(fit.objective(), within(1e-14));
        assertThat(fit.objective()).isLessThan(Math.log(3) - 0.05);
        for (int trial = 0; trial < 300; trial++) {
            double[][] moved = gaussian(random, 3, 2, 0.03);
            double[] shifted = gaussian(random, 1, 3, 0.03)[0];
            for (int k = 0; k < 3; k++) {
                shifted[k] += b[k];
                moved[k][0] += w[k][0];
                moved[k][1] += w[k][1];
            }
            assertThat(training.objective(x, y, moved, shifted, gw, gb)).isGreaterThan(fit.objective() - 1e-5);
        }
    }

    @Test
    void trainingSubgradientsAreDerivatives() {
        RandomStream random = RandomStream.of(5, "adversarial-gradient", 0, 0);
        double[][] x = gaussian(random, 9, 3, 1);
        int[] y = {0, 1, 2, 3, 0, 1, 2, 3, 0};
        double[][] w = gaussian(random, 4, 3, 1);
        double[] b = new double[4];
        AdversarialCompSum training = AdversarialCompSum.of(AdversarialLoss.of(AdversarialLoss.Ball.LINF, 0.2)
                        .withTau(0.6)
                        .withRho(0.8))
                .withLambda(0.1);
        double[][] gw = new double[4][3];
        double[][] scratch = new double[4][3];
        double[] gb = new double[4];
        training.objective(x, y, w, b, gw, gb);
        for (int k = 0; k < 4; k++) {
            for (int j = 0; j < 3; j++) {
                double at = w[k][j];
                w[k][j] = at + 1e-6;
                double above = training.objective(x, y, w, b, scratch, new double[4]);
                w[k][j] = at - 1e-6;
                double below = training.objective(x, y, w, b, scratch, new double[4]);
                w[k][j] = at;
                assertThat(gw[k][j]).isCloseTo((above - below) / 2e-6, within(1e-6));
            }
        }
    }

    @Test
    void impossibleArgumentsAreNamed() {
        AdversarialLoss loss = AdversarialLoss.of(AdversarialLoss.Ball.L2, 0.3);
        refused(() -> AdversarialLoss.of(AdversarialLoss.Ball.L2, -0.1), "gamma", "-0.1");
        refused(() -> loss.withTau(-1), "tau", "-1.0");
        refused(() -> loss.withRho(0), "rho", "0.0");
        refused(() -> loss.withNu(-1), "nu", "-1.0");
        refused(() -> loss.value(W, B, new double[] {1, 2}, 0), "3 features", "has 2");
        refused(() -> loss.value(W, B, X, 3), "label 3", "0..2");
        refused(() -> loss.sensitivity(new double[][] {{1}, {Double.NaN}}, 0), "row 2", "NaN");
        refused(() -> loss.sensitivity(new double[][] {{1}}, 0), "at least 2 classes");
        AdversarialCompSum training = AdversarialCompSum.of(loss);
        refused(() -> training.withLambda(-1), "lambda", "-1.0");
        refused(() -> training.withIterations(0), "iterations", "0");
        refused(() -> training.fit(new double[][] {{1}, {2}}, new int[] {0, 2}, 2), "label 2", "row 2", "0..1");
        refused(() -> training.fit(new double[][] {{1}, {2}}, new int[] {0}, 2), "2 rows", "1 labels");
        refused(() -> training.fit(new double[][] {{1}, {Double.NaN}}, new int[] {0, 1}, 2), "row 2", "NaN");
    }

    private static void refused(Runnable request, String... facts) {
        assertThatThrownBy(request::run)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(facts);
    }
}
