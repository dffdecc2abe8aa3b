package io.verity.reports.csv;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import io.verity.stats.result.Figure;
import io.verity.stats.result.ResultTable;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * CSV (RFC 4180, line feeds) with every digit: doubles as shortest round-trip decimals, missing values as empty cells, not finite
 * ones as {@code NaN}, {@code inf}, {@code -inf}.
 */
public final class CsvText {
    private CsvText() {}

    /**
     * @param table any table
     * @return header of column names, then the rows; titles, units and footnotes are left to the other formats
     */
    public static String of(ResultTable table) {
        return write(csv -> {
            csv.writeRecord(
                    table.columns().stream().map(ResultTable.Column::name).toList());
            for (List<@Nullable Object> row : table.rows()) {
                csv.writeRecord(row.stream().map(CsvText::cell).toList());
            }
        });
    }

    /**
     * @param figure any figure
     * @return one row per plotted point: panel, series, mark, x, y, lower, upper
     */
    public static String of(Figure figure) {
        return write(csv -> {
            csv.writeRecord("panel", "series", "mark", "x", "y", "lower", "upper");
            for (Figure.Layer layer : figure.layers()) {
                for (int i = 0; i < layer.x().length; i++) {
                    List<String> row = new ArrayList<>();
                    row.add(layer.panel());
                    row.add(layer.series());
                    row.add(layer.mark().name().toLowerCase(Locale.ROOT));
                    row.add(cell(layer.x()[i]));
                    row.add(cell(layer.y()[i]));
                    row.add(at(layer.lower(), i));
                    row.add(at(layer.upper(), i));
                    csv.writeRecord(row);
                }
            }
        });
    }

    private static String at(double @Nullable [] values, int i) {
        return values == null ? "" : cell(values[i]);
    }

    private static String cell(@Nullable Object value) {
        if (value == null) {
            return "";
        }
        if (value instanceof Double d && Double.isInfinite(d)) {
            return d > 0 ? "inf" : "-inf";
        }
        return value.toString();
    }

    private static String write(Content content) {
        StringWriter out = new StringWriter();
        try (CsvWriter csv = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(out)) {
            content.to(csv);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toString();
    }

    private interface Content {
        void to(CsvWriter csv) throws IOException;
    }
}
