package io.verity.simulations.claims;

import io.verity.simulations.progress.CancelledException;
import io.verity.simulations.store.StoreException;
import io.verity.stats.linalg.DenseBackend;
import io.verity.stats.random.RandomStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.RecursiveAction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The context of one claim in a {@link Verifying verification}. */
final class LocalContext implements ClaimContext, AutoCloseable {
    private final Claim claim;
    private final Verifier settings;
    private final DenseBackend backend;
    private final Series series;
    private final long nameHash;

    LocalContext(Claim claim, Verifier settings, DenseBackend backend, Series series) {
        this.claim = claim;
        this.settings = settings;
        this.backend = backend;
        this.series = series;
        this.nameHash = RandomStream.hash(claim.id().toString());
    }

    @Override
    public Budget budget() {
        return settings.budget();
    }

    @Override
    public long seed() {
        return settings.seed();
    }

    @Override
    public DenseBackend backend() {
        return backend;
    }

    @Override
    public double errorProbability() {
        return settings.errorProbability();
    }

    @Override
    public RandomStream stream(long replicate) {
        return stream(0, replicate);
    }

    private RandomStream stream(int cell, long replicate) {
        return RandomStream.ofHash(seed(), nameHash, cell, replicate, RandomStream.DATA);
    }

    /** Forks one task per item; none of them throws, so that the exception of the first item in order is the one seen. */
    @Override
    public <T, R> List<R> map(List<T> items, Function<? super T, ? extends R> function) {
        stopIfAsked();
        List<Item<T, R>> tasks = new ArrayList<>(items.size());
        for (T item : items) {
            tasks.add(new Item<>(item, function));
        }
        if (ForkJoinTask.inForkJoinPool()) {
            ForkJoinTask.invokeAll(tasks);
        } else {
            tasks.forEach(Item::compute);
        }
        List<R> results = new ArrayList<>(items.size());
        for (Item<T, R> task : tasks) {
            results.add(task.result());
        }
        return results;
    }

    private final class Item<T, R> extends RecursiveAction {
        private static final long serialVersionUID = 1L;

        private final transient T item;
        private final transient Function<? super T, ? extends R> function;
        private transient @Nullable R result;
        private transient @Nullable Throwable error;

        Item(T item, Function<? super T, ? extends R> function) {
            this.item = item;
            this.function = function;
        }

        @Override
        protected void compute() {
            try {
                stopIfAsked();
                result = function.apply(item);
            } catch (Throwable e) { // belongs to whoever asked for the item
                error = e;
            }
        }

        @SuppressWarnings("NullAway") // a function may well return null if its caller wants that
        R result() {
            if (error instanceof Error e) {
                throw e;
            }
            if (error instanceof RuntimeException e) {
                throw e;
            }
            return result;
        }
    }

    @Override
    public double[] replicates(int cell, long from, long to, int batch, Replicate replicate) {
        double[] values = new double[Math.toIntExact(to - from)];
        List<Series.Range> missing = series.read(cell, from, values, batch);
        map(missing, range -> {
            long start = System.nanoTime();
            for (long r = range.from(); r < range.to(); r++) {
                stopIfAsked();
                values[(int) (r - from)] = measure(cell, r, replicate);
            }
            series.keep(cell, range, values, (int) (range.from() - from), (System.nanoTime() - start) * 1e-9);
            return range;
        });
        return values;
    }

    private double measure(int cell, long r, Replicate replicate) {
        double value;
        try {
            value = replicate.measure(this, stream(cell, r));
        } catch (CancelledException | StoreException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new IllegalStateException(coordinates(cell, r) + " failed: " + e, e);
        }
        if (!Double.isFinite(value)) {
            throw new ArithmeticException(coordinates(cell, r) + " gave " + value);
        }
        return value;
    }

    private String coordinates(int cell, long r) {
        return String.format(Locale.ROOT, "replicate %d of cell %d of %s with seed %d", r, cell, claim.id(), seed());
    }

    private void stopIfAsked() {
        if (settings.cancellation().isCancelled()) {
            throw new CancelledException("stopped while verifying " + claim.id());
        }
    }

    @Override
    public void progress(long done, long total) {
        settings.listener().progress(claim, done, total);
    }

    @Override
    public void close() {
        series.flush();
    }
}
