package io.verity.estimators.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;

class StabilityTest {
    private static final int[] Y = RaptorTest.labels(160);
    private static final DMatrixRMaj X = RaptorTest.states(11, Y, 12);
    private static final Split SPLIT = Split.stratified(Y, 42);
    private static final Stability STABILITY =
            Stability.withDefaults().withRuns(8).withHalves(5).withResamples(20);
    private static final DirectionFinder RIDGE = Directions.ridge(Raptor.withDefaults(), 0.1);

    @Test
    void overlappingSubsetsAgreeMoreThanDisjointHalves() {
        StabilityReport report = STABILITY.assess(RIDGE, RIDGE, X, Y, SPLIT);
        assertThat(report.dropout().mean())
                .isGreaterThan(
                        report.disjointHalves().mean() + 2 * report.dropout().standardError());
        assertThat(report.dropout().cosines()).hasSize(28);
        assertThat(report.disjointHalves().cosines()).hasSize(5);
        assertThat(report.bootstrap().orElseThrow().coordinateDeviations()).hasSize(12);
        assertThat(report.toTable().rows()).hasSize(3);
        assertThat(report.toString()).contains("dropout", "disjoint halves", "bootstrap");
    }

    @Test
    void halvesShareNoRowAndSubsetsKeepFourFifths() {
        List<int[]> seen = java.util.Collections.synchronizedList(new ArrayList<>());
        DirectionFinder spy = (x, y, split) -> {
            seen.add(split.pool());
            assertThat(split.validation().length).isEqualTo((int) Math.ceil(0.2 * split.pool().length));
            return RIDGE.find(x, y, split);
        };
        Stability alone = STABILITY.withThreads(1);
        alone.disjointHalves(spy, X, Y, SPLIT);
        for (int k = 0; k < seen.size(); k += 2) {
            assertThat(Rows.union(seen.get(k), seen.get(k + 1))).containsExactly(SPLIT.pool());
        }
        seen.clear();
        alone.dropout(spy, X, Y, SPLIT);
        assertThat(seen).hasSize(8).allMatch(rows -> rows.length == 128 - 26);
    }

    @Test
    void resultsDoNotDependOnThreads() {
        assertThat(STABILITY
                        .withThreads(1)
                        .assess(RIDGE, RIDGE, X, Y, SPLIT)
                        .dropout()
                        .cosines())
                .containsExactly(STABILITY
                        .withThreads(5)
                        .assess(RIDGE, RIDGE, X, Y, SPLIT)
                        .dropout()
                        .cosines());
        assertThat(STABILITY.forLayer(1).dropout(RIDGE, X, Y, SPLIT).mean())
                .isNotEqualTo(STABILITY.dropout(RIDGE, X, Y, SPLIT).mean());
    }

    @Test
    void jackknifeErrorIsTheSpreadOfMeansWithoutOneRun() {
        List<double[]> vectors = new ArrayList<>();
        for (int r = 0; r < 6; r++) {
            double angle = 0.3 * r * r;
            vectors.add(new double[] {StrictMath.cos(angle), StrictMath.sin(angle)});
        }
        double[] without = new double[6];
        for (int r = 0; r < 6; r++) {
            List<double[]> others = new ArrayList<>(vectors);
            others.remove(r);
            without[r] = DirectionSpread.ofPairs(others, true).mean();
        }
        double centre = Arrays.stream(without).average().orElseThrow();
        double expected = Math.sqrt(5.0
                / 6
                * Arrays.stream(without).map(t -> (t - centre) * (t - centre)).sum());
        DirectionSpread spread = DirectionSpread.ofPairs(vectors, true);
        assertThat(spread.standardError()).isCloseTo(expected, within(1e-14));
        assertThat(spread.signedMean()).isLessThan(spread.mean());
        assertThat(DirectionSpread.ofPairs(vectors, false).mean()).isCloseTo(spread.signedMean(), within(1e-15));
    }

    @Test
    void flippedDirectionsHideBehindAbsoluteValuesButNotBehindTheSignedMean() {
        List<double[]> vectors = List.of(new double[] {1, 0}, new double[] {-1, 0}, new double[] {1, 0});
        DirectionSpread spread = DirectionSpread.ofPairs(vectors, true);
        assertThat(spread.mean()).isEqualTo(1);
        assertThat(spread.signedMean()).isCloseTo(-1.0 / 3, within(1e-15));
        assertThat(spread.resultantLength()).isCloseTo(1.0 / 3, within(1e-15));
    }

    @Test
    void pairsThatAreTornApartMakeHalvesPointOppositeWays() {
        // members of a pair share everything but a faint concept: halves that split pairs learn each other's noise
        int pairs = 60;
        int[] y = RaptorTest.labels(2 * pairs);
        DMatrixRMaj x = new DMatrixRMaj(2 * pairs, 200);
        DMatrixRMaj noise = RaptorTest.states(21, new int[pairs], 200);
        for (int i = 0; i < x.numRows; i++) {
            for (int j = 0; j < 200; j++) {
                x.set(i, j, noise.get(i / 2, j));
            }
        }
        int[] pair = Arrays.stream(Rows.all(x.numRows)).map(i -> i / 2).toArray();
        Split torn = Split.of(x.numRows, Rows.all(x.numRows), new int[0], new int[0]);
        Split whole = torn.withGroups(pair);
        Stability many = Stability.withDefaults().withHalves(10);
        DirectionFinder finder = Directions.ridge(Raptor.withDefaults(), 1);
        assertThat(many.disjointHalves(finder, x, y, torn).mean()).isLessThan(-0.3);
        List<int[]> seen = java.util.Collections.synchronizedList(new ArrayList<>());
        many.disjointHalves(
                (a, b, split) -> {
                    seen.add(split.pool());
                    return Directions.differenceOfMeans().find(X, Y, SPLIT);
                },
                x,
                y,
                whole);
        for (int[] half : seen) {
            for (int i : half) {
                assertThat(Arrays.binarySearch(half, i ^ 1)).isNotNegative();
            }
        }
    }

    @Test
    void theInterceptCanBeOneMoreCoordinate() {
        assertThat(STABILITY.withIntercept(true).bootstrap(RIDGE, X, Y, SPLIT).coordinateDeviations())
                .hasSize(13);
    }
}
