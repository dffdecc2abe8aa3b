package io.verity.estimators.largestep;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Independent runs spread over as many threads as the backend has. */
final class ParallelRuns {
    private ParallelRuns() {}

    static List<LargeStepFit> run(Settings settings, SeparableData data, double[] stepSizes) {
        int threads = Math.min(settings.backend().info().threads(), stepSizes.length);
        List<LargeStepFit> fits = new ArrayList<>(stepSizes.length);
        if (threads <= 1) {
            for (double gamma : stepSizes) {
                fits.add(new GradientRun(settings.withStepSize(gamma), data).run());
            }
            return fits;
        }
        ExecutorService pool = Executors.newFixedThreadPool(threads, task -> {
            Thread thread = new Thread(task, "verity-large-step");
            thread.setDaemon(true);
            return thread;
        });
        try {
            List<Future<LargeStepFit>> futures = new ArrayList<>(stepSizes.length);
            for (double gamma : stepSizes) {
                futures.add(pool.submit(() -> new GradientRun(settings.withStepSize(gamma), data).run()));
            }
            for (Future<LargeStepFit> future : futures) {
                fits.add(future.get());
            }
            return fits;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while runs were in progress", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException(e.getCause());
        } finally {
            pool.shutdownNow();
        }
    }
}
