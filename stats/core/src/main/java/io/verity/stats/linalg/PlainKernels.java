package io.verity.stats.linalg;

import io.verity.stats.losses.Exponentials;
import io.verity.stats.losses.LogisticLoss;

/** The kernels in plain Java: the definition that the vector twin repeats, shaped so that the compiler vectorises what it can. */
final class PlainKernels implements DenseKernels {
    @Override
    public void dotRows(
            double[] a, int aOffset, int rows, int columns, double[] x, int xOffset, double[] y, int yOffset) {
        int i = 0;
        for (; i + 2 <= rows; i += 2) {
            dotTwo(a, aOffset + i * columns, columns, x, xOffset, y, yOffset + i);
        }
        if (i < rows) {
            y[yOffset + i] = dot(a, aOffset + i * columns, x, xOffset, columns);
        }
    }

    /** Two rows x eight lanes: x is loaded once for both, and sixteen chains hide the latency of fma. */
    private static void dotTwo(double[] a, int first, int columns, double[] x, int xOffset, double[] y, int yOffset) {
        int second = first + columns;
        double s0 = 0, s1 = 0, s2 = 0, s3 = 0, s4 = 0, s5 = 0, s6 = 0, s7 = 0;
        double t0 = 0, t1 = 0, t2 = 0, t3 = 0, t4 = 0, t5 = 0, t6 = 0, t7 = 0;
        int main = columns & -8;
        for (int j = 0; j < main; j += 8) {
            int p = first + j;
            int q = second + j;
            int r = xOffset + j;
            double x0 = x[r], x1 = x[r + 1], x2 = x[r + 2], x3 = x[r + 3];
            double x4 = x[r + 4], x5 = x[r + 5], x6 = x[r + 6], x7 = x[r + 7];
            s0 = Math.fma(a[p], x0, s0);
            s1 = Math.fma(a[p + 1], x1, s1);
            s2 = Math.fma(a[p + 2], x2, s2);
            s3 = Math.fma(a[p + 3], x3, s3);
            s4 = Math.fma(a[p + 4], x4, s4);
            s5 = Math.fma(a[p + 5], x5, s5);
            s6 = Math.fma(a[p + 6], x6, s6);
            s7 = Math.fma(a[p + 7], x7, s7);
            t0 = Math.fma(a[q], x0, t0);
            t1 = Math.fma(a[q + 1], x1, t1);
            t2 = Math.fma(a[q + 2], x2, t2);
            t3 = Math.fma(a[q + 3], x3, t3);
            t4 = Math.fma(a[q + 4], x4, t4);
            t5 = Math.fma(a[q + 5], x5, t5);
            t6 = Math.fma(a[q + 6], x6, t6);
            t7 = Math.fma(a[q + 7], x7, t7);
        }
        double s = ((s0 + s4) + (s2 + s6)) + ((s1 + s5) + (s3 + s7));
        double t = ((t0 + t4) + (t2 + t6)) + ((t1 + t5) + (t3 + t7));
        for (int j = main; j < columns; j++) {
            s = Math.fma(a[first + j], x[xOffset + j], s);
            t = Math.fma(a[second + j], x[xOffset + j], t);
        }
        y[yOffset] = s;
        y[yOffset + 1] = t;
    }

    static double dot(double[] a, int aOffset, double[] x, int xOffset, int length) {
        double s0 = 0, s1 = 0, s2 = 0, s3 = 0, s4 = 0, s5 = 0, s6 = 0, s7 = 0;
        int main = length & -8;
        for (int j = 0; j < main; j += 8) {
            int p = aOffset + j;
            int r = xOffset + j;
            s0 = Math.fma(a[p], x[r], s0);
            s1 = Math.fma(a[p + 1], x[r + 1], s1);
            s2 = Math.fma(a[p + 2], x[r + 2], s2);
            s3 = Math.fma(a[p + 3], x[r + 3], s3);
            s4 = Math.fma(a[p + 4], x[r + 4], s4);
            s5 = Math.fma(a[p + 5], x[r + 5], s5);
            s6 = Math.fma(a[p + 6], x[r + 6], s6);
            s7 = Math.fma(a[p + 7], x[r + 7], s7);
        }
        double s = ((s0 + s4) + (s2 + s6)) + ((s1 + s5) + (s3 + s7));
        for (int j = main; j < length; j++) {
            s = Math.fma(a[aOffset + j], x[xOffset + j], s);
        }
        return s;
    }

    @Override
    public void addRows(
            double[] a, int aOffset, int rows, int columns, double[] w, int wOffset, double[] g, int gOffset) {
        int i = 0;
        for (; i + 4 <= rows; i += 4) {
            int p0 = aOffset + i * columns;
            int p1 = p0 + columns;
            int p2 = p1 + columns;
            int p3 = p2 + columns;
            double w0 = w[wOffset + i], w1 = w[wOffset + i + 1], w2 = w[wOffset + i + 2], w3 = w[wOffset + i + 3];
            for (int j = 0; j < columns; j++) {
                double v = Math.fma(w0, a[p0 + j], g[gOffset + j]);
                v = Math.fma(w1, a[p1 + j], v);
                v = Math.fma(w2, a[p2 + j], v);
                g[gOffset + j] = Math.fma(w3, a[p3 + j], v);
            }
        }
        for (; i < rows; i++) {
            int p = aOffset + i * columns;
            double wi = w[wOffset + i];
            for (int j = 0; j < columns; j++) {
                g[gOffset + j] = Math.fma(wi, a[p + j], g[gOffset + j]);
            }
        }
    }

    @Override
    public void addProduct(
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
        for (int r = 0; r < rows; r++) {
            int p = aOffset + r * aRow;
            int q = cOffset + r * cRow;
            int k = 0;
            for (; k + 4 <= inner; k += 4) {
                double a0 = a[p + k * aInner];
                double a1 = a[p + (k + 1) * aInner];
                double a2 = a[p + (k + 2) * aInner];
                double a3 = a[p + (k + 3) * aInner];
                int b0 = bOffset + k * bRow;
                int b1 = b0 + bRow;
                int b2 = b1 + bRow;
                int b3 = b2 + bRow;
                for (int j = 0; j < columns; j++) {
                    double v = Math.fma(a0, b[b0 + j], c[q + j]);
                    v = Math.fma(a1, b[b1 + j], v);
                    v = Math.fma(a2, b[b2 + j], v);
                    c[q + j] = Math.fma(a3, b[b3 + j], v);
                }
            }
            for (; k < inner; k++) {
                double ak = a[p + k * aInner];
                int bk = bOffset + k * bRow;
                for (int j = 0; j < columns; j++) {
                    c[q + j] = Math.fma(ak, b[bk + j], c[q + j]);
                }
            }
        }
    }

    @Override
    public void addTile(float[] a, int aOffset, float[] b, int bOffset, float[] c, int cOffset, int inner) {
        for (int r = 0; r < SINGLE_TILE; r += 4) {
            for (int j = 0; j < SINGLE_TILE; j += 4) {
                addFourByFour(a, aOffset + r, b, bOffset + j, c, cOffset + r * SINGLE_TILE + j, inner);
            }
        }
    }

    /** Sixteen chains in registers: loops as short as a tile's rows are not vectorised well. */
    private static void addFourByFour(float[] a, int p, float[] b, int q, float[] c, int r0, int inner) {
        int r1 = r0 + SINGLE_TILE;
        int r2 = r1 + SINGLE_TILE;
        int r3 = r2 + SINGLE_TILE;
        float c00 = c[r0], c01 = c[r0 + 1], c02 = c[r0 + 2], c03 = c[r0 + 3];
        float c10 = c[r1], c11 = c[r1 + 1], c12 = c[r1 + 2], c13 = c[r1 + 3];
        float c20 = c[r2], c21 = c[r2 + 1], c22 = c[r2 + 2], c23 = c[r2 + 3];
        float c30 = c[r3], c31 = c[r3 + 1], c32 = c[r3 + 2], c33 = c[r3 + 3];
        for (int k = 0; k < inner; k++) {
            float b0 = b[q], b1 = b[q + 1], b2 = b[q + 2], b3 = b[q + 3];
            float a0 = a[p];
            c00 = Math.fma(a0, b0, c00);
            c01 = Math.fma(a0, b1, c01);
            c02 = Math.fma(a0, b2, c02);
            c03 = Math.fma(a0, b3, c03);
            float a1 = a[p + 1];
            c10 = Math.fma(a1, b0, c10);
            c11 = Math.fma(a1, b1, c11);
            c12 = Math.fma(a1, b2, c12);
            c13 = Math.fma(a1, b3, c13);
            float a2 = a[p + 2];
            c20 = Math.fma(a2, b0, c20);
            c21 = Math.fma(a2, b1, c21);
            c22 = Math.fma(a2, b2, c22);
            c23 = Math.fma(a2, b3, c23);
            float a3 = a[p + 3];
            c30 = Math.fma(a3, b0, c30);
            c31 = Math.fma(a3, b1, c31);
            c32 = Math.fma(a3, b2, c32);
            c33 = Math.fma(a3, b3, c33);
            p += SINGLE_TILE;
            q += SINGLE_TILE;
        }
        c[r0] = c00;
        c[r0 + 1] = c01;
        c[r0 + 2] = c02;
        c[r0 + 3] = c03;
        c[r1] = c10;
        c[r1 + 1] = c11;
        c[r1 + 2] = c12;
        c[r1 + 3] = c13;
        c[r2] = c20;
        c[r2 + 1] = c21;
        c[r2 + 2] = c22;
        c[r2 + 3] = c23;
        c[r3] = c30;
        c[r3 + 1] = c31;
        c[r3 + 2] = c32;
        c[r3 + 3] = c33;
    }

    @Override
    public void addSquare(float[] u, int uOffset, int pieces, float[] x, int xOffset, float[] z, int zOffset) {
        float[] y = new float[SINGLE_GROUP];
        for (int r = 0; r < SINGLE_GROUP; r++) {
            y[r] = dotPieces(u, uOffset + r * SINGLE_PIECE, pieces, x, xOffset);
        }
        for (int t = 0; t < pieces; t++) {
            int p = uOffset + t * SINGLE_GROUP * SINGLE_PIECE;
            int q = zOffset + t * SINGLE_PIECE;
            for (int j = 0; j < SINGLE_PIECE; j++) {
                float sum = z[q + j];
                for (int r = 0; r < SINGLE_GROUP; r++) {
                    sum = Math.fma(y[r], u[p + r * SINGLE_PIECE + j], sum);
                }
                z[q + j] = sum;
            }
        }
    }

    /** One row over sixteen lanes. */
    private static float dotPieces(float[] u, int p, int pieces, float[] x, int q) {
        float s0 = 0, s1 = 0, s2 = 0, s3 = 0;
        float s4 = 0, s5 = 0, s6 = 0, s7 = 0;
        float s8 = 0, s9 = 0, s10 = 0, s11 = 0;
        float s12 = 0, s13 = 0, s14 = 0, s15 = 0;
        for (int t = 0; t < pieces; t++) {
            for (int j = 0; j < SINGLE_PIECE; j += 16) {
                int i = p + j;
                int k = q + j;
                s0 = Math.fma(u[i], x[k], s0);
                s1 = Math.fma(u[i + 1], x[k + 1], s1);
                s2 = Math.fma(u[i + 2], x[k + 2], s2);
                s3 = Math.fma(u[i + 3], x[k + 3], s3);
                s4 = Math.fma(u[i + 4], x[k + 4], s4);
                s5 = Math.fma(u[i + 5], x[k + 5], s5);
                s6 = Math.fma(u[i + 6], x[k + 6], s6);
                s7 = Math.fma(u[i + 7], x[k + 7], s7);
                s8 = Math.fma(u[i + 8], x[k + 8], s8);
                s9 = Math.fma(u[i + 9], x[k + 9], s9);
                s10 = Math.fma(u[i + 10], x[k + 10], s10);
                s11 = Math.fma(u[i + 11], x[k + 11], s11);
                s12 = Math.fma(u[i + 12], x[k + 12], s12);
                s13 = Math.fma(u[i + 13], x[k + 13], s13);
                s14 = Math.fma(u[i + 14], x[k + 14], s14);
                s15 = Math.fma(u[i + 15], x[k + 15], s15);
            }
            p += SINGLE_GROUP * SINGLE_PIECE;
            q += SINGLE_PIECE;
        }
        float t0 = (s0 + s8) + (s4 + s12);
        float t1 = (s1 + s9) + (s5 + s13);
        float t2 = (s2 + s10) + (s6 + s14);
        float t3 = (s3 + s11) + (s7 + s15);
        return (t0 + t2) + (t1 + t3);
    }

    @Override
    public void exp(double[] x, double[] y, int from, int to) {
        for (int i = from; i < to; i++) {
            y[i] = Exponentials.exp(x[i]);
        }
    }

    @Override
    public void sigmoidNegative(double scale, double[] u, double[] s, int from, int to) {
        for (int i = from; i < to; i++) {
            s[i] = LogisticLoss.sigmoidNegative(scale * u[i]);
        }
    }

    @Override
    public void sigmoidNegativeRows(double[] scales, double[] u, int uOffset, double[] s, int sOffset, int rows) {
        for (int i = 0; i < rows; i++) {
            int row = i * scales.length;
            for (int k = 0; k < scales.length; k++) {
                s[sOffset + row + k] = LogisticLoss.sigmoidNegative(scales[k] * u[uOffset + row + k]);
            }
        }
    }

    @Override
    public void logSigmoidNegative(double scale, double[] u, double[] q, int from, int to) {
        for (int i = from; i < to; i++) {
            q[i] = LogisticLoss.logSigmoidNegative(scale * u[i]);
        }
    }

    @Override
    public double lossSum(double scale, double[] u, int from, int to) {
        double s0 = 0, s1 = 0, s2 = 0, s3 = 0, s4 = 0, s5 = 0, s6 = 0, s7 = 0;
        int i = from;
        for (; i + 8 <= to; i += 8) {
            s0 += LogisticLoss.loss(scale * u[i]);
            s1 += LogisticLoss.loss(scale * u[i + 1]);
            s2 += LogisticLoss.loss(scale * u[i + 2]);
            s3 += LogisticLoss.loss(scale * u[i + 3]);
            s4 += LogisticLoss.loss(scale * u[i + 4]);
            s5 += LogisticLoss.loss(scale * u[i + 5]);
            s6 += LogisticLoss.loss(scale * u[i + 6]);
            s7 += LogisticLoss.loss(scale * u[i + 7]);
        }
        double sum = ((s0 + s4) + (s2 + s6)) + ((s1 + s5) + (s3 + s7));
        for (; i < to; i++) {
            sum += LogisticLoss.loss(scale * u[i]);
        }
        return sum;
    }

    @Override
    public double weightsAndLossSum(double scale, double[] u, double[] s, int from, int to) {
        double sum = lossSum(scale, u, from, to);
        sigmoidNegative(scale, u, s, from, to);
        return sum;
    }

    @Override
    public double sum(double[] x, int from, int to) {
        double s0 = 0, s1 = 0, s2 = 0, s3 = 0, s4 = 0, s5 = 0, s6 = 0, s7 = 0;
        int i = from;
        for (; i + 8 <= to; i += 8) {
            s0 += x[i];
            s1 += x[i + 1];
            s2 += x[i + 2];
            s3 += x[i + 3];
            s4 += x[i + 4];
            s5 += x[i + 5];
            s6 += x[i + 6];
            s7 += x[i + 7];
        }
        double sum = ((s0 + s4) + (s2 + s6)) + ((s1 + s5) + (s3 + s7));
        for (; i < to; i++) {
            sum += x[i];
        }
        return sum;
    }

    @Override
    public int countNonPositive(double[] u) {
        int count = 0;
        for (double v : u) {
            count += v <= 0 ? 1 : 0;
        }
        return count;
    }
}
