package io.verity.simulations.claims;

import io.verity.stats.result.Figure;
import io.verity.stats.result.Figure.Mark;
import io.verity.stats.result.ResultTable;
import java.util.Arrays;

/** What the tables and figures of all criteria for means have in common. */
final class MeanEvidence {
    private MeanEvidence() {}

    /** Adds the columns of a mean: itself, its Monte Carlo standard error, the ends of its interval. */
    static ResultTable.Builder columns(ResultTable.Builder table) {
        return table.column(new ResultTable.Column("mean", "mean", "", ResultTable.Kind.NUMBER, "mcse"))
                .number("mcse", "Monte Carlo standard error", "")
                .number("lower", "lower end", "")
                .number("upper", "upper end", "");
    }

    /** Adds lines at the finite ends of what is accepted. */
    static Figure.Builder lines(Figure.Builder figure, Acceptance accepted) {
        double[] ends = Arrays.stream(new double[] {accepted.lower(), accepted.upper()})
                .filter(Double::isFinite)
                .toArray();
        return figure.layer(Mark.HORIZONTAL_LINE, "acceptance set", new double[ends.length], ends);
    }
}
