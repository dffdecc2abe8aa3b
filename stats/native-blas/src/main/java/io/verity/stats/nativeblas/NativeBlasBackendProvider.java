package io.verity.stats.nativeblas;

import io.verity.stats.linalg.BackendOptions;
import io.verity.stats.linalg.BackendUnavailableException;
import io.verity.stats.linalg.DenseBackend;
import io.verity.stats.linalg.DenseBackendProvider;
import java.util.Optional;

/**
 * Backend {@code native-blas}: the system's OpenBLAS, for large matrix products, Gram matrices and Cholesky factors. Must be
 * asked for by name, because its bits depend on the library and the machine.
 *
 * <p>It takes the library that the system calls {@code libblas.so.3} (and {@code liblapack.so.3}), if that is one of the fast
 * ones; another can be named with the properties {@code dev.ludovic.netlib.blas.nativeLib} and
 * {@code dev.ludovic.netlib.lapack.nativeLib}, or {@code ...nativeLibPath} for a whole path.
 */
public final class NativeBlasBackendProvider implements DenseBackendProvider {
    /** For the service loader. */
    public NativeBlasBackendProvider() {}

    @Override
    public String id() {
        return "native-blas";
    }

    @Override
    public int priority() {
        return -1;
    }

    /** Loads the library at the first call: whether it can be loaded is not known before. */
    @Override
    public Optional<String> unavailableBecause() {
        try {
            return NativeLibrary.unavailableBecause();
        } catch (LinkageError e) {
            return Optional.of("a jar of netlib (blas, lapack, arpack_combined_all) is not on the class path: " + e);
        }
    }

    @Override
    public DenseBackend open(BackendOptions options) {
        String reason = unavailableBecause().orElse(null);
        if (reason != null) {
            throw new BackendUnavailableException("backend 'native-blas' is unavailable: " + reason);
        }
        return NativeBlasBackend.open(id(), options);
    }
}
