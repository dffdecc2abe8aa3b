package io.verity.estimators.rd;

import io.verity.stats.linalg.Backends;
import io.verity.stats.result.Provenance;
import io.verity.stats.result.ResultTable;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What {@link ScalarRd} found. Immutable. */
public final class ScalarRdFit {
    private final RdOptions options;
    private final RdBandwidths bandwidths;
    private final RdRows rows;
    private final @Nullable RdRows firstStage;
    private final RdCounts counts;
    private final List<String> warnings;

    ScalarRdFit(
            RdOptions options,
            RdBandwidths bandwidths,
            RdRows rows,
            @Nullable RdRows firstStage,
            RdCounts counts,
            List<String> warnings) {
        this.options = options;
        this.bandwidths = bandwidths;
        this.rows = rows;
        this.firstStage = firstStage;
        this.counts = counts;
        this.warnings = List.copyOf(warnings);
    }

    /** @return the bandwidths used */
    public RdBandwidths bandwidths() {
        return bandwidths;
    }

    /** @return the local polynomial estimate and its standard error, without regard to smoothing bias */
    public RdEstimate conventional() {
        return rows.conventional();
    }

    /** @return the bias-corrected estimate with the conventional standard error */
    public RdEstimate biasCorrected() {
        return rows.biasCorrected();
    }

    /** @return the bias-corrected estimate with the standard error that accounts for the correction: the row to report */
    public RdEstimate robust() {
        return rows.robust();
    }

    /** @return the jump of the treatment at the same bandwidths, in a fuzzy design */
    public Optional<RdRows> firstStage() {
        return Optional.ofNullable(firstStage);
    }

    /** @return numbers of rows */
    public RdCounts counts() {
        return counts;
    }

    /** @return what the user should know, one sentence each */
    public List<String> warnings() {
        return warnings;
    }

    /** @return the rule of the residuals used (clusters make it {@link RdVariance#CR1}) */
    public RdVariance variance() {
        return options.variance;
    }

    /** @return coverage of the intervals */
    public double level() {
        return options.level;
    }

    /** @return one row per estimate; those of the first stage last */
    public ResultTable toTable() {
        ResultTable.Builder table = ResultTable.named("rd", "Jump at the cutoff")
                .text("row", "row")
                .number("estimate", "estimate", "")
                .number("se", "standard error", "")
                .number("z", "z", "")
                .number("p", "p-value", "")
                .number("lower", "lower " + RdEstimate.percent(options.level), "")
                .number("upper", "upper " + RdEstimate.percent(options.level), "");
        addRows(table, "", rows);
        if (firstStage != null) {
            addRows(table, "first stage, ", firstStage);
        }
        return table.note(
                        "The robust row is the one to report: bias-corrected, with a standard error that accounts for the"
                                + " correction.")
                .build();
    }

    private static void addRows(ResultTable.Builder table, String prefix, RdRows rows) {
        addRow(table, prefix + "conventional", rows.conventional());
        addRow(table, prefix + "bias-corrected", rows.biasCorrected());
        addRow(table, prefix + "robust", rows.robust());
    }

    private static void addRow(ResultTable.Builder table, String name, RdEstimate e) {
        table.row(name, e.estimate(), e.standardError(), e.z(), e.p(), e.lower(), e.upper());
    }

    /** @return how the result came about */
    public Provenance provenance() {
        return Provenance.here(Backends.shared().info().id(), null);
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "jump %.6g, robust %.6g (se %.4g, p %.3g, %s interval [%.6g, %.6g]); h %s, b %s; rows within h: %d left of"
                        + " %d, %d right of %d",
                conventional().estimate(),
                robust().estimate(),
                robust().standardError(),
                robust().p(),
                RdEstimate.percent(options.level),
                robust().lower(),
                robust().upper(),
                pair(bandwidths.left(), bandwidths.right()),
                pair(bandwidths.pilotLeft(), bandwidths.pilotRight()),
                counts.effectiveLeft(),
                counts.left(),
                counts.effectiveRight(),
                counts.right());
    }

    private static String pair(double left, double right) {
        return left == right
                ? String.format(Locale.ROOT, "%.6g", left)
                : String.format(Locale.ROOT, "%.6g | %.6g", left, right);
    }
}
