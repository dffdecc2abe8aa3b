package io.verity.stats.linalg;

class JavaBackendTest extends DenseBackendContract {
    @Override
    protected String id() {
        return "java";
    }
}
