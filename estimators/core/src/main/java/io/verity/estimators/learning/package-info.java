/** Learning curves: errors of classifiers by number of training rows, where curves cross, and which model wins where. */
@NullMarked
package io.verity.estimators.learning;

import org.jspecify.annotations.NullMarked;
