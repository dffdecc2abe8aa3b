/**
 * Regression discontinuity with distribution-valued outcomes (R3D): how the average quantile function of units jumps at a
 * cutoff, with uniform confidence bands (D. Van Dijcke, "Regression Discontinuity Design with Distribution-Valued Outcomes",
 * arXiv 2504.03992).
 */
@NullMarked
package io.verity.estimators.r3d;

import org.jspecify.annotations.NullMarked;
