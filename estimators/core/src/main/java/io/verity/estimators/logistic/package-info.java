/** Ridge-penalised logistic regression, solved exactly: single fits, paths of penalties, several classes. */
@NullMarked
package io.verity.estimators.logistic;

import org.jspecify.annotations.NullMarked;
