package io.verity.simulations.studies;

/**
 * The value of a measure in one condition.
 *
 * @param name key of the measure
 * @param n number of replicates that entered
 * @param value the value, NaN without replicates
 * @param mcse its Monte Carlo standard error, NaN where not defined
 */
public record MeasureSummary(String name, long n, double value, double mcse) {}
