package io.verity.stats.linalg;

import java.util.Optional;

/** Backend {@code java}: plain Java, available everywhere. */
public final class JavaBackendProvider implements DenseBackendProvider {
    /** For the service loader. */
    public JavaBackendProvider() {}

    @Override
    public String id() {
        return "java";
    }

    @Override
    public int priority() {
        return 0;
    }

    @Override
    public Optional<String> unavailableBecause() {
        return Optional.empty();
    }

    @Override
    public DenseBackend open(BackendOptions options) {
        return new CpuBackend(id(), new PlainKernels(), options);
    }
}
