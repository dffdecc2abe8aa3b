/**
 * Regression discontinuity with scalar outcomes: sharp and fuzzy estimates with bandwidths, bias correction and robust
 * intervals, and the diagnostics that belong to them.
 */
@NullMarked
package io.verity.estimators.rd;

import org.jspecify.annotations.NullMarked;
