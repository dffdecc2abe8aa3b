/** The contract by which a command line finds what can be fitted, and the procedures of this module. */
@NullMarked
package io.verity.estimators.procedures;

import org.jspecify.annotations.NullMarked;
