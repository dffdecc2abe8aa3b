/** The commands of ridge-adaptive logistic probes: fit, stability, steering, theory. */
@NullMarked
package io.verity.estimators.procedures.probe;

import org.jspecify.annotations.NullMarked;
