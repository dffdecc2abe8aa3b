/** Reproducible random streams: Philox keys, xoshiro256++ draws, and the SplitMix64 generator of the deterministic instances. */
@NullMarked
package io.verity.stats.random;

import org.jspecify.annotations.NullMarked;
