/** Sample quantiles, plain and weighted. */
@NullMarked
package io.verity.stats.quantiles;

import org.jspecify.annotations.NullMarked;
