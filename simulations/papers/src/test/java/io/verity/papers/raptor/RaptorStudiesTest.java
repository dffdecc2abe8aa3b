package io.verity.papers.raptor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.verity.simulations.studies.SimulationResult;
import io.verity.simulations.studies.Studies;
import io.verity.simulations.studies.Study;
import io.verity.simulations.studies.StudyRunner;
import java.util.List;
import org.junit.jupiter.api.Test;

class RaptorStudiesTest {
    private static SimulationResult run(int replicates, Study<?> study) {
        return StudyRunner.withDefaults().withReplicates(replicates).run(study);
    }

    @Test
    void studiesAreRegistered() {
        assertThat(Studies.all()).extracting(Study::name).contains("raptor/theory", "raptor/overlap");
    }

    @Test
    void meansOfSmallProbesAreNearTheirLimits() {
        SimulationResult result = run(
                40,
                RaptorStudies.theory()
                        .withFactor("nOverP", List.of("2"))
                        .withFactor("lambdaMean", List.of("0.1", "1"))
                        .withFactor("columns", List.of("60")));
        assertThat(result.conditions()).hasSize(2).allMatch(c -> c.failures() == 0);
        for (var condition : result.conditions()) {
            double error = condition.measure("cosineBias").mcse();
            assertThat(condition.measure("cosineBias").value()).isCloseTo(0, within(4 * error + 0.02));
            assertThat(condition.measure("normBias").value()).isCloseTo(0, within(0.1));
        }
        assertThat(result.figures()).hasSize(1);
    }

    @Test
    void sharedRowsMakeProbesAlike() {
        SimulationResult result = run(
                30,
                RaptorStudies.overlap().withFactor("lambdaMean", List.of("0.1")).withFactor("columns", List.of("60")));
        assertThat(result.conditions()).hasSize(3).allMatch(c -> c.failures() == 0);
        assertThat(result.conditions().get(2).measure("meanCosine").value())
                .isGreaterThan(result.conditions().get(1).measure("meanCosine").value());
        assertThat(result.conditions().get(1).measure("meanCosine").value())
                .isGreaterThan(result.conditions().get(0).measure("meanCosine").value());
        assertThat(result.figures()).hasSize(1);
    }

    @Test
    void impossibleConditionsAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new OverlapCondition(2, 2, .1, 50, 1.5))
                .withMessage("shared must lie in [0, 1], but is 1.5");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TheoryCondition(2, .01, .1, 50))
                .withMessage("n/p = 0.01 of 50 columns is less than 2 rows");
    }

    @Test
    void foldsNeverDivideAGroup() {
        int[] groups = GroupedFolds.codes(List.of("a", "a", "b", "c", "c", "d", "e", "f", "b"));
        assertThat(groups).containsExactly(0, 0, 1, 2, 2, 3, 4, 5, 1);
        var folds = GroupedFolds.of(groups, 3, io.verity.stats.random.RandomStream.of(1, "folds", 0, 0));
        int tested = 0;
        for (var fold : folds) {
            tested += fold.test().length;
            for (int i : fold.test()) {
                for (int j : fold.pool()) {
                    assertThat(groups[i]).isNotEqualTo(groups[j]);
                }
            }
        }
        assertThat(tested).isEqualTo(groups.length);
    }
}
