/** The commands that make hidden states: {@code probe embed}, {@code probe models}. */
@NullMarked
package io.verity.estimators.procedures.states;

import org.jspecify.annotations.NullMarked;
