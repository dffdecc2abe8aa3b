package io.verity.estimators.probe;

import org.ejml.data.DMatrixRMaj;

/** A method that finds a direction, and a rule, in labelled states. {@link Directions} has the usual ones. */
@FunctionalInterface
public interface DirectionFinder {
    /**
     * Must depend on its arguments alone, must not change them, and may be called by several threads at once.
     *
     * @param x states, one row per example
     * @param y 0 or 1 per row
     * @param split which rows may be used: {@link Split#train()} and {@link Split#validation()}, or {@link Split#pool()} where
     *     nothing is tuned. In a bootstrap a row may occur more than once
     * @return the rule on raw columns
     * @throws io.verity.stats.EstimationException if these rows are hopeless, such as all of one class
     */
    LinearProbe find(DMatrixRMaj x, int[] y, Split split);
}
