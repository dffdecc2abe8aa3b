package io.verity.simulations.store;

import java.io.Serializable;

/**
 * A replicate that gave no row.
 *
 * @param cell its condition
 * @param replicate its number within the condition, from 0
 * @param error the exception's text
 */
public record StoredFailure(long cell, long replicate, String error) implements Serializable {}
