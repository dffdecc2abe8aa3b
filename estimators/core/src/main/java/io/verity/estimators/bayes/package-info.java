/** Gaussian naive Bayes: shared or per-class variances, fitted in one pass, in pieces, and merged. */
@NullMarked
package io.verity.estimators.bayes;

import org.jspecify.annotations.NullMarked;
