package io.verity.estimators.procedures.probe;

import io.verity.stats.result.Figure;
import io.verity.stats.result.ResultTable;

/** Tables and figures of one layer among several: named and titled after it. */
final class Renamed {
    private Renamed() {}

    static ResultTable table(ResultTable table, String layer, int count) {
        return count == 1
                ? table
                : new ResultTable(
                        table.name() + "-" + layer,
                        table.title() + " (" + layer + ")",
                        table.columns(),
                        table.rows(),
                        table.notes());
    }

    static Figure figure(Figure figure, String layer, int count) {
        return count == 1
                ? figure
                : new Figure(
                        figure.name() + "-" + layer,
                        figure.title() + " (" + layer + ")",
                        figure.caption(),
                        figure.x(),
                        figure.y(),
                        figure.layers());
    }
}
