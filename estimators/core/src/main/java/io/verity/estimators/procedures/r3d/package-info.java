/** The commands of regression discontinuity with distribution-valued outcomes. */
@NullMarked
package io.verity.estimators.procedures.r3d;

import org.jspecify.annotations.NullMarked;
