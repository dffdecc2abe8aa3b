/**
 * Logistic regression with large steps and its limit, the perceptron; the margin geometry that the theory speaks of.
 *
 * <p>Data are signed rows \( z_i = y_i a_i \); sample i is misclassified when \( z_i^\top\theta \le 0 \). The step size is
 * \( \gamma \) and the margin \( \mu \) throughout (A. Tyurin, "From Logistic Regression to the Perceptron Algorithm:
 * Exploring Gradient Descent with Large Step Sizes", arXiv 2412.08424).
 */
@NullMarked
package io.verity.estimators.largestep;

import org.jspecify.annotations.NullMarked;
