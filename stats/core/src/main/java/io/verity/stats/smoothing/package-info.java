/** Smoothing kernels, local polynomials and isotonic regression. */
@NullMarked
package io.verity.stats.smoothing;

import org.jspecify.annotations.NullMarked;
