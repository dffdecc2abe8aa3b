/**
 * Where finished replicates go: runs, units, metrics, failures and verdicts, durable and never mixed between runs. Knows
 * nothing of studies and claims; they use it.
 */
@NullMarked
package io.verity.simulations.store;

import org.jspecify.annotations.NullMarked;
