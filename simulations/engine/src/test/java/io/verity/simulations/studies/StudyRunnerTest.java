package io.verity.simulations.studies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.verity.simulations.progress.Cancellation;
import io.verity.simulations.progress.CancelledException;
import io.verity.simulations.progress.Progress;
import io.verity.simulations.store.InMemoryStore;
import io.verity.simulations.store.ResultStore;
import io.verity.simulations.store.SqliteStore;
import io.verity.simulations.store.StoreException;
import io.verity.simulations.store.StoredFailure;
import io.verity.simulations.store.UnitRecord;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StudyRunnerTest {
    private static final StudyRunner RUNNER = StudyRunner.withDefaults().withThreads(2);

    private final AtomicInteger calls = new AtomicInteger();
    private final Study<Walk> counted = Walk.study().replicate((c, stream) -> {
        calls.incrementAndGet();
        return Walk.draw(c, stream);
    });

    @TempDir
    Path folder;

    /** Everything that is a function of the inputs and the seed alone. */
    private static String bits(SimulationResult result) {
        ObjectNode json = result.toJson();
        json.remove("run");
        return json.toString();
    }

    private static List<String> rows(StudyRun<?> run, int condition, long to) {
        List<String> rows = new ArrayList<>();
        run.forEachRow(condition, 0, to, row -> rows.add(row.toString()));
        return rows;
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 7})
    void bitsDoNotDependOnThreads(int threads) {
        Study<Walk> study = Walk.study().replicate(Walk::draw);
        List<List<String>> found = new ArrayList<>();
        List<String> summaries = new ArrayList<>();
        for (int t : new int[] {1, threads}) {
            StudyRunner runner = StudyRunner.withDefaults().withThreads(t).withStore(folder.resolve(t + ".db"));
            try (StudyRun<Walk> run = runner.open(study)) {
                run.complete();
                found.add(rows(run, 3, 120));
                summaries.add(bits(run.summarise()));
            }
        }
        assertThat(found.get(1)).hasSize(120).isEqualTo(found.get(0));
        assertThat(summaries.get(1)).isEqualTo(summaries.get(0));
    }

    @Test
    void bitsDependOnTheSeed() {
        assertThat(bits(RUNNER.withSeed(1).run(counted)))
                .isNotEqualTo(bits(RUNNER.withSeed(2).run(counted)));
    }

    @Test
    void bitsDoNotDependOnTheStore() {
        SimulationResult inMemory = RUNNER.run(counted);
        SimulationResult inFile = RUNNER.withStore(folder.resolve("s.db")).run(counted);
        assertThat(bits(inFile)).isEqualTo(bits(inMemory));
    }

    @Test
    void bitsDoNotDependOnTheExecutor() {
        UnitExecutor backwards = new UnitExecutor() {
            @Override
            public String id() {
                return "backwards";
            }

            @Override
            public int threads() {
                return 1;
            }

            @Override
            public Stream<UnitRecord> run(Study<?> study, long seed, List<Unit> units, Cancellation cancellation) {
                return Stream.iterate(units.size() - 1, i -> i >= 0, i -> i - 1)
                        .map(i -> study.run(units.get(i), seed, () -> false).orElseThrow());
            }

            @Override
            public void close() {}
        };
        SimulationResult result = RUNNER.withExecutor(backwards).run(counted);
        assertThat(result.execution().engine()).isEqualTo("backwards");
        assertThat(bits(result)).isEqualTo(bits(RUNNER.run(counted)));
    }

    @Test
    void extensionComputesOnlyNewReplicates() {
        StudyRunner runner = RUNNER.withStore(folder.resolve("s.db"));
        runner.withReplicates(50).run(counted);
        assertThat(calls).hasValue(4 * 50);
        SimulationResult extended = runner.run(counted);
        assertThat(calls).hasValue(4 * 120);
        runner.run(counted);
        assertThat(calls).hasValue(4 * 120);
        assertThat(bits(extended)).isEqualTo(bits(RUNNER.run(counted)));
    }

    @Test
    void askingForFewerReplicatesThanStoredUsesTheFirst() {
        StudyRunner runner = RUNNER.withStore(folder.resolve("s.db"));
        runner.run(counted);
        assertThat(bits(runner.withReplicates(30).run(counted)))
                .isEqualTo(bits(RUNNER.withReplicates(30).run(counted)));
    }

    @Test
    void anotherVersionSeedBackendOrParameterStartsAfresh() {
        StudyRunner runner = RUNNER.withStore(folder.resolve("s.db")).withReplicates(10);
        runner.run(counted);
        int each = calls.get();
        runner.withSeed(7).run(counted);
        assertThat(calls).hasValue(2 * each);
        runner.withBackend("native-blas").run(counted);
        assertThat(calls).hasValue(3 * each);
        runner.run(Walk.study().version(2).replicate((c, stream) -> {
            calls.incrementAndGet();
            return Walk.draw(c, stream);
        }));
        assertThat(calls).hasValue(4 * each);
        runner.run(counted.withFactor("n", List.of("3")));
        assertThat(calls).hasValue(4 * each + each / 2);
        runner.run(counted);
        assertThat(calls).as("the first run is still whole").hasValue(4 * each + each / 2);
    }

    @Test
    void aFileOfAnotherStudyIsRefusedUnlessItMayBeShared() {
        Path file = folder.resolve("s.db");
        StudyRunner runner = RUNNER.withOwnStore(file).withReplicates(5);
        runner.run(counted);
        Study<Walk> other = Study.named("test/other", Walk.class)
                .conditions(List.of(new Walk(0, 1)))
                .metric("x", "x")
                .replicate((c, stream) -> Row.of("x", 1));
        assertThatThrownBy(() -> runner.run(other))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("made by test/walk, not by test/other");
        runner.run(counted);
        assertThat(calls).hasValue(20);
        runner.withStore(file).run(other);
        runner.run(counted);
        assertThat(calls).hasValue(20);
    }

    @Test
    void oneStoreServesSeveralStudiesWhenTheCallerOpensIt() {
        try (ResultStore store = SqliteStore.open(folder.resolve("s.db"))) {
            StudyRunner runner = RUNNER.withStore(store).withReplicates(5);
            runner.run(counted);
            runner.run(counted.withFactor("mean", List.of("2")));
            assertThat(store.runs()).hasSize(2).allMatch(run -> run.finished());
        }
    }

    @Test
    void aCancelledRunKeepsItsUnitsAndContinues() {
        Cancellation cancellation = Cancellation.create();
        AtomicLong advanced = new AtomicLong();
        Progress stopper = listener(advanced, () -> {
            if (advanced.get() >= 100) {
                cancellation.cancel();
            }
        });
        Path file = folder.resolve("s.db");
        assertThatThrownBy(() -> RUNNER.withStore(file)
                        .withProgress(stopper)
                        .withCancellation(cancellation)
                        .run(counted))
                .isInstanceOf(CancelledException.class)
                .hasMessageContaining("stopped: " + advanced + " of 480 replicates of test/walk are kept in " + file);
        assertThat(advanced.get()).isBetween(100L, 106L);
        assertThat(bits(RUNNER.withStore(file).run(counted))).isEqualTo(bits(RUNNER.run(counted)));
    }

    @Test
    void anInterruptedThreadStopsTheRun() {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> RUNNER.run(counted)).isInstanceOf(CancelledException.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void aStoreThatFailsMidwayLosesNothingCommitted() {
        Path file = folder.resolve("s.db");
        AtomicInteger commits = new AtomicInteger();
        try (ResultStore store = SqliteStore.open(file)) {
            ResultStore full = new FailingStore(store, () -> {
                if (commits.incrementAndGet() > 10) {
                    throw new StoreException(StoreException.Reason.FULL, "the disk is full", null);
                }
            });
            assertThatThrownBy(() -> RUNNER.withStore(full).run(counted)).hasMessage("the disk is full");
        }
        calls.set(0);
        SimulationResult resumed = RUNNER.withStore(file).run(counted);
        assertThat(calls).hasValueLessThanOrEqualTo(480 - 10 * 4);
        assertThat(bits(resumed)).isEqualTo(bits(RUNNER.run(counted)));
    }

    @Test
    void progressStartsWhereTheStoreIsAndEndsAtTheTotal() {
        ResultStore store = new InMemoryStore();
        AtomicLong seen = new AtomicLong();
        StudyRunner runner = RUNNER.withStore(store).withProgress(listener(seen, () -> {}));
        runner.withReplicates(20).run(counted);
        assertThat(seen).hasValue(80);
        runner.withReplicates(30).run(counted);
        assertThat(seen).as("done + advanced").hasValue(120);
    }

    private static Progress listener(AtomicLong done, Runnable then) {
        return new Progress() {
            @Override
            public Task start(String task, long total, long already) {
                done.set(already);
                return new Task() {
                    @Override
                    public void advance(long steps) {
                        done.addAndGet(steps);
                        then.run();
                    }

                    @Override
                    public void close() {}
                };
            }

            @Override
            public void message(String text) {}
        };
    }

    @Test
    void neverMoreThanAWindowOfUnitsIsInFlight() {
        AtomicLong committed = new AtomicLong();
        AtomicLong most = new AtomicLong();
        Study<Walk> study = Walk.study().replicates(2000).replicate((c, stream) -> {
            long inFlight = calls.incrementAndGet() - committed.get();
            most.accumulateAndGet(inFlight, Math::max);
            return Row.of("average", 0);
        });
        ResultStore slow = new FailingStore(new InMemoryStore(), () -> committed.addAndGet(7));
        RUNNER.withStore(slow).run(study);
        assertThat(most.get()).isLessThanOrEqualTo(7 * (LocalExecutor.AHEAD * 2 + 1));
    }

    @Test
    void aFailedReplicateIsRecordedAndCountedAndNeverRedrawn() {
        List<Long> expected = new ArrayList<>();
        try (StudyRun<Walk> run = RUNNER.open(Walk.study().replicate(Walk::draw))) {
            run.complete();
            run.forEachRow(2, 0, 120, row -> {
                if (row.value("average") > 1.2) {
                    expected.add(row.replicate());
                }
            });
        }
        Study<Walk> study = Walk.study().replicate((c, stream) -> {
            calls.incrementAndGet();
            Row row = Walk.draw(c, stream);
            if (c.mean() == 0.5 && c.n() == 3 && row.value("average") > 1.2) {
                throw new IllegalStateException("average is " + row.value("average"));
            }
            return row;
        });
        try (StudyRun<Walk> run = RUNNER.withFailureLimit(0.25).open(study)) {
            run.complete();
            ConditionSummary summary = run.summarise().conditions().get(2);
            assertThat(expected).hasSizeBetween(5, 25);
            assertThat(summary.failures()).isEqualTo(expected.size());
            assertThat(summary.replicates()).isEqualTo(120);
            assertThat(summary.metric("average").n()).isEqualTo(120 - expected.size());
            assertThat(summary.metric("average").max()).isLessThanOrEqualTo(1.2);
            assertThat(calls).hasValue(480);
            List<StoredFailure> failures = run.failures(2, 100);
            assertThat(failures).extracting(StoredFailure::replicate).containsExactlyElementsOf(expected);
            assertThat(failures.get(0).error()).contains("IllegalStateException: average is 1.", "StudyRunnerTest");
            assertThatThrownBy(() -> study.replay(2, expected.get(0), run.seed()))
                    .isInstanceOf(ReplicateException.class)
                    .hasMessageContaining("condition 2 (mean=0.5, n=3)")
                    .hasCauseInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void aNanReplicateIsAFailureWithItsCoordinates() {
        Study<Walk> study =
                Walk.study().replicate((c, stream) -> Row.of("average", stream.nextDouble() < 0.02 ? Double.NaN : 1));
        try (StudyRun<Walk> run = RUNNER.open(study)) {
            run.complete();
            assertThat(run.failures(0, 1)).singleElement().satisfies(failure -> {
                assertThat(failure.error()).contains("metric 'average' is NaN");
                assertThat(failure.cell()).isEqualTo(study.conditions().get(0).cell());
            });
        }
    }

    @Test
    void tooManyFailuresStopTheStudyAndSayHowToReproduceOne() {
        Study<Walk> study = Walk.study().replicate((c, stream) -> {
            if (c.n() == 10 && stream.nextDouble() < 0.2) {
                throw new ArithmeticException("no luck");
            }
            return Row.of("average", 1);
        });
        Path file = folder.resolve("s.db");
        for (int attempt = 0; attempt < 2; attempt++) {
            assertThatThrownBy(() -> RUNNER.withStore(file).run(study))
                    .isInstanceOf(StudyFailedException.class)
                    .hasMessageContaining("of the 120 replicates of condition 1 (mean=0, n=10) have failed")
                    .hasMessageContaining("more than the limit of 6")
                    .hasMessageContaining("ArithmeticException: no luck")
                    .hasMessageContaining("verity replay test/walk --condition 1 --replicate ")
                    .hasMessageContaining(" --seed 42")
                    .hasMessageNotContaining("\n");
        }
        SimulationResult tolerant = RUNNER.withStore(file).withFailureLimit(0.5).run(study);
        assertThat(tolerant.conditions().get(1).failures()).isBetween(10L, 40L);
    }

    @Test
    void twoFailuresNeverStopAStudyUnlessTheLimitIsZero() {
        Study<Walk> study = Walk.study().replicates(10).replicate((c, stream) -> {
            if (calls.incrementAndGet() <= 2) {
                throw new IllegalStateException("not yet");
            }
            return Row.of("average", 1);
        });
        assertThat(RUNNER.withThreads(1).run(study).conditions().get(0).failures())
                .isEqualTo(2);
        calls.set(0);
        assertThatThrownBy(() -> RUNNER.withFailureLimit(0).run(study)).isInstanceOf(StudyFailedException.class);
    }

    @Test
    void anErrorOfTheMachineIsNoFailureOfAReplicate() {
        Study<Walk> study = Walk.study().replicate((c, stream) -> {
            throw new OutOfMemoryError("simulated");
        });
        assertThatThrownBy(() -> RUNNER.run(study)).isInstanceOf(OutOfMemoryError.class);
    }

    @Test
    void replayEqualsTheOriginal() {
        Study<Walk> study = Walk.study().replicate(Walk::draw);
        try (StudyRun<Walk> run = RUNNER.withSeed(9).open(study)) {
            run.complete();
            run.forEachRow(
                    3,
                    0,
                    120,
                    row -> assertThat(study.replay(3, row.replicate(), 9).values())
                            .containsExactlyInAnyOrderEntriesOf(row.values()));
        }
    }

    @Test
    void aReplicateDoesNotDependOnTheRestOfTheGrid() {
        Study<Walk> study = Walk.study().replicate(Walk::draw);
        Study<Walk> narrowed = study.withFactor("mean", List.of("9", "0.5")).withFactor("n", List.of("10"));
        assertThat(narrowed.replay(1, 17, 5)).isEqualTo(study.replay(3, 17, 5));
    }

    @Test
    void replayRefusesCoordinatesThatDoNotExist() {
        assertThatThrownBy(() -> counted.replay(4, 0, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("conditions 0 to 3, but condition 4");
        assertThatThrownBy(() -> counted.replay(0, -1, 1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void rowsThatDoNotMatchTheMetricsAreFailures() {
        List<Row> wrong = List.of(
                Row.of("avrage", 1),
                new Row().put("sum", 1, 2),
                Row.of("average", 1).put("sum", 2),
                new Row().put("average", 1, 1));
        List<String> reasons = List.of(
                "does not declare; did you mean average?",
                "does not report metric 'average'",
                "'sum' is a trajectory",
                "'average' is no trajectory");
        for (int i = 0; i < wrong.size(); i++) {
            Row row = wrong.get(i);
            Study<Walk> study = Walk.study().replicate((c, stream) -> row);
            assertThatThrownBy(() -> study.replay(0, 0, 1)).hasMessageContaining(reasons.get(i));
        }
    }

    @Test
    void batchesOfOneConditionCanBeAskedForOneAfterTheOther() {
        try (StudyRun<Walk> run = RUNNER.open(counted)) {
            run.ensure(2, 10);
            assertThat(calls).hasValue(10);
            run.ensure(2, 25);
            assertThat(calls).hasValue(25);
            assertThat(rows(run, 2, 25)).hasSize(25);
            assertThatThrownBy(() -> rows(run, 2, 26)).hasMessageContaining("25 were computed");
            assertThat(run.summarise().conditions().get(0).metrics()).isEmpty();
        }
    }
}
