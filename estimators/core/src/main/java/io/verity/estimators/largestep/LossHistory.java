package io.verity.estimators.largestep;

/**
 * How the loss moved along a run.
 *
 * @param increases number of t with \( f(\theta_t) > f(\theta_{t-1}) \)
 * @param lastIncrease the last such t, or -1
 * @param peakBeforeSeparation largest loss at the iterates before the first separating one (or before the end)
 */
public record LossHistory(int increases, int lastIncrease, double peakBeforeSeparation) {}
