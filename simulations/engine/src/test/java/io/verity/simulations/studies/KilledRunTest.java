package io.verity.simulations.studies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.verity.simulations.store.ResultStore;
import io.verity.simulations.store.Run;
import io.verity.simulations.store.SqliteStore;
import io.verity.simulations.store.StoreException;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens to the results of a process that is killed without warning, or that another process comes upon. */
class KilledRunTest {
    private static final int KILLS = 4;
    private static final int UNITS = 240;

    private final StudyRunner runner = StudyRunner.withDefaults().withSeed(11).withThreads(3);

    @TempDir
    Path folder;

    private static Process start(Path file, int commits) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))
                                .replace("\n", File.pathSeparator),
                        ChildRun.class.getName(),
                        file.toString(),
                        Integer.toString(commits))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /** Reads until so many units were committed; returns the replicates that the child said were kept by then. */
    private static long awaitCommits(BufferedReader output, int commits) throws IOException {
        long kept = 0;
        int seen = -1;
        while (seen < commits) {
            String line = output.readLine();
            assertThat(line).as("the child ended too early").isNotNull().isNotEqualTo("finished");
            kept += Long.parseLong(line.substring(line.lastIndexOf(' ') + 1));
            seen++;
        }
        return kept;
    }

    private static long kept(Path file) {
        try (ResultStore store = SqliteStore.openForReading(file)) {
            Run run = store.runs().get(0);
            return store.finished(run).stream()
                    .mapToLong(range -> range.to() - range.from())
                    .sum();
        }
    }

    private static List<String> everything(StudyRun<Walk> run) {
        List<String> all = new ArrayList<>();
        for (int c = 0; c < run.study().conditions().size(); c++) {
            run.forEachRow(c, 0, 300, row -> all.add(row.toString()));
            run.failures(c, 300).forEach(failure -> all.add(failure.toString()));
        }
        ObjectNode json = run.summarise().toJson();
        json.remove("run");
        all.add(json.toString());
        return all;
    }

    @Test
    void aRunThatWasKilledSeveralTimesEndsWithTheBitsOfAnUninterruptedOne() throws Exception {
        Path file = folder.resolve("killed.db");
        SplittableRandom moments = new SplittableRandom(20261122);
        long before = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            Process child = start(file, UNITS / KILLS - 1);
            try (BufferedReader output = child.inputReader()) {
                long acknowledged = awaitCommits(output, 1 + moments.nextInt(30));
                LockSupport.parkNanos(moments.nextInt(3_000_000));
                child.destroyForcibly().waitFor();
                long kept = kept(file);
                assertThat(kept).isGreaterThanOrEqualTo(acknowledged).isBetween(before + 5, 1200L - 5);
                before = kept;
            }
        }
        List<String> resumed;
        try (StudyRun<Walk> run = runner.withStore(file).open(ChildRun.study())) {
            assertThat(run.stored().finished()).isFalse();
            run.complete();
            resumed = everything(run);
        }
        try (StudyRun<Walk> run = runner.withStore(folder.resolve("quiet.db")).open(ChildRun.study())) {
            run.complete();
            assertThat(resumed).hasSize(1201).isEqualTo(everything(run));
        }
    }

    @Test
    void aSecondProcessIsToldWhichOneUsesTheStore() throws Exception {
        Path file = folder.resolve("shared.db");
        Process child = start(file, 1);
        try (BufferedReader output = child.inputReader()) {
            awaitCommits(output, 1);
            assertThatThrownBy(() -> SqliteStore.open(file))
                    .isInstanceOfSatisfying(
                            StoreException.class, e -> assertThat(e.reason()).isEqualTo(StoreException.Reason.IN_USE))
                    .hasMessageContaining("in use by process " + child.pid() + ", running since 20");
            assertThat(kept(file)).as("readers are welcome").isEqualTo(5);
        } finally {
            child.destroyForcibly().waitFor();
        }
        try (ResultStore store = SqliteStore.open(file)) {
            Run run = store.runs().get(0);
            assertThat(store.finished(run))
                    .extracting(range -> range.to() - range.from())
                    .containsExactly(5L);
        }
    }
}
