package io.verity.papers.nbvslr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.verity.papers.TestContext;
import io.verity.simulations.claims.Budget;
import io.verity.stats.random.RandomStream;
import java.util.List;
import org.junit.jupiter.api.Test;

class PairedCurvesTest {
    private static final int[] SIZES = {8, 16, 32, 64};

    @Test
    void signChangesAreInterpolatedInTheLogarithmOfTheRows() {
        assertThat(PairedCurves.signChanges(SIZES, new double[] {2, 1, -1, -2}))
                .singleElement()
                .satisfies(m -> assertThat(m).isCloseTo(16 * Math.sqrt(2), within(1e-10)));
        assertThat(PairedCurves.signChanges(SIZES, new double[] {3, 1, 1, 2})).isEmpty();
        assertThat(PairedCurves.signChanges(SIZES, new double[] {1, -1, 1, -1})).hasSize(3);
        assertThat(PairedCurves.signChanges(SIZES, new double[] {1, 0, -1, -1})).containsExactly(16.0);
    }

    @Test
    void theTwoRegimesCrossWhereTheReferenceCurvesDo() {
        // Reference curves (numpy and scikit-learn): between 256 and 512, at about 275.
        PairedCurves.Measured measured = new PairedCurves(GaussianClasses.twoRegimes(), new int[] {64, 256, 512}, 30)
                .measure(new TestContext(Budget.QUICK, 42, "crossing"));
        List<PairedCurves.Crossing> crossings = measured.crossings(RandomStream.of(1, "crossing", 0, 0));
        assertThat(crossings).hasSize(1);
        assertThat(crossings.get(0).rows()).isBetween(240.0, 330.0);
        assertThat(crossings.get(0).interval(.95).contains(crossings.get(0).rows()))
                .isTrue();
    }
}
