package io.verity.papers.nbvslr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.verity.stats.inference.Interval;
import io.verity.stats.random.RandomStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class RowsNeededTest {
    private static final double[] SIZES = {4, 8, 16, 32};

    private static RandomStream stream(long r) {
        return RandomStream.of(11, "rows-needed", 0, r);
    }

    /** Errors c m^-a times factors with mean 1 and the given relative deviation. */
    private static double[][] power(double c, double a, double deviation, int repeats, RandomStream noise) {
        double[][] errors = new double[SIZES.length][repeats];
        for (int i = 0; i < SIZES.length; i++) {
            for (int r = 0; r < repeats; r++) {
                errors[i][r] = c * Math.pow(SIZES[i], -a) * (1 + deviation * noise.nextGaussian());
            }
        }
        return errors;
    }

    @Test
    void aPowerLawIsCrossedExactly() {
        double[] means = Arrays.stream(SIZES).map(m -> 3 * Math.pow(m, -1.5)).toArray();
        // 3 m^-1.5 = 0.05 at m = 60^(2/3)
        assertThat(RowsNeeded.crossing(SIZES, means, .05)).isCloseTo(Math.pow(60, 2.0 / 3), within(1e-10));
        assertThat(RowsNeeded.crossing(SIZES, means, means[2])).isCloseTo(16, within(1e-10));
    }

    @Test
    void aTargetThatIsNotReachedNeedsInfinitelyManyRows() {
        assertThat(RowsNeeded.crossing(SIZES, new double[] {.4, .3, .2, .1}, .05))
                .isEqualTo(Double.POSITIVE_INFINITY);
        RowsNeeded needed = RowsNeeded.of(SIZES, power(3, .1, .1, 20, stream(0)), .05, 100, stream(1));
        assertThat(needed.finite()).isFalse();
        assertThat(needed.standardError()).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(needed.percentile(.95)).isEqualTo(new Interval(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY));
    }

    @Test
    void theFirstSizeAnswersWhenItReachesTheTarget() {
        assertThat(RowsNeeded.crossing(SIZES, new double[] {.01, .2, .001, .001}, .05))
                .isEqualTo(4);
    }

    @Test
    void theFirstOfSeveralCrossingsCounts() {
        assertThat(RowsNeeded.crossing(SIZES, new double[] {.1, .025, .1, .025}, .05))
                .isCloseTo(Math.sqrt(32), within(1e-10));
    }

    @Test
    void anErrorOfZeroIsCrossedLinearlyInTheError() {
        assertThat(RowsNeeded.crossing(SIZES, new double[] {.1, 0, 0, 0}, .05)).isCloseTo(Math.sqrt(32), within(1e-10));
    }

    @Test
    void bootstrapErrorIsThatOfTheDeltaMethod() {
        // Between 8 and 16: log m* is linear in the logs of both means, whose errors are s / sqrt(n) each.
        int n = 400;
        double deviation = .2;
        double target = 3 * Math.pow(8 * Math.sqrt(2), -1.5);
        RowsNeeded needed = RowsNeeded.of(SIZES, power(3, 1.5, deviation, n, stream(2)), target, 2000, stream(3));
        double slope = 1.5;
        double expected = deviation / Math.sqrt(n) * Math.sqrt(.5) / slope; // halfway: weights 1/2 and 1/2
        assertThat(needed.value()).isCloseTo(8 * Math.sqrt(2), within(4 * 8 * Math.sqrt(2) * expected));
        assertThat(needed.logStandardError()).isCloseTo(expected, within(.1 * expected));
        assertThat(needed.standardError()).isCloseTo(expected * needed.value(), within(.1 * expected * 11.3));
        Interval interval = needed.percentile(.95);
        assertThat(interval.width() / needed.standardError()).isCloseTo(2 * 1.96, within(.3));
    }

    @Test
    void normalDrawsOfTheMeansGiveTheSameError() {
        double[][] errors = power(3, 1.5, .2, 400, stream(4));
        ErrorCurve curve = new ErrorCurve(Model.NB, 1, 2, 0, SIZES, errors);
        RowsNeeded resampled = RowsNeeded.of(SIZES, errors, .1, 2000, stream(5));
        RowsNeeded drawn = RowsNeeded.ofMeans(SIZES, curve.means(), curve.standardErrors(), .1, 2000, stream(6));
        assertThat(drawn.value()).isCloseTo(resampled.value(), within(1e-12));
        assertThat(drawn.standardError()).isCloseTo(resampled.standardError(), within(.1 * resampled.standardError()));
    }

    @Test
    void exponentOfAPowerOfTheFeaturesIsItsExponent() {
        double[] features = {16, 32, 64};
        List<RowsNeeded> rows = new ArrayList<>();
        int n = 300;
        for (int i = 0; i < 3; i++) {
            // m* = (c/target)^(1/1.5), so that c ~ d^0.9 makes m* ~ d^0.6
            double c = Math.pow(features[i], .9) / 10;
            rows.add(RowsNeeded.of(SIZES, power(c, 1.5, .3, n, stream(10 + i)), .05, 1000, stream(20 + i)));
        }
        GrowthExponent growth = GrowthExponent.of(features, rows);
        double log2 = Math.log(2);
        double ends = Math.hypot(rows.get(0).logStandardError(), rows.get(2).logStandardError());
        assertThat(growth.standardError()).isCloseTo(ends / (2 * log2), within(.1 * ends));
        assertThat(growth.slope()).isCloseTo(.6, within(4 * growth.standardError()));
        assertThat(growth.interval(1e-5).width()).isCloseTo(2 * 4.417 * growth.standardError(), within(1e-3));
        assertThat(growth.rows(32))
                .isCloseTo(rows.get(1).value(), within(4 * rows.get(1).standardError()));
        Interval band = growth.band(32, .95);
        assertThat(band.contains(growth.rows(32))).isTrue();
    }

    @Test
    void exponentIsUnknownWhereRowsAreInfinite() {
        List<RowsNeeded> rows = List.of(
                RowsNeeded.of(SIZES, power(3, 1.5, .1, 50, stream(30)), .05, 100, stream(31)),
                RowsNeeded.of(SIZES, power(3, .1, .1, 50, stream(32)), .05, 100, stream(33)));
        GrowthExponent growth = GrowthExponent.of(new double[] {16, 32}, rows);
        assertThat(growth.known()).isFalse();
        assertThat(growth.interval(.05)).isEqualTo(new Interval(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY));
        assertThat(new RowsByFeatures("both", new double[] {16, 32}, rows).growth())
                .isEmpty();
    }
}
