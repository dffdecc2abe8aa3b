package io.verity.stats.linalg;

/**
 * The inner loops of the CPU backends, over flat arrays; implemented in plain Java and with the Vector API. Both must give
 * the same bits, so each operation states its order. Not for use outside the backends: nothing is checked.
 */
public interface DenseKernels {
    /** Rows and columns of a tile in single precision. */
    int SINGLE_TILE = 64;

    /** Rows that {@link #addSquare} takes together. */
    int SINGLE_GROUP = 8;

    /** Entries of each of these rows that are contiguous. */
    int SINGLE_PIECE = 32;

    /**
     * One dot product per row: {@code y[yOffset + i] = a_i . x}, each over eight lanes (see {@link DenseBackend}).
     *
     * @param a holds the rows one after the other
     * @param aOffset where the first row begins
     * @param rows number of rows
     * @param columns length of a row
     * @param x the other factor
     * @param xOffset where it begins
     * @param y receives the products
     * @param yOffset where they begin
     */
    void dotRows(double[] a, int aOffset, int rows, int columns, double[] x, int xOffset, double[] y, int yOffset);

    /**
     * Adds weighted rows: {@code g[gOffset + j] = fma(w_i, a_ij, g[gOffset + j])} for i = 0, 1, ... in turn.
     *
     * @param a holds the rows one after the other
     * @param aOffset where the first row begins
     * @param rows number of rows
     * @param columns length of a row
     * @param w the weights
     * @param wOffset where they begin
     * @param g accumulates the sum
     * @param gOffset where it begins
     */
    void addRows(double[] a, int aOffset, int rows, int columns, double[] w, int wOffset, double[] g, int gOffset);

    /**
     * Adds a matrix product: entry (r, j) of C is continued by {@code fma(a_rk, b_kj, c_rj)} for k = 0, 1, ... in turn. Entry
     * (r, k) of A is {@code a[aOffset + r * aRow + k * aInner]}, so A may be transposed.
     *
     * @param a left factor
     * @param aOffset where it begins
     * @param aRow distance of its rows
     * @param aInner distance of its entries along the inner index
     * @param b right factor, row-major
     * @param bOffset where it begins
     * @param bRow distance of its rows
     * @param c accumulates the product, row-major
     * @param cOffset where it begins
     * @param cRow distance of its rows
     * @param rows rows of C
     * @param inner length of the inner index
     * @param columns columns of C
     */
    void addProduct(
            double[] a,
            int aOffset,
            int aRow,
            int aInner,
            double[] b,
            int bOffset,
            int bRow,
            double[] c,
            int cOffset,
            int cRow,
            int rows,
            int inner,
            int columns);

    /**
     * Adds a product of tiles in single precision: entry (r, j) of C, which has {@link #SINGLE_TILE} rows and columns, is continued
     * by {@code fma(a_rk, b_kj, c_rj)} for k = 0, 1, ... in turn. Entry (r, k) of A is
     * {@code a[aOffset + k * SINGLE_TILE + r]}, so A lies transposed; B and C are row-major and contiguous.
     *
     * @param a left factor
     * @param aOffset where it begins
     * @param b right factor
     * @param bOffset where it begins
     * @param c accumulates the product
     * @param cOffset where it begins
     * @param inner length of the inner index
     */
    void addTile(float[] a, int aOffset, float[] b, int bOffset, float[] c, int cOffset, int inner);

    /**
     * Adds \( U^\top U x \) in single precision, U being {@link #SINGLE_GROUP} rows. A dot product \( y_r = u_r x \) runs over
     * sixteen lanes with fused multiply-add; the upper half of the lanes is added to the lower until one is left. Then
     * {@code z_j = fma(y_r, u_rj, z_j)} for r = 0, 1, ... in turn.
     *
     * @param u holds the rows piece by piece: the first {@link #SINGLE_PIECE} entries of every row, then the next
     * @param uOffset where the first piece begins
     * @param pieces pieces of a row
     * @param x the vector
     * @param xOffset where it begins
     * @param z accumulates the sum
     * @param zOffset where it begins
     */
    void addSquare(float[] u, int uOffset, int pieces, float[] x, int xOffset, float[] z, int zOffset);

    /**
     * {@code y = exp(x)} as {@link io.verity.stats.losses.Exponentials#exp}.
     *
     * @param x exponents
     * @param y receives the results
     * @param from first index in both
     * @param to end of the range
     */
    void exp(double[] x, double[] y, int from, int to);

    /**
     * {@code s = sigma(-scale * u)}.
     *
     * @param scale factor on the margins
     * @param u margins
     * @param s receives the weights
     * @param from first index in both
     * @param to end of the range
     */
    void sigmoidNegative(double scale, double[] u, double[] s, int from, int to);

    /**
     * {@code S_ik = sigma(-scales_k * U_ik)} for rows of U of length {@code scales.length}.
     *
     * @param scales factor per column
     * @param u margins, row-major
     * @param uOffset where they begin
     * @param s receives the weights
     * @param sOffset where they begin
     * @param rows number of rows
     */
    void sigmoidNegativeRows(double[] scales, double[] u, int uOffset, double[] s, int sOffset, int rows);

    /**
     * {@code q = log sigma(-scale * u)}.
     *
     * @param scale factor on the margins
     * @param u margins
     * @param q receives the logarithms
     * @param from first index in both
     * @param to end of the range
     */
    void logSigmoidNegative(double scale, double[] u, double[] q, int from, int to);

    /**
     * Sum of {@code log(1 + exp(-scale * u))} over eight lanes by addition, combined by the tree, tail added one by one.
     *
     * @param scale factor on the margins
     * @param u margins
     * @param from first index
     * @param to end of the range
     * @return the sum
     */
    double lossSum(double scale, double[] u, int from, int to);

    /**
     * {@link #sigmoidNegative} and {@link #lossSum} in one.
     *
     * @param scale factor on the margins
     * @param u margins
     * @param s receives the weights
     * @param from first index in both
     * @param to end of the range
     * @return the sum of the losses
     */
    double weightsAndLossSum(double scale, double[] u, double[] s, int from, int to);

    /**
     * Sum over eight lanes by addition, combined by the tree, tail added one by one.
     *
     * @param x terms
     * @param from first index
     * @param to end of the range
     * @return the sum
     */
    double sum(double[] x, int from, int to);

    /**
     * @param u numbers
     * @return how many are at most 0
     */
    int countNonPositive(double[] u);
}
