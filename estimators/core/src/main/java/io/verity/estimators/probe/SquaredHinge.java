package io.verity.estimators.probe;

import io.verity.stats.Arguments;
import io.verity.stats.EstimationException;
import io.verity.stats.linalg.DenseBackend;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;

/**
 * The linear support vector machine with squared hinge loss, \( \sum_i \max(0, 1-\tilde y_i f_i)^2 + \frac\lambda2|w|^2 \), the
 * intercept unpenalised. Newton's method on the active set (Chapelle, "Training a support vector machine in the primal", Neural
 * Computation 19, 2007): inside an active set the loss is quadratic, so that the method ends after finitely many steps. With more
 * columns than rows it works on the Gram matrix of the rows.
 */
final class SquaredHinge {
    private static final int MAX_ITERATIONS = 200;
    private static final int LINE_STEPS = 100;
    private static final double FLAT = 1e-13;
    private static final int PATIENCE = 3;
    private static final double STAGE = 0.1;

    /** Reciprocal condition number that leaves a solution half its digits. */
    private static final double LEAST_CONDITION = 1e-8;

    private final DenseBackend backend;
    private final DMatrixRMaj z;
    private final double[] sign;
    private final double wanted;

    /** Penalty of the stage at hand. */
    private double lambda;

    /** Gram matrix of the rows, where there are more columns than rows. */
    private final DMatrixRMaj gram;

    private final boolean wide;

    /** Whether systems are solved by orthogonal transformations of the columns themselves: slower, and exact for any scales. */
    private final boolean careful;

    private SquaredHinge(DenseBackend backend, DMatrixRMaj z, int[] y, double lambda, boolean careful) {
        this.backend = backend;
        this.z = z;
        this.sign = Arrays.stream(y).mapToDouble(v -> 2 * v - 1).toArray();
        this.wanted = lambda;
        this.lambda = lambda;
        this.careful = careful;
        this.wide = z.numCols > z.numRows && !careful;
        this.gram = wide ? Products.rowGram(backend, z) : new DMatrixRMaj(0, 0);
    }

    /** The probe on the columns of z; y has both classes. */
    static LinearProbe fit(DenseBackend backend, DMatrixRMaj z, int[] y, double lambda) {
        Arguments.positive("lambda", lambda);
        // the weights do not depend on where the columns have their zero, but their digits do
        double[] centre = new double[z.numCols];
        for (int k = 0; k < z.numRows * z.numCols; k++) {
            centre[k % z.numCols] += z.data[k] / z.numRows;
        }
        DMatrixRMaj centred = z.copy();
        for (int k = 0; k < z.numRows * z.numCols; k++) {
            centred.data[k] -= centre[k % z.numCols];
        }
        LinearProbe probe = solve(backend, centred, y, lambda);
        return LinearProbe.of(probe.weights(), probe.intercept() - Rows.dot(probe.weights(), centre));
    }

    /** Products of columns first; where columns differ so much in scale that these have no digits left, the columns themselves. */
    private static LinearProbe solve(DenseBackend backend, DMatrixRMaj z, int[] y, double lambda) {
        try {
            return new SquaredHinge(backend, z, y, lambda, false).solve();
        } catch (Singular e) {
            return new SquaredHinge(backend, z, y, lambda, true).solve();
        }
    }

    /** A system without digits, on the way to {@link #solve}. */
    private static final class Singular extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Singular() {
            super("a system of the squared-hinge machine is singular", null, false, false);
        }
    }

    private DMatrixRMaj solved(DMatrixRMaj system, DMatrixRMaj right) {
        return Products.solve(backend, system, right, LEAST_CONDITION).orElseThrow(Singular::new);
    }

    /** Coefficients (of columns, or of rows where wide), intercept, scores, squared length of the weights. */
    @SuppressWarnings("ArrayRecordComponent") // internal; two are never compared
    private record Point(double[] c, double b, double[] f, double square) {}

    /**
     * Down to the penalty wanted by factors of ten, each stage from the end of the last: under a weak penalty on separable data the
     * active set would otherwise take hundreds of steps to settle.
     */
    private LinearProbe solve() {
        int n = z.numRows;
        double squares = 0;
        for (int k = 0; k < n * z.numCols; k++) {
            squares = Math.fma(z.data[k], z.data[k], squares);
        }
        double first = squares / Math.min(n, z.numCols);
        Point at = new Point(new double[wide ? n : z.numCols], 0, new double[n], 0);
        for (lambda = Math.max(wanted, first); ; lambda = Math.max(wanted, STAGE * lambda)) {
            at = stage(at);
            if (lambda == wanted) {
                return LinearProbe.of(wide ? Products.transposedTimes(z, at.c) : at.c, at.b);
            }
        }
    }

    /** The minimum for the penalty of this stage. */
    private Point stage(Point start) {
        Point at = start;
        double value = value(at.f, at.square);
        int stuck = 0;
        for (int iteration = 0; iteration < MAX_ITERATIONS; iteration++) {
            int[] active = active(at.f);
            Point target = target(active, at.b);
            double cross = wide ? Rows.dot(at.c, minusIntercept(target)) : Rows.dot(at.c, target.c);
            boolean solved = Arrays.equals(active, active(target.f)); // then the quadratic is the objective there
            Point next = solved ? target : between(at, target, lineMinimum(at, target, cross), cross);
            double reached = value(next.f, next.square);
            // margins within rounding of 1 come and go without changing the objective
            stuck = value - reached <= FLAT * Math.abs(value) ? stuck + 1 : 0;
            at = next;
            value = reached;
            if (solved || stuck >= PATIENCE) {
                return at;
            }
        }
        throw new EstimationException(
                "the active set of the squared-hinge machine did not settle in " + MAX_ITERATIONS + " steps",
                "use a larger lambda");
    }

    /** Rows with a margin below 1. */
    private int[] active(double[] f) {
        return IntStream.range(0, f.length).filter(i -> sign[i] * f[i] < 1).toArray();
    }

    private double value(double[] f, double square) {
        double sum = 0.5 * lambda * square;
        for (int i = 0; i < f.length; i++) {
            double gap = Math.max(0, 1 - sign[i] * f[i]);
            sum = Math.fma(gap, gap, sum);
        }
        return sum;
    }

    /**
     * Where the objective is least on the line from one point through another. Its derivative there is increasing and piecewise
     * linear, so that Newton's method inside a bracket ends soon; a step that only decreases "enough" would take many more.
     */
    private double lineMinimum(Point from, Point to, double cross) {
        double curvature = lambda * (from.square - 2 * cross + to.square);
        double start = lambda * (cross - from.square);
        double low = 0;
        double high = 1;
        while (derivative(from, to, high, start + high * curvature)[0] < 0 && high < 1e12) {
            low = high;
            high *= 2;
        }
        double t = low == 0 ? 0 : low;
        for (int k = 0; k < LINE_STEPS; k++) {
            double[] d = derivative(from, to, t, start + t * curvature);
            if (d[0] < 0) {
                low = t;
            } else {
                high = t;
            }
            double newton = t - d[0] / (d[1] + curvature);
            double next = newton > low && newton < high ? newton : 0.5 * (low + high);
            if (Math.abs(next - t) <= 1e-15 * Math.max(1, t)) {
                return next;
            }
            t = next;
        }
        return t;
    }

    /** First derivative at a place on the line, and the hinges' part of the second. */
    private double[] derivative(Point from, Point to, double t, double penalty) {
        double first = penalty;
        double second = 0;
        for (int i = 0; i < sign.length; i++) {
            double step = to.f[i] - from.f[i];
            double gap = 1 - sign[i] * (from.f[i] + t * step);
            if (gap > 0) {
                first -= 2 * gap * sign[i] * step;
                second += 2 * step * step;
            }
        }
        return new double[] {first, second};
    }

    private static Point between(Point from, Point to, double t, double cross) {
        double[] c = mixed(from.c, to.c, t);
        double square = (1 - t) * (1 - t) * from.square + 2 * t * (1 - t) * cross + t * t * to.square;
        return new Point(c, (1 - t) * from.b + t * to.b, mixed(from.f, to.f, t), square);
    }

    private static double[] mixed(double[] a, double[] b, double t) {
        double[] m = new double[a.length];
        for (int k = 0; k < m.length; k++) {
            m[k] = (1 - t) * a[k] + t * b[k];
        }
        return m;
    }

    private static double[] minusIntercept(Point point) {
        double[] g = point.f.clone();
        for (int i = 0; i < g.length; i++) {
            g[i] -= point.b;
        }
        return g;
    }

    /** Minimiser of the quadratic that the objective is while these rows are active. */
    private Point target(int[] active, double b) {
        if (active.length == 0) {
            double[] f = new double[z.numRows];
            Arrays.fill(f, b);
            return new Point(new double[wide ? z.numRows : z.numCols], b, f, 0);
        }
        return careful ? carefulTarget(active) : wide ? wideTarget(active) : tallTarget(active);
    }

    /** Least squares of the labels on active rows and intercept, with a row sqrt(lambda/2) for every weight. */
    private Point carefulTarget(int[] active) {
        int p = z.numCols;
        int m = active.length;
        DMatrixRMaj rows = new DMatrixRMaj(m + p, p + 1);
        double[] right = new double[m + p];
        for (int i = 0; i < m; i++) {
            System.arraycopy(z.data, active[i] * p, rows.data, i * (p + 1), p);
            rows.set(i, p, 1);
            right[i] = sign[active[i]];
        }
        for (int j = 0; j < p; j++) {
            rows.set(m + j, j, Math.sqrt(lambda / 2));
        }
        double[] solution = Products.leastSquares(rows, right)
                .orElseThrow(() -> new EstimationException("the Hessian is singular", "use a larger lambda"));
        return tallPoint(Arrays.copyOf(solution, p), solution[p]);
    }

    private Point tallTarget(int[] active) {
        int p = z.numCols;
        DMatrixRMaj rows = Rows.select(z, active);
        if (active.length < p) { // few active rows make the system in the columns as good as singular
            Dual dual = dual(Products.rowGram(backend, rows), active);
            return tallPoint(Products.transposedTimes(rows, dual.coefficients), dual.intercept);
        }
        double[] ones = new double[active.length];
        Arrays.fill(ones, 1);
        double[] labels = Rows.select(sign, active);
        DMatrixRMaj hessian = Products.columnGram(backend, rows);
        for (int j = 0; j < p; j++) {
            hessian.data[j * p + j] += lambda / 2;
        }
        DMatrixRMaj right = new DMatrixRMaj(p, 2);
        double[] sums = Products.transposedTimes(rows, ones);
        double[] products = Products.transposedTimes(rows, labels);
        for (int j = 0; j < p; j++) {
            right.data[2 * j] = sums[j];
            right.data[2 * j + 1] = products[j];
        }
        DMatrixRMaj solved = solved(hessian, right);
        double[] q = column(solved, 0);
        double[] u = column(solved, 1);
        double b = (Arrays.stream(labels).sum() - Rows.dot(sums, u)) / (active.length - Rows.dot(sums, q));
        double[] w = new double[p];
        for (int j = 0; j < p; j++) {
            w[j] = u[j] - b * q[j];
        }
        return tallPoint(w, b);
    }

    private Point tallPoint(double[] w, double b) {
        double[] f = Products.times(z, w);
        for (int i = 0; i < f.length; i++) {
            f[i] += b;
        }
        return new Point(w, b, f, Rows.dot(w, w));
    }

    /** Coefficients of active rows, and the intercept. */
    @SuppressWarnings("ArrayRecordComponent") // internal; two are never compared
    private record Dual(double[] coefficients, double intercept) {}

    /** Solves (K + lambda/2) c = signs - b with sum c = 0; the Gram matrix of the active rows is overwritten. */
    private Dual dual(DMatrixRMaj system, int[] active) {
        int m = active.length;
        DMatrixRMaj right = new DMatrixRMaj(m, 2);
        for (int i = 0; i < m; i++) {
            system.data[i * m + i] += lambda / 2;
            right.data[2 * i] = 1;
            right.data[2 * i + 1] = sign[active[i]];
        }
        DMatrixRMaj solved = solved(system, right);
        double[] q = column(solved, 0);
        double[] u = column(solved, 1);
        double b = Arrays.stream(u).sum() / Arrays.stream(q).sum();
        double[] c = new double[m];
        for (int i = 0; i < m; i++) {
            c[i] = u[i] - b * q[i];
        }
        return new Dual(c, b);
    }

    private Point wideTarget(int[] active) {
        int m = active.length;
        DMatrixRMaj system = new DMatrixRMaj(m, m);
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < m; j++) {
                system.data[i * m + j] = gram.data[active[i] * gram.numCols + active[j]];
            }
        }
        Dual dual = dual(system, active);
        double b = dual.intercept;
        double[] c = new double[z.numRows];
        for (int i = 0; i < m; i++) {
            c[active[i]] = dual.coefficients[i];
        }
        double[] f = Products.times(gram, c);
        double square = Rows.dot(c, f);
        for (int i = 0; i < f.length; i++) {
            f[i] += b;
        }
        return new Point(c, b, f, square);
    }

    private static double[] column(DMatrixRMaj a, int j) {
        return IntStream.range(0, a.numRows)
                .mapToDouble(i -> a.data[i * a.numCols + j])
                .toArray();
    }
}
