package io.verity.estimators.logistic;

/**
 * When Newton's method ends: one full step after the gradient met the tolerance (that step makes the weights exact, not only
 * the gradient small), or when three steps in a row lower neither the gradient nor the objective. Where the loss has almost
 * vanished, as in separable data under a weak penalty, every gradient is small: there the steps go on until one no longer
 * lowers the objective, relative to itself.
 */
final class Progression {
    private static final int PATIENCE = 3;
    private static final double ROUNDING = 1e-13;

    /** Share of the objective that the last step may still have gained; the error after it is of that order, not its root. */
    private static final double SETTLED = 1e-12;

    /** The same for a fit that is only compared with others: the next step would change it by about the root, 1e-5 of itself. */
    private static final double COMPARABLE = 1e-10;

    private final double tolerance;
    private final int maxIterations;
    private final boolean exact;
    private double best = Double.POSITIVE_INFINITY;
    private double lowest = Double.POSITIVE_INFINITY;
    private double previous = Double.POSITIVE_INFINITY;
    private int withoutProgress;
    private boolean met;
    private int iterations;

    Progression(double tolerance, int maxIterations) {
        this(tolerance, maxIterations, true);
    }

    /**
     * @param exact whether a full step follows the one that met the tolerance
     */
    Progression(double tolerance, int maxIterations, boolean exact) {
        this.tolerance = tolerance;
        this.maxIterations = maxIterations;
        this.exact = exact;
    }

    int iterations() {
        return iterations;
    }

    /** Takes note of gradient and objective at the iterate reached; true when no further step is wanted. */
    boolean endsAt(double gradient, double objective) {
        boolean lower = gradient < best || objective < lowest - ROUNDING * Math.abs(objective);
        withoutProgress = lower ? 0 : withoutProgress + 1;
        best = Math.min(best, gradient);
        lowest = Math.min(lowest, objective);
        boolean small = gradient <= tolerance;
        boolean settled = previous - objective <= (exact ? SETTLED : COMPARABLE) * Math.abs(objective);
        previous = objective;
        boolean done = settled && (exact ? met : small);
        boolean stuck = gradient == 0 || withoutProgress >= PATIENCE;
        if (done || stuck || iterations >= maxIterations) {
            met = done || (small && (settled || stuck));
            return true;
        }
        met = small;
        iterations++;
        return false;
    }

    Status status() {
        return met ? Status.CONVERGED : iterations >= maxIterations ? Status.MAX_ITERATIONS : Status.STALLED;
    }
}
