/** Numerically stable scalar kernels of the losses. */
@NullMarked
package io.verity.stats.losses;

import org.jspecify.annotations.NullMarked;
