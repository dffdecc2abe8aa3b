package io.verity.benchmarks;

import io.verity.estimators.logistic.Penalty;
import io.verity.estimators.logistic.RidgeLogistic;
import io.verity.estimators.logistic.SoftmaxFit;
import io.verity.estimators.logistic.Status;
import io.verity.stats.linalg.BackendOptions;
import io.verity.stats.linalg.Backends;
import io.verity.stats.linalg.DenseBackend;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/**
 * Naive Bayes and multinomial logistic regression against scikit-learn where it is installed; else against medians recorded on a
 * quiet machine of two cores. The checksum of a logistic regression is its objective, which must not exceed the peer's by more
 * than a millionth; our tolerance is set so that it does not.
 *
 * <p>Arguments as for {@link BackendComparison}.
 */
public final class NbVsLrComparison {
    private static final Map<String, Timing> RECORDED = Map.of(
            "mixture", new Timing(14.3, 5.95),
            "naive_bayes_1e6x50x5", new Timing(4.43, 0.653781),
            "multinomial_60000x784x10", new Timing(2.88, 36332.1276),
            "multinomial_20000x512x100", new Timing(10.0, 8314.7543));

    private NbVsLrComparison() {}

    /**
     * @param arguments see the class comment
     * @throws IOException if the peer cannot be ended
     */
    public static void main(String[] arguments) throws IOException {
        new BackendComparison("benchmarks/peers/nb_vs_lr.py", RECORDED)
                .run(arguments, NbVsLrComparison::workloads, (backend, only) -> true);
    }

    private static List<Workload> workloads(DenseBackend backend) {
        DenseBackend single = Backends.open(backend.info().id(), new BackendOptions(1));
        single.warmUp();
        Supplier<ClassData> rows = kept(() -> new ClassData(1_000_000, 50, 5, 0.3));
        return List.of(
                // both sides draw their own samples
                new Workload("mixture", 40, 10, 0.05, repeats -> NaiveBayesWorkloads.mixture(repeats, single)),
                new Workload(
                        "naive_bayes_1e6x50x5",
                        1_000_000,
                        3,
                        1e-6,
                        size -> NaiveBayesWorkloads.fitAndPredict(rows.get(), 5, backend)),
                multinomial("multinomial_60000x784x10", 60_000, 784, 10, 0.12, backend),
                multinomial("multinomial_20000x512x100", 20_000, 512, 100, 0.15, backend));
    }

    private static Workload multinomial(
            String name, int rows, int columns, int classes, double amplitude, DenseBackend backend) {
        Supplier<ClassData> data = kept(() -> new ClassData(rows, columns, classes, amplitude));
        return new Workload(name, rows, 1, 1e-6, size -> {
            SoftmaxFit fit = RidgeLogistic.withDefaults()
                    .with(backend)
                    .withTolerance(1e-5)
                    .fitMultinomial(data.get().x(), data.get().labels(), classes, Penalty.inverseC(1));
            if (fit.status() != Status.CONVERGED) {
                throw new IllegalStateException(name + ": " + fit.status() + ", gradient " + fit.gradientNorm());
            }
            return fit.objective();
        });
    }

    /** Made when first asked for. */
    private static <T> Supplier<T> kept(Supplier<T> source) {
        AtomicReference<T> made = new AtomicReference<>();
        return () -> made.updateAndGet(there -> there == null ? source.get() : there);
    }
}
