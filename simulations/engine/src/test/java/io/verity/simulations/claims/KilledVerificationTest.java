package io.verity.simulations.claims;

import static org.assertj.core.api.Assertions.assertThat;

import io.verity.simulations.store.ResultStore;
import io.verity.simulations.store.SqliteStore;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A verification whose process is killed without warning. */
class KilledVerificationTest {
    @TempDir
    Path folder;

    private static Process start(Path file) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))
                                .replace("\n", File.pathSeparator),
                        ChildVerification.class.getName(),
                        file.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static long keptReplicates(Path file) {
        try (ResultStore store = SqliteStore.openForReading(file)) {
            return store.runs().stream()
                    .flatMap(run -> store.finished(run).stream())
                    .mapToLong(range -> range.to() - range.from())
                    .sum();
        }
    }

    @Test
    void verificationThatWasKilledEndsWithTheVerdictsOfAnUninterruptedOne() throws Exception {
        Path file = folder.resolve("killed.db");
        long before = 0;
        for (int kill = 1; kill <= 3; kill++) {
            Process child = start(file);
            try (BufferedReader output = child.inputReader()) {
                assertThat(output.readLine()).as("the first look").isNotNull();
                while (keptReplicates(file) < before + 1) {
                    assertThat(child.isAlive()).as("the child ended too early").isTrue();
                    LockSupport.parkNanos(10_000_000);
                }
            } finally {
                child.destroyForcibly().waitFor();
            }
            before = keptReplicates(file);
            assertThat(before).isBetween((long) kill, 5000L);
        }
        Verifier verifier = Verifier.withDefaults().withThreads(2).withBackend("java");
        VerificationRun resumed = verifier.withStore(file).verify(ChildVerification.claims(0));
        VerificationRun quiet = verifier.verify(ChildVerification.claims(0));
        assertThat(resumed.records())
                .extracting(r -> r.verdict().kind())
                .containsExactly(
                        Verdict.Kind.SUPPORTED,
                        Verdict.Kind.REFUTED,
                        Verdict.Kind.SUPPORTED,
                        Verdict.Kind.REFUTED,
                        Verdict.Kind.INCONCLUSIVE);
        assertThat(text(resumed)).isEqualTo(text(quiet));
        assertThat(keptReplicates(file))
                .as("a finished run keeps no replicates")
                .isZero();
    }

    private static List<String> text(VerificationRun run) {
        return run.records().stream()
                .map(r -> VerificationJson.write(new ClaimRecord(
                        r.id(),
                        r.source(),
                        r.title(),
                        r.statement(),
                        r.expected(),
                        r.control(),
                        r.controlOf(),
                        r.finding(),
                        r.verdict(),
                        0)))
                .toList();
    }
}
