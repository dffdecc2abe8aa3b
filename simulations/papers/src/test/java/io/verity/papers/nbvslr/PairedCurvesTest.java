package io.verity.papers.nbvslr;

import static org.assertj.core.api.Assertions.assertThat;

import io.verity.estimators.learning.LearningCurveResult;
import io.verity.papers.TestContext;
import io.verity.simulations.claims.Budget;
import org.junit.jupiter.api.Test;

class PairedCurvesTest {
    @Test
    void theTwoRegimesCrossWhereTheReferenceCurvesDo() {
        // Reference curves (numpy and scikit-learn): between 256 and 512, at about 275.
        TestContext context = new TestContext(Budget.QUICK, 42, "crossing");
        LearningCurveResult result = new PairedCurves(new int[] {64, 256, 512}, 30)
                .measure(
                        context,
                        5,
                        (rows, stream) -> PairedCurves.errors(GaussianClasses.twoRegimes(), rows, stream, context));
        assertThat(PairedCurves.crossings(result)).singleElement().satisfies(c -> {
            assertThat(c.m()).isBetween(240.0, 330.0);
            assertThat(c.lower()).isLessThan(c.m());
            assertThat(c.upper()).isGreaterThan(c.m());
        });
        assertThat(PairedCurves.rows(result)).hasSize(3);
    }
}
