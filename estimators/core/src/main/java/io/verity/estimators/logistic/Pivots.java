package io.verity.estimators.logistic;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The penalties of a path that are solved first; those between start from interpolated solutions. */
final class Pivots {
    /** Pivots are a few times this far apart at most. */
    private static final double SPAN = 30;

    private final int[] indices;

    /** First and last index, and some between; penalties descending. */
    Pivots(double[] lambdas) {
        List<Integer> pivots = new ArrayList<>();
        pivots.add(0);
        for (int k = 1; k < lambdas.length; k++) {
            int last = pivots.get(pivots.size() - 1);
            boolean far = k + 1 < lambdas.length && lambdas[k + 1] * SPAN < lambdas[last];
            if (far || k == lambdas.length - 1) {
                pivots.add(k);
            }
        }
        indices = pivots.stream().mapToInt(Integer::intValue).toArray();
    }

    int size() {
        return indices.length;
    }

    /** Index of a pivot's penalty. */
    int index(int pivot) {
        return indices[pivot];
    }

    /** The pivot nearest to penalty k. */
    int nearest(int k) {
        int nearest = 0;
        for (int i = 1; i < indices.length; i++) {
            if (Math.abs(indices[i] - k) <= Math.abs(indices[nearest] - k)) {
                nearest = i;
            }
        }
        return nearest;
    }

    /** Starts a pivot from zero coefficients. */
    void start(int pivot, List<? extends PathProblem> problems, Sample sample) {
        double b = sample.startIntercept();
        double[] constant = new double[sample.rows];
        Arrays.fill(constant, b);
        problems.get(indices[pivot]).start(null, constant, b);
    }

    /** Starts a pivot where that of a path solved on other rows ended. */
    void startFrom(int pivot, List<? extends PathProblem> problems, List<? extends PathProblem> solved) {
        int k = indices[pivot];
        problems.get(k).startFrom(solved.get(k));
    }

    /** Starts a pivot from the one before, which is solved, with the step that a path solved on other rows takes. */
    void startAfter(int pivot, List<? extends PathProblem> problems, List<? extends PathProblem> solved) {
        int k = indices[pivot];
        int before = indices[pivot - 1];
        problems.get(k).startAt(problems.get(before), solved.get(k), solved.get(before));
    }

    /** Starts those between a pivot and the next, both solved; moved from a path solved on other rows, if there is one. */
    void startBetween(int pivot, List<? extends PathProblem> problems, List<? extends PathProblem> solved) {
        int strong = indices[pivot];
        int weak = indices[pivot + 1];
        for (int k = strong + 1; k < weak; k++) {
            List<PathProblem> others =
                    solved.isEmpty() ? List.of() : List.of(solved.get(k), solved.get(strong), solved.get(weak));
            problems.get(k).startBetween(problems.get(strong), problems.get(weak), others);
        }
    }

    /** Whether a pivot, which was started, is solved. */
    boolean isSolved(int pivot, List<? extends PathProblem> problems) {
        return problems.get(indices[pivot]).want() == PathProblem.Want.NOTHING;
    }
}
