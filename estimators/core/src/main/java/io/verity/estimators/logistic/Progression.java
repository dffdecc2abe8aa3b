package io.verity.estimators.logistic;

/**
 * When Newton's method ends: one full step after the gradient met the tolerance (that step makes the weights exact, not only
 * the gradient small), or when three steps in a row bring the gradient no lower.
 */
final class Progression {
    private static final int PATIENCE = 3;

    private final double tolerance;
    private final int maxIterations;
    private double best = Double.POSITIVE_INFINITY;
    private int withoutProgress;
    private boolean met;
    private int iterations;

    Progression(double tolerance, int maxIterations) {
        this.tolerance = tolerance;
        this.maxIterations = maxIterations;
    }

    int iterations() {
        return iterations;
    }

    /** Takes note of the gradient at the iterate reached; true when no further step is wanted. */
    boolean endsAt(double gradient) {
        withoutProgress = gradient < best ? 0 : withoutProgress + 1;
        best = Math.min(best, gradient);
        if (met || gradient == 0 || withoutProgress >= PATIENCE || iterations >= maxIterations) {
            met |= gradient <= tolerance;
            return true;
        }
        met = gradient <= tolerance;
        iterations++;
        return false;
    }

    Status status() {
        return met ? Status.CONVERGED : iterations >= maxIterations ? Status.MAX_ITERATIONS : Status.STALLED;
    }
}
