package io.verity.stats.linalg;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Finds the matrix backends that are on the class path and opens one of them.
 *
 * <p>The selection is {@code auto} - the best available backend among the deterministic ones, which all give the same bits -
 * or an id. An id that cannot be used is an error; there is no silent fallback.
 */
public final class Backends {
    /** Selection that takes the best available deterministic backend. */
    public static final String AUTO = "auto";

    /** System property that holds the default selection. */
    public static final String PROPERTY = "verity.backend";

    private Backends() {}

    /**
     * One line of {@code verity backends}.
     *
     * @param id the backend
     * @param priority rank for {@code auto}; negative means it must be named
     * @param unavailableBecause why it cannot be used here; empty if it can
     */
    public record Candidate(String id, int priority, Optional<String> unavailableBecause) {}

    /**
     * Opens the backend that the property {@value #PROPERTY} selects, {@code auto} if it is not set.
     *
     * @param options number of threads
     * @return the backend, to be closed by the caller
     * @throws BackendUnavailableException if the property names a backend that cannot be used
     */
    public static DenseBackend open(BackendOptions options) {
        return open(System.getProperty(PROPERTY, AUTO), options);
    }

    /**
     * @param selection {@code auto} or the id of a backend
     * @param options number of threads
     * @return the backend, to be closed by the caller
     * @throws BackendUnavailableException if the named backend is unknown or cannot be used here; the message says why and
     *     lists what there is
     */
    public static DenseBackend open(String selection, BackendOptions options) {
        return open(selection, options, Found.load());
    }

    /**
     * The default backend with one thread, opened at the first call and never closed: it holds no threads and no memory of its
     * own, so that estimators can use it where no other is given.
     *
     * @return the backend that {@link #open(BackendOptions)} gives for one thread
     * @throws BackendUnavailableException if the property {@value #PROPERTY} names a backend that cannot be used
     */
    public static DenseBackend shared() {
        return Shared.BACKEND;
    }

    private static final class Shared {
        static final DenseBackend BACKEND = open(BackendOptions.singleThread());
    }

    static DenseBackend open(String selection, BackendOptions options, Found found) {
        if (selection.equals(AUTO)) {
            for (DenseBackendProvider provider : found.bestFirst()) {
                DenseBackend backend = provider.priority() < 0 ? null : openIfAvailable(provider, options);
                if (backend != null) {
                    return backend;
                }
            }
            return new JavaBackendProvider().open(options);
        }
        DenseBackendProvider provider = found.providers.get(selection);
        if (provider == null) {
            throw new BackendUnavailableException("backend '" + selection + "' is not known; " + found.describe());
        }
        String reason = reason(provider).orElse(null);
        if (reason != null) {
            throw new BackendUnavailableException(
                    "backend '" + selection + "' is unavailable: " + reason + "; " + found.describe());
        }
        try {
            return provider.open(options);
        } catch (LinkageError e) {
            throw new BackendUnavailableException(
                    "backend '" + selection + "' is unavailable: " + e + "; " + found.describe(), e);
        }
    }

    /** @return every backend found, best first, with the reason where it cannot be used */
    public static List<Candidate> candidates() {
        return Found.load().candidates();
    }

    private static @Nullable DenseBackend openIfAvailable(DenseBackendProvider provider, BackendOptions options) {
        if (reason(provider).isPresent()) {
            return null;
        }
        try {
            return provider.open(options);
        } catch (BackendUnavailableException | LinkageError e) {
            return null;
        }
    }

    private static Optional<String> reason(DenseBackendProvider provider) {
        try {
            return provider.unavailableBecause();
        } catch (RuntimeException | LinkageError e) {
            return Optional.of(e.toString());
        }
    }

    /** The providers by id, and what went wrong while looking for more. */
    record Found(Map<String, DenseBackendProvider> providers, List<String> problems) {
        /** Reads the service files. A provider that cannot be loaded is noted, and the search goes on. */
        static Found load() {
            return from(ServiceLoader.load(DenseBackendProvider.class, Backends.class.getClassLoader())
                    .iterator());
        }

        static Found from(Iterator<DenseBackendProvider> iterator) {
            Map<String, DenseBackendProvider> providers = new LinkedHashMap<>();
            List<String> problems = new ArrayList<>();
            boolean more = true;
            // A broken provider may throw from hasNext as well as from next, and each time takes one off the list.
            for (int failures = 0; more && failures < 20; ) {
                try {
                    more = iterator.hasNext();
                    if (more) {
                        DenseBackendProvider provider = iterator.next();
                        providers.putIfAbsent(provider.id(), provider);
                    }
                } catch (ServiceConfigurationError | LinkageError e) {
                    failures++;
                    problems.add(String.valueOf(e.getMessage()));
                }
            }
            return new Found(providers, problems);
        }

        /** Highest priority first, equal ones by id. Loops rather than streams here: every command waits for this. */
        List<DenseBackendProvider> bestFirst() {
            List<DenseBackendProvider> sorted = new ArrayList<>();
            for (DenseBackendProvider provider : providers.values()) {
                int at = 0;
                while (at < sorted.size() && isBefore(sorted.get(at), provider)) {
                    at++;
                }
                sorted.add(at, provider);
            }
            return sorted;
        }

        private static boolean isBefore(DenseBackendProvider a, DenseBackendProvider b) {
            return a.priority() == b.priority() ? a.id().compareTo(b.id()) < 0 : a.priority() > b.priority();
        }

        List<Candidate> candidates() {
            return bestFirst().stream()
                    .map(p -> new Candidate(p.id(), p.priority(), reason(p)))
                    .toList();
        }

        String describe() {
            String tried = candidates().stream()
                    .map(c -> c.id()
                            + c.unavailableBecause().map(r -> " (" + r + ")").orElse(" (available)"))
                    .collect(Collectors.joining(", "));
            String broken = problems.isEmpty() ? "" : "; not loadable: " + String.join("; ", problems);
            return "tried: " + tried + broken;
        }
    }
}
