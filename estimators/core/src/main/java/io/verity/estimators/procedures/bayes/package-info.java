/** The command of naive Bayes. */
@NullMarked
package io.verity.estimators.procedures.bayes;

import org.jspecify.annotations.NullMarked;
