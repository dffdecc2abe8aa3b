/**
 * Large-step logistic regression and the perceptron limit: the claims LS-01 to LS-24, and the studies behind the figures.
 *
 * <p>Every class named {@code ...Claims} holds one group of claims; {@code LargeStepPaper} lists
 * them in order. Step size is \( \gamma \) and margin \( \mu \) throughout. Bounds are evaluated at the upper end of the
 * certified margin interval, where they are tightest.
 */
@NullMarked
package io.verity.papers.largestep;

import org.jspecify.annotations.NullMarked;
