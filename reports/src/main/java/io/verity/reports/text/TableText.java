package io.verity.reports.text;

import io.verity.stats.result.ResultTable;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The cells of a table as readers see them. A column with standard errors beside it shows each value to the second digit of its
 * error; the other columns of numbers show six significant digits, all with the same number of decimals where that is possible, so
 * that the decimal points stand below each other.
 */
public final class TableText {
    /** Powers of ten between the smallest and the largest cell beyond which common decimals would show mostly zeros. */
    private static final int SPREAD = 3;

    /** Digits beyond which padding to common decimals would pretend precision. */
    private static final int WIDEST = 9;

    private TableText() {}

    /**
     * @param table any table
     * @return one text per cell, row by row; missing cells are an en dash
     */
    public static List<List<String>> cells(ResultTable table) {
        List<List<String>> columns = new ArrayList<>();
        for (int c = 0; c < table.columns().size(); c++) {
            columns.add(column(table, c));
        }
        List<List<String>> rows = new ArrayList<>();
        for (int r = 0; r < table.rows().size(); r++) {
            List<String> row = new ArrayList<>();
            for (List<String> column : columns) {
                row.add(column.get(r));
            }
            rows.add(row);
        }
        return rows;
    }

    /**
     * @param column any column
     * @return its heading with the unit in brackets
     */
    public static String heading(ResultTable.Column column) {
        return column.unit().isEmpty() ? column.label() : column.label() + " (" + column.unit() + ")";
    }

    /**
     * @param column any column
     * @return whether its cells stand to the right
     */
    public static boolean numeric(ResultTable.Column column) {
        return column.kind() == ResultTable.Kind.NUMBER || column.kind() == ResultTable.Kind.INTEGER;
    }

    private static List<String> column(ResultTable table, int c) {
        ResultTable.Column column = table.columns().get(c);
        int errors = indexOf(table, column.errorColumn());
        boolean isError =
                table.columns().stream().anyMatch(other -> column.name().equals(other.errorColumn()));
        int decimals = errors < 0 && !isError ? commonDecimals(table, c) : -1;
        List<String> texts = new ArrayList<>();
        for (List<@Nullable Object> row : table.rows()) {
            Object cell = row.get(c);
            if (!(cell instanceof Double value)) {
                texts.add(Numbers.any(cell));
            } else if (isError) {
                texts.add(Numbers.withError(value, value));
            } else if (errors >= 0) {
                texts.add(Numbers.withError(value, row.get(errors) instanceof Number e ? e.doubleValue() : null));
            } else if (decimals >= 0 && Double.isFinite(value)) {
                texts.add(Numbers.decimal(value)
                        .setScale(decimals, RoundingMode.HALF_EVEN)
                        .toPlainString());
            } else {
                texts.add(Numbers.plain(value));
            }
        }
        return texts;
    }

    private static int indexOf(ResultTable table, @Nullable String name) {
        for (int c = 0; c < table.columns().size(); c++) {
            if (table.columns().get(c).name().equals(name)) {
                return c;
            }
        }
        return -1;
    }

    /** Decimals that show six significant digits of every cell, or -1 where the cells' sizes differ too much for that. */
    private static int commonDecimals(ResultTable table, int c) {
        int decimals = 0;
        int largest = Integer.MIN_VALUE;
        int smallest = Integer.MAX_VALUE;
        for (List<@Nullable Object> row : table.rows()) {
            if (!(row.get(c) instanceof Double value) || !Double.isFinite(value) || value == 0) {
                continue;
            }
            if (Numbers.plain(value).indexOf('e') >= 0) {
                return -1;
            }
            BigDecimal rounded = Numbers.decimal(value)
                    .round(new MathContext(Numbers.DIGITS, RoundingMode.HALF_EVEN))
                    .stripTrailingZeros();
            decimals = Math.max(decimals, rounded.scale());
            largest = Math.max(largest, Numbers.exponent(rounded));
            smallest = Math.min(smallest, Numbers.exponent(rounded));
        }
        if (largest < smallest) {
            return 0;
        }
        boolean alike = largest - smallest <= SPREAD && decimals + Math.max(largest, 0) + 1 <= WIDEST;
        return alike ? decimals : -1;
    }
}
