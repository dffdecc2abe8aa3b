/**
 * What ridge-penalised logistic regression does when rows and columns grow together: the fixed point that predicts its
 * direction, accuracy, norm and stability, and the line beyond which no maximum-likelihood estimate exists.
 */
@NullMarked
package io.verity.estimators.logistic.theory;

import org.jspecify.annotations.NullMarked;
