package io.verity.estimators.r3d;

/** How {@link Method#SIMPLE} makes a curve monotone. */
public enum RearrangementType {
    /** Sorts its values; the grid points count equally, whatever their distances. */
    SORT,
    /** As the R package Rearrangement 2.1: quantiles of the curve interpolated at 1001 points. Changes monotone curves a little. */
    R_PACKAGE
}
