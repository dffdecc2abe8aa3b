package io.verity.stats.linalg.vector;

import static io.verity.stats.linalg.vector.VectorMath.LANES;
import static io.verity.stats.linalg.vector.VectorMath.SPECIES;
import static io.verity.stats.linalg.vector.VectorMath.constant;

import jdk.incubator.vector.DoubleVector;

/** C += A B in register tiles. Every entry is one chain of fma over the inner index, so the tiling does not show in the bits. */
final class VectorProduct {
    /** Columns of a wide tile: four vectors where there are 32 registers, two where there are 16. */
    private static final int WIDE = (LANES == 8 ? 4 : 2) * LANES;

    /** Rows of a left factor below which the right one is read as it lies. */
    private static final int FEW_ROWS = 28;

    private VectorProduct() {}

    static void add(
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
        int j = LANES == 8 && rows <= FEW_ROWS && bRow > 2 * WIDE
                ? VectorStream.add(a, aOffset, aRow, aInner, b, bOffset, bRow, c, cOffset, cRow, rows, inner, columns)
                : 0;
        for (; j + WIDE <= columns; j += WIDE) {
            int r = 0;
            for (; r + 4 <= rows; r += 4) {
                if (LANES == 8) {
                    tile4x4(
                            a,
                            aOffset + r * aRow,
                            aRow,
                            aInner,
                            b,
                            bOffset + j,
                            bRow,
                            c,
                            cOffset + r * cRow + j,
                            cRow,
                            inner);
                } else {
                    tile4x2(
                            a,
                            aOffset + r * aRow,
                            aRow,
                            aInner,
                            b,
                            bOffset + j,
                            bRow,
                            c,
                            cOffset + r * cRow + j,
                            cRow,
                            inner);
                }
            }
            for (; r < rows; r++) {
                for (int v = j; v < j + WIDE; v += LANES) {
                    tile1x1(a, aOffset + r * aRow, aInner, b, bOffset + v, bRow, c, cOffset + r * cRow + v, inner);
                }
            }
        }
        // Narrow right factors: eight rows at a time, so that eight chains hide the latency of fma.
        for (; LANES == 8 && j + 2 * LANES <= columns; j += 2 * LANES) {
            int r = 0;
            for (; r + 8 <= rows; r += 8) {
                tile8x2(
                        a,
                        aOffset + r * aRow,
                        aRow,
                        aInner,
                        b,
                        bOffset + j,
                        bRow,
                        c,
                        cOffset + r * cRow + j,
                        cRow,
                        inner);
            }
            for (; r < rows; r++) {
                tile1x1(a, aOffset + r * aRow, aInner, b, bOffset + j, bRow, c, cOffset + r * cRow + j, inner);
                int next = j + LANES;
                tile1x1(a, aOffset + r * aRow, aInner, b, bOffset + next, bRow, c, cOffset + r * cRow + next, inner);
            }
        }
        for (; j + LANES <= columns; j += LANES) {
            int r = 0;
            for (; r + 8 <= rows; r += 8) {
                tile8x1(
                        a,
                        aOffset + r * aRow,
                        aRow,
                        aInner,
                        b,
                        bOffset + j,
                        bRow,
                        c,
                        cOffset + r * cRow + j,
                        cRow,
                        inner);
            }
            for (; r < rows; r++) {
                tile1x1(a, aOffset + r * aRow, aInner, b, bOffset + j, bRow, c, cOffset + r * cRow + j, inner);
            }
        }
        for (; j < columns; j++) {
            for (int r = 0; r < rows; r++) {
                double sum = c[cOffset + r * cRow + j];
                for (int k = 0; k < inner; k++) {
                    sum = Math.fma(a[aOffset + r * aRow + k * aInner], b[bOffset + k * bRow + j], sum);
                }
                c[cOffset + r * cRow + j] = sum;
            }
        }
    }

    private static DoubleVector load(double[] a, int i) {
        return DoubleVector.fromArray(SPECIES, a, i);
    }

    private static void tile4x4(
            double[] a,
            int p,
            int aRow,
            int aInner,
            double[] b,
            int q,
            int bRow,
            double[] c,
            int r0,
            int cRow,
            int inner) {
        int r1 = r0 + cRow;
        int r2 = r1 + cRow;
        int r3 = r2 + cRow;
        DoubleVector c00 = load(c, r0);
        DoubleVector c01 = load(c, r0 + LANES);
        DoubleVector c02 = load(c, r0 + 2 * LANES);
        DoubleVector c03 = load(c, r0 + 3 * LANES);
        DoubleVector c10 = load(c, r1);
        DoubleVector c11 = load(c, r1 + LANES);
        DoubleVector c12 = load(c, r1 + 2 * LANES);
        DoubleVector c13 = load(c, r1 + 3 * LANES);
        DoubleVector c20 = load(c, r2);
        DoubleVector c21 = load(c, r2 + LANES);
        DoubleVector c22 = load(c, r2 + 2 * LANES);
        DoubleVector c23 = load(c, r2 + 3 * LANES);
        DoubleVector c30 = load(c, r3);
        DoubleVector c31 = load(c, r3 + LANES);
        DoubleVector c32 = load(c, r3 + 2 * LANES);
        DoubleVector c33 = load(c, r3 + 3 * LANES);
        for (int k = 0; k < inner; k++) {
            DoubleVector b0 = load(b, q);
            DoubleVector b1 = load(b, q + LANES);
            DoubleVector b2 = load(b, q + 2 * LANES);
            DoubleVector b3 = load(b, q + 3 * LANES);
            DoubleVector x = constant(a[p]);
            c00 = x.fma(b0, c00);
            c01 = x.fma(b1, c01);
            c02 = x.fma(b2, c02);
            c03 = x.fma(b3, c03);
            x = constant(a[p + aRow]);
            c10 = x.fma(b0, c10);
            c11 = x.fma(b1, c11);
            c12 = x.fma(b2, c12);
            c13 = x.fma(b3, c13);
            x = constant(a[p + 2 * aRow]);
            c20 = x.fma(b0, c20);
            c21 = x.fma(b1, c21);
            c22 = x.fma(b2, c22);
            c23 = x.fma(b3, c23);
            x = constant(a[p + 3 * aRow]);
            c30 = x.fma(b0, c30);
            c31 = x.fma(b1, c31);
            c32 = x.fma(b2, c32);
            c33 = x.fma(b3, c33);
            p += aInner;
            q += bRow;
        }
        c00.intoArray(c, r0);
        c01.intoArray(c, r0 + LANES);
        c02.intoArray(c, r0 + 2 * LANES);
        c03.intoArray(c, r0 + 3 * LANES);
        c10.intoArray(c, r1);
        c11.intoArray(c, r1 + LANES);
        c12.intoArray(c, r1 + 2 * LANES);
        c13.intoArray(c, r1 + 3 * LANES);
        c20.intoArray(c, r2);
        c21.intoArray(c, r2 + LANES);
        c22.intoArray(c, r2 + 2 * LANES);
        c23.intoArray(c, r2 + 3 * LANES);
        c30.intoArray(c, r3);
        c31.intoArray(c, r3 + LANES);
        c32.intoArray(c, r3 + 2 * LANES);
        c33.intoArray(c, r3 + 3 * LANES);
    }

    private static void tile4x2(
            double[] a,
            int p,
            int aRow,
            int aInner,
            double[] b,
            int q,
            int bRow,
            double[] c,
            int r0,
            int cRow,
            int inner) {
        int r1 = r0 + cRow;
        int r2 = r1 + cRow;
        int r3 = r2 + cRow;
        DoubleVector c00 = load(c, r0);
        DoubleVector c01 = load(c, r0 + LANES);
        DoubleVector c10 = load(c, r1);
        DoubleVector c11 = load(c, r1 + LANES);
        DoubleVector c20 = load(c, r2);
        DoubleVector c21 = load(c, r2 + LANES);
        DoubleVector c30 = load(c, r3);
        DoubleVector c31 = load(c, r3 + LANES);
        for (int k = 0; k < inner; k++) {
            DoubleVector b0 = load(b, q);
            DoubleVector b1 = load(b, q + LANES);
            DoubleVector x = constant(a[p]);
            c00 = x.fma(b0, c00);
            c01 = x.fma(b1, c01);
            x = constant(a[p + aRow]);
            c10 = x.fma(b0, c10);
            c11 = x.fma(b1, c11);
            x = constant(a[p + 2 * aRow]);
            c20 = x.fma(b0, c20);
            c21 = x.fma(b1, c21);
            x = constant(a[p + 3 * aRow]);
            c30 = x.fma(b0, c30);
            c31 = x.fma(b1, c31);
            p += aInner;
            q += bRow;
        }
        c00.intoArray(c, r0);
        c01.intoArray(c, r0 + LANES);
        c10.intoArray(c, r1);
        c11.intoArray(c, r1 + LANES);
        c20.intoArray(c, r2);
        c21.intoArray(c, r2 + LANES);
        c30.intoArray(c, r3);
        c31.intoArray(c, r3 + LANES);
    }

    private static void tile8x2(
            double[] a,
            int p,
            int aRow,
            int aInner,
            double[] b,
            int q,
            int bRow,
            double[] c,
            int r0,
            int cRow,
            int inner) {
        DoubleVector c00 = load(c, r0);
        DoubleVector c01 = load(c, r0 + LANES);
        DoubleVector c10 = load(c, r0 + cRow);
        DoubleVector c11 = load(c, r0 + cRow + LANES);
        DoubleVector c20 = load(c, r0 + 2 * cRow);
        DoubleVector c21 = load(c, r0 + 2 * cRow + LANES);
        DoubleVector c30 = load(c, r0 + 3 * cRow);
        DoubleVector c31 = load(c, r0 + 3 * cRow + LANES);
        DoubleVector c40 = load(c, r0 + 4 * cRow);
        DoubleVector c41 = load(c, r0 + 4 * cRow + LANES);
        DoubleVector c50 = load(c, r0 + 5 * cRow);
        DoubleVector c51 = load(c, r0 + 5 * cRow + LANES);
        DoubleVector c60 = load(c, r0 + 6 * cRow);
        DoubleVector c61 = load(c, r0 + 6 * cRow + LANES);
        DoubleVector c70 = load(c, r0 + 7 * cRow);
        DoubleVector c71 = load(c, r0 + 7 * cRow + LANES);
        for (int k = 0; k < inner; k++) {
            DoubleVector b0 = load(b, q);
            DoubleVector b1 = load(b, q + LANES);
            DoubleVector x = constant(a[p]);
            c00 = x.fma(b0, c00);
            c01 = x.fma(b1, c01);
            x = constant(a[p + aRow]);
            c10 = x.fma(b0, c10);
            c11 = x.fma(b1, c11);
            x = constant(a[p + 2 * aRow]);
            c20 = x.fma(b0, c20);
            c21 = x.fma(b1, c21);
            x = constant(a[p + 3 * aRow]);
            c30 = x.fma(b0, c30);
            c31 = x.fma(b1, c31);
            x = constant(a[p + 4 * aRow]);
            c40 = x.fma(b0, c40);
            c41 = x.fma(b1, c41);
            x = constant(a[p + 5 * aRow]);
            c50 = x.fma(b0, c50);
            c51 = x.fma(b1, c51);
            x = constant(a[p + 6 * aRow]);
            c60 = x.fma(b0, c60);
            c61 = x.fma(b1, c61);
            x = constant(a[p + 7 * aRow]);
            c70 = x.fma(b0, c70);
            c71 = x.fma(b1, c71);
            p += aInner;
            q += bRow;
        }
        c00.intoArray(c, r0);
        c01.intoArray(c, r0 + LANES);
        c10.intoArray(c, r0 + cRow);
        c11.intoArray(c, r0 + cRow + LANES);
        c20.intoArray(c, r0 + 2 * cRow);
        c21.intoArray(c, r0 + 2 * cRow + LANES);
        c30.intoArray(c, r0 + 3 * cRow);
        c31.intoArray(c, r0 + 3 * cRow + LANES);
        c40.intoArray(c, r0 + 4 * cRow);
        c41.intoArray(c, r0 + 4 * cRow + LANES);
        c50.intoArray(c, r0 + 5 * cRow);
        c51.intoArray(c, r0 + 5 * cRow + LANES);
        c60.intoArray(c, r0 + 6 * cRow);
        c61.intoArray(c, r0 + 6 * cRow + LANES);
        c70.intoArray(c, r0 + 7 * cRow);
        c71.intoArray(c, r0 + 7 * cRow + LANES);
    }

    private static void tile8x1(
            double[] a,
            int p,
            int aRow,
            int aInner,
            double[] b,
            int q,
            int bRow,
            double[] c,
            int r0,
            int cRow,
            int inner) {
        DoubleVector c00 = load(c, r0);
        DoubleVector c10 = load(c, r0 + cRow);
        DoubleVector c20 = load(c, r0 + 2 * cRow);
        DoubleVector c30 = load(c, r0 + 3 * cRow);
        DoubleVector c40 = load(c, r0 + 4 * cRow);
        DoubleVector c50 = load(c, r0 + 5 * cRow);
        DoubleVector c60 = load(c, r0 + 6 * cRow);
        DoubleVector c70 = load(c, r0 + 7 * cRow);
        for (int k = 0; k < inner; k++) {
            DoubleVector b0 = load(b, q);
            DoubleVector x = constant(a[p]);
            c00 = x.fma(b0, c00);
            x = constant(a[p + aRow]);
            c10 = x.fma(b0, c10);
            x = constant(a[p + 2 * aRow]);
            c20 = x.fma(b0, c20);
            x = constant(a[p + 3 * aRow]);
            c30 = x.fma(b0, c30);
            x = constant(a[p + 4 * aRow]);
            c40 = x.fma(b0, c40);
            x = constant(a[p + 5 * aRow]);
            c50 = x.fma(b0, c50);
            x = constant(a[p + 6 * aRow]);
            c60 = x.fma(b0, c60);
            x = constant(a[p + 7 * aRow]);
            c70 = x.fma(b0, c70);
            p += aInner;
            q += bRow;
        }
        c00.intoArray(c, r0);
        c10.intoArray(c, r0 + cRow);
        c20.intoArray(c, r0 + 2 * cRow);
        c30.intoArray(c, r0 + 3 * cRow);
        c40.intoArray(c, r0 + 4 * cRow);
        c50.intoArray(c, r0 + 5 * cRow);
        c60.intoArray(c, r0 + 6 * cRow);
        c70.intoArray(c, r0 + 7 * cRow);
    }

    private static void tile1x1(
            double[] a, int p, int aInner, double[] b, int q, int bRow, double[] c, int r, int inner) {
        DoubleVector sum = load(c, r);
        for (int k = 0; k < inner; k++) {
            sum = constant(a[p]).fma(load(b, q), sum);
            p += aInner;
            q += bRow;
        }
        sum.intoArray(c, r);
    }
}
