package io.verity.stats.losses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/** Golden values: mpmath 1.2.1 with 60 digits, rounded to double; two units in the last place are allowed. */
class LogisticLossTest {
    private static void assertSame(double actual, double expected) {
        assertThat(actual).isCloseTo(expected, within(Math.max(4e-16 * Math.abs(expected), 2e-323)));
    }

    @ParameterizedTest
    @CsvFileSource(resources = "logistic-scalars.csv", numLinesToSkip = 2)
    void agreesWithSixtyDigits(double m, double logistic, double sigmoidNegative, double logSigmoidNegative) {
        assertSame(LogisticLoss.loss(m), logistic);
        assertSame(LogisticLoss.sigmoidNegative(m), sigmoidNegative);
        assertSame(LogisticLoss.logSigmoidNegative(m), logSigmoidNegative);
    }

    @Test
    void infiniteMarginsHaveTheirLimits() {
        assertThat(LogisticLoss.loss(Double.POSITIVE_INFINITY)).isZero();
        assertThat(LogisticLoss.loss(Double.NEGATIVE_INFINITY)).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(LogisticLoss.sigmoidNegative(Double.POSITIVE_INFINITY)).isZero();
        assertThat(LogisticLoss.sigmoidNegative(Double.NEGATIVE_INFINITY)).isOne();
        assertThat(LogisticLoss.logSigmoidNegative(Double.POSITIVE_INFINITY)).isEqualTo(Double.NEGATIVE_INFINITY);
    }

    @Test
    void nanStaysNan() {
        assertThat(LogisticLoss.loss(Double.NaN)).isNaN();
        assertThat(LogisticLoss.sigmoidNegative(Double.NaN)).isNaN();
        assertThat(LogisticLoss.logSigmoidNegative(Double.NaN)).isNaN();
        assertThat(LogisticLoss.logSumExp(new double[] {0, Double.NaN})).isNaN();
    }

    @Test
    void exponentialIsWithinOneUlpOfStrictMath() {
        Random random = new Random(1);
        for (int i = 0; i < 200_000; i++) {
            double x = i % 2 == 0 ? -760 + 1469 * random.nextDouble() : 4 * random.nextDouble() - 2;
            double expected = StrictMath.exp(x);
            assertThat(Math.abs(Exponentials.exp(x) - expected))
                    .as("exp(%s)", x)
                    .isLessThanOrEqualTo(Math.ulp(expected));
        }
    }

    @Test
    void exponentialOverflowsAndUnderflowsWhereItShould() {
        assertThat(Exponentials.exp(709.782712893384)).isFinite();
        assertThat(Exponentials.exp(709.7827128933841)).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(Exponentials.exp(-745.1332191019411)).isEqualTo(Double.MIN_VALUE);
        assertThat(Exponentials.exp(-745.1332191019412)).isZero();
        assertThat(Exponentials.exp(Double.NEGATIVE_INFINITY)).isZero();
        assertThat(Exponentials.exp(Double.NaN)).isNaN();
        assertThat(Exponentials.exp(0)).isOne();
    }

    @Test
    void shortExponentialHasTheSameBits() {
        Random random = new Random(2);
        for (int i = 0; i < 200_000; i++) {
            double x = -760 * random.nextDouble() * (i % 3 == 0 ? 1e-3 : 1);
            assertThat(Double.doubleToRawLongBits(Exponentials.expNonPositive(x)))
                    .isEqualTo(Double.doubleToRawLongBits(Exponentials.exp(x)));
        }
    }

    @Test
    void logarithmIsWithinOneUlpOfStrictMath() {
        Random random = new Random(3);
        for (int i = 0; i < 200_000; i++) {
            double e = i % 2 == 0 ? random.nextDouble() : StrictMath.exp(-740 * random.nextDouble());
            double expected = StrictMath.log1p(e);
            assertThat(Math.abs(Exponentials.log1pUnit(e) - expected))
                    .as("log1p(%s)", e)
                    .isLessThanOrEqualTo(Math.ulp(expected));
        }
    }

    @Test
    void logLossIsContinuousWhereItsFormulaChanges() {
        double below = LogisticLoss.logLoss(18.0);
        double above = LogisticLoss.logLoss(Math.nextUp(18.0));
        assertThat(above).isCloseTo(below, within(1e-14));
        assertThat(LogisticLoss.logLoss(2000)).isEqualTo(-2000);
        assertThat(LogisticLoss.logLoss(-3)).isCloseTo(StrictMath.log(3.048587351573742), within(1e-15));
    }

    @Test
    void logMeanLossSurvivesUnderflow() {
        assertThat(LogisticLoss.logMeanLoss(new double[] {1000, 1000, 1000, 1000}))
                .isCloseTo(-1000, within(1e-12));
        assertThat(LogisticLoss.logMeanLoss(new double[] {0, 0}))
                .isCloseTo(StrictMath.log(StrictMath.log(2)), within(1e-15));
    }

    @Test
    void logSumExpIsShiftInvariant() {
        double[] x = {1, 2, 3};
        double[] shifted = {1001, 1002, 1003};
        assertThat(LogisticLoss.logSumExp(shifted)).isCloseTo(1000 + LogisticLoss.logSumExp(x), within(1e-12));
        assertThat(LogisticLoss.logSumExp(new double[0])).isEqualTo(Double.NEGATIVE_INFINITY);
    }
}
