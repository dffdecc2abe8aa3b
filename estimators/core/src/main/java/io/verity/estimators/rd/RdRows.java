package io.verity.estimators.rd;

/**
 * The three rows of a regression discontinuity table.
 *
 * @param conventional estimate and standard error without regard to smoothing bias
 * @param biasCorrected bias-corrected estimate with the conventional standard error
 * @param robust bias-corrected estimate with the standard error that accounts for estimating the bias: the row to report
 */
public record RdRows(RdEstimate conventional, RdEstimate biasCorrected, RdEstimate robust) {}
