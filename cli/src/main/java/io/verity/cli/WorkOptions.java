package io.verity.cli;

import io.verity.simulations.studies.StudyRunner;
import io.verity.stats.Arguments;
import io.verity.stats.Names;
import io.verity.stats.linalg.BackendOptions;
import io.verity.stats.linalg.Backends;
import io.verity.stats.linalg.DenseBackend;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How work is done: seed, threads, backend, engine, progress. */
final class WorkOptions {
    private static final List<String> ENGINES = List.of("local");

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "master seed; the same seed gives the same bits (default " + StudyRunner.DEFAULT_SEED + ")")
    private long seed = StudyRunner.DEFAULT_SEED;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "threads to use; does not change results (default: all processors)")
    private @Nullable Integer threads;

    @Option(
            names = "--backend",
            paramLabel = "ID",
            description = "matrix backend, see: verity backends (default: the fastest that gives the reference's bits)")
    private String backend = Backends.AUTO;

    @Option(names = "--engine", paramLabel = "ID", description = "where replicates run: local")
    private String engine = "local";

    @Option(names = "--quiet", description = "no progress")
    private boolean quiet;

    /** @return master seed */
    long seed() {
        return seed;
    }

    /** @return threads to use */
    int threads() {
        return threads == null
                ? Runtime.getRuntime().availableProcessors()
                : Arguments.atLeast("--threads", threads, 1);
    }

    /**
     * @param backendThreads threads of the backend itself
     * @return the backend chosen, to be closed
     */
    DenseBackend backend(int backendThreads) {
        return Backends.open(backend, new BackendOptions(backendThreads));
    }

    /** @return the engine chosen */
    String engine() {
        Arguments.require(
                ENGINES.contains(engine),
                "there is no engine '%s', only: %s%s",
                engine,
                String.join(", ", ENGINES),
                Names.suggestion(engine, ENGINES, ""));
        return engine;
    }

    /** @return whether progress is unwanted */
    boolean quiet() {
        return quiet;
    }
}
