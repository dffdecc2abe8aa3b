package io.verity.estimators.rd;

import io.verity.stats.result.ResultTable;
import java.util.List;
import java.util.Locale;

/**
 * What {@link DensityTest} found.
 *
 * @param cutoff the cutoff
 * @param left density just below it, per unit of the running variable
 * @param right density just above it
 * @param difference right minus left; its z and p are the test of equality
 * @param bandwidthLeft bandwidth below the cutoff
 * @param bandwidthRight bandwidth above it
 * @param rowsLeft rows below the cutoff
 * @param rowsRight rows at or above it
 * @param effectiveLeft rows within the bandwidth below
 * @param effectiveRight rows within the bandwidth above
 * @param warnings what the user should know, one sentence each
 */
public record DensityTestResult(
        double cutoff,
        RdEstimate left,
        RdEstimate right,
        RdEstimate difference,
        double bandwidthLeft,
        double bandwidthRight,
        int rowsLeft,
        int rowsRight,
        int effectiveLeft,
        int effectiveRight,
        List<String> warnings) {
    /** Copies. */
    public DensityTestResult {
        warnings = List.copyOf(warnings);
    }

    /** @return test statistic, asymptotically standard normal when the density is continuous */
    public double statistic() {
        return difference.z();
    }

    /** @return two-sided p-value */
    public double pValue() {
        return difference.p();
    }

    /** @return densities and their difference */
    public ResultTable toTable() {
        ResultTable.Builder table = ResultTable.named("density", "Density of the running variable at the cutoff")
                .text("where", "")
                .number("density", "density", "")
                .number("se", "standard error", "")
                .number("lower", "lower", "")
                .number("upper", "upper", "")
                .number("p", "p-value", "")
                .number("bandwidth", "bandwidth", "")
                .integer("rows", "rows within", "");
        table.row(
                "left",
                left.estimate(),
                left.standardError(),
                left.lower(),
                left.upper(),
                null,
                bandwidthLeft,
                effectiveLeft);
        table.row(
                "right",
                right.estimate(),
                right.standardError(),
                right.lower(),
                right.upper(),
                null,
                bandwidthRight,
                effectiveRight);
        table.row(
                "difference",
                difference.estimate(),
                difference.standardError(),
                difference.lower(),
                difference.upper(),
                difference.p(),
                null,
                null);
        return table.note("A small p-value says that the density jumps: units may sort around the cutoff.")
                .build();
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "density %.4g left, %.4g right of the cutoff; z = %.3f, p = %.4g; rows within the bandwidths: %d and %d",
                left.estimate(),
                right.estimate(),
                statistic(),
                pValue(),
                effectiveLeft,
                effectiveRight);
    }
}
