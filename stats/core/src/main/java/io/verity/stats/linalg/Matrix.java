package io.verity.stats.linalg;

/**
 * A dense real matrix that lives where its backend computes: on the heap for the CPU backends (which wrap the caller's
 * array without copying), on the device for others.
 */
public interface Matrix extends AutoCloseable {
    /** @return number of rows */
    int rows();

    /** @return number of columns */
    int columns();

    /**
     * Copies the entries to the heap.
     *
     * @param rowMajor receives rows x columns entries, row by row
     */
    void download(double[] rowMajor);

    /** Frees what the device holds; CPU matrices have nothing to free. */
    @Override
    default void close() {}
}
