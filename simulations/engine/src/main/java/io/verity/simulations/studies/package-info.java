/**
 * Monte Carlo studies: a grid of conditions, a pure replicate function, summaries with Monte Carlo standard errors, and the
 * runner that computes them on all cores into a durable store.
 */
@NullMarked
package io.verity.simulations.studies;

import org.jspecify.annotations.NullMarked;
