package io.verity.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.verity.simulations.store.ResultStore;
import io.verity.simulations.store.SqliteStore;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processes that are stopped in the middle: what was finished is kept, and the same command ends with the same result. */
class InterruptTest {
    /** For a machine that is busy with other things; nothing here is waited for that does not come. */
    private static final int PATIENCE_SECONDS = 600;

    /** Replicates of each of two conditions. */
    private static final String REPLICATES = "60";

    /** After so many replicates a process waits to be stopped. */
    private static final int DRAWN = 60;

    /** Units of five on two threads: of those drawn, at most four on either thread belong to no finished unit. */
    private static final int KEPT = DRAWN - 8;

    @TempDir
    private Path folder;

    private final List<Process> started = new ArrayList<>();

    @BeforeAll
    static void signalsArePosix() {
        assumeThat(File.separatorChar).as("signals as on POSIX systems").isEqualTo('/');
    }

    @AfterEach
    void endAll() throws Exception {
        for (Process process : started) {
            process.destroyForcibly().waitFor();
        }
    }

    /** Starts the command line in a process of its own; a parent that ignores interrupts does not pass that on. */
    private Process start(List<String> options, Object... args) throws IOException {
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        List<String> command = new ArrayList<>();
        if (Files.isExecutable(Path.of("/usr/bin/env")) && isGnu()) {
            command.addAll(List.of("/usr/bin/env", "--default-signal=INT"));
        }
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of("-Dverity.patience=" + PATIENCE_SECONDS, "--enable-native-access=ALL-UNNAMED"));
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-cp", classPath, "io.verity.cli.Main"));
        for (Object arg : args) {
            command.add(arg.toString());
        }
        Process process = new ProcessBuilder(command)
                .redirectOutput(folder.resolve("out").toFile())
                .redirectError(folder.resolve("err").toFile())
                .start();
        started.add(process);
        return process;
    }

    /** Starts a study that draws so many replicates and then waits to be stopped. */
    private Process startAndStay() throws IOException {
        return start(
                List.of("-Dverity.test.naps=" + DRAWN),
                "simulate",
                "toy/nap",
                "--replicates",
                REPLICATES,
                "--threads",
                "2",
                "--out",
                folder,
                "--quiet");
    }

    private static boolean isGnu() throws IOException {
        Process version = new ProcessBuilder("/usr/bin/env", "--version").start();
        return new String(version.getInputStream().readAllBytes(), StandardCharsets.UTF_8).contains("GNU");
    }

    private void await(String what, Process process, Callable<Boolean> event) throws Exception {
        long start = System.nanoTime();
        while (!event.call()) {
            assertThat(process.isAlive())
                    .as("waits for %s; said: %s", what, err())
                    .isTrue();
            assertThat(System.nanoTime() - start)
                    .as("nanoseconds without %s; said: %s", what, err())
                    .isLessThan(TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS));
            Thread.sleep(20);
        }
    }

    private void awaitWork(Process process) throws Exception {
        await("finished units", process, () -> kept(folder.resolve("store.db")) >= KEPT);
    }

    private static long kept(Path file) {
        if (Files.notExists(file)) {
            return 0;
        }
        try (ResultStore store = SqliteStore.openForReading(file)) {
            return store.runs().stream()
                    .flatMap(run -> store.finished(run).stream())
                    .mapToLong(range -> range.to() - range.from())
                    .sum();
        }
    }

    private void signal(Process process, String name) throws Exception {
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .start()
                .waitFor();
        awaitEnd(process, "on " + name);
    }

    private void awaitEnd(Process process, String when) throws Exception {
        assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS))
                .as("ends %s; said: %s", when, err())
                .isTrue();
    }

    private String err() throws IOException {
        return Files.readString(folder.resolve("err"));
    }

    private Spoken uninterrupted() {
        return Spoken.by(
                "simulate", "toy/nap", "--replicates", REPLICATES, "--out", folder.resolve("whole"), "--json", "-");
    }

    private static String result(String json) {
        return json.substring(json.indexOf("\"study\""));
    }

    @Test
    void interruptKeepsWhatIsFinishedSaysHowToGoOnAndExitsWith130() throws Exception {
        Process process = startAndStay();
        awaitWork(process);
        signal(process, "INT");
        assertThat(process.exitValue()).as(err()).isEqualTo(130);
        assertThat(err())
                .containsOnlyOnce("\n")
                .startsWith("verity: ")
                .contains("kept in", "the same command continues");
        Process resumed = start(
                List.of(),
                "simulate",
                "toy/nap",
                "--replicates",
                REPLICATES,
                "--out",
                folder,
                "--json",
                "-",
                "--quiet");
        awaitEnd(resumed, "by itself");
        assertThat(resumed.exitValue()).as(err()).isZero();
        assertThat(result(Files.readString(folder.resolve("out"))))
                .isEqualTo(result(uninterrupted().out()));
    }

    @Test
    void killedProcessIsContinuedToTheSameResult() throws Exception {
        Process process = startAndStay();
        awaitWork(process);
        Spoken second = Spoken.by("simulate", "toy/nap", "--replicates", REPLICATES, "--out", folder);
        assertThat(second.code()).as(second.err()).isEqualTo(2);
        assertThat(second.err()).contains(Long.toString(process.pid()));
        signal(process, "KILL");
        Spoken resumed = Spoken.by("simulate", "toy/nap", "--replicates", REPLICATES, "--out", folder, "--json", "-");
        assertThat(resumed.code()).as(resumed.err()).isZero();
        assertThat(result(resumed.out())).isEqualTo(result(uninterrupted().out()));
    }

    @Test
    void interruptOfWorkThatKeepsNothingSaysSo() throws Exception {
        Process process = start(List.of(), "fit", "toy", "--level", "1", "--mood", "sleepy");
        await("sleep", process, () -> err().contains("zzz"));
        signal(process, "INT");
        assertThat(process.exitValue()).as(err()).isEqualTo(130);
        assertThat(err()).contains("verity: interrupted");
    }
}
