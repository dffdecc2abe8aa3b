package io.verity.estimators.onnx;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** A few threads that work through a list, whose results are taken in the order of the list. */
final class Workers implements AutoCloseable {
    /** The native libraries overrun the megabyte that threads of the JVM have by default. */
    private static final long STACK_BYTES = 32L << 20;

    private final int threads;
    private final ExecutorService pool;

    Workers(int threads) {
        this.threads = threads;
        pool = Executors.newFixedThreadPool(threads, work -> {
            Thread thread = new Thread(null, work, "verity-onnx", STACK_BYTES);
            thread.setDaemon(true);
            return thread;
        });
    }

    private record Running<T, R>(T item, Future<R> result) {}

    /**
     * @param items to work through
     * @param work done by the threads
     * @param taker is given item and result by the calling thread; no more results wait for it than there are threads, plus one
     */
    <T, R> void inOrder(List<T> items, Function<T, R> work, BiConsumer<T, R> taker) {
        Deque<Running<T, R>> running = new ArrayDeque<>();
        for (T item : items) {
            running.add(new Running<>(item, pool.submit(() -> work.apply(item))));
            if (running.size() > threads) {
                take(running.remove(), taker);
            }
        }
        while (!running.isEmpty()) {
            take(running.remove(), taker);
        }
    }

    /** Does one piece of work on a thread of this team and waits for it. */
    <R> R call(Callable<R> work) {
        return result(pool.submit(work));
    }

    /** Does one piece of work on a thread of its own and waits for it. */
    static <R> R once(Callable<R> work) {
        try (Workers one = new Workers(1)) {
            return one.call(work);
        }
    }

    private static <T, R> void take(Running<T, R> running, BiConsumer<T, R> taker) {
        taker.accept(running.item(), result(running.result()));
    }

    private static <R> R result(Future<R> running) {
        try {
            return running.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            CancellationException cancelled = new CancellationException("interrupted while running a text model");
            cancelled.initCause(e);
            throw cancelled;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException known) {
                throw known;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    /** Waits for what is running: a session must not be closed under it. */
    @Override
    public void close() {
        pool.shutdown();
        boolean interrupted = false;
        while (!pool.isTerminated()) {
            try {
                pool.awaitTermination(Long.MAX_VALUE, TimeUnit.NANOSECONDS);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
