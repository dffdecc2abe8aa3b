package io.verity.stats.linalg;

import java.util.Arrays;

/**
 * Adds a product whose right factor is wide: strips of its columns are copied panel by panel to contiguous memory, because rows
 * that lie far apart miss the cache and its address tables, and so is the left factor where it is used for several panels. Odd
 * numbers of columns are filled up with zeros. Every entry is one chain of fma over the inner index, as in
 * {@link DenseKernels#addProduct}, so that the cutting does not show in the bits.
 */
final class PanelProduct {
    /** Columns of a panel: the widest register tile. */
    private static final int PANEL = 32;

    /** Columns copied together: long enough for the memory to stream. */
    private static final int STRIP = 8 * PANEL;

    /** Inner length of a strip; half a megabyte with {@link #STRIP} columns. */
    private static final int INNER = 256;

    /** Rows of a register tile. */
    private static final int GROUP = 4;

    /** Columns of the narrowest vector tile. */
    private static final int LANES = 8;

    /** Rows of a left factor that make no copy of the right one worth while. */
    private static final int FEW_ROWS = 28;

    /** Inner length between which a few rows are read again. */
    private static final int STREAM = 64;

    private final DenseKernels kernels;
    private double[] strip = {};
    private double[] packed = {};
    private double[] edge = {};

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
        if (rows <= FEW_ROWS) {
            for (int k = 0; k < inner; k += STREAM) {
                int depth = Math.min(STREAM, inner - k);
                int left = aOffset + k * aInner;
                kernels.addProduct(
                        a, left, aRow, aInner, b, bOffset + k * bRow, bRow, c, cOffset, cRow, rows, depth, columns);
            }
            return;
        }
        if (bRow <= 2 * PANEL && columns % LANES == 0) {
            for (int k = 0; k < inner; k += INNER) {
                int depth = Math.min(INNER, inner - k);
                int left = aOffset + k * aInner;
                kernels.addProduct(
                        a, left, aRow, aInner, b, bOffset + k * bRow, bRow, c, cOffset, cRow, rows, depth, columns);
            }
            return;
        }
        // A left factor that many panels share is worth a copy in the order in which the tiles read it.
        int grouped = columns >= 2 * PANEL ? rows / GROUP * GROUP : 0;
        strip = room(strip, Math.min(INNER, inner) * Math.min(STRIP, padded(columns)));
        packed = room(packed, grouped * Math.min(INNER, inner));
        for (int k = 0; k < inner; k += INNER) {
            int depth = Math.min(INNER, inner - k);
            int left = aOffset + k * aInner;
            packLeft(a, left, aRow, aInner, grouped, depth);
            for (int j = 0; j < columns; j += STRIP) {
                int width = Math.min(STRIP, columns - j);
                packStrip(b, bOffset + k * bRow + j, bRow, depth, width);
                for (int q = 0; q < width; q += PANEL) {
                    int wide = Math.min(PANEL, width - q);
                    int from = q * depth;
                    int to = cOffset + j + q;
                    if (wide % LANES == 0) {
                        multiply(a, left, aRow, aInner, from, wide, c, to, cRow, rows, grouped, depth);
                    } else {
                        multiplyEdge(a, left, aRow, aInner, from, wide, c, to, cRow, rows, grouped, depth);
                    }
                }
            }
        }
    }

    private void multiplyEdge(
            double[] a,
            int left,
            int aRow,
            int aInner,
            int from,
            int wide,
            double[] c,
            int to,
            int cRow,
            int rows,
            int grouped,
            int depth) {
        int full = padded(wide);
        edge = room(edge, rows * full);
        for (int r = 0; r < rows; r++) {
            System.arraycopy(c, to + r * cRow, edge, r * full, wide);
            Arrays.fill(edge, r * full + wide, (r + 1) * full, 0.0);
        }
        multiply(a, left, aRow, aInner, from, full, edge, 0, full, rows, grouped, depth);
        for (int r = 0; r < rows; r++) {
            System.arraycopy(edge, r * full, c, to + r * cRow, wide);
        }
    }

    private void multiply(
            double[] a,
            int left,
            int aRow,
            int aInner,
            int from,
            int wide,
            double[] c,
            int to,
            int cRow,
            int rows,
            int grouped,
            int depth) {
        // Tiles of a narrow panel have more rows than a group.
        int inGroups = wide == PANEL ? grouped : 0;
        for (int r = 0; r < inGroups; r += GROUP) {
            kernels.addProduct(
                    packed, r * depth, 1, GROUP, strip, from, wide, c, to + r * cRow, cRow, GROUP, depth, wide);
        }
        if (inGroups < rows) {
            kernels.addProduct(
                    a,
                    left + inGroups * aRow,
                    aRow,
                    aInner,
                    strip,
                    from,
                    wide,
                    c,
                    to + inGroups * cRow,
                    cRow,
                    rows - inGroups,
                    depth,
                    wide);
        }
    }

    private void packLeft(double[] a, int offset, int aRow, int aInner, int rows, int depth) {
        for (int r = 0; r < rows; r += GROUP) {
            int to = r * depth;
            int p = offset + r * aRow;
            for (int k = 0; k < depth; k++) {
                packed[to] = a[p];
                packed[to + 1] = a[p + aRow];
                packed[to + 2] = a[p + 2 * aRow];
                packed[to + 3] = a[p + 3 * aRow];
                to += GROUP;
                p += aInner;
            }
        }
    }

    /** Panel after panel, each depth x its padded width. */
    private void packStrip(double[] b, int offset, int bRow, int depth, int width) {
        for (int i = 0; i < depth; i++) {
            int row = offset + i * bRow;
            for (int q = 0; q < width; q += PANEL) {
                int wide = Math.min(PANEL, width - q);
                int full = padded(wide);
                int to = q * depth + i * full;
                System.arraycopy(b, row + q, strip, to, wide);
                Arrays.fill(strip, to + wide, to + full, 0.0);
            }
        }
    }

    private static int padded(int columns) {
        return (columns + LANES - 1) / LANES * LANES;
    }

    private static double[] room(double[] buffer, int length) {
        return buffer.length >= length ? buffer : new double[length];
    }
}
