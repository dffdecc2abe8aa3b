package io.verity.simulations.claims;

import io.verity.simulations.claims.Verdict.Counterexample;
import io.verity.simulations.progress.CancelledException;
import io.verity.simulations.store.ResultStore;
import io.verity.simulations.store.StoreException;
import io.verity.stats.linalg.DenseBackend;
import io.verity.stats.result.Provenance;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** One verification under way: every claim is a task of one work-stealing pool, and so is every item that a claim maps. */
final class Verifying {
    /** How long a stopped run waits for claims to reach a safe point. */
    private static final long PATIENCE_SECONDS = 5;

    private final Verifier settings;
    private final DenseBackend backend;
    private final List<Claim> claims;
    private final Ledger ledger;
    private final Delivery delivery;
    private final CountDownLatch open;
    private final AtomicReference<@Nullable RuntimeException> broken = new AtomicReference<>();
    private final Instant started = Instant.now();
    private final long startNanos = System.nanoTime();

    Verifying(Verifier settings, DenseBackend backend, @Nullable ResultStore store, List<Claim> claims) {
        this.settings = settings;
        this.backend = backend;
        this.claims = List.copyOf(claims);
        this.ledger = Ledger.open(store, header(List.of()), claims, settings.errorProbability());
        this.delivery = new Delivery(this.claims, settings.listener());
        this.open = new CountDownLatch(claims.size());
    }

    VerificationRun run() {
        settings.listener().selected(claims);
        ForkJoinPool pool = new ForkJoinPool(settings.threads(), Verifying::worker, null, false);
        try {
            for (int i = 0; i < claims.size(); i++) {
                int index = i;
                pool.execute(() -> verify(index));
            }
            await(open);
        } finally {
            pool.shutdownNow();
        }
        RuntimeException failure = broken.get();
        if (failure != null) {
            throw failure;
        }
        if (settings.cancellation().isCancelled() && delivery.missing() > 0) {
            throw new CancelledException(String.format(
                    Locale.ROOT,
                    "stopped: %d of %d records are decided%s",
                    claims.size() - delivery.missing(),
                    claims.size(),
                    ledger.location()
                            .map(where -> " and kept in " + where + "; the same command continues from there")
                            .orElse("")));
        }
        VerificationRun run = header(delivery.records());
        ledger.finish(run);
        return run;
    }

    private void await(CountDownLatch latch) {
        try {
            while (!latch.await(50, TimeUnit.MILLISECONDS)) {
                if (settings.cancellation().isCancelled()) {
                    boolean calm = latch.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
                    if (!calm) {
                        return;
                    }
                }
            }
        } catch (InterruptedException e) {
            settings.cancellation().cancel();
            Thread.currentThread().interrupt();
        }
    }

    private void verify(int index) {
        try {
            if (!settings.cancellation().isCancelled()) {
                Claim claim = claims.get(index);
                ClaimRecord record = ledger.decided(claim).orElseGet(() -> decide(claim));
                ledger.put(record);
                settings.listener().finished(claim, record.verdict());
                delivery.put(index, record);
            }
        } catch (CancelledException e) {
            // Stopped on request: what the claim had finished is in the store.
        } catch (RuntimeException e) {
            broken.compareAndSet(null, e);
            settings.cancellation().cancel();
        } finally {
            open.countDown();
        }
    }

    private ClaimRecord decide(Claim claim) {
        settings.listener().started(claim);
        long from = System.nanoTime();
        Verdict verdict;
        try (LocalContext context = new LocalContext(claim, settings, backend, ledger.series(claim))) {
            verdict = reproducible(claim, claim.verify(context));
        } catch (CancelledException | StoreException e) {
            throw e;
        } catch (Throwable e) { // whatever a claim throws is an outcome to report, never a reason to lose the others
            verdict = Verdict.failed("the verification failed: " + e);
        }
        return ClaimRecord.of(claim, verdict, (System.nanoTime() - from) * 1e-9);
    }

    /** Every counterexample says how to see it again. */
    private Verdict reproducible(Claim claim, Verdict verdict) {
        Counterexample shown = verdict.counterexample();
        if (shown == null || !shown.reproduce().isEmpty()) {
            return verdict;
        }
        String command = String.format(
                Locale.ROOT,
                "verity verify %s --%s --seed %d",
                claim.id(),
                settings.budget().name().toLowerCase(Locale.ROOT),
                settings.seed());
        return verdict.with(new Counterexample(shown.description(), shown.values(), command));
    }

    private VerificationRun header(List<ClaimRecord> records) {
        Provenance here = Provenance.here(backend.info().id(), settings.seed());
        return new VerificationRun(
                settings.seed(),
                settings.budget(),
                settings.threads(),
                "local",
                here.backend(),
                here.version(),
                here.java(),
                here.os(),
                started.toString(),
                (System.nanoTime() - startNanos) * 1e-9,
                records);
    }

    private static ForkJoinWorkerThread worker(ForkJoinPool pool) {
        ForkJoinWorkerThread thread = ForkJoinPool.defaultForkJoinWorkerThreadFactory.newThread(pool);
        thread.setName("claims-" + thread.getPoolIndex());
        thread.setDaemon(true);
        return thread;
    }
}
