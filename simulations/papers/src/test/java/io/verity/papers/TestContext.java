package io.verity.papers;

import io.verity.simulations.claims.Budget;
import io.verity.simulations.claims.ClaimContext;
import io.verity.simulations.claims.Replicate;
import io.verity.stats.linalg.Backends;
import io.verity.stats.linalg.DenseBackend;
import io.verity.stats.random.RandomStream;
import java.util.List;
import java.util.function.Function;
import java.util.stream.LongStream;

/** A context as a runner gives it to one claim. */
public record TestContext(Budget budget, long seed, String claim) implements ClaimContext {
    @Override
    public DenseBackend backend() {
        return Backends.shared();
    }

    @Override
    public double errorProbability() {
        return 1e-5;
    }

    @Override
    public RandomStream stream(long replicate) {
        return RandomStream.of(seed, claim, 0, replicate);
    }

    @Override
    public <T, R> List<R> map(List<T> items, Function<? super T, ? extends R> function) {
        return items.parallelStream().<R>map(function).toList();
    }

    @Override
    public double[] replicates(int cell, long from, long to, int batch, Replicate replicate) {
        return LongStream.range(from, to)
                .mapToDouble(r -> replicate.measure(this, RandomStream.of(seed, claim, cell, r)))
                .toArray();
    }

    @Override
    public void progress(long done, long total) {}
}
