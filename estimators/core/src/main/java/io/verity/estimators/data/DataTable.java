package io.verity.estimators.data;

import io.verity.stats.Arguments;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * A data file in memory: named columns of numbers or texts. Immutable.
 *
 * <p>Missing, non-finite and textual cells do no harm in columns that nobody uses; they are errors, naming the cell, as soon
 * as their column is used.
 */
public final class DataTable {
    private final String file;
    private final String sha256;
    private final Map<String, Column> columns;
    private final int[] sourceRows;
    private final int dropped;

    DataTable(String file, String sha256, List<Column> columns, int[] sourceRows, int dropped) {
        this.file = file;
        this.sha256 = sha256;
        this.columns = new LinkedHashMap<>();
        columns.forEach(c -> this.columns.put(c.name, c));
        this.sourceRows = sourceRows;
        this.dropped = dropped;
    }

    /** @return the path as it was given */
    public String file() {
        return file;
    }

    /** @return SHA-256 of the file's bytes, lower-case hexadecimal */
    public String sha256() {
        return sha256;
    }

    /** @return number of rows, without the header and without dropped rows */
    public int rows() {
        return sourceRows.length;
    }

    /** @return rows left out because of missing values */
    public int droppedRows() {
        return dropped;
    }

    /** @return column names in file order */
    public List<String> names() {
        return List.copyOf(columns.keySet());
    }

    /**
     * @param row 0-based row of this table
     * @return its 1-based data row in the file (the header does not count)
     */
    public int sourceRow(int row) {
        return sourceRows[row];
    }

    /** @return {@code file}, {@code sha256}, {@code rows}, {@code columns} and, where rows were left out, {@code droppedRows} */
    public Map<String, Object> facts() {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("file", file);
        facts.put("sha256", sha256);
        facts.put("rows", (long) rows());
        facts.put("columns", (long) columns.size());
        if (dropped > 0) {
            facts.put("droppedRows", (long) dropped);
        }
        return facts;
    }

    /**
     * @param reference a column name, or a 1-based position where no column has that name
     * @return the column's name
     * @throws IllegalArgumentException if there is no such column; the nearest name is suggested
     */
    public String resolve(String reference) {
        return new ColumnNames(file, names()).resolve(reference);
    }

    /**
     * @param selection names and 1-based positions or ranges of positions, separated by commas: {@code a,b,c} or
     *     {@code 3-12} or {@code age,3-5}
     * @return the columns' names, in the order selected
     * @throws IllegalArgumentException if a column does not exist or is selected twice, or a range is empty
     */
    public List<String> select(String selection) {
        return new ColumnNames(file, names()).select(selection);
    }

    /**
     * @param excluded names of columns used otherwise
     * @return the names of all other columns whose cells are numbers or missing
     * @throws IllegalArgumentException if another column holds mostly numbers, and a text among them; the cell is named
     */
    public List<String> numericColumns(Set<String> excluded) {
        columns.values().stream()
                .filter(c -> c.firstText != null && c.mostlyNumbers && !excluded.contains(c.name))
                .forEach(c -> numeric(c.name));
        return columns.values().stream()
                .filter(c -> c.isNumeric() && !excluded.contains(c.name))
                .map(c -> c.name)
                .toList();
    }

    private Column column(String name) {
        Column column = columns.get(name);
        if (column == null) {
            throw new IllegalArgumentException("no column '" + name + "' in " + file);
        }
        return column;
    }

    private Column numeric(String name) {
        Column column = column(name);
        if (column.firstText != null) {
            throw new IllegalArgumentException("'" + column.firstText.text() + "' in " + column.firstText.place(name)
                    + " of " + file + " is not a number");
        }
        if (column.firstNonFinite != null) {
            throw new IllegalArgumentException("'" + column.firstNonFinite.text() + "' in "
                    + column.firstNonFinite.place(name) + " of " + file + " is not a finite number");
        }
        Arguments.require(column.numbers != null, "column '%s' of %s was not read as numbers", name, file);
        return column;
    }

    /**
     * Makes sure that no cell of the columns in use is missing.
     *
     * @param used names of the columns in use
     * @param dropMissing whether to leave out rows with a missing value in one of them
     * @return this table, or one without those rows
     * @throws IllegalArgumentException if a cell is text or not finite in a column of numbers, or missing where rows may not be
     *     dropped (the first such cell is named), or if no row is left
     */
    public DataTable complete(List<String> used, boolean dropMissing) {
        used.stream().filter(name -> column(name).codes == null).forEach(this::numeric);
        int[] kept = IntStream.range(0, rows())
                .filter(i -> used.stream().noneMatch(name -> column(name).isMissing(i)))
                .toArray();
        int missing = rows() - kept.length;
        if (missing == 0) {
            return this;
        }
        if (!dropMissing) {
            int row = firstIncomplete(kept);
            String name = used.stream()
                    .filter(c -> column(c).isMissing(row))
                    .findFirst()
                    .orElseThrow();
            throw new IllegalArgumentException("missing value in row " + sourceRows[row] + ", column '" + name + "' of "
                    + file + " (" + missing + " row" + (missing == 1 ? " has" : "s have")
                    + " missing values; --drop-missing leaves them out)");
        }
        Arguments.require(kept.length > 0, "every row of %s has a missing value in the columns used", file);
        List<Column> columnsKept =
                columns.values().stream().map(c -> c.keep(kept)).toList();
        int[] rowsKept = Arrays.stream(kept).map(i -> sourceRows[i]).toArray();
        return new DataTable(file, sha256, columnsKept, rowsKept, dropped + missing);
    }

    private static int firstIncomplete(int[] kept) {
        int row = 0;
        while (row < kept.length && kept[row] == row) {
            row++;
        }
        return row;
    }

    /**
     * @param cell the text of a cell
     * @return whether it holds nothing: blank, or NA
     */
    public static boolean isMissing(String cell) {
        return Numbers.isMissing(cell.strip());
    }

    /**
     * @param name of a column
     * @return whether a cell of it is missing
     */
    public boolean hasMissing(String name) {
        Column column = column(name);
        return IntStream.range(0, rows()).anyMatch(column::isMissing);
    }

    /**
     * @param name of a column read as numbers
     * @return a copy of its values
     * @throws IllegalArgumentException if a cell is text, not finite or missing; the first such cell is named
     */
    public double[] numbers(String name) {
        double[] values = numeric(name).numbers;
        complete(List.of(name), false);
        return values == null ? new double[0] : values.clone();
    }

    /**
     * @param names of columns read as numbers, at least one
     * @return rows() rows with one value per name
     * @throws IllegalArgumentException if there is no name, or a cell is text, not finite or missing; the cell is named
     */
    public double[][] matrix(List<String> names) {
        Arguments.require(!names.isEmpty(), "%s has no numeric column left to use", file);
        names.forEach(this::numeric);
        complete(names, false);
        double[][] rows = new double[rows()][names.size()];
        for (int j = 0; j < names.size(); j++) {
            double[] values = numeric(names.get(j)).numbers;
            for (int i = 0; values != null && i < rows.length; i++) {
                rows[i][j] = values[i];
            }
        }
        return rows;
    }

    /**
     * @param name of a column that the reader was told to keep as text
     * @return its cells, one per row
     * @throws IllegalArgumentException if a cell is missing, or the column was not kept as text
     */
    public List<String> texts(String name) {
        Column column = column(name);
        int[] codes = column.codes;
        if (codes == null) {
            throw new IllegalArgumentException("column '" + name + "' of " + file + " was not read as text");
        }
        complete(List.of(name), false);
        List<String> texts = new ArrayList<>(codes.length);
        for (int code : codes) {
            texts.add(column.values.get(code));
        }
        return texts;
    }

    /**
     * @param names of numeric columns
     * @return those whose values are all equal
     */
    public List<String> constantColumns(List<String> names) {
        return names.stream()
                .filter(name -> {
                    double[] values = numbers(name);
                    return Arrays.stream(values).allMatch(v -> v == values[0]);
                })
                .toList();
    }

    /**
     * @param names of numeric columns
     * @return pairs {@code later = earlier} of columns with equal values
     */
    public List<String> duplicateColumns(List<String> names) {
        Map<Integer, List<String>> byHash = new LinkedHashMap<>();
        List<String> pairs = new ArrayList<>();
        for (String name : names) {
            double[] values = numbers(name);
            List<String> earlier = byHash.computeIfAbsent(Arrays.hashCode(values), h -> new ArrayList<>());
            earlier.stream()
                    .filter(other -> Arrays.equals(numbers(other), values))
                    .findFirst()
                    .ifPresent(other -> pairs.add(name + " = " + other));
            earlier.add(name);
        }
        return pairs;
    }

    @Override
    public String toString() {
        return "DataTable[" + file + ", " + rows() + " rows x " + columns.size() + " columns]";
    }
}
