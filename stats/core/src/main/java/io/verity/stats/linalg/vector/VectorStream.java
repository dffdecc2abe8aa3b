package io.verity.stats.linalg.vector;

import static io.verity.stats.linalg.vector.VectorMath.LANES;
import static io.verity.stats.linalg.vector.VectorMath.SPECIES;
import static io.verity.stats.linalg.vector.VectorMath.constant;

import jdk.incubator.vector.DoubleVector;

/** C += A B for a left factor of few rows: the right one is read once, as it lies in memory. The bits are {@link VectorProduct}'s. */
final class VectorStream {
    private VectorStream() {}

    /** Eight rows of the right factor at a time; returns the columns done. */
    static int add(
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
        int done = columns / (2 * LANES) * (2 * LANES);
        int k = 0;
        for (; k + 8 <= inner; k += 8) {
            for (int j = 0; j < done; j += 2 * LANES) {
                eightRows(
                        a,
                        aOffset + k * aInner,
                        aRow,
                        aInner,
                        b,
                        bOffset + k * bRow + j,
                        bRow,
                        c,
                        cOffset + j,
                        cRow,
                        rows);
            }
        }
        for (; k < inner; k++) {
            for (int j = 0; j < done; j += LANES) {
                DoubleVector x = load(b, bOffset + k * bRow + j);
                for (int r = 0; r < rows; r++) {
                    int to = cOffset + r * cRow + j;
                    constant(a[aOffset + r * aRow + k * aInner])
                            .fma(x, load(c, to))
                            .intoArray(c, to);
                }
            }
        }
        return done;
    }

    private static void eightRows(
            double[] a,
            int p,
            int aRow,
            int aInner,
            double[] b,
            int q,
            int bRow,
            double[] c,
            int to,
            int cRow,
            int rows) {
        DoubleVector b00 = load(b, q);
        DoubleVector b01 = load(b, q + LANES);
        DoubleVector b10 = load(b, q + bRow);
        DoubleVector b11 = load(b, q + bRow + LANES);
        DoubleVector b20 = load(b, q + 2 * bRow);
        DoubleVector b21 = load(b, q + 2 * bRow + LANES);
        DoubleVector b30 = load(b, q + 3 * bRow);
        DoubleVector b31 = load(b, q + 3 * bRow + LANES);
        DoubleVector b40 = load(b, q + 4 * bRow);
        DoubleVector b41 = load(b, q + 4 * bRow + LANES);
        DoubleVector b50 = load(b, q + 5 * bRow);
        DoubleVector b51 = load(b, q + 5 * bRow + LANES);
        DoubleVector b60 = load(b, q + 6 * bRow);
        DoubleVector b61 = load(b, q + 6 * bRow + LANES);
        DoubleVector b70 = load(b, q + 7 * bRow);
        DoubleVector b71 = load(b, q + 7 * bRow + LANES);
        for (int r = 0; r < rows; r++) {
            DoubleVector c0 = load(c, to);
            DoubleVector c1 = load(c, to + LANES);
            DoubleVector x = constant(a[p]);
            c0 = x.fma(b00, c0);
            c1 = x.fma(b01, c1);
            x = constant(a[p + aInner]);
            c0 = x.fma(b10, c0);
            c1 = x.fma(b11, c1);
            x = constant(a[p + 2 * aInner]);
            c0 = x.fma(b20, c0);
            c1 = x.fma(b21, c1);
            x = constant(a[p + 3 * aInner]);
            c0 = x.fma(b30, c0);
            c1 = x.fma(b31, c1);
            x = constant(a[p + 4 * aInner]);
            c0 = x.fma(b40, c0);
            c1 = x.fma(b41, c1);
            x = constant(a[p + 5 * aInner]);
            c0 = x.fma(b50, c0);
            c1 = x.fma(b51, c1);
            x = constant(a[p + 6 * aInner]);
            c0 = x.fma(b60, c0);
            c1 = x.fma(b61, c1);
            x = constant(a[p + 7 * aInner]);
            c0 = x.fma(b70, c0);
            c1 = x.fma(b71, c1);
            c0.intoArray(c, to);
            c1.intoArray(c, to + LANES);
            p += aRow;
            to += cRow;
        }
    }

    private static DoubleVector load(double[] a, int i) {
        return DoubleVector.fromArray(SPECIES, a, i);
    }
}
