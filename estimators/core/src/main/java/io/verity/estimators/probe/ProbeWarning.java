package io.verity.estimators.probe;

/**
 * What the user of a probe should know though it is no error.
 *
 * @param kind what it is about
 * @param message one sentence
 */
public record ProbeWarning(Kind kind, String message) {
    /** What warnings are about. */
    public enum Kind {
        /** The chosen C is the first or the last of the grid. */
        GRID_EDGE,
        /** No validation rows, or of one class only: C = 1. */
        NO_VALIDATION,
        /** Columns that do not vary have weight 0. */
        EXCLUDED_COLUMNS,
        /** Some fits did not reach the tolerance. */
        NOT_CONVERGED,
        /** The probe has no direction. */
        ZERO_DIRECTION
    }

    @Override
    public String toString() {
        return message;
    }
}
