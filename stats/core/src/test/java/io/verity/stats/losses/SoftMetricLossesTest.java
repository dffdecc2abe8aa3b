package io.verity.stats.losses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.verity.stats.random.RandomStream;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/** Z-loss, AnyLoss, self-adjusting Dice and EnsLoss; golden values by mpmath with 40 digits, the later rows with 60. */
class SoftMetricLossesTest {
    @ParameterizedTest
    @CsvFileSource(resources = "z-loss.csv", numLinesToSkip = 2)
    void zLossAgrees(double a, double b, String scores, int y, double loss, String gradient) {
        double[] h = Vectors.parse(scores);
        ZLoss z = ZLoss.of(a, b);
        Vectors.assertClose(z.value(h, y), loss, 1e-9);
        double[] expected = Vectors.parse(gradient);
        // Where z is extreme the gradient is exactly 0, by cancellation of terms of the size of 1 / sigma.
        double range =
                Arrays.stream(h).max().orElseThrow() - Arrays.stream(h).min().orElseThrow();
        double[] actual = Vectors.gradient(z, h, y);
        for (int k = 0; k < h.length; k++) {
            assertThat(actual[k]).isCloseTo(expected[k], within(1e-9 * Math.abs(expected[k]) + 1e-14 / range));
        }
    }

    @ParameterizedTest
    @CsvFileSource(resources = "anyloss.csv", numLinesToSkip = 2)
    void anyLossAgrees(String metric, double steepness, String p, String y, double loss, String gradient) {
        AnyLoss any = switch (metric) {
            case "accuracy" -> AnyLoss.accuracy();
            case "gmean" -> AnyLoss.gMean();
            case "balanced" -> AnyLoss.balancedAccuracy();
            default -> AnyLoss.fBeta(Double.parseDouble(metric.substring(1)));
        };
        any = any.withSteepness(steepness);
        double[] probabilities = Vectors.parse(p);
        int[] labels = Arrays.stream(Vectors.parse(y)).mapToInt(v -> (int) v).toArray();
        Vectors.assertClose(any.value(probabilities, labels), loss, 1e-9);
        double[] actual = new double[labels.length];
        any.gradient(probabilities, labels, actual);
        Vectors.assertClose(actual, Vectors.parse(gradient), 1e-9);
    }

    @ParameterizedTest
    @CsvFileSource(resources = "dice.csv", numLinesToSkip = 2)
    void diceAgrees(double alpha, double gamma, double p, int y, double loss, double derivative) {
        SelfAdjustingDice dice = SelfAdjustingDice.ofAlpha(alpha).withGamma(gamma);
        Vectors.assertClose(dice.value(p, y), loss, 1e-9);
        Vectors.assertClose(dice.derivative(p, y), derivative, 1e-9);
    }

    @Test
    void zLossIgnoresPositiveScalingAndShiftButNotAChangeOfSign() {
        ZLoss loss = ZLoss.of(1, 1);
        double[] h = {1, -0.5, 2, 0.3};
        double[] moved = {4.5, 1.5, 6.5, 3.1};
        double[] turned = {-1, 0.5, -2, -0.3};
        assertThat(loss.value(moved, 2)).isCloseTo(loss.value(h, 2), within(1e-14));
        assertThat(loss.value(turned, 2)).isGreaterThan(loss.value(h, 2) + 0.5);
    }

    @Test
    void zLossNeedsDifferentScores() {
        ZLoss loss = ZLoss.of(1, 1);
        for (double[] equal : new double[][] {{0.1, 0.1, 0.1}, {0, 0}, {-1e300, -1e300}}) {
            assertThatThrownBy(() -> loss.value(equal, 0))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("all scores equal");
            assertThatThrownBy(() -> loss.gradient(equal, 0, new double[equal.length]))
                    .hasMessageContaining("all scores equal");
        }
        assertThatThrownBy(() -> ZLoss.of(0, 1)).hasMessageContaining("a of the Z-loss");
        assertThatThrownBy(() -> ZLoss.of(1, Double.NaN)).hasMessageContaining("b of the Z-loss");
    }

    @Test
    void twoClassesGiveTheZLossNoGradient() {
        assertThat(Vectors.gradient(ZLoss.of(1, 1), new double[] {3, 1}, 0)).containsOnly(0);
        assertThat(ZLoss.of(1, 1).value(new double[] {3, 1}, 0)).isCloseTo(Math.log(2), within(1e-15));
    }

    @Test
    void steepAnyLossIsTheMetric() {
        double[] p = {0.9, 0.2, 0.55, 0.48, 0.7, 0.1};
        int[] y = {1, 0, 1, 1, 0, 0};
        assertThat(AnyLoss.accuracy().withSteepness(1e5).value(p, y)).isCloseTo(2.0 / 6, within(1e-12));
        assertThat(AnyLoss.fBeta(1).withSteepness(1e5).value(p, y)).isCloseTo(1.0 / 3, within(1e-12));
        assertThat(AnyLoss.balancedAccuracy().withSteepness(1e5).value(p, y)).isCloseTo(1.0 / 3, within(1e-12));
    }

    @Test
    void anyLossWithoutPositivesHasNoFScore() {
        double[] p = {0.3, 0.6};
        int[] none = {0, 0};
        assertThat(AnyLoss.fBeta(1).value(p, none)).isOne();
        double[] out = new double[2];
        AnyLoss.fBeta(1).gradient(p, none, out);
        assertThat(out).containsOnly(0);
        // Decisions so steep that every entry underflows.
        double[] zeros = {0, 0};
        AnyLoss.fBeta(1).withSteepness(1e6).gradient(zeros, none, out);
        assertThat(out).containsOnly(0);
        assertThat(AnyLoss.fBeta(1).withSteepness(1e6).value(zeros, none)).isOne();
        AnyLoss.gMean().withSteepness(1e6).gradient(zeros, new int[] {0, 1}, out);
        assertThat(out).containsOnly(0);
    }

    @Test
    void anyLossNamesImpossibleBatches() {
        double[] p = {0.3, 0.6};
        assertThatThrownBy(() -> AnyLoss.gMean().value(p, new int[] {0, 0}))
                .hasMessageContaining("2 rows")
                .hasMessageContaining("no row of class 1");
        assertThatThrownBy(() -> AnyLoss.balancedAccuracy().value(p, new int[] {1, 1}))
                .hasMessageContaining("no row of class 0");
        assertThatThrownBy(() -> AnyLoss.accuracy().value(p, new int[] {1}))
                .hasMessageContaining("2 probabilities but 1 labels");
        assertThatThrownBy(() -> AnyLoss.accuracy().value(p, new int[] {1, 2}))
                .hasMessageContaining("row 2")
                .hasMessageContaining("0..1");
        assertThatThrownBy(() -> AnyLoss.accuracy().value(new double[] {1.2, 0}, new int[] {1, 0}))
                .hasMessageContaining("row 1")
                .hasMessageContaining("1.2");
        assertThatThrownBy(() -> AnyLoss.accuracy().value(new double[] {Double.NaN, 0}, new int[] {1, 0}))
                .hasMessageContaining("NaN");
        assertThatThrownBy(() -> AnyLoss.accuracy().value(new double[0], new int[0]))
                .hasMessageContaining("empty");
        assertThatThrownBy(() -> AnyLoss.accuracy().gradient(p, new int[] {1, 0}, new double[1]))
                .hasMessageContaining("1 entries");
        assertThatThrownBy(() -> AnyLoss.fBeta(0)).hasMessageContaining("beta");
        assertThatThrownBy(() -> AnyLoss.gMean().withSteepness(-1)).hasMessageContaining("L must");
    }

    @Test
    void diceIsMonotoneOnlyWithoutTheAdjustment() {
        SelfAdjustingDice plain = SelfAdjustingDice.ofAlpha(0);
        SelfAdjustingDice adjusted = SelfAdjustingDice.ofAlpha(0.5);
        for (double p = 0.05; p < 0.94; p += 0.05) {
            assertThat(plain.value(p + 0.05, 1)).isLessThan(plain.value(p, 1));
            assertThat(plain.value(p + 0.05, 0)).isGreaterThan(plain.value(p, 0));
        }
        assertThat(adjusted.derivative(1 / 1.5, 1)).isCloseTo(0, within(1e-15));
        assertThat(adjusted.value(0.95, 1)).isGreaterThan(adjusted.value(1 / 1.5, 1));
        assertThat(adjusted.value(1, 0)).isZero();
        assertThat(adjusted.value(0, 0)).isZero();
    }

    @Test
    void diceWithoutSmoothingIgnoresNegatives() {
        SelfAdjustingDice raw = SelfAdjustingDice.ofAlpha(0).withGamma(0);
        assertThat(raw.value(0, 0)).isOne();
        assertThat(raw.derivative(0.4, 0)).isZero();
        assertThat(raw.value(1, 1)).isZero();
        assertThat(SelfAdjustingDice.ofAlpha(0).derivative(1, 1)).isCloseTo(-3.0 / 9, within(1e-15));
        assertThat(SelfAdjustingDice.ofAlpha(1).derivative(1, 1)).isCloseTo(3.0 / 4, within(1e-15));
    }

    @Test
    void diceNamesImpossibleArguments() {
        assertThatThrownBy(() -> SelfAdjustingDice.ofAlpha(1.5))
                .hasMessageContaining("[0, 1]")
                .hasMessageContaining("1.5");
        assertThatThrownBy(() -> SelfAdjustingDice.ofAlpha(Double.NaN)).hasMessageContaining("NaN");
        assertThatThrownBy(() -> SelfAdjustingDice.ofAlpha(0).withGamma(-1)).hasMessageContaining("gamma");
        assertThatThrownBy(() -> SelfAdjustingDice.ofAlpha(0).value(-0.1, 1)).hasMessageContaining("-0.1");
        assertThatThrownBy(() -> SelfAdjustingDice.ofAlpha(0).derivative(0.1, 2))
                .hasMessageContaining("label 2");
    }

    @Test
    void drawnSlopesBelongToAConvexCalibratedLoss() {
        RandomStream random = RandomStream.of(7, "ensloss", 0, 0);
        for (int batch = 0; batch < 500; batch++) {
            EnsLoss loss = batch % 3 == 0 ? EnsLoss.withLambda(0) : EnsLoss.drawn(random);
            double[] z = new double[1 + batch % 70];
            for (int i = 0; i < z.length; i++) {
                z[i] = batch % 5 == 0 ? Math.rint(2 * random.nextGaussian()) : 3 * random.nextGaussian();
            }
            double[] slopes = loss.slopes(z, random);
            for (int i = 0; i < z.length; i++) {
                assertThat(slopes[i]).isBetween(-1 - 1e-6, -1e-6);
                for (int k = 0; k < z.length; k++) {
                    if (z[i] < z[k]) {
                        assertThat(slopes[i]).isLessThanOrEqualTo(slopes[k]);
                    }
                }
            }
        }
    }

    @Test
    void slopesFollowTheInverseBoxCoxTransformation() {
        // P(-slope < 0.5) = P(e < 0.5): Phi(log 0.5) = 0.2441 for lambda 0, Phi(-0.5) = 0.3085 for 1, Phi(-1) = 0.1587
        // for -1.
        double[][] expected = {{0, 0.24410}, {1, 0.30854}, {-1, 0.15866}, {1e-12, 0.24410}};
        for (double[] row : expected) {
            RandomStream random = RandomStream.of(9, "ensloss-law", 0, 0);
            int below = 0;
            double[] zeros = new double[20_000];
            for (double slope : EnsLoss.withLambda(row[0]).slopes(zeros, random)) {
                below += -slope - 1e-6 < 0.5 ? 1 : 0;
            }
            // Four standard errors of a proportion of 20,000.
            assertThat(below / 20_000.0).isCloseTo(row[1], within(4 * Math.sqrt(row[1] * (1 - row[1]) / 20_000)));
        }
    }

    @Test
    void slopesBeyondMarginOneShrink() {
        double[] z = {0.5, 1, 4};
        double[] unscaled = EnsLoss.withLambda(1).slopes(new double[] {0.5, 0.6, 0.7}, RandomStream.of(1, "e", 0, 0));
        double[] scaled = EnsLoss.withLambda(1).slopes(z, RandomStream.of(1, "e", 0, 0));
        assertThat(scaled[0]).isEqualTo(unscaled[0]);
        assertThat(scaled[1]).isEqualTo(unscaled[1]);
        assertThat(scaled[2] + 1e-6).isCloseTo((unscaled[2] + 1e-6) / 4, within(1e-15));
    }

    @Test
    void ensLossNamesImpossibleArguments() {
        RandomStream random = RandomStream.of(1, "e", 0, 0);
        assertThatThrownBy(() -> EnsLoss.withLambda(1.5))
                .hasMessageContaining("[-1, 1]")
                .hasMessageContaining("1.5");
        assertThatThrownBy(() -> EnsLoss.withLambda(0).slopes(new double[0], random))
                .hasMessageContaining("empty");
        assertThatThrownBy(() -> EnsLoss.withLambda(0).slopes(new double[] {1, Double.NaN}, random))
                .hasMessageContaining("position 2");
    }
}
