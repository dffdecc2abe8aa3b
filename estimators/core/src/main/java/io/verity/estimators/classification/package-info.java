/** What classifiers have in common: scores, posteriors, confusion, log loss, calibration, scaling of columns. */
@NullMarked
package io.verity.estimators.classification;

import org.jspecify.annotations.NullMarked;
