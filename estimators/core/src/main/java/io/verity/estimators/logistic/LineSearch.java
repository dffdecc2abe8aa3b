package io.verity.estimators.logistic;

/**
 * Backtracking on the objective along a Newton step. Scores are linear in the step, so a trial costs one pass over the rows
 * and none over the columns.
 */
final class LineSearch {
    private static final double SUFFICIENT = 1e-4;
    private static final double ROUNDING = 1e-13;
    private static final int HALVINGS = 40;

    private LineSearch() {}

    /** Objective at a fraction of the step. */
    @FunctionalInterface
    interface Objective {
        double at(double fraction);
    }

    /**
     * @param value objective now
     * @param slope derivative along the step, negative
     * @return the first of 1, 1/2, 1/4, ... that lowers the objective enough, or 0
     */
    static double search(double value, double slope, Objective objective) {
        double fraction = 1;
        for (int i = 0; i < HALVINGS; i++) {
            double trial = objective.at(fraction);
            if (trial <= value + SUFFICIENT * fraction * slope || trial - value <= ROUNDING * Math.abs(value)) {
                return fraction;
            }
            fraction /= 2;
        }
        return 0;
    }
}
