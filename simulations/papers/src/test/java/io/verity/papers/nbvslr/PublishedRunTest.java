package io.verity.papers.nbvslr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.verity.stats.inference.Moments;
import io.verity.stats.linalg.Backends;
import io.verity.stats.random.RandomStream;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PublishedRunTest {
    private static PublishedRun run(int features, int classes, long replicate) {
        return new PublishedRun(
                GaussianClasses.mixture(features, classes), RandomStream.of(1, "published", 0, replicate));
    }

    @Test
    void stepIsTheLogarithmOfTheFeaturesRoundedUp() {
        assertThat(PublishedRun.step(100)).isEqualTo(5);
        assertThat(PublishedRun.step(400)).isEqualTo(6);
        assertThat(PublishedRun.step(1000)).isEqualTo(7);
    }

    @Test
    void subsetsRepeatRowsOfOnePoolButNeverWithinASubset() {
        PublishedRun run = run(2, 3, 0); // a pool of 198 rows, 66 of each class
        Map<Double, Double> rows = new HashMap<>();
        int[] counts = new int[3];
        for (int s = 0; s < 2; s++) {
            LabelledRows subset = run.subset(198);
            counts = new int[3];
            for (int i = 0; i < 198; i++) {
                counts[subset.labels()[i]]++;
                Double second = rows.put(subset.rows().get(i, 0), subset.rows().get(i, 1));
                if (s == 0) {
                    assertThat(second).isNull();
                } else {
                    assertThat(second).isEqualTo(subset.rows().get(i, 1));
                }
            }
        }
        assertThat(rows).hasSize(198);
        assertThat(counts).containsExactly(66, 66, 66);
    }

    @Test
    void errorsOfThePoolHaveTheMeansOfFreshRows() {
        // From one subset of one pool the labels alone differ in law, next to nothing with 1600 rows.
        Moments pool = new Moments();
        Moments fresh = new Moments();
        for (long r = 0; r < 150; r++) {
            pool.add(run(16, 2, r).error(Model.NB, 12, Backends.shared()));
            fresh.add(CurvePlan.error(
                    Model.NB,
                    GaussianClasses.mixture(16, 2),
                    12,
                    RandomStream.of(2, "fresh", 0, r),
                    Backends.shared()));
        }
        double error = Math.hypot(pool.standardDeviation(), fresh.standardDeviation()) / Math.sqrt(150);
        assertThat(pool.mean()).isCloseTo(fresh.mean(), within(4 * error));
    }

    @Test
    void rowsNeededAreTheFirstSizeOnTheGrid() {
        for (long r = 0; r < 3; r++) {
            double rows = run(50, 2, r).rows(Model.NB, .01, 4, Backends.shared());
            assertThat(rows).isBetween(4.0, 24.0);
            assertThat((rows - 4) % 4).isEqualTo(0);
        }
    }

    @Test
    void aPoolThatIsTooSmallIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new MixtureCondition(2, 2, MixtureCondition.Rows.POOL, Model.NB, 201))
                .withMessage("m = 201 is more than the pool of 200 rows");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new MixtureCondition(2, 5, MixtureCondition.Rows.FRESH, Model.NB, 4))
                .withMessage("m must be at least the 5 classes, but is 4");
    }
}
