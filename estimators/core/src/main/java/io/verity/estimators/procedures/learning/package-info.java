/** The command of learning curves. */
@NullMarked
package io.verity.estimators.procedures.learning;

import org.jspecify.annotations.NullMarked;
