/** The commands of large-step classification: fit, margin and sweep. */
@NullMarked
package io.verity.estimators.procedures.largestep;

import org.jspecify.annotations.NullMarked;
