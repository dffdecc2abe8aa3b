/** The commands of H-consistency bounds: the bound of a loss, and attacks on bounds. */
@NullMarked
package io.verity.estimators.procedures.hconsistency;

import org.jspecify.annotations.NullMarked;
