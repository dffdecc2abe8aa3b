package io.verity.stats.linalg;

import java.util.Optional;

/**
 * Offers one backend to {@link Backends}, which finds providers with {@link java.util.ServiceLoader}.
 *
 * <p>A provider class must load on plain Java 17: it mentions no type of an optional module or native library, and names the
 * class that does only when it opens the backend.
 */
public interface DenseBackendProvider {
    /** @return identifier on the command line, such as {@code java-vector} */
    String id();

    /** @return rank among the deterministic backends: {@code auto} takes the highest available; negative means never */
    int priority();

    /** @return why the backend cannot be used here, in words; empty if it can. Never throws and links nothing eagerly */
    Optional<String> unavailableBecause();

    /**
     * @param options number of threads
     * @return the backend, to be closed by the caller
     * @throws BackendUnavailableException if it cannot be used here
     */
    DenseBackend open(BackendOptions options);
}
