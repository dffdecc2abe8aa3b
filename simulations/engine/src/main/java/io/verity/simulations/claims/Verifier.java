package io.verity.simulations.claims;

import io.verity.simulations.progress.Cancellation;
import io.verity.simulations.progress.CancelledException;
import io.verity.simulations.store.ResultStore;
import io.verity.simulations.store.SqliteStore;
import io.verity.simulations.store.StoreException;
import io.verity.stats.Arguments;
import io.verity.stats.linalg.BackendOptions;
import io.verity.stats.linalg.Backends;
import io.verity.stats.linalg.DenseBackend;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How claims are verified: seed, budget, threads, backend, store, observer. Immutable; every {@code with} returns a changed
 * copy. Verdicts depend on the claims, the seed, the budget, the backend and the error probability, and on nothing else.
 *
 * <pre>{@code
 * VerificationRun run = Verifier.withDefaults().verify(claim);
 * }</pre>
 */
public final class Verifier {
    /** Master seed unless another is given. */
    public static final long DEFAULT_SEED = 42;

    /** Error probability of a statistical record unless another is given. */
    public static final double DEFAULT_ERROR_PROBABILITY = 1e-5;

    // Assigned by the constructor and, on a fresh copy, by change(); never after the object is handed out.
    private long seed = DEFAULT_SEED;
    private Budget budget = Budget.QUICK;
    private int threads = Runtime.getRuntime().availableProcessors();
    private double errorProbability = DEFAULT_ERROR_PROBABILITY;
    private String backendId = Backends.AUTO;
    private @Nullable DenseBackend backend;
    private @Nullable ResultStore store;
    private @Nullable Path file;
    private VerificationListener listener = VerificationListener.none();
    private Cancellation cancellation = Cancellation.create();

    private Verifier() {}

    /** @return seed 42, quick budget, all cores, the fastest deterministic backend, error probability 1e-5, no store */
    public static Verifier withDefaults() {
        return new Verifier();
    }

    private Verifier change(Consumer<Verifier> change) {
        Verifier copy = new Verifier();
        copy.seed = seed;
        copy.budget = budget;
        copy.threads = threads;
        copy.errorProbability = errorProbability;
        copy.backendId = backendId;
        copy.backend = backend;
        copy.store = store;
        copy.file = file;
        copy.listener = listener;
        copy.cancellation = cancellation;
        change.accept(copy);
        return copy;
    }

    /**
     * @param value master seed
     * @return the changed verifier
     */
    public Verifier withSeed(long value) {
        return change(v -> v.seed = value);
    }

    /**
     * @param value how much work is allowed
     * @return the changed verifier
     */
    public Verifier withBudget(Budget value) {
        return change(v -> v.budget = value);
    }

    /**
     * @param value threads, at least 1; does not change verdicts
     * @return the changed verifier
     */
    public Verifier withThreads(int value) {
        Arguments.atLeast("threads", value, 1);
        return change(v -> v.threads = value);
    }

    /**
     * @param value error probability of every statistical record, in (0, 1/2)
     * @return the changed verifier
     */
    public Verifier withErrorProbability(double value) {
        Arguments.require(value > 0 && value < 0.5, "error probability must lie between 0 and 1/2, but is %s", value);
        return change(v -> v.errorProbability = value);
    }

    /**
     * @param id id of a matrix backend, or {@code auto}; opened with one thread and closed by each run
     * @return the changed verifier
     */
    public Verifier withBackend(String id) {
        return change(v -> {
            v.backendId = id;
            v.backend = null;
        });
    }

    /**
     * @param open a matrix backend; the caller closes it
     * @return the changed verifier
     */
    public Verifier withBackend(DenseBackend open) {
        return change(v -> v.backend = open);
    }

    /**
     * @param results keeps verdicts and replicates; the caller closes it
     * @return the changed verifier
     */
    public Verifier withStore(ResultStore results) {
        return change(v -> {
            v.store = results;
            v.file = null;
        });
    }

    /**
     * @param path file of an SQLite store, made when missing; opened and closed by each run
     * @return the changed verifier
     */
    public Verifier withStore(Path path) {
        return change(v -> {
            v.store = null;
            v.file = path;
        });
    }

    /**
     * @param observer hears how the verification goes
     * @return the changed verifier
     */
    public Verifier withListener(VerificationListener observer) {
        return change(v -> v.listener = observer);
    }

    /**
     * @param flag stops the work when set
     * @return the changed verifier
     */
    public Verifier withCancellation(Cancellation flag) {
        return change(v -> v.cancellation = flag);
    }

    /**
     * @param claims claims with their controls, as {@link ClaimBuilder#build} gives them
     * @return one record per claim, in that order
     * @throws StoreException if the store cannot be used
     * @throws CancelledException if the work was stopped; with the same store, verifying again continues
     */
    public VerificationRun verify(Claim... claims) {
        return verify(List.of(claims));
    }

    /**
     * Verifies claims in parallel. With a store, a run that was interrupted continues: records already decided are taken from
     * the store, undecided ones go on from their replicates. A run that was finished is done afresh.
     *
     * @param claims claims with their controls, in the order of the records
     * @return one record per claim; a claim whose verification throws is INCONCLUSIVE and not as expected, a claim one of whose
     *     controls is not REFUTED is {@code VERIFIER_BROKEN}
     * @throws IllegalArgumentException if two claims have the same id
     * @throws StoreException if the store cannot be used
     * @throws CancelledException if the work was stopped; with the same store, verifying again continues
     */
    public VerificationRun verify(List<Claim> claims) {
        long distinct = claims.stream().map(Claim::id).distinct().count();
        Arguments.require(distinct == claims.size(), "a claim is listed twice among %s", claims);
        DenseBackend products = backend != null ? backend : Backends.open(backendId, BackendOptions.singleThread());
        ResultStore results = null;
        try {
            results = store != null ? store : file != null ? SqliteStore.open(file) : null;
            return new Verifying(this, products, results, claims).run();
        } finally {
            if (backend == null) {
                products.close();
            }
            if (store == null && results != null) {
                results.close();
            }
        }
    }

    long seed() {
        return seed;
    }

    Budget budget() {
        return budget;
    }

    int threads() {
        return threads;
    }

    double errorProbability() {
        return errorProbability;
    }

    VerificationListener listener() {
        return listener;
    }

    Cancellation cancellation() {
        return cancellation;
    }
}
