package io.verity.simulations.studies;

import io.verity.simulations.progress.Cancellation;
import io.verity.simulations.store.UnitRecord;
import io.verity.stats.Arguments;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Runs units on the threads of this machine, which steal work from each other. */
public final class LocalExecutor implements UnitExecutor {
    /** Units handed out but not yet fetched, per thread: enough to keep threads busy, few enough to bound memory. */
    static final int AHEAD = 4;

    private static final long POLL_MILLIS = 20;

    private final int threads;
    private final ForkJoinPool pool;

    /**
     * @param threads units that run at once, at least 1
     */
    public LocalExecutor(int threads) {
        this.threads = Arguments.atLeast("threads", threads, 1);
        this.pool = new ForkJoinPool(threads, LocalExecutor::worker, null, true);
    }

    private static ForkJoinWorkerThread worker(ForkJoinPool pool) {
        ForkJoinWorkerThread thread = ForkJoinPool.defaultForkJoinWorkerThreadFactory.newThread(pool);
        thread.setName("replicates-" + thread.getPoolIndex());
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public String id() {
        return "local";
    }

    @Override
    public int threads() {
        return threads;
    }

    @Override
    public Stream<UnitRecord> run(Study<?> study, long seed, List<Unit> units, Cancellation cancellation) {
        Batch batch = new Batch(study, seed, units, cancellation);
        return StreamSupport.stream(
                        Spliterators.spliteratorUnknownSize(batch, Spliterator.NONNULL | Spliterator.IMMUTABLE), false)
                .onClose(batch::abandon);
    }

    @Override
    public void close() {
        pool.shutdownNow();
    }

    private record Outcome(
            Optional<UnitRecord> unit, @Nullable Throwable error) {}

    private final class Batch implements Iterator<UnitRecord> {
        private final Study<?> study;
        private final long seed;
        private final List<Unit> units;
        private final Cancellation cancellation;
        private final LinkedBlockingQueue<Outcome> outcomes = new LinkedBlockingQueue<>();
        private volatile boolean abandoned;
        private int submitted;
        private int fetched;
        private @Nullable UnitRecord next;

        Batch(Study<?> study, long seed, List<Unit> units, Cancellation cancellation) {
            this.study = study;
            this.seed = seed;
            this.units = units;
            this.cancellation = cancellation;
        }

        void abandon() {
            abandoned = true;
        }

        @Override
        public boolean hasNext() {
            while (next == null && fetched < units.size() && !stopped()) {
                while (submitted < units.size() && submitted < fetched + AHEAD * threads) {
                    Unit unit = units.get(submitted++);
                    pool.execute(() -> outcomes.add(compute(unit)));
                }
                Outcome outcome = poll();
                if (outcome != null) {
                    fetched++;
                    rethrow(outcome.error());
                    next = outcome.unit().orElse(null);
                }
            }
            return next != null;
        }

        @Override
        public UnitRecord next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            UnitRecord unit = next;
            next = null;
            return Objects.requireNonNull(unit);
        }

        private boolean stopped() {
            return abandoned || cancellation.isCancelled();
        }

        private Outcome compute(Unit unit) {
            try {
                return new Outcome(study.run(unit, seed, this::stopped), null);
            } catch (Throwable e) { // errors of the virtual machine belong to whoever waits for the unit
                return new Outcome(Optional.empty(), e);
            }
        }

        private @Nullable Outcome poll() {
            try {
                return outcomes.poll(POLL_MILLIS, TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt(); // whoever waits for this run sees it end early, and why
                abandon();
                return null;
            }
        }

        private void rethrow(@Nullable Throwable error) {
            if (error instanceof Error e) {
                throw e;
            }
            if (error instanceof RuntimeException e) {
                throw e;
            }
        }
    }
}
