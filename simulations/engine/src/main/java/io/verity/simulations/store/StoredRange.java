package io.verity.simulations.store;

/**
 * Consecutive finished replicates of a condition.
 *
 * @param cell the condition
 * @param from first replicate
 * @param to one past the last replicate
 */
public record StoredRange(long cell, long from, long to) {}
