/** The commands of scalar regression discontinuity: fit, density test, plot, placebo cutoffs, sensitivity. */
@NullMarked
package io.verity.estimators.procedures.rd;

import org.jspecify.annotations.NullMarked;
