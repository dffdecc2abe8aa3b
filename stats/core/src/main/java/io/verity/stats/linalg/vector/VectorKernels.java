package io.verity.stats.linalg.vector;

import static io.verity.stats.linalg.vector.VectorMath.LANES;
import static io.verity.stats.linalg.vector.VectorMath.SPECIES;
import static io.verity.stats.linalg.vector.VectorMath.constant;
import static io.verity.stats.linalg.vector.VectorMath.expNonPositive;
import static io.verity.stats.linalg.vector.VectorMath.tree;

import io.verity.stats.linalg.DenseKernels;
import io.verity.stats.losses.Exponentials;
import io.verity.stats.losses.LogisticLoss;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorOperators;

/** The kernels on vectors of four or eight doubles. Ends of arrays that do not fill a vector are done by the scalar functions. */
public final class VectorKernels implements DenseKernels {
    /** For the provider, which creates it by name. */
    public VectorKernels() {}

    private static DoubleVector load(double[] a, int i) {
        return DoubleVector.fromArray(SPECIES, a, i);
    }

    @Override
    public void dotRows(
            double[] a, int aOffset, int rows, int columns, double[] x, int xOffset, double[] y, int yOffset) {
        int i = 0;
        if (LANES == 8) {
            for (; i + 8 <= rows; i += 8) {
                dotEight(a, aOffset + i * columns, columns, x, xOffset, y, yOffset + i);
            }
        }
        for (; i + 4 <= rows; i += 4) {
            dotFour(a, aOffset + i * columns, columns, x, xOffset, y, yOffset + i);
        }
        for (; i < rows; i++) {
            y[yOffset + i] = dot(a, aOffset + i * columns, columns, x, xOffset);
        }
    }

    /** Eight rows at once, one vector of eight lanes each. */
    private static void dotEight(double[] a, int p0, int columns, double[] x, int xOffset, double[] y, int yOffset) {
        int p1 = p0 + columns;
        int p2 = p1 + columns;
        int p3 = p2 + columns;
        int p4 = p3 + columns;
        int p5 = p4 + columns;
        int p6 = p5 + columns;
        int p7 = p6 + columns;
        DoubleVector s0 = DoubleVector.zero(SPECIES);
        DoubleVector s1 = s0;
        DoubleVector s2 = s0;
        DoubleVector s3 = s0;
        DoubleVector s4 = s0;
        DoubleVector s5 = s0;
        DoubleVector s6 = s0;
        DoubleVector s7 = s0;
        int main = columns & -8;
        for (int j = 0; j < main; j += 8) {
            DoubleVector v = load(x, xOffset + j);
            s0 = load(a, p0 + j).fma(v, s0);
            s1 = load(a, p1 + j).fma(v, s1);
            s2 = load(a, p2 + j).fma(v, s2);
            s3 = load(a, p3 + j).fma(v, s3);
            s4 = load(a, p4 + j).fma(v, s4);
            s5 = load(a, p5 + j).fma(v, s5);
            s6 = load(a, p6 + j).fma(v, s6);
            s7 = load(a, p7 + j).fma(v, s7);
        }
        double t0 = tree(s0, s0);
        double t1 = tree(s1, s1);
        double t2 = tree(s2, s2);
        double t3 = tree(s3, s3);
        double t4 = tree(s4, s4);
        double t5 = tree(s5, s5);
        double t6 = tree(s6, s6);
        double t7 = tree(s7, s7);
        for (int j = main; j < columns; j++) {
            double v = x[xOffset + j];
            t0 = Math.fma(a[p0 + j], v, t0);
            t1 = Math.fma(a[p1 + j], v, t1);
            t2 = Math.fma(a[p2 + j], v, t2);
            t3 = Math.fma(a[p3 + j], v, t3);
            t4 = Math.fma(a[p4 + j], v, t4);
            t5 = Math.fma(a[p5 + j], v, t5);
            t6 = Math.fma(a[p6 + j], v, t6);
            t7 = Math.fma(a[p7 + j], v, t7);
        }
        y[yOffset] = t0;
        y[yOffset + 1] = t1;
        y[yOffset + 2] = t2;
        y[yOffset + 3] = t3;
        y[yOffset + 4] = t4;
        y[yOffset + 5] = t5;
        y[yOffset + 6] = t6;
        y[yOffset + 7] = t7;
    }

    /** Four rows at once; with four lanes a vector, lanes 4 to 7 of each row are a second vector. */
    private static void dotFour(double[] a, int p0, int columns, double[] x, int xOffset, double[] y, int yOffset) {
        int p1 = p0 + columns;
        int p2 = p1 + columns;
        int p3 = p2 + columns;
        DoubleVector s0 = DoubleVector.zero(SPECIES);
        DoubleVector s1 = s0;
        DoubleVector s2 = s0;
        DoubleVector s3 = s0;
        DoubleVector h0 = s0;
        DoubleVector h1 = s0;
        DoubleVector h2 = s0;
        DoubleVector h3 = s0;
        int main = columns & -8;
        for (int j = 0; j < main; j += 8) {
            DoubleVector v = load(x, xOffset + j);
            s0 = load(a, p0 + j).fma(v, s0);
            s1 = load(a, p1 + j).fma(v, s1);
            s2 = load(a, p2 + j).fma(v, s2);
            s3 = load(a, p3 + j).fma(v, s3);
            if (LANES == 4) {
                DoubleVector w = load(x, xOffset + j + 4);
                h0 = load(a, p0 + j + 4).fma(w, h0);
                h1 = load(a, p1 + j + 4).fma(w, h1);
                h2 = load(a, p2 + j + 4).fma(w, h2);
                h3 = load(a, p3 + j + 4).fma(w, h3);
            }
        }
        double t0 = tree(s0, h0);
        double t1 = tree(s1, h1);
        double t2 = tree(s2, h2);
        double t3 = tree(s3, h3);
        for (int j = main; j < columns; j++) {
            double v = x[xOffset + j];
            t0 = Math.fma(a[p0 + j], v, t0);
            t1 = Math.fma(a[p1 + j], v, t1);
            t2 = Math.fma(a[p2 + j], v, t2);
            t3 = Math.fma(a[p3 + j], v, t3);
        }
        y[yOffset] = t0;
        y[yOffset + 1] = t1;
        y[yOffset + 2] = t2;
        y[yOffset + 3] = t3;
    }

    private static double dot(double[] a, int p, int columns, double[] x, int xOffset) {
        DoubleVector s = DoubleVector.zero(SPECIES);
        DoubleVector h = s;
        int main = columns & -8;
        for (int j = 0; j < main; j += 8) {
            s = load(a, p + j).fma(load(x, xOffset + j), s);
            if (LANES == 4) {
                h = load(a, p + j + 4).fma(load(x, xOffset + j + 4), h);
            }
        }
        double t = tree(s, h);
        for (int j = main; j < columns; j++) {
            t = Math.fma(a[p + j], x[xOffset + j], t);
        }
        return t;
    }

    @Override
    public void addRows(
            double[] a, int aOffset, int rows, int columns, double[] w, int wOffset, double[] g, int gOffset) {
        int i = 0;
        for (; i + 8 <= rows; i += 8) {
            addEight(a, aOffset + i * columns, columns, w, wOffset + i, g, gOffset);
        }
        for (; i < rows; i++) {
            addOne(a, aOffset + i * columns, columns, w[wOffset + i], g, gOffset);
        }
    }

    private static void addEight(double[] a, int p0, int columns, double[] w, int wOffset, double[] g, int gOffset) {
        int p1 = p0 + columns;
        int p2 = p1 + columns;
        int p3 = p2 + columns;
        int p4 = p3 + columns;
        int p5 = p4 + columns;
        int p6 = p5 + columns;
        int p7 = p6 + columns;
        double w0 = w[wOffset];
        double w1 = w[wOffset + 1];
        double w2 = w[wOffset + 2];
        double w3 = w[wOffset + 3];
        double w4 = w[wOffset + 4];
        double w5 = w[wOffset + 5];
        double w6 = w[wOffset + 6];
        double w7 = w[wOffset + 7];
        DoubleVector v0 = constant(w0);
        DoubleVector v1 = constant(w1);
        DoubleVector v2 = constant(w2);
        DoubleVector v3 = constant(w3);
        DoubleVector v4 = constant(w4);
        DoubleVector v5 = constant(w5);
        DoubleVector v6 = constant(w6);
        DoubleVector v7 = constant(w7);
        int j = 0;
        for (; j < SPECIES.loopBound(columns); j += LANES) {
            DoubleVector sum = load(a, p0 + j).fma(v0, load(g, gOffset + j));
            sum = load(a, p1 + j).fma(v1, sum);
            sum = load(a, p2 + j).fma(v2, sum);
            sum = load(a, p3 + j).fma(v3, sum);
            sum = load(a, p4 + j).fma(v4, sum);
            sum = load(a, p5 + j).fma(v5, sum);
            sum = load(a, p6 + j).fma(v6, sum);
            sum = load(a, p7 + j).fma(v7, sum);
            sum.intoArray(g, gOffset + j);
        }
        for (; j < columns; j++) {
            double sum = Math.fma(w0, a[p0 + j], g[gOffset + j]);
            sum = Math.fma(w1, a[p1 + j], sum);
            sum = Math.fma(w2, a[p2 + j], sum);
            sum = Math.fma(w3, a[p3 + j], sum);
            sum = Math.fma(w4, a[p4 + j], sum);
            sum = Math.fma(w5, a[p5 + j], sum);
            sum = Math.fma(w6, a[p6 + j], sum);
            g[gOffset + j] = Math.fma(w7, a[p7 + j], sum);
        }
    }

    private static void addOne(double[] a, int p, int columns, double w, double[] g, int gOffset) {
        DoubleVector v = constant(w);
        int j = 0;
        for (; j < SPECIES.loopBound(columns); j += LANES) {
            load(a, p + j).fma(v, load(g, gOffset + j)).intoArray(g, gOffset + j);
        }
        for (; j < columns; j++) {
            g[gOffset + j] = Math.fma(w, a[p + j], g[gOffset + j]);
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
        VectorProduct.add(a, aOffset, aRow, aInner, b, bOffset, bRow, c, cOffset, cRow, rows, inner, columns);
    }

    @Override
    public void addTile(float[] a, int aOffset, float[] b, int bOffset, float[] c, int cOffset, int inner) {
        VectorSingle.addTile(a, aOffset, b, bOffset, c, cOffset, inner);
    }

    @Override
    public void addSquare(float[] u, int uOffset, int pieces, float[] x, int xOffset, float[] z, int zOffset) {
        VectorSingle.addSquare(u, uOffset, pieces, x, xOffset, z, zOffset);
    }

    @Override
    public void exp(double[] x, double[] y, int from, int to) {
        int i = from;
        for (; i + LANES <= to; i += LANES) {
            VectorMath.exp(load(x, i)).intoArray(y, i);
        }
        for (; i < to; i++) {
            y[i] = Exponentials.exp(x[i]);
        }
    }

    @Override
    public void sigmoidNegative(double scale, double[] u, double[] s, int from, int to) {
        int i = from;
        for (; i + LANES <= to; i += LANES) {
            DoubleVector m = load(u, i).mul(scale);
            VectorMath.sigmoidNegative(m, expNonPositive(m.abs().neg())).intoArray(s, i);
        }
        for (; i < to; i++) {
            s[i] = LogisticLoss.sigmoidNegative(scale * u[i]);
        }
    }

    @Override
    public void sigmoidNegativeRows(double[] scales, double[] u, int uOffset, double[] s, int sOffset, int rows) {
        int k = scales.length;
        for (int i = 0; i < rows; i++) {
            int p = uOffset + i * k;
            int q = sOffset + i * k;
            int j = 0;
            for (; j < SPECIES.loopBound(k); j += LANES) {
                DoubleVector m = load(u, p + j).mul(load(scales, j));
                VectorMath.sigmoidNegative(m, expNonPositive(m.abs().neg())).intoArray(s, q + j);
            }
            for (; j < k; j++) {
                s[q + j] = LogisticLoss.sigmoidNegative(scales[j] * u[p + j]);
            }
        }
    }

    @Override
    public void logSigmoidNegative(double scale, double[] u, double[] q, int from, int to) {
        int i = from;
        for (; i + LANES <= to; i += LANES) {
            DoubleVector m = load(u, i).mul(-scale);
            VectorMath.loss(m, expNonPositive(m.abs().neg())).neg().intoArray(q, i);
        }
        for (; i < to; i++) {
            q[i] = LogisticLoss.logSigmoidNegative(scale * u[i]);
        }
    }

    @Override
    public double lossSum(double scale, double[] u, int from, int to) {
        DoubleVector low = DoubleVector.zero(SPECIES);
        DoubleVector high = low;
        int i = from;
        for (; i + 8 <= to; i += 8) {
            DoubleVector m = load(u, i).mul(scale);
            low = low.add(VectorMath.loss(m, expNonPositive(m.abs().neg())));
            if (LANES == 4) {
                m = load(u, i + 4).mul(scale);
                high = high.add(VectorMath.loss(m, expNonPositive(m.abs().neg())));
            }
        }
        double sum = tree(low, high);
        for (; i < to; i++) {
            sum += LogisticLoss.loss(scale * u[i]);
        }
        return sum;
    }

    @Override
    public double weightsAndLossSum(double scale, double[] u, double[] s, int from, int to) {
        DoubleVector low = DoubleVector.zero(SPECIES);
        DoubleVector high = low;
        int i = from;
        for (; i + 8 <= to; i += 8) {
            DoubleVector m = load(u, i).mul(scale);
            DoubleVector e = expNonPositive(m.abs().neg());
            VectorMath.sigmoidNegative(m, e).intoArray(s, i);
            low = low.add(VectorMath.loss(m, e));
            if (LANES == 4) {
                m = load(u, i + 4).mul(scale);
                e = expNonPositive(m.abs().neg());
                VectorMath.sigmoidNegative(m, e).intoArray(s, i + 4);
                high = high.add(VectorMath.loss(m, e));
            }
        }
        double sum = tree(low, high);
        for (; i < to; i++) {
            double m = scale * u[i];
            sum += LogisticLoss.loss(m);
            s[i] = LogisticLoss.sigmoidNegative(m);
        }
        return sum;
    }

    @Override
    public double sum(double[] x, int from, int to) {
        DoubleVector low = DoubleVector.zero(SPECIES);
        DoubleVector high = low;
        int i = from;
        for (; i + 8 <= to; i += 8) {
            low = low.add(load(x, i));
            if (LANES == 4) {
                high = high.add(load(x, i + 4));
            }
        }
        double sum = tree(low, high);
        for (; i < to; i++) {
            sum += x[i];
        }
        return sum;
    }

    @Override
    public int countNonPositive(double[] u) {
        int count = 0;
        int i = 0;
        for (; i < SPECIES.loopBound(u.length); i += LANES) {
            count += load(u, i).compare(VectorOperators.LE, 0.0).trueCount();
        }
        for (; i < u.length; i++) {
            count += u[i] <= 0 ? 1 : 0;
        }
        return count;
    }
}
