package io.verity.estimators.largestep;

import java.util.ArrayList;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.LinearSolverFactory_DDRM;
import org.ejml.interfaces.linsol.LinearSolverDense;

/** Stand-in for the non-negative least squares of {@code io.verity.stats.linalg} (Lawson and Hanson 1974). */
final class Nnls {
    private Nnls() {}

    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Solution(double[] a, int iterations, boolean converged) {}

    static Solution solve(double[][] columns, double[] f, int maxIterations) {
        int n = columns.length;
        int rows = f.length;
        double[] a = new double[n];
        boolean[] passive = new boolean[n];
        double[] r = f.clone();
        int iterations = 0;
        while (iterations < maxIterations) {
            int best = -1;
            double largest = 1e-15;
            for (int i = 0; i < n; i++) {
                if (!passive[i]) {
                    double g = 0;
                    for (int j = 0; j < rows; j++) {
                        g = Math.fma(columns[i][j], r[j], g);
                    }
                    if (g > largest) {
                        largest = g;
                        best = i;
                    }
                }
            }
            if (best < 0) {
                return new Solution(a, iterations, true);
            }
            passive[best] = true;
            while (true) {
                iterations++;
                List<Integer> set = new ArrayList<>();
                for (int i = 0; i < n; i++) {
                    if (passive[i]) {
                        set.add(i);
                    }
                }
                DMatrixRMaj s = leastSquares(columns, set, f);
                double step = 1;
                for (int k = 0; k < set.size(); k++) {
                    int i = set.get(k);
                    if (s.get(k) <= 0) {
                        step = Math.min(step, a[i] / (a[i] - s.get(k)));
                    }
                }
                for (int k = 0; k < set.size(); k++) {
                    int i = set.get(k);
                    a[i] += step * (s.get(k) - a[i]);
                    if (a[i] <= 1e-15) {
                        a[i] = 0;
                        passive[i] = false;
                    }
                }
                if (step == 1 || iterations >= maxIterations) {
                    break;
                }
            }
            for (int j = 0; j < rows; j++) {
                double sum = f[j];
                for (int i = 0; i < n; i++) {
                    if (a[i] != 0) {
                        sum = Math.fma(-columns[i][j], a[i], sum);
                    }
                }
                r[j] = sum;
            }
        }
        return new Solution(a, iterations, false);
    }

    private static DMatrixRMaj leastSquares(double[][] columns, List<Integer> set, double[] f) {
        int rows = f.length;
        DMatrixRMaj matrix = new DMatrixRMaj(rows, set.size());
        for (int k = 0; k < set.size(); k++) {
            for (int j = 0; j < rows; j++) {
                matrix.set(j, k, columns[set.get(k)][j]);
            }
        }
        LinearSolverDense<DMatrixRMaj> solver = LinearSolverFactory_DDRM.leastSquares(rows, set.size());
        solver.setA(matrix);
        DMatrixRMaj right = new DMatrixRMaj(rows, 1, true, f.clone());
        DMatrixRMaj solution = new DMatrixRMaj(set.size(), 1);
        solver.solve(right, solution);
        return solution;
    }
}
