package io.verity.simulations.claims;

import io.verity.stats.linalg.BackendOptions;
import io.verity.stats.linalg.Backends;
import io.verity.stats.linalg.DenseBackend;
import io.verity.stats.random.RandomStream;
import java.util.List;
import java.util.function.Function;

/** A context that does everything on the calling thread and keeps nothing; {@code name} names the streams. */
record PlainContext(Budget budget, long seed, long name, double errorProbability) implements ClaimContext {
    static PlainContext quick(long seed, double errorProbability) {
        return new PlainContext(Budget.QUICK, seed, 1, errorProbability);
    }

    @Override
    public DenseBackend backend() {
        return Backends.open("java", BackendOptions.singleThread());
    }

    @Override
    public RandomStream stream(long replicate) {
        return RandomStream.ofHash(seed, name, 0, replicate, RandomStream.DATA);
    }

    @Override
    public <T, R> List<R> map(List<T> items, Function<? super T, ? extends R> function) {
        return items.stream().<R>map(function).toList();
    }

    @Override
    public double[] replicates(int cell, long from, long to, int batch, Replicate replicate) {
        double[] values = new double[(int) (to - from)];
        for (int i = 0; i < values.length; i++) {
            RandomStream stream = RandomStream.ofHash(seed, name, cell, from + i, RandomStream.DATA);
            values[i] = replicate.measure(this, stream);
        }
        return values;
    }

    @Override
    public void progress(long done, long total) {}
}
