package io.verity.papers.r3d;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.verity.simulations.studies.ConditionSummary;
import io.verity.simulations.studies.SimulationResult;
import io.verity.simulations.studies.Studies;
import io.verity.simulations.studies.Study;
import io.verity.simulations.studies.StudyRunner;
import java.util.List;
import org.junit.jupiter.api.Test;

class R3dStudiesTest {
    @Test
    void studiesAreRegistered() {
        assertThat(Studies.all())
                .extracting(Study::name)
                .contains("r3d/coverage", "r3d/bias", "r3d/bandwidth-rate", "rd/coverage");
    }

    @Test
    void bandsOfWidenedResidualsAreWiderOnTheSameKindOfData() {
        SimulationResult result = run(
                30,
                R3dStudies.coverage()
                        .withFactor("design", List.of("dgp1"))
                        .withFactor("units", List.of("200"))
                        .withFactor("method", List.of("frechet")));
        assertThat(result.conditions()).hasSize(2).allMatch(c -> c.failures() == 0);
        assertThat(width(result, 1)).isGreaterThan(width(result, 0));
        assertThat(result.figures()).hasSize(1);
        assertThat(result.conditions().get(1).measure("coverage").value()).isBetween(.7, 1.0);
    }

    private static double width(SimulationResult result, int condition) {
        return result.conditions().get(condition).measure("meanWidth").value();
    }

    @Test
    void everyOptionOfTheCoverageStudyRuns() {
        for (String design : List.of("fuzzy", "scale", "dgp3")) {
            SimulationResult result = run(
                    2,
                    R3dStudies.coverage()
                            .withFactor("design", List.of(design))
                            .withFactor("units", List.of("200"))
                            .withFactor("kernel", List.of("uniform"))
                            .withFactor("order", List.of("1"))
                            .withFactor("bandwidth", List.of("paper", "imserd", "r-package", "0.7"))
                            .withFactor("residuals", List.of("hc3"))
                            .withFactor("bands", List.of("studentized")));
            assertThat(result.conditions()).hasSize(8).allMatch(c -> c.failures() == 0);
        }
    }

    @Test
    void pooledQuantilesAreBiasedForTheAverageEffectWhereSpreadJumps() {
        SimulationResult result =
                run(60, R3dStudies.bias().withFactor("design", List.of("scale")).withFactor("perUnit", List.of("100")));
        ConditionSummary pooled = result.conditions().get(1);
        double first = pooled.measure("bias10").value();
        double last = pooled.metric("error@0.9").mean();
        assertThat(first - last).isGreaterThan(.5);
        assertThat(result.figures()).hasSize(1);
    }

    @Test
    void bandwidthShrinksWhereMeansBend() {
        SimulationResult result = run(
                20,
                R3dStudies.bandwidthRate()
                        .withFactor("design", List.of("dgp3"))
                        .withFactor("selector", List.of("paper"))
                        .withFactor("units", List.of("250", "4000")));
        assertThat(result.conditions().get(1).measure("meanBandwidth").value())
                .isLessThan(
                        .8 * result.conditions().get(0).measure("meanBandwidth").value());
    }

    @Test
    void conventionalIntervalsLoseCoverageAsTheBandwidthGrows() {
        SimulationResult result = run(300, R3dStudies.scalarCoverage().withFactor("multiple", List.of("1", "2", "3")));
        assertThat(result.conditions().get(2).measure("conventionalCoverage").value())
                .isLessThan(result.conditions()
                                .get(0)
                                .measure("conventionalCoverage")
                                .value()
                        - .1);
        assertThat(result.figures()).hasSize(1);
    }

    @Test
    void factorsAreChecked() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> R3dStudies.coverage().withFactor("bandwidth", List.of("papre")))
                .withMessageContaining("'papre'");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> R3dStudies.bias().withFactor("design", List.of("fuzzy")))
                .withMessageContaining("sharp");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> R3dStudies.bandwidthRate().withFactor("design", List.of("dgp2")))
                .withMessageContaining("samples");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> R3dStudies.scalarCoverage().withFactor("multiple", List.of("0")))
                .withMessageContaining("multiple");
    }

    private static SimulationResult run(long replicates, Study<?> study) {
        return StudyRunner.withDefaults().withReplicates(replicates).run(study);
    }
}
