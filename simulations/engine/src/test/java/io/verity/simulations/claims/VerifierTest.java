package io.verity.simulations.claims;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.verity.simulations.claims.Verdict.Kind;
import io.verity.simulations.progress.Cancellation;
import io.verity.simulations.progress.CancelledException;
import io.verity.simulations.store.InMemoryStore;
import io.verity.simulations.store.ResultStore;
import io.verity.simulations.store.SqliteStore;
import io.verity.stats.linalg.DenseBackend;
import io.verity.stats.random.RandomStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VerifierTest {
    private static final Verifier VERIFIER =
            Verifier.withDefaults().withBackend("java").withThreads(2);

    /** Everything but times. */
    private static List<String> lines(VerificationRun run) {
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

    @Test
    void recordsComeInTheOrderOfTheClaimsWithTheExpectedVerdicts() {
        List<Claim> claims = TestClaims.mixture();
        VerificationRun run = VERIFIER.verify(claims);
        assertThat(run.records())
                .extracting(ClaimRecord::id)
                .isEqualTo(claims.stream().map(Claim::id).toList());
        assertThat(run.records())
                .extracting(r -> r.verdict().kind())
                .containsExactly(
                        Kind.SUPPORTED,
                        Kind.REFUTED,
                        Kind.SUPPORTED,
                        Kind.REFUTED,
                        Kind.SUPPORTED,
                        Kind.SUPPORTED,
                        Kind.SUPPORTED,
                        Kind.INCONCLUSIVE);
        assertThat(run.surprises()).extracting(r -> r.id().name()).containsExactly("C-06");
        assertThat(run.totalErrorProbability()).isEqualTo(5e-5);
        assertThat(run.records().get(7).verdict().notes()).anyMatch(n -> n.contains("replicates would be needed"));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7})
    void verdictsDoNotDependOnTheNumberOfThreads(int threads) {
        List<String> expected = lines(VERIFIER.verify(TestClaims.mixture()));
        assertThat(lines(VERIFIER.withThreads(threads).verify(TestClaims.mixture())))
                .isEqualTo(expected);
    }

    @Test
    void anotherSeedGivesOtherReplicates() {
        VerificationRun one = VERIFIER.verify(TestClaims.mixture());
        VerificationRun other = VERIFIER.withSeed(43).verify(TestClaims.mixture());
        assertThat(lines(other)).isNotEqualTo(lines(one));
        assertThat(other.records().get(2).verdict().kind()).isEqualTo(Kind.SUPPORTED);
    }

    @Test
    void claimWhoseControlIsNotRefutedIsBroken() {
        List<Claim> claims = TestClaims.claim("coins/C-01", TestClaims.YES)
                .control("fine", "False.", TestClaims.NO)
                .control("not false", "True.", TestClaims.YES)
                .build();
        VerificationRun run = VERIFIER.verify(claims);
        assertThat(run.records())
                .extracting(r -> r.verdict().kind())
                .containsExactly(Kind.VERIFIER_BROKEN, Kind.REFUTED, Kind.SUPPORTED);
        assertThat(run.records().get(0).verdict().reason())
                .startsWith("control coins/C-01N2 came out SUPPORTED instead of REFUTED")
                .contains("own verdict SUPPORTED");
        assertThat(run.surprises()).hasSize(2);
    }

    @Test
    void failureIsReportedAndTheOthersAreVerified() {
        Verification throwing = context -> {
            throw new IllegalStateException("no such data");
        };
        List<Claim> claims = Claims.inOrder(
                TestClaims.claim("coins/C-01", throwing).finding(), TestClaims.claim("coins/C-02", TestClaims.YES));
        ResultStore store = new InMemoryStore();
        VerificationRun run = VERIFIER.withStore(store).verify(claims);
        assertThat(StoredVerifications.read(store).get(0).run().toString()).isEqualTo(run.toString());
        assertThat(run.records().get(0).verdict().kind()).isEqualTo(Kind.INCONCLUSIVE);
        assertThat(run.records().get(0).verdict().reason())
                .isEqualTo("the verification failed: java.lang.IllegalStateException: no such data");
        assertThat(run.records().get(0).asExpected()).isFalse();
        assertThat(run.records().get(1).asExpected()).isTrue();
    }

    @Test
    void skippedRecordIsNoSurpriseAndBreaksNothing() {
        Verification missing = context -> Verdict.skipped("model m is not on this machine; fetch it");
        List<Claim> claims = TestClaims.claim("coins/C-01", TestClaims.YES)
                .control("not examined", "False.", missing)
                .build();
        ResultStore store = new InMemoryStore();
        VerificationRun run = VERIFIER.withStore(store).verify(claims);
        assertThat(run.records()).extracting(r -> r.verdict().kind()).containsExactly(Kind.SUPPORTED, Kind.SKIPPED);
        assertThat(run.skipped()).hasSize(1);
        assertThat(run.passed()).isTrue();
        assertThat(run.records().get(1).verdict().reason())
                .isEqualTo("skipped: model m is not on this machine; fetch it");
        assertThat(VerificationJson.published(run)
                        .path("summary")
                        .path("skipped")
                        .asInt())
                .isEqualTo(1);
        assertThat(VerificationJson.published(run)
                        .path("summary")
                        .path("asExpected")
                        .asInt())
                .isEqualTo(1);
        assertThat(StoredVerifications.read(store).get(0).run().toString()).isEqualTo(run.toString());
    }

    @Test
    void findingIsNeverASurprise() {
        VerificationRun run = VERIFIER.verify(
                TestClaims.claim("coins/C-01", TestClaims.NO).finding().build());
        assertThat(run.records().get(0).verdict().kind()).isEqualTo(Kind.REFUTED);
        assertThat(run.surprises()).isEmpty();
    }

    @Test
    void notANumberFailsLoudlyWithItsCoordinates() {
        Replicate broken = (context, stream) -> {
            double u = stream.nextDouble();
            return u > 0.99 ? Double.NaN : u;
        };
        VerificationRun run = VERIFIER.verify(TestClaims.claim(
                        "coins/C-01",
                        Criteria.boundedMean("u", 0, 1, broken)
                                .within(0.5, 0.01)
                                .caps(1000, 1000))
                .build());
        Verdict verdict = run.records().get(0).verdict();
        assertThat(verdict.hasFailed()).isTrue();
        long first = firstNaN(broken);
        assertThat(verdict.reason())
                .isEqualTo("the verification failed: java.lang.ArithmeticException: replicate " + first
                        + " of cell 0 of coins/C-01 with seed 42 gave NaN");
        assertThat(run.surprises()).hasSize(1);
    }

    @SuppressWarnings("NullAway")
    private static long firstNaN(Replicate replicate) {
        long r = 0;
        while (!Double.isNaN(replicate.measure(null, RandomStream.of(42, "coins/C-01", 0, r)))) {
            r++;
        }
        return r;
    }

    @Test
    void listenerHearsRecordsInOrderAndOnlyOnceTheirControlsAreDecided() {
        List<Claim> claims = TestClaims.mixture();
        List<String> events = Collections.synchronizedList(new ArrayList<>());
        VERIFIER.withThreads(7)
                .withListener(new VerificationListener() {
                    @Override
                    public void finished(Claim claim, Verdict verdict) {
                        events.add("finished " + claim.id());
                    }

                    @Override
                    public void record(ClaimRecord record) {
                        events.add("record " + record.id());
                    }
                })
                .verify(claims);
        assertThat(events.stream().filter(e -> e.startsWith("record")))
                .containsExactlyElementsOf(
                        claims.stream().map(c -> "record " + c.id()).toList());
        assertThat(events.indexOf("finished coins/C-01N")).isLessThan(events.indexOf("record coins/C-01"));
    }

    @Test
    void interruptedRunContinuesAndEqualsAnUninterruptedOne(@TempDir Path folder) {
        List<String> expected = lines(VERIFIER.verify(TestClaims.mixture()));
        Path file = folder.resolve("store.db");
        AtomicLong measured = new AtomicLong();
        int interruptions = 0;
        VerificationRun run = null;
        while (run == null) {
            Cancellation stop = Cancellation.create();
            AtomicInteger left = new AtomicInteger(400 + 300 * interruptions);
            List<Claim> claims = stopping(TestClaims.mixture(), stop, left, measured);
            try {
                run = VERIFIER.withStore(file).withCancellation(stop).verify(claims);
            } catch (CancelledException e) {
                assertThat(e).hasMessageContaining("records are decided and kept in");
                interruptions++;
            }
        }
        assertThat(interruptions).isGreaterThan(2);
        assertThat(lines(run)).isEqualTo(expected);
        assertThat(measured.get()).isLessThan(40_000);
    }

    /** The same claims, whose replicates ask for a stop when they have been measured so often. */
    private static List<Claim> stopping(
            List<Claim> claims, Cancellation stop, AtomicInteger left, AtomicLong measured) {
        return claims.stream()
                .map(claim -> (Claim) new StatedClaim(
                        claim.id(),
                        claim.source(),
                        claim.title(),
                        claim.statement(),
                        claim.controlOf().orElse(null),
                        claim.expected(),
                        claim.finding(),
                        claim.version(),
                        Map.of(),
                        context -> claim.verify(new Counting(context, () -> {
                            measured.incrementAndGet();
                            if (left.decrementAndGet() <= 0) { // not one thread alone: it might be kept waiting
                                stop.cancel();
                            }
                        }))))
                .toList();
    }

    private record Counting(ClaimContext inner, Runnable count) implements ClaimContext {
        @Override
        public Budget budget() {
            return inner.budget();
        }

        @Override
        public long seed() {
            return inner.seed();
        }

        @Override
        public DenseBackend backend() {
            return inner.backend();
        }

        @Override
        public double errorProbability() {
            return inner.errorProbability();
        }

        @Override
        public RandomStream stream(long replicate) {
            return inner.stream(replicate);
        }

        @Override
        public <T, R> List<R> map(List<T> items, Function<? super T, ? extends R> function) {
            return inner.map(items, function);
        }

        @Override
        public double[] replicates(int cell, long from, long to, int batch, Replicate replicate) {
            return inner.replicates(cell, from, to, batch, (context, stream) -> {
                count.run();
                return replicate.measure(context, stream);
            });
        }

        @Override
        public void progress(long done, long total) {
            inner.progress(done, total);
        }
    }

    @Test
    void finishedRunIsVerifiedAfresh() {
        AtomicInteger calls = new AtomicInteger();
        Verification counted = context -> {
            calls.incrementAndGet();
            return TestClaims.YES.verify(context);
        };
        List<Claim> claims = TestClaims.claim("coins/C-01", counted).build();
        ResultStore store = new InMemoryStore();
        VERIFIER.withStore(store).verify(claims);
        VERIFIER.withStore(store).verify(claims);
        assertThat(calls).hasValue(2);
        assertThat(StoredVerifications.read(store)).hasSize(1);
    }

    @Test
    void decidedRecordsOfAnInterruptedRunAreNotVerifiedAgain() {
        AtomicInteger calls = new AtomicInteger();
        Cancellation stop = Cancellation.create();
        List<Claim> claims = Claims.inOrder(
                TestClaims.claim("coins/C-01", context -> {
                    calls.incrementAndGet();
                    return TestClaims.YES.verify(context);
                }),
                TestClaims.claim("coins/C-02", context -> {
                    if (calls.get() < 2 && !stop.isCancelled()) {
                        stop.cancel();
                        context.map(List.of(1), i -> i);
                    }
                    return TestClaims.YES.verify(context);
                }));
        ResultStore store = new InMemoryStore();
        Verifier stored = VERIFIER.withThreads(1).withStore(store);
        assertThatExceptionOfType(CancelledException.class)
                .isThrownBy(() -> stored.withCancellation(stop).verify(claims))
                .withMessage(
                        "stopped: 1 of 2 records are decided and kept in memory; the same command continues from there");
        assertThat(StoredVerifications.read(store).get(0).finished()).isFalse();
        assertThat(StoredVerifications.read(store).get(0).run().records()).hasSize(1);
        VerificationRun run = stored.verify(claims);
        assertThat(calls).hasValue(1);
        assertThat(run.records()).hasSize(2);
        assertThat(StoredVerifications.read(store).get(0).run()).isEqualTo(run);
        assertThat(stored.withSeed(1).verify(claims).records()).hasSize(2);
        assertThat(calls).hasValue(2);
    }

    @Test
    void storeHoldsTheRunForReports(@TempDir Path folder) {
        Path file = folder.resolve("store.db");
        VerificationRun run = VERIFIER.withStore(file).verify(TestClaims.mixture());
        try (ResultStore store = SqliteStore.openForReading(file)) {
            StoredVerifications.Stored stored = StoredVerifications.read(store).get(0);
            assertThat(stored.finished()).isTrue();
            assertThat(VerificationJson.write(stored.run())).isEqualTo(VerificationJson.write(run));
        }
    }

    @Test
    void claimListedTwiceIsRefused() {
        Claim claim = TestClaims.claim("coins/C-01", TestClaims.YES).build().get(0);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> VERIFIER.verify(claim, claim))
                .withMessageContaining("a claim is listed twice");
    }

    @Test
    void counterexampleSaysHowToSeeItAgain() {
        VerificationRun run = VERIFIER.withSeed(7)
                .verify(TestClaims.claim("coins/C-01", TestClaims.NO).build());
        Verdict.Counterexample shown = run.records().get(0).verdict().counterexample();
        assertThat(shown).isNotNull();
        assertThat(shown.reproduce()).isEqualTo("verity verify coins/C-01 --quick --seed 7");
    }
}
