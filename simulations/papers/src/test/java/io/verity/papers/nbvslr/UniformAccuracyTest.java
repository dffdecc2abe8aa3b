package io.verity.papers.nbvslr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class UniformAccuracyTest {
    private static final int[] FEATURES = {10, 30, 100, 300, 1000, 3000, 10_000};

    @Test
    void rowsAreThoseOfScipy() {
        // ceil((norm.ppf((1 + .9 ** (1 / d)) / 2) / .5) ** 2), scipy 1.10
        UniformAccuracy accuracy = new UniformAccuracy(.5, .1);
        assertThat(IntStream.of(FEATURES).map(accuracy::rows)).containsExactly(27, 35, 43, 52, 61, 69, 78);
    }

    @Test
    void rowsGrowOnALineInLogDAndNotInItsRoot() {
        assertThat(ParameterClaims.rSquared(d -> StrictMath.log(d), FEATURES)).isCloseTo(0.9996, within(1e-4));
        assertThat(ParameterClaims.rSquared(Math::sqrt, FEATURES)).isLessThan(0.9);
    }

    @Test
    void probabilityIsAtLeastWhatIsAskedForAndNotWithOneRowLess() {
        UniformAccuracy accuracy = new UniformAccuracy(.3, .05);
        for (int d : FEATURES) {
            int m = accuracy.rows(d);
            assertThat(accuracy.probability(d, m)).isGreaterThanOrEqualTo(.95);
            assertThat(accuracy.probability(d, m - 1)).isLessThan(.95);
        }
    }
}
