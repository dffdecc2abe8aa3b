package io.verity.reports;

import io.verity.stats.result.ResultTable;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tech.tablesaw.api.BooleanColumn;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/**
 * Result tables as Tablesaw tables, to be filtered, joined and summarised. The only class that knows Tablesaw: its 45 MB of classes
 * are loaded when somebody asks for a table, and not before.
 */
public final class Tables {
    private Tables() {}

    /**
     * @param table any table
     * @return the same columns (named by their keys, not their headings) and rows, nothing rounded; missing cells stay missing
     * @throws IllegalArgumentException if a cell does not hold what its column declares; the message names the cell
     */
    public static Table of(ResultTable table) {
        Table result = Table.create(table.name());
        for (int c = 0; c < table.columns().size(); c++) {
            result.addColumns(column(table, c));
        }
        return result;
    }

    private static Column<?> column(ResultTable table, int c) {
        ResultTable.Column declared = table.columns().get(c);
        Column<?> column = switch (declared.kind()) {
            case TEXT -> StringColumn.create(declared.name());
            case INTEGER -> LongColumn.create(declared.name());
            case NUMBER -> DoubleColumn.create(declared.name());
            case BOOLEAN -> BooleanColumn.create(declared.name());
        };
        for (int r = 0; r < table.rows().size(); r++) {
            List<@Nullable Object> row = table.rows().get(r);
            Object cell = row.get(c);
            if (cell == null) {
                column.appendMissing();
            } else if (column instanceof StringColumn text) {
                text.append(cell.toString());
            } else if (column instanceof LongColumn whole && cell instanceof Long value) {
                whole.append(value);
            } else if (column instanceof DoubleColumn real && cell instanceof Number value) {
                real.append(value.doubleValue());
            } else if (column instanceof BooleanColumn truth && cell instanceof Boolean value) {
                truth.append(value);
            } else {
                throw new IllegalArgumentException("table " + table.name() + ", row " + (r + 1) + ", column "
                        + declared.name() + ": " + cell + " is not of the kind " + declared.kind());
            }
        }
        return column;
    }
}
