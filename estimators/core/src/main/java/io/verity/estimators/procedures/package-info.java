/** The contract by which a command line finds what can be fitted. Each family of procedures has a package below. */
@NullMarked
package io.verity.estimators.procedures;

import org.jspecify.annotations.NullMarked;
