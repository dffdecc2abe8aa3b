package io.verity.stats.linalg;

import java.util.List;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The dense products that hot loops need. Matrices are row-major, double precision.
 *
 * <p>Deterministic backends ({@link BackendInfo#deterministic()}) sum in a fixed order, whatever the number of threads:
 *
 * <ul>
 *   <li>a dot product (gemv, margins) runs over eight lanes with fused multiply-add, lane l taking the entries l, l + 8, ...;
 *       the lanes are combined as {@code ((s0+s4)+(s2+s6))+((s1+s5)+(s3+s7))} and the last {@code length % 8} entries are added
 *       one by one with fused multiply-add;
 *   <li>a sum over rows (gemtv, gram, gradients) takes the rows in chunks of 512, inside a chunk row after row with fused
 *       multiply-add from 0, and adds the chunks' results in order;
 *   <li>an entry of a matrix product is one chain of fused multiply-adds over the inner index, from 0.
 * </ul>
 *
 * <p>A backend may be used by several threads at once. Matrices must come from the same backend's {@link #upload}, and outputs
 * must not share memory with inputs. Wrong lengths are an {@link IllegalArgumentException}. Zero rows or columns are allowed:
 * empty sums are 0. Non-finite entries propagate as IEEE arithmetic has it.
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
     * Cholesky factor \( A = L L^\top \) in place: L overwrites the lower triangle, the strict upper triangle keeps no
     * meaning. Only the lower triangle is read.
     *
     * @param a n x n, symmetric positive definite
     * @return -1, or the first column (from 0) whose pivot is not positive and finite: then a is not positive definite to
     *     rounding, and its entries are undefined
     * @throws IllegalArgumentException if a is not square
     */
    int cholesky(Matrix a);

    /**
     * Solves \( L L^\top X = B \) in place.
     *
     * @param factor n x n, made by {@link #cholesky}
     * @param b n x m, overwritten by X
     * @throws IllegalArgumentException if the shapes do not fit
     */
    void choleskySolve(Matrix factor, Matrix b);

    /**
     * Operators near \( (A^\top \mathrm{diag}(w) A + r I)^{-1} \), for preconditioning. Where the matrix is singular to the
     * precision used, a multiple of its diagonal is added that makes it definite.
     *
     * @param a m x n, finite
     * @param weights length m, finite and not negative; rows of weight zero are left out
     * @param ridges values of r, positive
     * @return one operator for every ridge
     * @throws IllegalArgumentException if a ridge is not positive, or the matrix is not finite
     */
    default List<ApproximateInverse> approximateInverses(Matrix a, double[] weights, double... ridges) {
        return DoubleInverse.of(this, a, weights, ridges);
    }

    /**
     * Mean logistic loss \( \frac1m \sum_i \log(1 + e^{-y_i a_i^\top w}) \) and its gradient
     * \( -\frac1m \sum_i \sigma(-y_i a_i^\top w)\, y_i a_i \), in one pass over the rows.
     *
     * @param a m x n
     * @param signs length m, entries -1 or +1
     * @param w length n
     * @param gradient length n, overwritten
     * @return the mean loss
     * @throws IllegalArgumentException if a has no rows
     */
    double logisticLossGradient(Matrix a, double[] signs, double[] w, double[] gradient);

    /**
     * Prepares the repeated products of a gradient method with one fixed matrix.
     *
     * @param z n x d, finite
     * @return a kernel for one thread at a time (it may itself use the backend's threads)
     */
    LogisticKernel logisticKernel(Matrix z);

    /** @return elementwise functions of margins and their sums */
    MarginFunctions functions();

    /**
     * Runs task(0), ..., task(count - 1), each once, in any order, on the backend's threads where it has some of its own.
     *
     * @param count number of tasks
     * @param task does the task of the given number
     */
    default void parallel(int count, IntConsumer task) {
        for (int i = 0; i < count; i++) {
            task.accept(i);
        }
    }

    /**
     * Does now what would otherwise slow down the first second of work, such as compiling code. For benchmarks and speed
     * figures; results do not depend on it.
     */
    default void warmUp() {}

    /** Frees the backend's threads and device memory. */
    @Override
    default void close() {}
}
