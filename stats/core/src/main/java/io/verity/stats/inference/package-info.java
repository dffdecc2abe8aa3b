/** Intervals, Monte Carlo errors, the bootstrap and anytime-valid confidence sequences. */
@NullMarked
package io.verity.stats.inference;

import org.jspecify.annotations.NullMarked;
