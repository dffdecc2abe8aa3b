package io.verity.estimators.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.verity.estimators.logistic.SingleClassException;
import io.verity.estimators.states.LayerSource;
import io.verity.stats.EstimationException;
import io.verity.stats.linalg.Backends;
import java.util.Arrays;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;

class ProbeErrorsTest {
    private static final Raptor RAPTOR = Raptor.withDefaults().withGrid(0.01, 1, 3);

    private static double[][] x() {
        return Golden.x();
    }

    private static void assertRefused(Runnable attempt, String... words) {
        assertThatThrownBy(attempt::run)
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .contains(words);
    }

    @Test
    void rowsAndLabelsMustAgree() {
        assertRefused(
                () -> RAPTOR.fit(
                        Arrays.copyOf(x(), 120), new int[119], Split.of(120, new int[] {0}, new int[0], new int[0])),
                "X has 120 rows but y has 119 labels");
        assertRefused(() -> RAPTOR.fit(new double[0][], Golden.y(), Golden.split()), "X has no rows");
        double[][] ragged = x();
        ragged[7] = new double[3];
        assertRefused(() -> RAPTOR.fit(ragged, Golden.y(), Golden.split()), "ragged", "row 8", "3");
        assertRefused(
                () -> RAPTOR.fit(x(), Golden.y(), Split.stratified(new int[] {0, 1, 0, 1, 1}, 1)),
                "X has 300 rows but the split is of 5");
    }

    @Test
    void nonFiniteEntriesAreNamedByRowAndColumn() {
        double[][] bad = x();
        bad[3][4] = Double.NaN;
        assertRefused(() -> RAPTOR.fit(bad, Golden.y(), Golden.split()), "NaN", "row 4", "column 5");
        DMatrixRMaj matrix = Golden.matrix();
        matrix.set(9, 0, Double.POSITIVE_INFINITY);
        assertRefused(() -> RAPTOR.fit(matrix, Golden.y(), Golden.split()), "Infinity", "row 10", "column 1");
    }

    @Test
    void labelsOtherThanTwoValuesAreListed() {
        int[] y = Golden.y();
        y[0] = 7;
        assertRefused(() -> RAPTOR.fit(x(), y, Golden.split()), "0, 1, 7", "multiclass=true");
        int[] signs = Arrays.stream(Golden.y()).map(v -> 2 * v - 1).toArray();
        assertRefused(() -> RAPTOR.fit(x(), signs, Golden.split()), "-1, 1");
    }

    @Test
    void oneClassInTrainIsRefusedWithTheCounts() {
        int[] y = new int[300];
        y[299] = 1;
        Split split = Split.of(300, new int[] {0, 1, 2}, new int[] {3, 299}, new int[] {5});
        assertThatThrownBy(() -> RAPTOR.fit(x(), y, split))
                .isInstanceOf(SingleClassException.class)
                .hasMessageContaining("3 of class 0 and 0 of class 1");
    }

    @Test
    void oneClassInValidationFallsBackToOneWithAWarning() {
        int[] y = Golden.y();
        int[] zeros = Arrays.stream(Golden.split().validation())
                .filter(i -> y[i] == 0)
                .toArray();
        Split split =
                Split.of(300, Golden.split().train(), zeros, Golden.split().test());
        RaptorResult fit = RAPTOR.fit(x(), y, split);
        assertThat(fit.selectedC()).isEqualTo(1);
        assertThat(fit.selectedIndex()).isEqualTo(-1);
        assertThat(fit.warnings())
                .anyMatch(w -> w.kind() == ProbeWarning.Kind.NO_VALIDATION
                        && w.message().contains(zeros.length + " of class 0"));
        RaptorResult none = RAPTOR.fit(x(), y, Split.of(300, Golden.split().train(), new int[0], new int[0]));
        assertThat(none.selectedC()).isEqualTo(1);
        assertThat(none.validationAccuracy()).isNaN();
        assertThat(none.testAccuracy()).isNaN();
        assertThat(none.warnings()).anyMatch(w -> w.message().contains("no validation rows"));
    }

    @Test
    void penaltiesMustBePositive() {
        assertRefused(() -> Raptor.withDefaults().withGrid(0.0), "C", "0.0");
        assertRefused(() -> Raptor.withDefaults().withGrid(-1.0), "-1.0");
        assertRefused(() -> Raptor.withDefaults().withGrid(Double.NaN), "NaN");
        assertRefused(() -> Raptor.withDefaults().withGrid(1.0, 1.0), "1.0 twice");
        assertRefused(() -> Directions.ridge(RAPTOR, 0), "C", "0.0");
        assertRefused(() -> Directions.squaredHinge(-2, Backends.shared()), "lambda", "-2.0");
    }

    @Test
    void badSplitIndicesAreNamed() {
        int[] none = {};
        assertRefused(() -> Split.of(10, new int[] {0, 12}, none, none), "train[1] = 12", "0 to 9");
        assertRefused(() -> Split.of(10, new int[] {0, -1}, none, none), "train[1] = -1");
        assertRefused(() -> Split.of(10, new int[] {0, 1}, new int[] {5}, new int[] {3, 1}), "test[1] = 1", "train[1]");
        assertRefused(() -> Split.of(10, new int[] {4, 4}, none, none), "train[1] = 4", "train[0]");
        assertRefused(
                () -> Split.of(10, none, new int[] {1}, none), "train is empty (of 10 rows 1 validate and 0 test)");
        assertRefused(() -> Split.ofColumn(List.of("train", "hold")), "row 2", "'hold'");
        assertRefused(
                () -> Split.ofColumn(List.of("train", "test", "train")).withGroups(new int[] {1, 1, 2}),
                "rows 1 (train) and 2 (test)");
        assertRefused(() -> Split.stratified(new int[] {0, -3}, 1), "row 2 has -3");
    }

    @Test
    void targetsMustBeProbabilities() {
        Steering steering = Steering.along(LinearProbe.of(new double[] {1, 2}, 0));
        for (double target : new double[] {0, 1, -0.1, 1.5, Double.NaN}) {
            assertRefused(
                    () -> steering.alpha(new double[] {0, 0}, target), "target probability", String.valueOf(target));
        }
        assertRefused(() -> steering.alpha(new double[] {0}, 0.9), "2 weights", "1 columns");
    }

    @Test
    void aZeroDirectionIsRefused() {
        LinearProbe nothing = LinearProbe.of(new double[] {0, 0, 0}, 1);
        assertThatThrownBy(nothing::conceptVector)
                .isInstanceOf(ZeroDirectionException.class)
                .hasMessageContaining("all 3 weights");
        assertThatThrownBy(() -> Steering.along(nothing)).isInstanceOf(ZeroDirectionException.class);
        double[][] constant = new double[300][2];
        RaptorResult fit = RAPTOR.fit(constant, Golden.y(), Golden.split());
        assertThat(fit.excludedColumns()).containsExactly(0, 1);
        assertThat(fit.weights()).containsExactly(0, 0);
        long ones = Arrays.stream(Golden.split().pool())
                .filter(i -> Golden.y()[i] == 1)
                .count();
        assertThat(fit.intercept()).isEqualTo(StrictMath.log(ones / (240.0 - ones)));
        assertThat(fit.warnings()).anyMatch(w -> w.kind() == ProbeWarning.Kind.ZERO_DIRECTION);
        assertThatThrownBy(fit::conceptVector).isInstanceOf(ZeroDirectionException.class);
    }

    @Test
    void classesWithoutTrainingRowsAreNamed() {
        int[] y = Golden.y();
        y[Golden.split().test()[0]] = 2;
        assertThatThrownBy(() -> RAPTOR.fitMulticlass(Golden.matrix(), y, Golden.split()))
                .isInstanceOf(EstimationException.class)
                .hasMessageContaining("class 2 has no training row");
        assertThatThrownBy(() -> RAPTOR.fitMulticlass(Golden.matrix(), new int[300], Golden.split()))
                .isInstanceOf(EstimationException.class)
                .hasMessageContaining("one class");
        y[0] = -1;
        assertRefused(() -> RAPTOR.fitMulticlass(Golden.matrix(), y, Golden.split()), "row 1 has -1");
    }

    @Test
    void fewerThanTwoRunsAreRefused() {
        assertRefused(() -> Stability.withDefaults().withRuns(1), "runs must be at least 2, but is 1");
        assertRefused(() -> Stability.withDefaults().withHalves(0), "halves must be at least 2, but is 0");
        assertRefused(() -> Stability.withDefaults().withResamples(1), "resamples must be at least 2, but is 1");
        assertRefused(() -> Stability.withDefaults().withDropShare(1), "drop share", "1.0");
    }

    @Test
    void widthMayDifferBetweenLayersButNotInsideOne() {
        DMatrixRMaj narrow = new DMatrixRMaj(300, 2);
        for (int i = 0; i < 300; i++) {
            narrow.set(i, 0, Golden.x()[i][0]);
            narrow.set(i, 1, Golden.x()[i][3]);
        }
        LayerSweep sweep = RAPTOR.sweep(LayerSource.of(List.of(Golden.matrix(), narrow)), Golden.y(), Golden.split());
        assertThat(sweep.results().get(0).weights()).hasSize(24);
        assertThat(sweep.results().get(1).weights()).hasSize(2);
        assertRefused(() -> LayerSource.of(new float[][][] {{{1, 2}, {1}}}), "row 2", "1", "2");
    }

    @Test
    void manyColumnsOfDifferentSpreadAreNotTakenForSingular() {
        int[] y = RaptorTest.labels(400);
        DMatrixRMaj x = RaptorTest.states(71, y, 250);
        for (int k = 0; k < x.data.length; k++) {
            x.data[k] *= 1 + k % 250;
        }
        assertThat(Baselines.lda(x, y, Rows.all(400), 0, Backends.shared()).norm())
                .isPositive();
        assertThat(Baselines.squaredHinge(x, y, Rows.all(400), 1, Backends.shared())
                        .norm())
                .isPositive();
        for (int i = 0; i < 400; i++) {
            x.set(i, 3, x.get(i, 8));
        }
        assertThatThrownBy(() -> Baselines.lda(x, y, Rows.all(400), 0, Backends.shared()))
                .isInstanceOf(EstimationException.class)
                .hasMessageContaining("singular");
    }

    @Test
    void singularDiscriminantsAreRefused() {
        DMatrixRMaj wide = new DMatrixRMaj(6, 8);
        for (int k = 0; k < wide.data.length; k++) {
            wide.data[k] = StrictMath.sin(7.0 * k);
        }
        int[] y = {0, 1, 0, 1, 0, 1};
        assertThatThrownBy(() -> Baselines.lda(wide, y, Rows.all(6), 0, Backends.shared()))
                .isInstanceOf(EstimationException.class)
                .hasMessageContaining("8 columns from 6 rows")
                .hasMessageContaining("shrinkage above 0");
        assertRefused(() -> Baselines.lda(wide, y, Rows.all(6), 1.5, Backends.shared()), "1.5");
        assertThatThrownBy(() -> Baselines.differenceOfMeans(wide, new int[6], Rows.all(6)))
                .isInstanceOf(SingleClassException.class);
    }
}
