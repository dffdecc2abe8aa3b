package io.verity.estimators.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.verity.estimators.logistic.Penalty;
import io.verity.estimators.logistic.RidgeLogistic;
import io.verity.estimators.states.LayerSource;
import io.verity.stats.random.RandomStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RaptorTest {
    private static final Raptor RAPTOR = Raptor.withDefaults().withGrid(1e-3, 10, 9);

    /** Two Gaussian classes at distance 2 along the first of p columns, and noise columns. */
    static DMatrixRMaj states(long seed, int[] y, int p) {
        RandomStream stream = RandomStream.of(seed, "states", p, 0);
        DMatrixRMaj x = new DMatrixRMaj(y.length, p);
        for (int i = 0; i < y.length; i++) {
            for (int j = 0; j < p; j++) {
                x.set(i, j, stream.nextGaussian() + (j == 0 ? 2.0 * y[i] : 0) + j);
            }
        }
        return x;
    }

    static int[] labels(int n) {
        return java.util.stream.IntStream.range(0, n).map(i -> i % 2).toArray();
    }

    @Test
    void scoresOnRawColumnsAreThoseOfTheStandardisedFit() {
        DMatrixRMaj x = Golden.matrix();
        Split split = Golden.split();
        TunedFit fit = TunedFit.of(RAPTOR.settings(), x, Golden.y(), split.train(), split.validation(), null, 0);
        DMatrixRMaj z = fit.standardizer().transform(x, split.test());
        double[] raw = fit.probe().scores(x, split.test());
        for (int i = 0; i < raw.length; i++) {
            double expected = Rows.dot(fit.weights(), Rows.row(z, i)) + fit.intercept();
            assertThat(raw[i]).isCloseTo(expected, within(1e-9 * Math.max(1, Math.abs(expected))));
        }
    }

    @Test
    void configurationsAndFitsPrintWhatTheyAre() {
        assertThat(RAPTOR).hasToString("Raptor[9 values of C from 0.001 to 10, selection accuracy, seed 42]");
        assertThat(Raptor.withDefaults().withGrid(1).with(Selection.ONE_SE).withSeed(7))
                .hasToString("Raptor[1 value of C from 1 to 1, selection one-se, seed 7]");
        assertThat(RidgeLogistic.withDefaults()
                        .fit(new double[][] {{-1}, {1}, {1}, {-1}}, new int[] {0, 1, 0, 1}, Penalty.sum(1))
                        .toString())
                .startsWith("RidgeFit[1 weight, lambda 1, log-likelihood -2.77258")
                .endsWith("converged]");
    }

    @Test
    void deadColumnsAreExcludedAndLeaveTheDirectionAlone() {
        int[] y = labels(200);
        DMatrixRMaj live = states(1, y, 6);
        DMatrixRMaj x = new DMatrixRMaj(200, 9);
        RandomStream stream = RandomStream.of(5, "dead", 0, 0);
        for (int i = 0; i < 200; i++) {
            for (int j = 0; j < 6; j++) {
                x.set(i, j, live.get(i, j));
            }
            // dead as in real models: nearly, and tied to the label; far below single precision; constant
            x.set(i, 6, 1e-20 * (stream.nextGaussian() + y[i]));
            x.set(i, 7, 3 + 3e-9 * stream.nextGaussian());
            x.set(i, 8, 0.1);
        }
        Split split = Split.stratified(y, 42);
        RaptorResult dead = RAPTOR.fit(x, y, split);
        RaptorResult clean = RAPTOR.fit(live, y, split);
        assertThat(dead.excludedColumns()).containsExactly(6, 7, 8);
        assertThat(Arrays.copyOf(dead.conceptVector(), 6)).containsExactly(clean.conceptVector());
        assertThat(Arrays.copyOfRange(dead.conceptVector(), 6, 9)).containsExactly(0, 0, 0);
        assertThat(dead.warnings())
                .anyMatch(w -> w.kind() == ProbeWarning.Kind.EXCLUDED_COLUMNS
                        && w.message().contains("columns 7, 8, 9"));
        double honest = Stability.withDefaults()
                .withHalves(3)
                .disjointHalves(Directions.tuned(RAPTOR), x, y, split)
                .mean();
        double naive = Stability.withDefaults()
                .withHalves(3)
                .disjointHalves(Directions.ridge(RAPTOR.withScaleFloor(0), 1), x, y, split)
                .mean();
        assertThat(honest).isBetween(0.5, 0.9999999);
        assertThat(naive).isGreaterThan(0.999999); // what a dead column fakes
    }

    @Test
    void testRowsInfluenceNothingButTestFigures() {
        DMatrixRMaj x = Golden.matrix();
        int[] y = Golden.y();
        RaptorResult before = RAPTOR.fit(x, y, Golden.split());
        DMatrixRMaj changed = x.copy();
        int[] relabelled = y.clone();
        for (int i : Golden.split().test()) {
            for (int j = 0; j < changed.numCols; j++) {
                changed.set(i, j, 1e6 * (i + j));
            }
            relabelled[i] = 1 - y[i];
        }
        RaptorResult after = RAPTOR.fit(changed, relabelled, Golden.split());
        assertThat(after.weights()).containsExactly(before.weights());
        assertThat(after.intercept()).isEqualTo(before.intercept());
        assertThat(after.standardizer().mean())
                .containsExactly(before.standardizer().mean());
        assertThat(after.validation().logLoss())
                .containsExactly(before.validation().logLoss());
        assertThat(after.trainAccuracy()).isEqualTo(before.trainAccuracy());
        assertThat(after.testAccuracy()).isNotEqualTo(before.testAccuracy());
        Stability stability = Stability.withDefaults().withRuns(3).withHalves(2);
        DirectionFinder finder = Directions.tuned(RAPTOR);
        assertThat(stability.assess(finder, changed, relabelled, Golden.split()).toString())
                .isEqualTo(stability.assess(finder, x, y, Golden.split()).toString());
    }

    @Test
    void validationRowsDoNotStandardise() {
        DMatrixRMaj x = Golden.matrix();
        for (int i : Golden.split().validation()) {
            x.set(i, 0, x.get(i, 0) + 100);
        }
        RaptorResult fit = RAPTOR.fit(x, Golden.y(), Golden.split());
        double[] mean = Golden.numbers("mean");
        assertThat(fit.standardizer().mean()[0]).isCloseTo(mean[0], within(1e-12));
    }

    @Test
    void sweepsDoNotDependOnThreadsOrMemory() {
        int[] y = labels(120);
        LayerSource layers = LayerSource.of(List.of(states(1, y, 5), states(2, y, 130), states(3, y, 7)));
        Split split = Split.stratified(y, 3);
        LayerSweep one = RAPTOR.withThreads(1).sweep(layers, y, split);
        LayerSweep four = RAPTOR.withThreads(4).sweep(layers, y, split);
        LayerSweep tight = RAPTOR.withThreads(4).withMemory(1).sweep(layers, y, split);
        for (int k = 0; k < 3; k++) {
            assertThat(four.results().get(k).weights())
                    .containsExactly(one.results().get(k).weights());
            assertThat(tight.results().get(k).weights())
                    .containsExactly(one.results().get(k).weights());
        }
        assertThat(one.toTable().rows()).hasSize(3);
    }

    @Test
    void gridIsWalkedUpwardsInWhateverOrderItIsGiven() {
        RaptorResult up = RAPTOR.withGrid(0.001, 0.01, 0.1, 1, 10).fit(Golden.x(), Golden.y(), Golden.split());
        RaptorResult mixed = RAPTOR.withGrid(10, 0.01, 1, 0.001, 0.1).fit(Golden.x(), Golden.y(), Golden.split());
        assertThat(mixed.gridC()).containsExactly(0.001, 0.01, 0.1, 1, 10);
        assertThat(mixed.validation().accuracy())
                .containsExactly(up.validation().accuracy());
        assertThat(mixed.selectedC()).isEqualTo(up.selectedC());
    }

    @Test
    void gridOfEqualNumbersIsRefused() {
        assertThatThrownBy(() -> RAPTOR.withGrid(1, Math.nextUp(1.0), 5)).hasMessageContaining("1.0 twice");
    }

    @Test
    void edgeOfTheGridIsAWarning() {
        RaptorResult fit = Raptor.withDefaults().withGrid(1e-8, 1e-7, 2).fit(Golden.x(), Golden.y(), Golden.split());
        assertThat(fit.warnings())
                .anyMatch(w ->
                        w.kind() == ProbeWarning.Kind.GRID_EDGE && w.message().contains("1E-8"));
    }

    @Test
    void crossValidationFoldsArePartOfThePoolAndKeepGroups() {
        int[] y = labels(60);
        int[] groups = Arrays.stream(Rows.all(60)).map(i -> i / 2).toArray();
        int[][] folds = Stratification.folds(Rows.all(60), y, groups, 5, RandomStream.of(1, "f", 0, 0));
        assertThat(Arrays.stream(folds).flatMapToInt(Arrays::stream).sorted().toArray())
                .containsExactly(Rows.all(60));
        for (int[] fold : folds) {
            assertThat(fold).hasSize(12);
            for (int i : fold) {
                assertThat(Arrays.binarySearch(fold, i ^ 1)).isNotNegative();
            }
        }
        RaptorResult fit = RAPTOR.with(Selection.KFOLD).fit(Golden.x(), Golden.y(), Golden.split());
        assertThat(fit.validation().rows()).isEqualTo(240);
        int best = fit.selectedIndex();
        for (double loss : fit.validation().logLoss()) {
            assertThat(loss).isGreaterThanOrEqualTo(fit.validation().logLoss()[best]);
        }
    }

    @Test
    void strongPenaltiesPointAlongTheDifferenceOfMeans() {
        int[] y = labels(200);
        DMatrixRMaj x = states(8, y, 20);
        Split all = Split.of(200, Rows.all(200), new int[0], new int[0]);
        double cosine = Directions.ridge(RAPTOR, 1e-7)
                .find(x, y, all)
                .cosine(Directions.standardizedDifferenceOfMeans().find(x, y, all));
        assertThat(cosine).isGreaterThan(0.999999);
    }

    @Test
    void savedResultsComeBackToTheBit(@TempDir Path folder) {
        RaptorResult fit = RAPTOR.fit(Golden.x(), Golden.y(), Golden.split());
        Path file = folder.resolve("probe.json");
        fit.save(file);
        RaptorResult back = RaptorResult.load(file);
        assertThat(back.weights()).containsExactly(fit.weights());
        assertThat(back.toString()).isEqualTo(fit.toString());
        assertThat(back.validation().logLoss()).containsExactly(fit.validation().logLoss());
        assertThat(back.standardizer().deviation())
                .containsExactly(fit.standardizer().deviation());
        assertThat(back.warnings()).isEqualTo(fit.warnings());
        assertThat(back.test()).isEqualTo(fit.test());
        assertThat(back.provenance()).isEqualTo(fit.provenance());
    }
}
