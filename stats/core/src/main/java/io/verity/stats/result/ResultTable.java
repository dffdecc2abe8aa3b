package io.verity.stats.result;

import io.verity.stats.Arguments;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A small table of results: columns with units, rows of cells.
 *
 * @param name short identifier, used as a file name ({@code separation-time})
 * @param title what the table shows, in words
 * @param columns one entry per column
 * @param rows one entry per row; a cell is a {@code String}, {@code Long}, {@code Double}, {@code Boolean} or null
 * @param notes footnotes
 */
public record ResultTable(
        String name, String title, List<Column> columns, List<List<@Nullable Object>> rows, List<String> notes) {

    /** What the cells of a column hold, and so how they are aligned and rounded. */
    public enum Kind {
        /** Text. */
        TEXT,
        /** Whole numbers ({@code Long}). */
        INTEGER,
        /** Real numbers ({@code Double}). */
        NUMBER,
        /** Truth values. */
        BOOLEAN
    }

    /**
     * A column.
     *
     * @param name key, unique in the table
     * @param label heading
     * @param unit unit of measurement, empty when there is none
     * @param kind what the cells hold
     * @param errorColumn name of the column with the standard errors of this one (chooses the digits shown), or null
     */
    public record Column(
            String name,
            String label,
            String unit,
            Kind kind,
            @Nullable String errorColumn) {}

    /** Checks that every row has one cell per column, and copies. */
    public ResultTable {
        columns = List.copyOf(columns);
        notes = List.copyOf(notes);
        List<List<@Nullable Object>> copy = new ArrayList<>();
        for (List<@Nullable Object> row : rows) {
            Arguments.require(
                    row.size() == columns.size(),
                    "table %s: a row has %d cells, expected %d",
                    name,
                    row.size(),
                    columns.size());
            copy.add(Collections.unmodifiableList(new ArrayList<>(row)));
        }
        rows = Collections.unmodifiableList(copy);
    }

    /**
     * @param name short identifier
     * @param title what the table shows
     * @return a builder without columns and rows
     */
    public static Builder named(String name, String title) {
        return new Builder(name, title);
    }

    /** Collects columns, then rows. */
    public static final class Builder {
        private final String name;
        private final String title;
        private final List<Column> columns = new ArrayList<>();
        private final List<List<@Nullable Object>> rows = new ArrayList<>();
        private final List<String> notes = new ArrayList<>();

        private Builder(String name, String title) {
            this.name = name;
            this.title = title;
        }

        /**
         * @param name key
         * @param label heading
         * @return this builder
         */
        public Builder text(String name, String label) {
            return column(new Column(name, label, "", Kind.TEXT, null));
        }

        /**
         * @param name key
         * @param label heading
         * @param unit unit, or empty
         * @return this builder
         */
        public Builder integer(String name, String label, String unit) {
            return column(new Column(name, label, unit, Kind.INTEGER, null));
        }

        /**
         * @param name key
         * @param label heading
         * @param unit unit, or empty
         * @return this builder
         */
        public Builder number(String name, String label, String unit) {
            return column(new Column(name, label, unit, Kind.NUMBER, null));
        }

        /**
         * @param column any column
         * @return this builder
         */
        public Builder column(Column column) {
            columns.add(column);
            return this;
        }

        /**
         * @param cells one per column; {@code int} becomes {@code Long}, {@code float} becomes {@code Double}
         * @return this builder
         */
        public Builder row(@Nullable Object... cells) {
            List<@Nullable Object> row = new ArrayList<>(Arrays.asList(cells));
            row.replaceAll(c -> {
                if (c instanceof Integer i) {
                    return (long) i;
                }
                return c instanceof Float f ? (Object) (double) f : c;
            });
            rows.add(row);
            return this;
        }

        /**
         * @param note a footnote
         * @return this builder
         */
        public Builder note(String note) {
            notes.add(note);
            return this;
        }

        /** @return the table */
        public ResultTable build() {
            return new ResultTable(name, title, columns, rows, notes);
        }
    }
}
