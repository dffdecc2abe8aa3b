package io.verity.estimators.hconsistency;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.math3.optim.MaxIter;
import org.apache.commons.math3.optim.linear.LinearConstraint;
import org.apache.commons.math3.optim.linear.LinearConstraintSet;
import org.apache.commons.math3.optim.linear.LinearObjectiveFunction;
import org.apache.commons.math3.optim.linear.NonNegativeConstraint;
import org.apache.commons.math3.optim.linear.PivotSelectionRule;
import org.apache.commons.math3.optim.linear.Relationship;
import org.apache.commons.math3.optim.linear.SimplexSolver;
import org.apache.commons.math3.optim.nonlinear.scalar.GoalType;

/**
 * Directions in which no row's risk grows: scores D that are equal on the classes with positive probability of a row and not
 * larger on its other classes. Along D the scores of classes with a gap fall to minus infinity, so an infimum is not attained
 * exactly when a direction with some gap exists. A linear programme finds one direction with all gaps that are possible:
 * maximise the sum of \( t_{ik} \in [0, 1] \), \( D_{iy} - D_{ik} \ge t_{ik} \); scaling makes every t 0 or 1.
 */
final class Recession {
    /** Programmes with more gaps than this would take minutes. */
    static final int MOST_GAPS = 400;

    private final boolean[][] kept;
    private final double[][] direction;
    private final boolean found;

    private Recession(boolean[][] kept, double[][] direction, boolean found) {
        this.kept = kept;
        this.direction = direction;
        this.found = found;
    }

    /** Whether the infimum is not attained. */
    boolean found() {
        return found;
    }

    /** The classes of each row that keep finite scores. */
    boolean[][] kept() {
        return kept;
    }

    /** The direction's scores, N x K; gaps are at least 1. */
    double[][] direction() {
        return direction;
    }

    /** How many probabilities are 0. */
    static int gaps(double[][] p) {
        int gaps = 0;
        for (double[] row : p) {
            for (double v : row) {
                gaps += v > 0 ? 0 : 1;
            }
        }
        return gaps;
    }

    static Recession of(double[][] basis, double[][] p) {
        int rows = p.length;
        int classes = p[0].length;
        int rank = basis[0].length;
        int free = rank * (classes - 1);
        int gaps = gaps(p);
        boolean[][] kept = new boolean[rows][classes];
        for (boolean[] row : kept) {
            Arrays.fill(row, true);
        }
        double[][] direction = new double[rows][classes];
        if (gaps == 0) {
            return new Recession(kept, direction, false);
        }
        // Free coefficients are differences of two non-negative ones: u - v.
        int variables = 2 * free + gaps;
        List<LinearConstraint> constraints = new ArrayList<>();
        double[] objective = new double[variables];
        int[][] at = new int[rows][classes];
        int gap = 2 * free;
        for (int i = 0; i < rows; i++) {
            int support = support(p[i]);
            for (int k = 0; k < classes; k++) {
                if (k == support) {
                    continue;
                }
                double[] row = new double[variables];
                for (int j = 0; j < rank; j++) {
                    add(row, free, j * (classes - 1), support, basis[i][j]);
                    add(row, free, j * (classes - 1), k, -basis[i][j]);
                }
                if (p[i][k] > 0) {
                    constraints.add(new LinearConstraint(row, Relationship.EQ, 0));
                } else {
                    objective[gap] = 1;
                    at[i][k] = gap;
                    row[gap] = -1;
                    constraints.add(new LinearConstraint(row, Relationship.GEQ, 0));
                    double[] cap = new double[variables];
                    cap[gap++] = 1;
                    constraints.add(new LinearConstraint(cap, Relationship.LEQ, 1));
                }
            }
        }
        double[] solution = new SimplexSolver(1e-9, 10, 1e-10)
                .optimize(
                        new MaxIter(50_000),
                        new LinearObjectiveFunction(objective, 0),
                        new LinearConstraintSet(constraints),
                        GoalType.MAXIMIZE,
                        new NonNegativeConstraint(true),
                        PivotSelectionRule.BLAND)
                .getPoint();
        boolean found = false;
        for (int i = 0; i < rows; i++) {
            for (int k = 0; k < classes; k++) {
                if (!(p[i][k] > 0) && solution[at[i][k]] > 0.5) {
                    kept[i][k] = false;
                    found = true;
                }
                for (int j = 0; j < rank && k > 0; j++) {
                    int c = j * (classes - 1) + k - 1;
                    direction[i][k] += basis[i][j] * (solution[c] - solution[free + c]);
                }
            }
        }
        return new Recession(kept, direction, found);
    }

    private static int support(double[] row) {
        for (int k = 0; k < row.length; k++) {
            if (row[k] > 0) {
                return k;
            }
        }
        throw new IllegalStateException("a row without probability");
    }

    private static void add(double[] row, int free, int offset, int k, double value) {
        if (k > 0) {
            row[offset + k - 1] += value;
            row[free + offset + k - 1] -= value;
        }
    }
}
