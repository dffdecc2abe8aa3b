package io.verity.estimators.probe;

import io.verity.stats.result.ResultTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Both stabilities of a direction, side by side. Drop-out subsets share most of their rows, so that their directions agree even
 * where there is little to agree about; disjoint halves tell whether the direction would be found again on new data.
 *
 * @param dropout agreement of overlapping subsets, the paper's metric
 * @param disjointHalves agreement of halves without a common row
 * @param bootstrap agreement of resamples with the full fit, where it was asked for
 */
public record StabilityReport(
        DirectionSpread dropout, DirectionSpread disjointHalves, Optional<DirectionSpread> bootstrap) {

    static final String OVERLAP =
            "Drop-out subsets overlap: the mean cosine of two of them is high even for directions that"
                    + " would not be found again. Disjoint halves share no row.";

    /** @return all spreads, drop-out first */
    public List<DirectionSpread> all() {
        List<DirectionSpread> all = new ArrayList<>(List.of(dropout, disjointHalves));
        bootstrap.ifPresent(all::add);
        return all;
    }

    /** @return one row per kind */
    public ResultTable toTable() {
        ResultTable.Builder table = ResultTable.named("stability", "Would the direction be found again?")
                .text("kind", "rows")
                .integer("runs", "runs", "")
                .column(new ResultTable.Column("mean", "mean cosine", "", ResultTable.Kind.NUMBER, "standardError"))
                .number("standardError", "s.e.", "")
                .number("signedMean", "signed mean", "")
                .number("lower", "2.5 % quantile", "")
                .number("upper", "97.5 % quantile", "")
                .number("resultantLength", "resultant length", "")
                .note(OVERLAP);
        for (DirectionSpread spread : all()) {
            @Nullable Object error = Double.isNaN(spread.standardError()) ? null : (Object) spread.standardError();
            table.row(
                    words(spread.kind()),
                    spread.runs(),
                    spread.mean(),
                    error,
                    spread.signedMean(),
                    spread.interval().lower(),
                    spread.interval().upper(),
                    spread.resultantLength());
        }
        return table.build();
    }

    static String words(DirectionSpread.Kind kind) {
        return switch (kind) {
            case DROPOUT -> "overlapping subsets (drop-out)";
            case DISJOINT_HALVES -> "disjoint halves";
            case BOOTSTRAP -> "bootstrap against the full fit";
        };
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        all().forEach(spread -> text.append(text.length() == 0 ? "" : "\n").append(spread));
        return text.toString();
    }
}
