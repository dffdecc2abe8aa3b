package io.verity.stats.linalg;

import static io.verity.stats.Arguments.allFinite;
import static io.verity.stats.Arguments.atLeast;
import static io.verity.stats.Arguments.require;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;

/**
 * Non-negative least squares, \( \min_{x \ge 0} \|E x - f\| \), by the active-set method of Lawson and Hanson (Solving Least
 * Squares Problems, 1974, chapter 23).
 *
 * <p>The columns with positive coefficients form a passive set whose thin QR decomposition is updated: a column enters by
 * Gram-Schmidt done twice, and leaves by Givens rotations. QR rather than Cholesky on \( E^\top E \), because max-margin
 * problems with small margins have condition numbers whose square no longer fits a double. The residual is projected twice
 * too, so that it is orthogonal to the passive columns relative to its own (possibly tiny) size.
 */
public final class Nnls {
    /** Columns may stay out with this cosine between them and the residual; rounding makes some ten ulp of it. */
    private static final double COSINE_TOLERANCE = 64 * Math.ulp(1.0);

    /** A residual this small relative to f is rounding: f lies in the cone of the columns. */
    private static final double ZERO_RESIDUAL = 8 * Math.ulp(1.0);

    /** An entering column must keep this part of its length beside the passive ones. */
    private static final double INDEPENDENT = 1e-13;

    private final int maxIterations;

    private Nnls(int maxIterations) {
        this.maxIterations = maxIterations;
    }

    /** @return the solver with an iteration cap of 50 max(rows, columns) */
    public static Nnls withDefaults() {
        return new Nnls(-1);
    }

    /**
     * @param cap largest number of columns that may enter, at least 1
     * @return this solver with that cap
     */
    public Nnls withMaxIterations(int cap) {
        return new Nnls(atLeast("cap", cap, 1));
    }

    /**
     * @param e m x n, finite
     * @param f length m, finite
     * @return the solution; check {@link Solution#converged}
     * @throws IllegalArgumentException if a length is wrong or an entry is not finite
     */
    public Solution solve(DMatrixRMaj e, double[] f) {
        double[] byColumn = new double[e.numRows * e.numCols];
        for (int i = 0; i < e.numRows; i++) {
            for (int j = 0; j < e.numCols; j++) {
                byColumn[j * e.numRows + i] = e.data[i * e.numCols + j];
            }
        }
        return solveByColumn(byColumn, e.numRows, e.numCols, f);
    }

    /**
     * The same for a matrix given column by column, which is how the method reads it.
     *
     * @param byColumn m n entries, finite: column j of E begins at j m
     * @param m number of rows
     * @param n number of columns
     * @param f length m, finite
     * @return the solution; check {@link Solution#converged}
     * @throws IllegalArgumentException if a length is wrong or an entry is not finite
     */
    public Solution solveByColumn(double[] byColumn, int m, int n, double[] f) {
        atLeast("m", m, 1);
        require(
                byColumn.length == (long) m * n,
                "a %d x %d matrix needs %d entries, but the array has %d",
                m,
                n,
                (long) m * n,
                byColumn.length);
        require(f.length == m, "f must have length %d, but has %d", m, f.length);
        allFinite("the matrix", byColumn);
        allFinite("f", f);
        int cap = maxIterations > 0 ? maxIterations : 50 * Math.max(m, n);
        return new Iteration(byColumn, m, n, f).run(cap);
    }

    /** A solution of {@link #solve}. */
    public static final class Solution {
        private final double[] x;
        private final double[] residual;
        private final int[] passive;
        private final int iterations;
        private final boolean converged;

        private Solution(double[] x, double[] residual, int[] passive, int iterations, boolean converged) {
            this.x = x;
            this.residual = residual;
            this.passive = passive;
            this.iterations = iterations;
            this.converged = converged;
        }

        /** @return x, length n, non-negative */
        public double[] x() {
            return x.clone();
        }

        /** @return E x - f, length m; orthogonal to the passive columns relative to its own size */
        public double[] residual() {
            return residual.clone();
        }

        /** @return indices of the columns with positive coefficients, ascending */
        public int[] passive() {
            return passive.clone();
        }

        /** @return number of columns that entered */
        public int iterations() {
            return iterations;
        }

        /** @return whether the optimality conditions hold to rounding; false if the cap on iterations ended the search */
        public boolean converged() {
            return converged;
        }
    }

    /** The state of one run. */
    private static final class Iteration {
        private final double[][] rows;
        private final int m;
        private final int n;
        private final double[] columnNorm;
        private final double fNorm;
        private final boolean[] isPassive;
        private final boolean[] blocked;
        private final double[] x;
        private final double[] residual;
        private final double[] gradient;
        private final PassiveQr qr;
        private final double[] trial;

        Iteration(double[] e, int m, int n, double[] f) {
            this.rows = new double[m][n];
            for (int j = 0; j < n; j++) {
                for (int i = 0; i < m; i++) {
                    rows[i][j] = e[j * m + i];
                }
            }
            this.m = m;
            this.n = n;
            this.columnNorm = new double[n];
            for (int j = 0; j < n; j++) {
                columnNorm[j] = Math.sqrt(PlainKernels.dot(e, j * m, e, j * m, m));
            }
            this.fNorm = Math.sqrt(PlainKernels.dot(f, 0, f, 0, m));
            this.isPassive = new boolean[n];
            this.blocked = new boolean[n];
            this.x = new double[n];
            this.residual = f.clone();
            this.gradient = new double[n];
            this.qr = new PassiveQr(e, f, Math.min(m, n));
            this.trial = new double[Math.min(m, n)];
        }

        Solution run(int cap) {
            int iterations = 0;
            double norm = fNorm;
            boolean exact = true;
            boolean converged = false;
            while (iterations < cap) {
                int entering = norm <= ZERO_RESIDUAL * fNorm ? -1 : entering(norm);
                if (entering < 0 && exact) {
                    converged = true;
                    break;
                }
                if (entering < 0) {
                    norm = qr.residual(residual);
                    exact = true;
                    continue;
                }
                iterations++;
                double rho = qr.append(entering, columnNorm[entering]);
                if (rho <= INDEPENDENT * columnNorm[entering]) {
                    qr.removeLast();
                    blocked[entering] = true;
                    continue;
                }
                isPassive[entering] = true;
                double before = norm;
                if (moveToSolution()) {
                    norm = qr.residual(residual);
                    exact = true;
                } else {
                    norm = qr.shrink(residual);
                    exact = false;
                }
                if (norm < before) {
                    Arrays.fill(blocked, false);
                } else {
                    // Rounding only: this column must not enter again before there is progress.
                    blocked[entering] = true;
                }
            }
            if (!exact) {
                qr.residual(residual);
            }
            return solution(iterations, converged);
        }

        /** The column at the smallest angle to the residual, or -1 when none is beyond rounding: the optimality conditions hold. */
        private int entering(double norm) {
            correlateWithResidual();
            int best = -1;
            for (int j = 0; j < n; j++) {
                if (!isPassive[j]
                        && !blocked[j]
                        && gradient[j] > COSINE_TOLERANCE * columnNorm[j] * norm
                        && (best < 0 || gradient[j] * columnNorm[best] > gradient[best] * columnNorm[j])) {
                    best = j;
                }
            }
            return qr.full() ? -1 : best;
        }

        /**
         * gradient = E' residual, most of the running time. Rows in arrays of their own, four at a time: the compiler
         * vectorises this, and does not when they lie in one array at varying offsets.
         */
        private void correlateWithResidual() {
            Arrays.fill(gradient, 0.0);
            int i = 0;
            for (; i + 4 <= m; i += 4) {
                addFour(rows[i], rows[i + 1], rows[i + 2], rows[i + 3], residual, i, gradient);
            }
            for (; i < m; i++) {
                double[] row = rows[i];
                double w = residual[i];
                for (int j = 0; j < n; j++) {
                    gradient[j] = Math.fma(w, row[j], gradient[j]);
                }
            }
        }

        private static void addFour(
                double[] a, double[] b, double[] c, double[] d, double[] weights, int at, double[] sum) {
            double wa = weights[at];
            double wb = weights[at + 1];
            double wc = weights[at + 2];
            double wd = weights[at + 3];
            for (int j = 0; j < sum.length; j++) {
                double v = Math.fma(wa, a[j], sum[j]);
                v = Math.fma(wb, b[j], v);
                v = Math.fma(wc, c[j], v);
                sum[j] = Math.fma(wd, d[j], v);
            }
        }

        /** Moves x to the unconstrained solution on the passive set, dropping columns whose coefficient would turn negative; true if some were. */
        private boolean moveToSolution() {
            int before = qr.size();
            // Each round drops at least one column, so this ends.
            while (true) {
                qr.solve(trial);
                double step = 1;
                int blocking = -1;
                for (int t = 0; t < qr.size(); t++) {
                    if (trial[t] <= 0) {
                        double current = x[qr.column(t)];
                        double ratio = current / (current - trial[t]);
                        if (blocking < 0 || ratio < step) {
                            step = ratio;
                            blocking = qr.column(t);
                        }
                    }
                }
                for (int t = 0; t < qr.size(); t++) {
                    int j = qr.column(t);
                    x[j] = blocking < 0 ? trial[t] : x[j] + step * (trial[t] - x[j]);
                }
                if (blocking < 0) {
                    return qr.size() < before;
                }
                for (int t = qr.size() - 1; t >= 0; t--) {
                    int j = qr.column(t);
                    if (j == blocking || x[j] <= 0) {
                        x[j] = 0;
                        isPassive[j] = false;
                        qr.remove(t);
                    }
                }
            }
        }

        private Solution solution(int iterations, boolean converged) {
            qr.refine(x);
            double[] fit = new double[m];
            int[] passive = new int[qr.size()];
            for (int t = 0; t < passive.length; t++) {
                passive[t] = qr.column(t);
            }
            Arrays.sort(passive);
            for (int i = 0; i < m; i++) {
                fit[i] = -residual[i];
            }
            return new Solution(x, fit, passive, iterations, converged);
        }
    }
}
