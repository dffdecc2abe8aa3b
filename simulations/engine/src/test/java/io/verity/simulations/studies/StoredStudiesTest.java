package io.verity.simulations.studies;

import static org.assertj.core.api.Assertions.assertThat;

import io.verity.simulations.store.InMemoryStore;
import io.verity.simulations.store.ResultStore;
import java.util.List;
import org.junit.jupiter.api.Test;

class StoredStudiesTest {
    private final Study<Walk> study = Walk.study().replicates(20).replicate(Walk::draw);
    private final ResultStore store = new InMemoryStore();
    private final StudyRunner runner = StudyRunner.withDefaults().withThreads(1).withStore(store);

    @Test
    void storedRunsGiveTheSummariesOfTheRunsThatMadeThem() {
        List<SimulationResult> made = List.of(
                runner.run(study),
                runner.withSeed(7).run(study),
                runner.run(study.withFactor("mean", List.of("0.1", "1e-7"))));
        List<SimulationResult> read = StoredStudies.read(store, List.of(study));
        assertThat(read.stream().map(r -> r.conditions().toString()))
                .containsExactlyElementsOf(
                        made.stream().map(r -> r.conditions().toString()).toList());
        assertThat(read.get(1).provenance().seed()).isEqualTo(7);
    }

    /** A record whose constructor changes what it is given: the conditions do not show what they were made of. */
    record Derived(String kind, int n) {
        Derived {
            n = n == 0 ? kind.length() : n;
        }
    }

    @Test
    void conditionsThatTheRecordDerivesAreFoundAgain() {
        Study<Derived> derived = Study.named("test/derived", Derived.class)
                .factor("kind", "a", "bb", "ccc")
                .factor("n", 0)
                .metric("x", "x")
                .replicates(3)
                .replicate((c, stream) -> Row.of("x", c.n()));
        runner.run(derived.withFactor("kind", List.of("bb", "dddd")));
        assertThat(StoredStudies.read(store, List.of(derived)).get(0).conditions())
                .extracting(c -> c.condition().label())
                .containsExactly("kind=bb, n=2", "kind=dddd, n=4");
    }

    @Test
    void anUnfinishedRunGivesWhatItHas() {
        try (StudyRun<Walk> run = runner.open(study)) {
            run.ensure(1, 9);
        }
        assertThat(StoredStudies.read(store, List.of(study)).get(0).conditions())
                .extracting(ConditionSummary::replicates)
                .containsExactly(0L, 9L, 0L, 0L);
    }

    @Test
    void runsOfAnotherVersionOrOfAnUnknownStudyAreLeftOut() {
        runner.run(study);
        assertThat(StoredStudies.read(store, List.of())).isEmpty();
        assertThat(StoredStudies.read(store, List.of(Walk.study().version(2).replicate(Walk::draw))))
                .isEmpty();
    }
}
