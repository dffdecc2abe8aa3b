package io.verity.stats.linalg;

import java.util.Arrays;

/**
 * Thin QR decomposition of a changing selection of columns: appending costs 4 m k operations, removing about 3 m k. Both
 * factors are stored by column.
 */
final class PassiveQr {
    private static final PlainKernels PLAIN = new PlainKernels();

    private final double[] e;
    private final double[] f;
    private final int m;
    private final int capacity;
    private final double[] projectedF;
    private final double[] q;
    private final double[] r;
    private final int[] columns;
    private final double[] coefficients;
    private final double[] work;
    private int size;

    /** Columns of length m begin at multiples of m in e, at most capacity of them are selected; f is what they shall fit. */
    PassiveQr(double[] e, double[] f, int capacity) {
        this.e = e;
        this.f = f;
        this.m = f.length;
        this.projectedF = new double[capacity];
        this.capacity = capacity;
        this.q = new double[m * capacity];
        this.r = new double[capacity * capacity];
        this.columns = new int[capacity];
        this.coefficients = new double[capacity];
        this.work = new double[m];
    }

    int size() {
        return size;
    }

    boolean full() {
        return size == capacity;
    }

    int column(int position) {
        return columns[position];
    }

    /** Appends column j of the given length; returns the length of its part that is orthogonal to the others. */
    double append(int j, double length) {
        int at = size * m;
        System.arraycopy(e, j * m, q, at, m);
        Arrays.fill(r, size * capacity, size * capacity + size, 0.0);
        project(q, at, r, size * capacity);
        double rho = Math.sqrt(PlainKernels.dot(q, at, q, at, m));
        // Half of the length lost means half a bit of orthogonality lost: project again ("twice is enough", Kahan).
        if (rho < 0.7 * length) {
            project(q, at, r, size * capacity);
            rho = Math.sqrt(PlainKernels.dot(q, at, q, at, m));
        }
        r[size * capacity + size] = rho;
        for (int i = at; i < at + m; i++) {
            q[i] /= rho;
        }
        projectedF[size] = PlainKernels.dot(q, at, f, 0, m);
        columns[size++] = j;
        return rho;
    }

    /** v -= Q Q'v for the columns selected so far, adding Q'v to h. */
    private void project(double[] v, int vOffset, double[] h, int hOffset) {
        PLAIN.dotRows(q, 0, size, m, v, vOffset, coefficients, 0);
        for (int t = 0; t < size; t++) {
            h[hOffset + t] += coefficients[t];
            coefficients[t] = -coefficients[t];
        }
        PLAIN.addRows(q, 0, size, m, coefficients, 0, v, vOffset);
    }

    void removeLast() {
        size--;
    }

    /** Removes the column at a position: the ones after it move left, and rotations make R triangular again. */
    void remove(int position) {
        for (int s = position + 1; s < size; s++) {
            System.arraycopy(r, s * capacity, r, (s - 1) * capacity, s + 1);
            columns[s - 1] = columns[s];
        }
        size--;
        for (int i = position; i < size; i++) {
            double a = r[i * capacity + i];
            double b = r[i * capacity + i + 1];
            double length = StrictMath.hypot(a, b);
            double c = a / length;
            double s = b / length;
            for (int k = i; k < size; k++) {
                rotate(r, k * capacity + i, k * capacity + i + 1, c, s);
            }
            r[i * capacity + i + 1] = 0;
            for (int k = 0; k < m; k++) {
                rotate(q, i * m + k, (i + 1) * m + k, c, s);
            }
            rotate(projectedF, i, i + 1, c, s);
        }
    }

    private static void rotate(double[] v, int i, int j, double c, double s) {
        double a = v[i];
        double b = v[j];
        v[i] = c * a + s * b;
        v[j] = c * b - s * a;
    }

    /** Takes the last column's direction out of a residual that is orthogonal to the others; returns its new length. */
    double shrink(double[] residual) {
        int at = (size - 1) * m;
        double c = PlainKernels.dot(q, at, residual, 0, m);
        for (int i = 0; i < m; i++) {
            residual[i] = Math.fma(-c, q[at + i], residual[i]);
        }
        return Math.sqrt(PlainKernels.dot(residual, 0, residual, 0, m));
    }

    /** residual = f - Q Q'f, projected twice; returns its length. */
    double residual(double[] residual) {
        System.arraycopy(f, 0, residual, 0, m);
        project(residual, 0, work, 0);
        project(residual, 0, work, 0);
        return Math.sqrt(PlainKernels.dot(residual, 0, residual, 0, m));
    }

    /** Least squares coefficients of f on the selected columns, into x by position. */
    void solve(double[] x) {
        System.arraycopy(projectedF, 0, x, 0, size);
        backSubstitute(x);
    }

    private void backSubstitute(double[] x) {
        for (int t = size - 1; t >= 0; t--) {
            double v = x[t] / r[t * capacity + t];
            x[t] = v;
            for (int s = 0; s < t; s++) {
                x[s] = Math.fma(-v, r[t * capacity + s], x[s]);
            }
        }
    }

    /** One step of iterative refinement of coefficients indexed by column. */
    void refine(double[] x) {
        double[] rest = f.clone();
        for (int t = 0; t < size; t++) {
            double c = x[columns[t]];
            for (int i = 0; i < m; i++) {
                rest[i] = Math.fma(-c, e[columns[t] * m + i], rest[i]);
            }
        }
        double[] change = new double[size];
        for (int t = 0; t < size; t++) {
            change[t] = PlainKernels.dot(q, t * m, rest, 0, m);
        }
        backSubstitute(change);
        for (int t = 0; t < size; t++) {
            double refined = x[columns[t]] + change[t];
            if (refined > 0) {
                x[columns[t]] = refined;
            }
        }
    }
}
