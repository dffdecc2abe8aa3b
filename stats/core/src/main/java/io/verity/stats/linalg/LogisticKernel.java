package io.verity.stats.linalg;

/**
 * What gradient methods for margin losses repeat with one fixed matrix Z of n rows (usually the signed rows
 * \( z_i = y_i a_i \)) and d columns: margins \( u = Z\theta \), weighted sums of rows \( Z^\top s \), and both in one pass.
 *
 * <p>The layout in memory and the order of summation follow from the shape of Z alone: results do not depend on the number of
 * threads, and backends {@code java} and {@code java-vector} give the same bits. A kernel copies what it needs to lay out
 * differently when it is made; changing Z afterwards is not supported. It owns scratch memory, so it serves one thread at a
 * time; make one per concurrent run. No method allocates for a matrix small enough to be handled by one thread.
 *
 * <p>Z must be finite: weights that are exactly zero may be skipped. Elementwise functions of margins are in
 * {@link MarginFunctions}.
 */
public interface LogisticKernel {
    /** @return n, the number of rows of Z */
    int rows();

    /** @return d, the number of columns of Z */
    int columns();

    /**
     * \( u = Z \theta \).
     *
     * @param theta length d
     * @param margins length n, overwritten with u
     */
    void margins(double[] theta, double[] margins);

    /**
     * \( g = Z^\top s \).
     *
     * @param weights length n, the s
     * @param sum length d, overwritten with g
     */
    void combine(double[] weights, double[] sum);

    /**
     * Margins, weights and weighted sum of the logistic loss at margin scale \( \gamma \), reading Z once:
     * \( u = Z\theta,\ s_i = \sigma(-\gamma u_i),\ g = Z^\top s \).
     *
     * <p>A step of gradient descent in scaled coordinates is then {@code theta += g / n}; with {@code scale = 1} the gradient
     * of the mean loss is {@code -g / n}. Same bits as {@link #margins}, {@link MarginFunctions#sigmoidNegative} and
     * {@link #combine} one after the other.
     *
     * @param theta length d
     * @param scale the factor gamma on the margins inside the loss
     * @param margins length n, overwritten with u (not scaled)
     * @param weights length n, overwritten with s
     * @param sum length d, overwritten with g
     */
    void pass(double[] theta, double scale, double[] margins, double[] weights, double[] sum);

    /**
     * Many weight vectors at once: column k of U = Z Theta has its own scale,
     * \( S_{ik} = \sigma(-\gamma_k U_{ik}),\ G = Z^\top S \).
     *
     * <p>Margins are sums in column order of Z with fused multiply-add (the order of {@link DenseBackend#gemm}), so they may
     * differ from {@link #pass} in the last bits.
     *
     * @param theta d x K, row-major, K = length of scales
     * @param scales length K
     * @param margins n x K, row-major, overwritten with U
     * @param sums d x K, row-major, overwritten with G
     */
    void passBatch(double[] theta, double[] scales, double[] margins, double[] sums);
}
