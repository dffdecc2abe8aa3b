package io.verity.benchmarks;

import io.verity.stats.linalg.BackendOptions;
import io.verity.stats.linalg.Backends;
import io.verity.stats.linalg.DenseBackend;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiPredicate;
import java.util.function.Function;

/**
 * Workloads on a backend beside scikit-learn where it is installed, else beside medians recorded on a quiet machine of two cores.
 *
 * <p>Arguments: {@code [--python INTERPRETER] [--script FILE] [--threads N] [--backend ID] [--repeats N] [--only NAME]}.
 */
final class BackendComparison {
    private final String script;
    private final Map<String, Timing> recorded;

    BackendComparison(String script, Map<String, Timing> recorded) {
        this.script = script;
        this.recorded = recorded;
    }

    /** Runs the workloads chosen, then what else there is, given the choice; ends the process with 0 if every target was reached. */
    void run(
            String[] arguments,
            Function<DenseBackend, List<Workload>> workloads,
            BiPredicate<DenseBackend, String> further)
            throws IOException {
        List<String> given = Arrays.asList(arguments);
        int threads = Integer.parseInt(option(given, "--threads", "2"));
        String only = option(given, "--only", "");
        Comparison comparison = new Comparison(Integer.parseInt(option(given, "--repeats", "5")), System.out);
        try (DenseBackend backend =
                        Backends.open(option(given, "--backend", Backends.AUTO), new BackendOptions(threads));
                Peer peer = Peer.start(
                        option(given, "--python", "python3"), Path.of(option(given, "--script", script)), threads)) {
            backend.warmUp();
            boolean absent = peer.greeting().startsWith("absent");
            System.out.printf(
                    Locale.ROOT,
                    "peer: %s; ours: %s, %d threads, Java %s%n",
                    absent
                            ? "scikit-learn is not installed, the times are medians recorded on another machine"
                            : peer.greeting().replace("ready ", ""),
                    backend.info().id(),
                    threads,
                    System.getProperty("java.version"));
            List<Workload> chosen = workloads.apply(backend).stream()
                    .filter(w -> w.name().contains(only))
                    .toList();
            boolean reached =
                    comparison.run(chosen, absent ? (name, size) -> Objects.requireNonNull(recorded.get(name)) : peer);
            System.exit(further.test(backend, only) && reached ? 0 : 1);
        }
    }

    private static String option(List<String> arguments, String name, String fallback) {
        int at = arguments.indexOf(name);
        return at < 0 ? fallback : arguments.get(at + 1);
    }
}
