package io.verity.papers.largestep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.verity.simulations.studies.ConditionSummary;
import io.verity.simulations.studies.SimulationResult;
import io.verity.simulations.studies.Studies;
import io.verity.simulations.studies.Study;
import io.verity.simulations.studies.StudyRunner;
import java.util.List;
import org.junit.jupiter.api.Test;

class LargeStepStudiesTest {
    @Test
    void studiesAreRegistered() {
        assertThat(Studies.all()).extracting(Study::name).contains("large-step/separation", "large-step/trajectory");
    }

    @Test
    void separationCrossesSevenStepSizesWithTwoGenerators() {
        Study<DescentCondition> study = LargeStepStudies.separation();
        assertThat(study.conditions()).hasSize(14);
        assertThat(study.conditions())
                .extracting(c -> c.value().dataLabel())
                .containsOnly("sep(100,5,0.05)", "gmix(60,20,1)");
        assertThat(study.conditions())
                .extracting(c -> c.value().stepSize())
                .contains(.01, .1, 1.0, 10.0, 100.0, 1e3, 1e4);
        assertThat(study.conditions()).allMatch(c -> c.value().maxIterations() == 20_000);
    }

    @Test
    void largeStepsSeparateSoonerThanSmallOnesOnAverage() {
        SimulationResult result = StudyRunner.withDefaults()
                .withReplicates(20)
                .run(LargeStepStudies.separation()
                        .withFactor("generator", List.of("sep"))
                        .withFactor("stepSize", List.of("0.1", "100")));
        ConditionSummary small = result.conditions().get(0);
        ConditionSummary large = result.conditions().get(1);
        assertThat(large.metric("iterations").median())
                .isLessThan(small.metric("iterations").median() / 5);
        assertThat(large.metric("separated").mean()).isEqualTo(1);
        assertThat(large.metric("separable").mean()).isEqualTo(1);
        assertThat(result.figures()).hasSize(1);
    }

    @Test
    void factorsCanBeSetAndAreChecked() {
        Study<DescentCondition> study = LargeStepStudies.separation()
                .withFactor("n", List.of("40"))
                .withFactor("variant", List.of("normalized"))
                .withFactor("stepSize", List.of("2.5"));
        assertThat(study.conditions())
                .extracting(c -> c.value().dataLabel() + " " + c.value().variant())
                .containsExactly("sep(40,5,0.05) normalized", "gmix(40,20,1) normalized");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LargeStepStudies.separation().withFactor("stepSize", List.of("-1")))
                .withMessageContaining("stepSize must be a positive finite number");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LargeStepStudies.separation().withFactor("stepsize", List.of("1")))
                .withMessageContaining("stepSize");
    }

    @Test
    void runThatNeverSeparatesIsCountedWithTheCap() {
        SimulationResult result = StudyRunner.withDefaults()
                .withReplicates(5)
                .run(LargeStepStudies.separation()
                        .withFactor("generator", List.of("gmix"))
                        .withFactor("n", List.of("200"))
                        .withFactor("d", List.of("2"))
                        .withFactor("maxIterations", List.of("50"))
                        .withFactor("stepSize", List.of("1")));
        ConditionSummary only = result.conditions().get(0);
        assertThat(only.metric("separable").mean()).isZero();
        assertThat(only.metric("separated").mean()).isZero();
        assertThat(only.metric("iterations").mean()).isEqualTo(50);
    }

    @Test
    void trajectoryReportsEveryMetricAtEveryLook() {
        SimulationResult result = StudyRunner.withDefaults()
                .withReplicates(3)
                .run(LargeStepStudies.trajectory().withFactor("stepSize", List.of("0.1", "100")));
        assertThat(result.conditions()).hasSize(4).allMatch(c -> c.failures() == 0);
        ConditionSummary small = result.conditions().get(0);
        assertThat(small.metrics()).hasSize(4 * 16);
        assertThat(small.metric("loss@1000").mean())
                .isLessThan(small.metric("loss@1").mean());
        assertThat(result.figures()).hasSize(2);
    }
}
