package io.verity.simulations.claims;

import io.verity.simulations.store.ResultStore;
import io.verity.simulations.store.SqliteStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * A process of its own that verifies claims into a store, for a test that kills it. Once it has kept some more replicates it
 * stays where it is, so that it has not ended before it is killed, however long the test is kept waiting for its processor.
 */
final class ChildVerification {
    private static final long PAUSE_NANOS = 1_000_000;

    /** So many replicates beyond those it found are enough; a tenth of what the claims need. */
    private static final long ENOUGH = 200;

    /** Replicates between two looks at the store. */
    private static final long BETWEEN = 20;

    private ChildVerification() {}

    /**
     * @param beforeReplicate may take its time, but does not change the replicates
     */
    static List<Claim> claims(Runnable beforeReplicate) {
        return Claims.inOrder(
                TestClaims.claim("coins/C-01", TestClaims.YES).control("false", "False.", TestClaims.NO),
                TestClaims.claim("coins/C-02", coin(beforeReplicate, 0.3).between(0.2, 0.4))
                        .control(
                                "biased",
                                "The coin is fair.",
                                coin(beforeReplicate, 0.3).within(0.5, 0.05)),
                TestClaims.claim("coins/C-03", coin(beforeReplicate, 0.49).above(0.5)));
    }

    private static SequentialMean coin(Runnable beforeReplicate, double probability) {
        Replicate pausing = (context, stream) -> {
            beforeReplicate.run();
            return stream.nextDouble() < probability ? 1 : 0;
        };
        return Criteria.proportion("heads", pausing).caps(5000, 5000).batch(10);
    }

    /** How many replicates a store holds. */
    static long kept(ResultStore store) {
        return store.runs().stream()
                .flatMap(run -> store.finished(run).stream())
                .mapToLong(range -> range.to() - range.from())
                .sum();
    }

    /**
     * Prints a line when there is more in the store than there was.
     *
     * @param arguments the store's file
     */
    public static void main(String[] arguments) {
        try (ResultStore store = SqliteStore.open(Path.of(arguments[0]))) {
            long before = kept(store);
            AtomicLong measured = new AtomicLong();
            Runnable pause = () -> {
                LockSupport.parkNanos(PAUSE_NANOS);
                if (measured.incrementAndGet() % BETWEEN == 0) {
                    long more = kept(store) - before;
                    if (more > 0) {
                        System.out.println("kept " + more);
                    }
                    if (more >= ENOUGH) {
                        awaitEndOfInput();
                    }
                }
            };
            Verifier.withDefaults()
                    .withThreads(3)
                    .withBackend("java")
                    .withStore(store)
                    .verify(claims(pause));
        }
    }

    /** Also the end of the test, were it to end first. */
    private static void awaitEndOfInput() {
        try {
            System.in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
