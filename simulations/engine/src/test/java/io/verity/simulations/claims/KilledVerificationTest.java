package io.verity.simulations.claims;

import static org.assertj.core.api.Assertions.assertThat;

import io.verity.simulations.store.ResultStore;
import io.verity.simulations.store.SqliteStore;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
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
            return ChildVerification.kept(store);
        }
    }

    @Test
    void verificationThatWasKilledEndsWithTheVerdictsOfAnUninterruptedOne() throws Exception {
        Path file = folder.resolve("killed.db");
        long before = 0;
        for (int kill = 1; kill <= 3; kill++) {
            Process child = start(file);
            try (BufferedReader output = child.inputReader()) {
                assertThat(output.readLine()).as("what the child says").startsWith("kept ");
            } finally {
                child.destroyForcibly().waitFor();
            }
            long kept = keptReplicates(file);
            assertThat(kept).isBetween(before + 1, 5000L);
            before = kept;
        }
        Verifier verifier = Verifier.withDefaults().withThreads(2).withBackend("java");
        VerificationRun resumed = verifier.withStore(file).verify(ChildVerification.claims(() -> {}));
        VerificationRun quiet = verifier.verify(ChildVerification.claims(() -> {}));
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
