package io.verity.stats.linalg;

import io.verity.stats.Arguments;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A few threads that share numbered tasks with the caller, for parallel sections of some hundred microseconds: between
 * sections the workers spin briefly before they sleep. Threads are started at the first section and are daemons. A section
 * that finds the team busy (several callers, or a task that starts a section) runs in its caller alone. For those who write a
 * backend.
 */
public final class WorkerTeam implements AutoCloseable {
    /** How long an idle worker spins before it parks: longer than the serial part between two passes over a matrix. */
    private static final long SPIN_NANOS = 100_000;

    private final Thread[] workers;
    private final AtomicBoolean busy = new AtomicBoolean();
    private volatile @Nullable Section current;
    private volatile boolean closed;
    private boolean started;

    /**
     * @param threads number of threads, the caller's included
     * @throws IllegalArgumentException if threads is less than 1
     */
    public WorkerTeam(int threads) {
        Arguments.atLeast("threads", threads, 1);
        workers = new Thread[threads - 1];
    }

    /** @return number of threads, the caller's included */
    public int threads() {
        return workers.length + 1;
    }

    /**
     * Runs task(0), ..., task(count - 1), each once, in any order and on any thread; returns when all are done. What a task
     * throws is thrown here, when the others are done.
     *
     * @param count number of tasks
     * @param task does the task of the given number
     */
    public void run(int count, IntConsumer task) {
        if (count <= 1 || workers.length == 0 || closed || !busy.compareAndSet(false, true)) {
            for (int i = 0; i < count; i++) {
                task.accept(i);
            }
            return;
        }
        try {
            start();
            Section section = new Section(count, task);
            current = section;
            for (Thread worker : workers) {
                LockSupport.unpark(worker);
            }
            section.help();
            section.awaitDone();
            current = null;
            section.rethrow();
        } finally {
            busy.set(false);
        }
    }

    private void start() {
        if (!started) {
            started = true;
            for (int i = 0; i < workers.length; i++) {
                workers[i] = new Thread(this::work, "verity-dense-" + (i + 1));
                workers[i].setDaemon(true);
                workers[i].start();
            }
        }
    }

    private void work() {
        Section last = null;
        long idleSince = System.nanoTime();
        while (!closed) {
            Section section = current;
            if (section != null && section != last) {
                section.help();
                last = section;
                idleSince = System.nanoTime();
            } else if (System.nanoTime() - idleSince < SPIN_NANOS) {
                Thread.onSpinWait();
            } else {
                LockSupport.park(this);
                idleSince = System.nanoTime();
            }
        }
    }

    /** Ends the threads; later sections run in their caller alone. */
    @Override
    public void close() {
        closed = true;
        for (Thread worker : workers) {
            LockSupport.unpark(worker);
        }
    }

    /** One parallel section: tasks are claimed by number, so a late worker finds nothing left. */
    private static final class Section {
        private final int count;
        private final IntConsumer task;
        private final AtomicInteger next = new AtomicInteger();
        private final AtomicInteger done = new AtomicInteger();
        private volatile @Nullable Throwable failure;

        Section(int count, IntConsumer task) {
            this.count = count;
            this.task = task;
        }

        void help() {
            for (int i = next.getAndIncrement(); i < count; i = next.getAndIncrement()) {
                try {
                    task.accept(i);
                } catch (RuntimeException | Error e) {
                    failure = e;
                } finally {
                    done.incrementAndGet();
                }
            }
        }

        void awaitDone() {
            for (int spins = 0; done.get() < count; spins++) {
                if (spins < 10_000) {
                    Thread.onSpinWait();
                } else {
                    LockSupport.parkNanos(20_000); // the processor is taken by someone else
                }
            }
        }

        void rethrow() {
            Throwable thrown = failure;
            if (thrown instanceof RuntimeException e) {
                throw e;
            }
            if (thrown instanceof Error e) {
                throw e;
            }
        }
    }
}
