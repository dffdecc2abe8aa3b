/**
 * Losses: stable scalar kernels, surrogate losses of classification with their gradients, and the soft metrics made from them.
 *
 * <p>{@link io.verity.stats.losses.MulticlassLoss} is a loss of a score vector, {@link io.verity.stats.losses.MarginLoss} one of
 * a binary margin. Logarithms are natural.
 */
@NullMarked
package io.verity.stats.losses;

import org.jspecify.annotations.NullMarked;
