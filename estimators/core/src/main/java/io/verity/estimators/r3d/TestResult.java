package io.verity.estimators.r3d;

/**
 * The outcome of a test.
 *
 * @param kind which hypothesis
 * @param low lower end of the range of quantiles
 * @param high upper end
 * @param statistic its value; NaN where it is undefined
 * @param pValue share of the draws under the hypothesis that reach the statistic; NaN where undefined
 * @param criticalValue of the statistic at the level asked for
 */
public record TestResult(
        TestKind kind, double low, double high, double statistic, double pValue, double criticalValue) {}
