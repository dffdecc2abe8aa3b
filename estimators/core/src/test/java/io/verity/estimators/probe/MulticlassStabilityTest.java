package io.verity.estimators.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;

class MulticlassStabilityTest {
    private static final Raptor RAPTOR = Raptor.withDefaults().withGrid(1e-3, 1, 4);
    private static final Stability STABILITY =
            Stability.withDefaults().withRuns(5).withHalves(4).withResamples(6).withThreads(2);

    /** Three classes, of which only the first two lie apart. */
    private static final int ROWS = 240;

    private static int[] classes() {
        int[] y = new int[ROWS];
        Arrays.setAll(y, i -> i % 3);
        return y;
    }

    private static DMatrixRMaj states() {
        DMatrixRMaj x = RaptorTest.states(5, new int[ROWS], 8);
        for (int i = 0; i < ROWS; i++) {
            x.add(i, 0, i % 3 == 0 ? 3 : 0);
            x.add(i, 1, i % 3 == 1 ? 1 : 0);
        }
        return x;
    }

    @Test
    void classOneOfTwoAgainstTheOthersIsTheBinaryProbe() {
        int[] y = RaptorTest.labels(200);
        DMatrixRMaj x = RaptorTest.states(9, y, 6);
        Split split = Split.stratified(y, 1);
        StabilityReport binary = STABILITY.assess(Directions.tuned(RAPTOR), Directions.ridge(RAPTOR, 0.1), x, y, split);
        StabilityReport several = STABILITY
                .assessMulticlass(RAPTOR.with(Multiclass.ONE_VS_REST), new double[] {0.1, 0.1}, x, y, split)
                .classes()
                .get(1);
        for (int kind = 0; kind < 3; kind++) {
            assertThat(several.all().get(kind).cosines())
                    .containsExactly(binary.all().get(kind).cosines());
            assertThat(several.all().get(kind).standardError())
                    .isEqualTo(binary.all().get(kind).standardError());
        }
    }

    @Test
    void clearClassesAreFoundAgainAndMeansAreThoseOfTheClasses() {
        Split split = Split.stratified(classes(), 1);
        double[] c = RAPTOR.fitMulticlass(states(), classes(), split).selectedC();
        MulticlassStability found = STABILITY.assessMulticlass(RAPTOR, c, states(), classes(), split);
        assertThat(found.classes()).hasSize(3);
        assertThat(found.classes().get(0).disjointHalves().mean())
                .isGreaterThan(found.classes().get(1).disjointHalves().mean());
        for (int kind = 0; kind < 3; kind++) {
            int at = kind;
            assertThat(found.means().get(kind).mean())
                    .isCloseTo(
                            found.classes().stream()
                                    .mapToDouble(r -> r.all().get(at).mean())
                                    .average()
                                    .orElseThrow(),
                            within(1e-12));
        }
        MulticlassStability oneThread =
                STABILITY.withThreads(1).assessMulticlass(RAPTOR, c, states(), classes(), split);
        assertThat(oneThread.means()).isEqualTo(found.means());
        assertThat(found.toString()).contains("over 3 classes").hasLineCount(3);
        assertThat(found.toTable(List.of("a", "b", "c")).rows()).hasSize(12);
    }

    /** Leaves out one run after the other, as the formula says. */
    @Test
    void errorOfAMeanIsTheJackknifeOverRuns() {
        Split split = Split.stratified(classes(), 1);
        MulticlassStability found = STABILITY.assessMulticlass(RAPTOR, states(), classes(), split);
        int runs = 5;
        double[] without = new double[runs];
        for (int left = 0; left < runs; left++) {
            List<Double> kept = new ArrayList<>();
            for (StabilityReport report : found.classes()) {
                int at = 0;
                for (int r = 0; r < runs; r++) {
                    for (int s = r + 1; s < runs; s++, at++) {
                        if (r != left && s != left) {
                            kept.add(Math.abs(report.dropout().cosines()[at]));
                        }
                    }
                }
            }
            without[left] =
                    kept.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
        }
        double centre = Arrays.stream(without).average().orElseThrow();
        double squares =
                Arrays.stream(without).map(t -> (t - centre) * (t - centre)).sum();
        assertThat(found.means().get(0).standardError()).isCloseTo(Math.sqrt(squares * 4 / 5), within(1e-12));
        assertThat(found.means()).hasSize(2);
    }

    @Test
    void oneCPerClassIsNeeded() {
        Split split = Split.stratified(classes(), 1);
        assertThatThrownBy(() -> STABILITY.assessMulticlass(RAPTOR, new double[] {1, 1}, states(), classes(), split))
                .hasMessageContaining("3 classes need as many values of C, not 2");
    }
}
