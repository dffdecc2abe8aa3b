package io.verity.estimators.r3d;

import io.verity.stats.Arguments;
import io.verity.stats.result.Provenance;
import io.verity.stats.result.ResultTable;
import io.verity.stats.result.Rounded;
import java.util.List;
import java.util.Locale;

/**
 * The result of {@link R3d#fit}: effects on the quantile grid with their uniform band. All arrays have one entry per grid point.
 *
 * @param method how curves were made monotone
 * @param grid probabilities q
 * @param tau effects \( \hat\tau(q) \) in units of the outcome (over the jump of the treatment in a fuzzy design); NaN when the
 *     first stage is too weak
 * @param standardErrors pointwise, in closed form
 * @param lower lower end of the uniform band
 * @param upper upper end
 * @param criticalValue half width of a constant band, or multiple of the standard error of a studentised one
 * @param meanPlus average quantile curve just above the cutoff, monotone
 * @param meanMinus the same just below
 * @param rawPlus one-sided limits above the cutoff, before they were made monotone
 * @param rawMinus the same below
 * @param bandwidths one, or one per grid point, in units of the running variable
 * @param bandwidthTreatment NaN in a sharp design
 * @param bandwidthBias of an explicit bias correction, else NaN
 * @param firstStage jump of the treatment, NaN in a sharp design
 * @param firstStageError its standard error, NaN in a sharp design
 * @param averageEffect mean of tau over the grid
 * @param averageEffectError its standard error
 * @param units units that entered (after a donut)
 * @param effectiveUnitsLeft units below the cutoff inside the window (the smallest window, where they differ)
 * @param effectiveUnitsRight the same above
 * @param giniPlus Gini coefficient of the curve above, NaN where undefined or not asked for
 * @param giniMinus the same below
 * @param tests one per kind and range
 * @param draws of the bootstrap: a p-value of 0 says that it is below 1 / draws
 * @param level confidence level of the band
 * @param warnings what the user should know, one sentence each
 * @param provenance how the result came about
 */
@SuppressWarnings("ArrayRecordComponent") // columns of one table; two fits are never compared
public record R3dFit(
        Method method,
        double[] grid,
        double[] tau,
        double[] standardErrors,
        double[] lower,
        double[] upper,
        double criticalValue,
        double[] meanPlus,
        double[] meanMinus,
        double[] rawPlus,
        double[] rawMinus,
        double[] bandwidths,
        double bandwidthTreatment,
        double bandwidthBias,
        double firstStage,
        double firstStageError,
        double averageEffect,
        double averageEffectError,
        int units,
        int effectiveUnitsLeft,
        int effectiveUnitsRight,
        double giniPlus,
        double giniMinus,
        List<TestResult> tests,
        int draws,
        double level,
        List<String> warnings,
        Provenance provenance) {

    /** Copies the lists. */
    public R3dFit {
        tests = List.copyOf(tests);
        warnings = List.copyOf(warnings);
    }

    /** @return whether there is a treatment besides the cutoff */
    public boolean fuzzy() {
        return !Double.isNaN(firstStage);
    }

    /** @return whether the jump of the treatment is zero to rounding, so that there is no effect to speak of */
    public boolean weakFirstStage() {
        return fuzzy() && Double.isNaN(tau[0]);
    }

    /**
     * @param kind which hypothesis
     * @return the test on its first range
     * @throws IllegalArgumentException if that test was not asked for
     */
    public TestResult test(TestKind kind) {
        for (TestResult test : tests) {
            if (test.kind() == kind) {
                return test;
            }
        }
        throw new IllegalArgumentException(
                "no test of " + kind.name().toLowerCase(Locale.ROOT) + " was made: ask for it with withTests");
    }

    /**
     * @param truth an effect per grid point
     * @return whether the band covers it at every grid point
     * @throws IllegalArgumentException if the lengths differ
     */
    public boolean covers(double... truth) {
        Arguments.require(truth.length == grid.length, "%d effects for %d grid points", truth.length, grid.length);
        for (int j = 0; j < truth.length; j++) {
            if (!(lower[j] <= truth[j] && truth[j] <= upper[j])) {
                return false;
            }
        }
        return true;
    }

    /** @return one row per grid point: effect, standard error, band, the two curves */
    public ResultTable toTable() {
        ResultTable.Builder table = ResultTable.named(
                        "effects", "Effects on quantiles with a uniform " + Rounded.to(100 * level, 4) + " % band")
                .number("q", "quantile q", "")
                .column(new ResultTable.Column("tau", "effect", "", ResultTable.Kind.NUMBER, "se"))
                .number("se", "standard error", "")
                .column(new ResultTable.Column("lower", "band from", "", ResultTable.Kind.NUMBER, "se"))
                .column(new ResultTable.Column("upper", "band to", "", ResultTable.Kind.NUMBER, "se"))
                .number("m_plus", "mean quantile above", "")
                .number("m_minus", "mean quantile below", "");
        for (int j = 0; j < grid.length; j++) {
            table.row(grid[j], tau[j], standardErrors[j], lower[j], upper[j], meanPlus[j], meanMinus[j]);
        }
        return table.build();
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                "R3D (%s%s): mean effect %s (s.e. %s) over %d quantiles; uniform %s %% band, critical value %s;"
                        + " bandwidth %s%s; %d units below and %d above the cutoff in the window",
                method.name().toLowerCase(Locale.ROOT),
                fuzzy() ? ", fuzzy" : "",
                Rounded.to(averageEffect, 6),
                Rounded.to(averageEffectError, 3),
                grid.length,
                Rounded.to(100 * level, 4),
                Rounded.to(criticalValue, 6),
                describe(bandwidths),
                fuzzy() ? ", of the treatment " + Rounded.to(bandwidthTreatment, 6) : "",
                effectiveUnitsLeft,
                effectiveUnitsRight));
        if (fuzzy()) {
            text.append("\nfirst stage ").append(Rounded.to(firstStage, 6));
            text.append(" (s.e. ").append(Rounded.to(firstStageError, 3)).append(')');
        }
        for (TestResult test : tests) {
            text.append('\n').append(test.kind().name().toLowerCase(Locale.ROOT));
            if (test.kind() == TestKind.GINI && Double.isNaN(test.statistic())) {
                text.append(": undefined (the mean outcome is not positive)");
                continue;
            }
            text.append(" on [")
                    .append(Rounded.to(test.low(), 4))
                    .append(", ")
                    .append(Rounded.to(test.high(), 4))
                    .append("]: statistic ")
                    .append(Rounded.to(test.statistic(), 6))
                    .append(", p ")
                    .append(test.pValue() == 0 ? "< " + 1.0 / draws : "= " + Rounded.to(test.pValue(), 4));
        }
        return text.toString();
    }

    private static String describe(double[] h) {
        double least = Double.POSITIVE_INFINITY;
        double most = 0;
        for (double v : h) {
            least = Math.min(least, v);
            most = Math.max(most, v);
        }
        return Rounded.to(least, 6) + (least == most ? "" : " to " + Rounded.to(most, 6));
    }
}
