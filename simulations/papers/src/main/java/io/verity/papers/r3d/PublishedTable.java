package io.verity.papers.r3d;

import io.verity.papers.r3d.Experiments.Size;
import io.verity.simulations.claims.Verdict;
import io.verity.stats.inference.MonteCarlo;
import io.verity.stats.result.ResultTable;

/** A share that a record measured beside those of the paper's Table 2 (2500 replicates, 5000 draws, samples of size n). */
final class PublishedTable {
    private static final long REPLICATES = 2500;
    private static final int[] UNITS = {500, 1000, 2000};

    private PublishedTable() {}

    /**
     * @param name of the table
     * @param title of the table
     * @param size of the record's experiments
     * @param verdict of the record
     * @param percent published shares for n = 500, 1000, 2000
     */
    static ResultTable of(String name, String title, Size size, Verdict verdict, double... percent) {
        ResultTable.Builder table = ResultTable.named(name, title)
                .text("source", "source")
                .integer("units", "units", "")
                .integer("perUnit", "outcomes per unit", "")
                .integer("replicates", "replicates", "")
                .column(new ResultTable.Column("share", "share", "", ResultTable.Kind.NUMBER, "mcse"))
                .number("mcse", "Monte Carlo standard error", "");
        double here = verdict.statistic().value();
        table.row(
                "this record",
                size.units(),
                size.perUnit(),
                verdict.replicates(),
                here,
                MonteCarlo.errorOfProportion(here, verdict.replicates()));
        for (int k = 0; k < percent.length; k++) {
            double share = percent[k] / 100;
            table.row(
                    "arXiv 2504.03992, Table 2",
                    UNITS[k],
                    UNITS[k],
                    REPLICATES,
                    share,
                    MonteCarlo.errorOfProportion(share, REPLICATES));
        }
        return table.build();
    }
}
