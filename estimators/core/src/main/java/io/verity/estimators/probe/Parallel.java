package io.verity.estimators.probe;

import io.verity.estimators.states.LayerSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;

/** Independent numbered tasks on a few threads; results come in the order of the numbers. */
final class Parallel {
    private Parallel() {}

    /** Tasks that may run at once: as many as threads, but no more than memory holds layers like the first; at least one. */
    static int withinMemory(int threads, long memory, LayerSource layers, int penalties) {
        if (Math.min(threads, layers.layers()) <= 1) {
            return 1;
        }
        long n = layers.rows();
        long p = layers.load(0).numCols;
        long shorter = Math.min(n, p);
        // states, standardised copies and their centred copies; a Gram matrix, its factor and a work copy; a path of
        // weights
        long entries = 5 * n * p + 3 * shorter * shorter + penalties * p;
        return (int) Math.max(1, Math.min(threads, memory / (Double.BYTES * entries)));
    }

    /**
     * @param count number of tasks
     * @param threads tasks in progress at once at most; one runs them in the caller
     * @param task a pure function of its number
     * @return its results, in order; the first failure (by number) is thrown
     */
    static <T> List<T> map(int count, int threads, IntFunction<T> task) {
        List<T> results = new ArrayList<>(count);
        if (Math.min(threads, count) <= 1) {
            for (int k = 0; k < count; k++) {
                results.add(task.apply(k));
            }
            return results;
        }
        ExecutorService pool = Executors.newFixedThreadPool(Math.min(threads, count), work -> {
            Thread thread = new Thread(work, "verity-probe");
            thread.setDaemon(true);
            return thread;
        });
        try {
            List<Future<T>> futures = new ArrayList<>(count);
            for (int k = 0; k < count; k++) {
                int number = k;
                futures.add(pool.submit(() -> task.apply(number)));
            }
            for (Future<T> future : futures) {
                results.add(future.get());
            }
            return results;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while probes were being fitted", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            if (e.getCause() instanceof Error cause) {
                throw cause;
            }
            throw new IllegalStateException(e.getCause());
        } finally {
            pool.shutdownNow();
        }
    }
}
