/** The commands of logistic regression. */
@NullMarked
package io.verity.estimators.procedures.logistic;

import org.jspecify.annotations.NullMarked;
