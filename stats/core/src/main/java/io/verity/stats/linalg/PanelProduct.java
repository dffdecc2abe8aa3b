package io.verity.stats.linalg;

/**
 * Adds a product whose right factor is wide: its columns are copied panel by panel to contiguous memory, because rows that
 * lie far apart miss the cache and its address tables. The order of summation is that of {@link DenseKernels#addProduct}.
 */
final class PanelProduct {
    /** Columns of a panel: the widest register tile. */
    private static final int PANEL = 32;

    /** Inner length of a panel; 64 KB with 32 columns. */
    private static final int INNER = 256;

    private final DenseKernels kernels;
    private final double[] panel = new double[INNER * PANEL];

    PanelProduct(DenseKernels kernels) {
        this.kernels = kernels;
    }

    /** Parameters as for {@link DenseKernels#addProduct}. */
    void add(
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
            int columns) {
        for (int k = 0; k < inner; k += INNER) {
            int depth = Math.min(INNER, inner - k);
            int left = aOffset + k * aInner;
            int right = bOffset + k * bRow;
            if (bRow <= 2 * PANEL) {
                kernels.addProduct(a, left, aRow, aInner, b, right, bRow, c, cOffset, cRow, rows, depth, columns);
                continue;
            }
            for (int j = 0; j < columns; j += PANEL) {
                int width = Math.min(PANEL, columns - j);
                for (int i = 0; i < depth; i++) {
                    System.arraycopy(b, right + i * bRow + j, panel, i * width, width);
                }
                kernels.addProduct(a, left, aRow, aInner, panel, 0, width, c, cOffset + j, cRow, rows, depth, width);
            }
        }
    }
}
