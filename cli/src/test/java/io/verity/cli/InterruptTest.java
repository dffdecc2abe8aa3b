package io.verity.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processes that are stopped in the middle: what was finished is kept, and the same command ends with the same result. */
class InterruptTest {
    private static final int PATIENCE_SECONDS = 60;

    @TempDir
    private Path folder;

    @BeforeAll
    static void signalsArePosix() {
        assumeThat(File.separatorChar).as("signals as on POSIX systems").isEqualTo('/');
    }

    /** Starts the command line in a process of its own; a parent that ignores interrupts does not pass that on. */
    private Process start(Object... args) throws IOException {
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        List<String> command = new ArrayList<>();
        if (Files.isExecutable(Path.of("/usr/bin/env")) && isGnu()) {
            command.addAll(List.of("/usr/bin/env", "--default-signal=INT"));
        }
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-cp", classPath, "io.verity.cli.Main"));
        for (Object arg : args) {
            command.add(arg.toString());
        }
        return new ProcessBuilder(command)
                .redirectOutput(folder.resolve("out").toFile())
                .redirectError(folder.resolve("err").toFile())
                .start();
    }

    private static boolean isGnu() throws IOException {
        Process version = new ProcessBuilder("/usr/bin/env", "--version").start();
        return new String(version.getInputStream().readAllBytes(), StandardCharsets.UTF_8).contains("GNU");
    }

    /** Waits until the store has grown beyond its tables, so that something is finished. */
    private static void waitForWork(Path store, Process process) throws Exception {
        Path log = store.resolveSibling(store.getFileName() + "-wal");
        for (int i = 0; i < PATIENCE_SECONDS * 50; i++) {
            assertThat(process.isAlive()).as("still running").isTrue();
            if (Files.exists(log) && Files.size(log) > 100_000) {
                return;
            }
            Thread.sleep(20);
        }
        throw new AssertionError("nothing was written to " + store);
    }

    private static void signal(Process process, String name) throws Exception {
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .start()
                .waitFor();
        assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS))
                .as("ends on %s", name)
                .isTrue();
    }

    private String err() throws IOException {
        return Files.readString(folder.resolve("err"));
    }

    private Spoken uninterrupted() {
        return Spoken.by("simulate", "toy/nap", "--replicates", "600", "--out", folder.resolve("whole"), "--json", "-");
    }

    private static String result(String json) {
        return json.substring(json.indexOf("\"study\""));
    }

    @Test
    void interruptKeepsWhatIsFinishedSaysHowToGoOnAndExitsWith130() throws Exception {
        Path store = folder.resolve("store.db");
        Process process = start("simulate", "toy/nap", "--replicates", "600", "--out", folder, "--quiet");
        waitForWork(store, process);
        signal(process, "INT");
        assertThat(process.exitValue()).as(err()).isEqualTo(130);
        assertThat(err())
                .containsOnlyOnce("\n")
                .startsWith("verity: ")
                .contains("kept in", "the same command continues");
        Process resumed =
                start("simulate", "toy/nap", "--replicates", "600", "--out", folder, "--json", "-", "--quiet");
        assertThat(resumed.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(result(Files.readString(folder.resolve("out"))))
                .isEqualTo(result(uninterrupted().out()));
    }

    @Test
    void killedProcessIsContinuedToTheSameResult() throws Exception {
        Path store = folder.resolve("store.db");
        Process process = start("simulate", "toy/nap", "--replicates", "600", "--out", folder, "--quiet");
        waitForWork(store, process);
        Spoken second = Spoken.by("simulate", "toy/nap", "--replicates", "600", "--out", folder);
        assertThat(second.code()).isEqualTo(2);
        assertThat(second.err()).contains(Long.toString(process.pid()));
        signal(process, "KILL");
        Spoken resumed = Spoken.by("simulate", "toy/nap", "--replicates", "600", "--out", folder, "--json", "-");
        assertThat(resumed.code()).as(resumed.err()).isZero();
        assertThat(result(resumed.out())).isEqualTo(result(uninterrupted().out()));
    }

    @Test
    void interruptOfWorkThatKeepsNothingSaysSo() throws Exception {
        Process process = start("fit", "toy", "--level", "1", "--mood", "sleepy");
        for (int i = 0; i < PATIENCE_SECONDS * 50 && !err().contains("zzz"); i++) {
            Thread.sleep(20);
        }
        signal(process, "INT");
        assertThat(process.exitValue()).isEqualTo(130);
        assertThat(err()).contains("verity: interrupted");
    }
}
