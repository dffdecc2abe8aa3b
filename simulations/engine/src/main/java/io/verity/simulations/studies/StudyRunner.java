package io.verity.simulations.studies;

import io.verity.simulations.progress.Cancellation;
import io.verity.simulations.progress.CancelledException;
import io.verity.simulations.progress.Progress;
import io.verity.simulations.store.InMemoryStore;
import io.verity.simulations.store.ResultStore;
import io.verity.simulations.store.SqliteStore;
import io.verity.simulations.store.StoreException;
import io.verity.stats.Arguments;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How studies are run: seed, threads, store, observer. Immutable; every {@code with} returns a changed copy. The results
 * depend on the study, the seed and the number of replicates, and on nothing else.
 */
public final class StudyRunner {
    /** Master seed unless another is given. */
    public static final long DEFAULT_SEED = 42;

    /** Share of failed replicates above which a study stops, unless another is given. */
    public static final double DEFAULT_FAILURE_LIMIT = 0.05;

    // Assigned by the constructor and, on a fresh copy, by change(); never after the object is handed out.
    private long seed = DEFAULT_SEED;
    private int threads = Runtime.getRuntime().availableProcessors();
    private @Nullable Long replicates;
    private String backend = "java";
    private double failureLimit = DEFAULT_FAILURE_LIMIT;
    private Progress progress = Progress.none();
    private Cancellation cancellation = Cancellation.create();
    private @Nullable UnitExecutor executor;
    private @Nullable ResultStore store;
    private @Nullable Path file;
    private boolean shared = true;

    private StudyRunner() {}

    /** @return seed 42, all cores, the study's own number of replicates, results in memory */
    public static StudyRunner withDefaults() {
        return new StudyRunner();
    }

    private StudyRunner change(Consumer<StudyRunner> change) {
        StudyRunner copy = new StudyRunner();
        copy.seed = seed;
        copy.threads = threads;
        copy.replicates = replicates;
        copy.backend = backend;
        copy.failureLimit = failureLimit;
        copy.progress = progress;
        copy.cancellation = cancellation;
        copy.executor = executor;
        copy.store = store;
        copy.file = file;
        copy.shared = shared;
        change.accept(copy);
        return copy;
    }

    /**
     * @param value master seed
     * @return the changed runner
     */
    public StudyRunner withSeed(long value) {
        return change(r -> r.seed = value);
    }

    /**
     * @param value units that run at once, at least 1; does not change results
     * @return the changed runner
     */
    public StudyRunner withThreads(int value) {
        Arguments.atLeast("threads", value, 1);
        return change(r -> r.threads = value);
    }

    /**
     * @param value replicates of every condition, at least 1, instead of the study's own numbers
     * @return the changed runner
     */
    public StudyRunner withReplicates(long value) {
        Arguments.require(value >= 1, "replicates must be at least 1, but is %d", value);
        return change(r -> r.replicates = value);
    }

    /**
     * @param id id of the matrix backend in use; rows of different backends never mix
     * @return the changed runner
     */
    public StudyRunner withBackend(String id) {
        return change(r -> r.backend = id);
    }

    /**
     * @param share of a condition's replicates that may fail, in [0, 1); 0 stops at the first failure, any other limit lets at
     *     least two replicates fail
     * @return the changed runner
     */
    public StudyRunner withFailureLimit(double share) {
        Arguments.require(share >= 0 && share < 1, "failure limit must lie in [0, 1), but is %s", share);
        return change(r -> r.failureLimit = share);
    }

    /**
     * @param listener hears how far the work has come
     * @return the changed runner
     */
    public StudyRunner withProgress(Progress listener) {
        return change(r -> r.progress = listener);
    }

    /**
     * @param flag stops the work when set
     * @return the changed runner
     */
    public StudyRunner withCancellation(Cancellation flag) {
        return change(r -> r.cancellation = flag);
    }

    /**
     * @param engine runs the units instead of this machine's threads; the caller closes it
     * @return the changed runner
     */
    public StudyRunner withExecutor(UnitExecutor engine) {
        return change(r -> r.executor = engine);
    }

    /**
     * @param results keeps the rows; the caller closes it
     * @return the changed runner
     */
    public StudyRunner withStore(ResultStore results) {
        return change(r -> {
            r.store = results;
            r.file = null;
            r.shared = true;
        });
    }

    /**
     * @param path file of an SQLite store, made when missing; opened and closed by each run; several studies may share it
     * @return the changed runner
     */
    public StudyRunner withStore(Path path) {
        return change(r -> {
            r.store = null;
            r.file = path;
            r.shared = true;
        });
    }

    /**
     * As {@link #withStore(Path)}, but a file that holds the results of other studies only is refused: it was probably named
     * by mistake.
     *
     * @param path file of an SQLite store, made when missing
     * @return the changed runner
     */
    public StudyRunner withOwnStore(Path path) {
        return withStore(path).change(r -> r.shared = false);
    }

    /**
     * Computes what is missing and summarises.
     *
     * @param study any study
     * @return its result
     * @throws StoreException if the store cannot be used
     * @throws StudyFailedException if too many replicates fail
     * @throws CancelledException if the work was stopped; running it again continues
     */
    public SimulationResult run(Study<?> study) {
        try (StudyRun<?> run = open(study)) {
            run.complete();
            return run.summarise();
        }
    }

    /**
     * Opens the stored run of a study, or makes it, without computing anything.
     *
     * @param study any study
     * @param <C> record type of its conditions
     * @return the run; close it
     * @throws StoreException if the store cannot be used
     */
    public <C extends Record> StudyRun<C> open(Study<C> study) {
        UnitExecutor engine = executor == null ? new LocalExecutor(threads) : executor;
        ResultStore results = null;
        try {
            results = store != null ? store : file != null ? SqliteStore.open(file) : new InMemoryStore();
            if (!shared) {
                results.requireSubject(study.name());
            }
            return new StudyRun<>(
                    study,
                    this,
                    results,
                    engine,
                    results.open(study.key(seed, backend), StudyDescription.write(study)));
        } catch (RuntimeException e) {
            release(results, engine);
            throw e;
        }
    }

    /** Closes what this runner opened itself. */
    void release(@Nullable ResultStore results, UnitExecutor engine) {
        if (executor == null) {
            engine.close();
        }
        if (store == null && results != null) {
            results.close();
        }
    }

    long seed() {
        return seed;
    }

    String backend() {
        return backend;
    }

    Progress progress() {
        return progress;
    }

    Cancellation cancellation() {
        return cancellation;
    }

    long replicates(Study<?> study, int condition) {
        return replicates != null ? replicates : study.replicates(condition);
    }

    /** Number of failures that a condition with so many replicates may have. */
    long allowedFailures(long planned) {
        return failureLimit == 0 ? 0 : Math.max(2, (long) Math.floor(failureLimit * planned));
    }
}
