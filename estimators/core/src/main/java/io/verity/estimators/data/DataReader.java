package io.verity.estimators.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Reads a data file into a {@link DataTable}, in one pass that keeps no text beyond the columns asked for as text. Immutable.
 *
 * <p>CSV: UTF-8, a header row, RFC 4180 quoting, optionally gzipped (recognised by its first bytes); an empty cell or
 * {@code NA} is missing; numbers in the C locale. {@code .npy}: a matrix of numbers whose columns are named {@code x1},
 * {@code x2}, ...
 */
public final class DataReader {
    private final char separator;
    private final Set<String> textColumns;
    /** References of the columns to keep; empty for all. */
    private final Set<String> keptColumns;

    private DataReader(char separator, Set<String> textColumns, Set<String> keptColumns) {
        this.separator = separator;
        this.textColumns = textColumns;
        this.keptColumns = keptColumns;
    }

    /** @return a reader of comma-separated files that keeps no column as text */
    public static DataReader withDefaults() {
        return new DataReader(',', Set.of(), Set.of());
    }

    /**
     * @param text one character, or {@code tab}
     * @return a copy that splits cells there
     * @throws IllegalArgumentException if it is neither, or a quote or a line end
     */
    public DataReader withSeparator(String text) {
        return new DataReader(Csv.separator(text), textColumns, keptColumns);
    }

    /**
     * @param references names or 1-based positions of columns whose cells are wanted as text (labels, groups)
     * @return a copy that keeps them
     */
    public DataReader withText(Collection<String> references) {
        return new DataReader(separator, Set.copyOf(references), keptColumns);
    }

    /**
     * @param references names or 1-based positions of the only columns whose cells are wanted; a file of many columns then takes
     *     the memory of these. Ignored for {@code .npy}
     * @return a copy that keeps no other column
     */
    public DataReader withColumns(Collection<String> references) {
        return new DataReader(separator, textColumns, Set.copyOf(references));
    }

    /**
     * @param path a CSV file, perhaps gzipped, or an {@code .npy} file
     * @return its content
     * @throws IllegalArgumentException if the file is missing, unreadable, empty, has no rows, a header with empty or repeated
     *     names, or rows with too few or too many cells (the line is named)
     */
    public DataTable read(Path path) {
        boolean npy = path.toString().endsWith(".npy");
        HashedFile<List<Column>> file =
                HashedFile.read(path, bytes -> npy ? NpyReader.read(path, bytes, textColumns) : csv(path, bytes));
        int rows = rows(file.content());
        return new DataTable(
                path.toString(),
                file.sha256(),
                file.content(),
                IntStream.rangeClosed(1, rows).toArray(),
                0);
    }

    /**
     * @param path a CSV file, perhaps gzipped
     * @return the names of its columns, in file order
     * @throws IllegalArgumentException if the file cannot be read as {@link #read} would
     */
    public List<String> names(Path path) {
        List<String> found = new ArrayList<>();
        HashedFile.read(path, bytes -> {
            Csv.read(path, bytes, separator, names -> {
                found.addAll(names);
                return (cells, row, line) -> {};
            });
            return found;
        });
        return List.copyOf(found);
    }

    /**
     * @param path a CSV file of numbers alone, without a header, perhaps gzipped
     * @return its rows, all of one length
     * @throws IllegalArgumentException if the file cannot be read, is empty, has rows of different lengths, or a cell that is not
     *     a finite number (its place is named)
     */
    public double[][] readNumbers(Path path) {
        return HashedFile.read(path, bytes -> Csv.numbers(path, bytes, separator))
                .content();
    }

    private static int rows(List<Column> columns) {
        for (Column column : columns) {
            double[] numbers = column.numbers;
            int[] codes = column.codes;
            if (numbers != null) {
                return numbers.length;
            }
            if (codes != null) {
                return codes.length;
            }
        }
        throw new IllegalArgumentException("no column holds numbers, and none was asked for as text");
    }

    private List<Column> csv(Path path, InputStream bytes) throws IOException {
        List<Column.Builder> builders = new ArrayList<>();
        Csv.read(path, bytes, separator, names -> {
            Set<String> wanted = named(textColumns, names);
            Set<String> kept = named(keptColumns, names);
            // a reference that fits nothing is left for the table to complain about, with all names at hand
            boolean all = keptColumns.isEmpty() || !names.containsAll(kept);
            for (String name : names) {
                Column.Builder builder = new Column.Builder(name, wanted.contains(name));
                builders.add(all || kept.contains(name) || wanted.contains(name) ? builder : builder.skipped());
            }
            int[] read = IntStream.range(0, names.size())
                    .filter(j -> !builders.get(j).isSkipped())
                    .toArray();
            return (cells, row, line) -> {
                for (int j : read) {
                    builders.get(j).add(cells.getField(j), row, line);
                }
            };
        });
        return builders.stream().map(Column.Builder::build).toList();
    }

    /** The columns referred to; a reference that fits nothing stays as it is. */
    private static Set<String> named(Set<String> references, List<String> names) {
        return references.stream()
                .map(reference -> {
                    boolean position = !names.contains(reference) && reference.matches("[1-9][0-9]{0,8}");
                    int index = position ? Integer.parseInt(reference) - 1 : -1;
                    return index >= 0 && index < names.size() ? names.get(index) : reference;
                })
                .collect(Collectors.toUnmodifiableSet());
    }
}
