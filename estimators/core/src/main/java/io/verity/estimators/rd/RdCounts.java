package io.verity.estimators.rd;

/**
 * Numbers of rows behind a fit.
 *
 * @param left rows below the cutoff
 * @param right rows at or above it
 * @param effectiveLeft rows with positive weight at the main bandwidth, below
 * @param effectiveRight the same, above
 * @param pilotLeft rows with positive weight at the pilot bandwidth, below
 * @param pilotRight the same, above
 * @param distinctLeft distinct values of the running variable below the cutoff
 * @param distinctRight the same, above
 */
public record RdCounts(
        int left,
        int right,
        int effectiveLeft,
        int effectiveRight,
        int pilotLeft,
        int pilotRight,
        int distinctLeft,
        int distinctRight) {}
