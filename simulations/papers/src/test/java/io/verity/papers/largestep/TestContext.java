package io.verity.papers.largestep;

import io.verity.simulations.claims.Budget;
import io.verity.simulations.claims.ClaimContext;
import io.verity.stats.linalg.Backends;
import io.verity.stats.linalg.DenseBackend;
import io.verity.stats.random.RandomStream;
import java.util.List;
import java.util.function.Function;

/** A context as a runner gives it to one claim. */
record TestContext(Budget budget, long seed, String claim) implements ClaimContext {
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
    public void progress(long done, long total) {}
}
