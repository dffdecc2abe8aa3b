package io.verity.simulations.store;

import java.time.Instant;

/**
 * A run in a store.
 *
 * @param id number of the run within its store
 * @param key what its rows depend on
 * @param description JSON text by which the run can be reported later
 * @param started when it was first opened
 * @param finished whether all its work was done when it was last closed
 */
public record Run(long id, RunKey key, String description, Instant started, boolean finished) {}
