package io.verity.stats.linalg;

/** The vector kernels from the first call on, without the warming that would let the plain ones answer. */
class JavaVectorBackendTest extends DenseBackendContract {
    @Override
    protected String id() {
        return "java-vector";
    }

    @Override
    protected DenseBackend open(BackendOptions options) {
        return new CpuBackend(id(), JavaVectorBackendProvider.loadKernels(), options);
    }
}
