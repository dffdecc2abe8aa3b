package io.verity.cli;

import io.verity.reports.text.TableText;
import io.verity.stats.result.ResultTable;
import io.verity.stats.result.ResultTable.Column;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** A result table as aligned lines. Standard errors stand in parentheses behind what they belong to. */
final class TextTable {
    private static final String GAP = "  ";
    private static final int LONGEST_HEADING = 24;

    private TextTable() {}

    /**
     * @param table any table
     * @param lines gets the lines
     */
    static void print(ResultTable table, Consumer<String> lines) {
        Set<String> errors = new HashSet<>();
        for (Column column : table.columns()) {
            if (column.errorColumn() != null) {
                errors.add(column.errorColumn());
            }
        }
        List<List<String>> rounded = TableText.cells(table);
        List<List<String>> cells = new ArrayList<>();
        List<Boolean> right = new ArrayList<>();
        for (int c = 0; c < table.columns().size(); c++) {
            Column column = table.columns().get(c);
            if (!errors.contains(column.name())) {
                cells.add(cells(table, rounded, c));
                right.add(TableText.numeric(column));
            }
        }
        List<Integer> widths = cells.stream()
                .map(column -> column.stream().mapToInt(String::length).max().orElse(0))
                .toList();
        for (int row = 0; row <= table.rows().size(); row++) {
            StringBuilder line = new StringBuilder();
            for (int c = 0; c < cells.size(); c++) {
                String text = cells.get(c).get(row);
                line.append(c == 0 ? "" : GAP)
                        .append(right.get(c) ? Text.leftPadded(text, widths.get(c)) : Text.padded(text, widths.get(c)));
            }
            lines.accept(line.toString().stripTrailing());
        }
        for (Column column : table.columns()) {
            if (!errors.contains(column.name()) && isShortened(column)) {
                lines.accept(column.name() + ": " + column.label());
            }
        }
        table.notes().forEach(lines);
    }

    /** Columns with long labels are headed by their names, and explained below. */
    private static boolean isShortened(Column column) {
        return column.label().length() > LONGEST_HEADING
                && column.name().length() < column.label().length();
    }

    /** Heading and cells of a column. */
    private static List<String> cells(ResultTable table, List<List<String>> rounded, int index) {
        Column column = table.columns().get(index);
        int error = errorIndex(table, column);
        List<String> texts = new ArrayList<>();
        texts.add((isShortened(column) ? column.name() : TableText.heading(column))
                + (error < 0 ? "" : " (" + table.columns().get(error).label() + ")"));
        for (int row = 0; row < rounded.size(); row++) {
            boolean known =
                    error >= 0 && table.rows().get(row).get(error) instanceof Double spread && Double.isFinite(spread);
            String text = rounded.get(row).get(index);
            texts.add(known ? text + " (" + rounded.get(row).get(error) + ")" : text);
        }
        return texts;
    }

    private static int errorIndex(ResultTable table, Column column) {
        for (int c = 0; c < table.columns().size(); c++) {
            if (table.columns().get(c).name().equals(column.errorColumn())) {
                return c;
            }
        }
        return -1;
    }
}
