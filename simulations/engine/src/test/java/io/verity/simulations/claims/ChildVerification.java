package io.verity.simulations.claims;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** A process of its own that verifies claims into a store and says so, for a test that kills it. */
final class ChildVerification {
    private static final long PAUSE_NANOS = 1_000_000;

    private ChildVerification() {}

    /** The pause makes replicates slow enough to be interrupted; it does not change them. */
    static List<Claim> claims(long pauseNanos) {
        return Claims.inOrder(
                TestClaims.claim("coins/C-01", TestClaims.YES).control("false", "False.", TestClaims.NO),
                TestClaims.claim("coins/C-02", slow(pauseNanos, 0.3).between(0.2, 0.4))
                        .control(
                                "biased",
                                "The coin is fair.",
                                slow(pauseNanos, 0.3).within(0.5, 0.05)),
                TestClaims.claim("coins/C-03", slow(pauseNanos, 0.49).above(0.5)));
    }

    private static SequentialMean slow(long pauseNanos, double probability) {
        Replicate pausing = (context, stream) -> {
            LockSupport.parkNanos(pauseNanos);
            return stream.nextDouble() < probability ? 1 : 0;
        };
        return Criteria.proportion("heads", pausing).caps(5000, 5000).batch(10);
    }

    /** Prints a line at every look. */
    public static void main(String[] arguments) {
        Verifier.withDefaults()
                .withThreads(3)
                .withBackend("java")
                .withStore(Path.of(arguments[0]))
                .withListener(new VerificationListener() {
                    @Override
                    public void progress(Claim claim, long done, long total) {
                        System.out.println(claim.id() + " " + done);
                    }
                })
                .verify(claims(PAUSE_NANOS));
        System.out.println("finished");
    }
}
