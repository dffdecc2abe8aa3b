package io.verity.papers.nbvslr;

import static org.assertj.core.api.Assertions.assertThat;

import io.verity.simulations.studies.SimulationResult;
import io.verity.simulations.studies.Studies;
import io.verity.simulations.studies.Study;
import io.verity.simulations.studies.StudyRunner;
import io.verity.stats.result.Figure.Layer;
import io.verity.stats.result.ResultTable;
import java.util.List;
import org.junit.jupiter.api.Test;

class NbVsLrStudiesTest {
    private static SimulationResult run(int replicates, int threads, Study<?> study) {
        return StudyRunner.withDefaults()
                .withReplicates(replicates)
                .withThreads(threads)
                .run(study);
    }

    @Test
    void studiesAreRegistered() {
        assertThat(Studies.all())
                .extracting(Study::name)
                .contains("nb-vs-lr/mixture", "nb-vs-lr/published", "nb-vs-lr/two-regimes", "nb-vs-lr/fixed-signal");
    }

    @Test
    void bothClassifiersSeeTheSameTrainingSets() {
        // With one row of each class and equal shares both rules separate the two rows; their errors are close to each
        // other
        // replicate by replicate, and far from those of other replicates.
        Study<MixtureCondition> study =
                NbVsLrStudies.mixture().withFactor("d", List.of("1")).withFactor("m", List.of("40"));
        double apart = 0;
        double others = 0;
        for (int r = 0; r < 30; r++) {
            double nb = study.replay(0, r, 42).value("error");
            apart += Math.abs(nb - study.replay(1, r, 42).value("error"));
            others += Math.abs(nb - study.replay(1, r + 1, 42).value("error"));
        }
        assertThat(apart).isLessThan(.6 * others);
    }

    @Test
    void mixtureReportsRowsNeededAndTheirGrowth() {
        Study<MixtureCondition> study = NbVsLrStudies.mixture()
                .withFactor("d", List.of("16", "32", "64"))
                .withFactor("m", List.of("4", "6", "8", "12", "16"))
                .withFactor("model", List.of("nb"));
        SimulationResult one = run(60, 1, study);
        assertThat(one.conditions()).hasSize(15).allMatch(c -> c.failures() == 0);
        List<ResultTable> derived = one.derived();
        assertThat(derived).extracting(ResultTable::name).containsExactly("rows-needed", "growth");
        assertThat(derived.get(0).rows()).hasSize(3);
        assertThat((double) derived.get(1).rows().get(0).get(2)).isBetween(-.8, -.2);
        assertThat(one.figures()).hasSize(2);
        assertThat(one.figures().get(0).layers()).extracting(Layer::series).contains("d = 16", "d = 32", "d = 64");
        assertThat(one.figures().get(0).layers())
                .allSatisfy(layer -> assertThat(layer.x())
                        .as("each line has the five sizes of its own dimension")
                        .containsExactly(4, 6, 8, 12, 16));
        assertThat(one.toJson().at("/tables/growth/0/exponent").asDouble())
                .isEqualTo((double) derived.get(1).rows().get(0).get(2));
        assertThat(run(60, 3, study).toTable()).isEqualTo(one.toTable());
    }

    @Test
    void targetsThatAreNotReachedAreInfiniteInTheTable() {
        SimulationResult result = run(
                10,
                2,
                NbVsLrStudies.mixture()
                        .withFactor("d", List.of("16"))
                        .withFactor("m", List.of("4", "5"))
                        .withFactor("model", List.of("lr")));
        assertThat(result.derived().get(0).rows().get(0).get(2)).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(result.toJson().at("/tables/rows-needed/0/note").asText()).contains("rows is +infinity");
    }

    @Test
    void poolAndMoreClassesRun() {
        SimulationResult result = run(
                10,
                2,
                NbVsLrStudies.mixture()
                        .withFactor("d", List.of("8"))
                        .withFactor("K", List.of("2", "3"))
                        .withFactor("m", List.of("20"))
                        .withFactor("design", List.of("fresh", "pool")));
        assertThat(result.conditions()).hasSize(8).allMatch(c -> c.failures() == 0);
        assertThat(result.conditions())
                .allMatch(c -> c.measure("excess").value()
                        > -4 * Math.max(.002, c.measure("excess").mcse()));
    }

    @Test
    void publishedProtocolStopsOnItsGrid() {
        SimulationResult result = run(2, 2, NbVsLrStudies.published().withFactor("d", List.of("40")));
        assertThat(result.conditions()).hasSize(2).allMatch(c -> c.failures() == 0);
        assertThat(result.conditions().get(0).metric("rows").max()).isLessThan(40);
        assertThat(result.conditions().get(1).metric("rows").min()).isGreaterThan(40);
        assertThat(result.figures()).hasSize(1);
    }

    @Test
    void otherDesignsRun() {
        SimulationResult regimes = run(20, 2, NbVsLrStudies.twoRegimes().withFactor("m", List.of("64", "512")));
        assertThat(regimes.conditions()).hasSize(4).allMatch(c -> c.failures() == 0);
        assertThat(regimes.figures()).hasSize(1);
        SimulationResult fixed = run(
                20,
                2,
                NbVsLrStudies.fixedSignal()
                        .withFactor("d", List.of("16", "64"))
                        .withFactor("m", List.of("16", "64", "256"))
                        .withFactor("model", List.of("nb")));
        assertThat(fixed.conditions()).hasSize(6).allMatch(c -> c.failures() == 0);
        assertThat(fixed.figures()).hasSize(2);
    }
}
