/** Dense matrix backends and their kernels, non-negative least squares, spectral bounds. */
@NullMarked
package io.verity.stats.linalg;

import org.jspecify.annotations.NullMarked;
