package io.verity.stats.linalg;

import org.jspecify.annotations.Nullable;

/**
 * The dense products that hot loops need. Matrices are row-major, double precision.
 *
 * <p>Deterministic backends ({@link BackendInfo#deterministic()}) sum in a fixed order: rows in chunks of 512 whose partial
 * results are added in chunk order, dot products over eight logical lanes with fused multiply-add, the lanes combined as
 * {@code ((s0+s4)+(s2+s6))+((s1+s5)+(s3+s7))}, the tail added by sequential fused multiply-add.
 */
public interface DenseBackend extends AutoCloseable {
    /** @return which backend this is */
    BackendInfo info();

    /**
     * @param rowMajor entries, row by row; CPU backends keep the reference
     * @param rows number of rows
     * @param columns number of columns
     * @return the matrix
     * @throws IllegalArgumentException if the array does not hold rows x columns entries
     */
    Matrix upload(double[] rowMajor, int rows, int columns);

    /**
     * \( y = A x \).
     *
     * @param a m x n
     * @param x length n
     * @param y length m, overwritten
     */
    void gemv(Matrix a, double[] x, double[] y);

    /**
     * \( y = A^\top x \).
     *
     * @param a m x n
     * @param x length m
     * @param y length n, overwritten
     */
    void gemtv(Matrix a, double[] x, double[] y);

    /**
     * \( C = A B \).
     *
     * @param a m x k
     * @param b k x n
     * @param c m x n, overwritten
     */
    void gemm(Matrix a, Matrix b, Matrix c);

    /**
     * \( C = A^\top \mathrm{diag}(w) A \).
     *
     * @param a m x n
     * @param weights length m, or null for ones
     * @param c n x n, overwritten (symmetric)
     */
    void gram(Matrix a, double @Nullable [] weights, Matrix c);

    /**
     * Mean logistic loss \( \frac1m \sum_i \log(1 + e^{-y_i a_i^\top w}) \) and its gradient
     * \( -\frac1m \sum_i \sigma(-y_i a_i^\top w)\, y_i a_i \), in one pass over the rows.
     *
     * @param a m x n
     * @param signs length m, entries -1 or +1
     * @param w length n
     * @param gradient length n, overwritten
     * @return the mean loss
     */
    double logisticLossGradient(Matrix a, double[] signs, double[] w, double[] gradient);

    /** Frees the backend's threads and device memory. */
    @Override
    default void close() {}
}
