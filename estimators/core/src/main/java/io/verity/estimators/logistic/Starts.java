package io.verity.estimators.logistic;

import java.util.List;

/** Starts the problems of a path as soon as those that they start from are solved. */
final class Starts {
    private final Pivots pivots;
    private final List<? extends PathProblem> problems;
    private final boolean[] pivotStarted;
    private final boolean[] betweenStarted;

    Starts(Pivots pivots, List<? extends PathProblem> problems) {
        this.pivots = pivots;
        this.problems = problems;
        pivotStarted = new boolean[pivots.size()];
        betweenStarted = new boolean[pivots.size()];
    }

    /** Starts the pivots from zero coefficients, the others between them. */
    void start(Sample sample) {
        for (int i = 0; i < pivots.size(); i++) {
            if (!pivotStarted[i]) {
                pivotStarted[i] = true;
                pivots.start(i, problems, sample);
            }
        }
        startBetween(List.of());
    }

    /** Whether the pivot before is solved, if there is one. */
    boolean isNext(int pivot) {
        return pivot == 0 || isSolved(pivot - 1);
    }

    /** Takes note that a pivot was started. */
    void started(int pivot) {
        pivotStarted[pivot] = true;
    }

    boolean isStarted(int pivot) {
        return pivotStarted[pivot];
    }

    /** Starts those between pivots that are solved by now. */
    void startBetween(List<? extends PathProblem> solved) {
        for (int i = 0; i + 1 < pivots.size(); i++) {
            if (!betweenStarted[i] && isSolved(i) && isSolved(i + 1)) {
                betweenStarted[i] = true;
                pivots.startBetween(i, problems, solved);
            }
        }
    }

    private boolean isSolved(int pivot) {
        return pivotStarted[pivot] && pivots.isSolved(pivot, problems);
    }
}
