package io.verity.cli;

import io.verity.stats.linalg.BackendInfo;
import io.verity.stats.linalg.BackendOptions;
import io.verity.stats.linalg.Backends;
import io.verity.stats.linalg.DenseBackend;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code verity backends}: which matrix backends are here, which is active, why others are not, and how fast they are. */
@Command(
        name = "backends",
        description =
                "Show the matrix backends: which are available, which one is active, why others are not, and a quick speed figure.",
        footer = {"", "Example: verity backends --threads 1"})
final class BackendsCommand implements Callable<Integer> {
    private final Session session;

    @Option(names = "--threads", paramLabel = "N", description = "threads to use (default: all processors)")
    private int threads = Runtime.getRuntime().availableProcessors();

    BackendsCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        BackendOptions options = new BackendOptions(threads);
        String active;
        try (DenseBackend backend = Backends.open(options)) {
            active = backend.info().id();
        }
        for (Backends.Candidate candidate : Backends.candidates()) {
            String mark = candidate.id().equals(active) ? "* " : "  ";
            session.terminal().line(mark + Text.padded(candidate.id(), 12) + "  " + described(candidate, options));
        }
        session.terminal().line("* is active; another is chosen with --backend ID");
        return ExitCode.OK;
    }

    private static String described(Backends.Candidate candidate, BackendOptions options) {
        if (candidate.unavailableBecause().isPresent()) {
            return "not available: " + candidate.unavailableBecause().get();
        }
        try (DenseBackend backend = Backends.open(candidate.id(), options)) {
            BackendInfo info = backend.info();
            return BackendSpeed.measure(backend) + "; " + info.library() + ", " + info.device() + ", " + info.threads()
                    + (info.threads() == 1 ? " thread" : " threads")
                    + (info.deterministic() ? "" : "; not bit-identical to the reference");
        }
    }
}
