package io.verity.estimators.data;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import io.verity.stats.Arguments;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PushbackInputStream;
import java.io.Reader;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.zip.GZIPInputStream;

/** Separated cells with a header row (RFC 4180, UTF-8, perhaps gzipped), one row at a time. */
final class Csv {
    private static final int GZIP_MAGIC = 0x1f8b;
    private static final byte[] BYTE_ORDER_MARK = "\uFEFF".getBytes(StandardCharsets.UTF_8);

    private Csv() {}

    /** Takes the rows one after the other. */
    @FunctionalInterface
    interface Rows {
        /**
         * @param cells as many as the header has
         * @param row 1-based data row
         * @param line 1-based line of the file where the row starts
         */
        void take(CsvRecord cells, long row, long line);
    }

    /** The character that an option names: one character, or {@code tab}. */
    static char separator(String text) {
        String character = text.equals("tab") || text.equals("\\t") ? "\t" : text;
        Arguments.require(
                character.length() == 1 && "\"\r\n".indexOf(character.charAt(0)) < 0,
                "the separator must be one character or 'tab', but is '%s'",
                text);
        return character.charAt(0);
    }

    /**
     * Reads everything.
     *
     * @param path names the file in messages
     * @param bytes its content
     * @param separator between cells
     * @param start is told the names of the columns, and returns who takes the rows
     */
    static void read(Path path, InputStream bytes, char separator, Function<List<String>, Rows> start)
            throws IOException {
        records(path, bytes, separator, records -> {
            List<String> names = header(path, records.next());
            checkSeparated(path, names);
            Rows rows = start.apply(names);
            long row = 0;
            while (records.hasNext()) {
                CsvRecord cells = records.next();
                checkCount(path, cells, names.size(), "the header");
                rows.take(cells, ++row, cells.getStartingLineNumber());
            }
            Arguments.require(row > 0, "%s has a header but no rows", path);
        });
    }

    /** Reads rows of numbers without a header; every cell must be finite. */
    static double[][] numbers(Path path, InputStream bytes, char separator) throws IOException {
        List<double[]> rows = new ArrayList<>();
        records(path, bytes, separator, records -> {
            while (records.hasNext()) {
                CsvRecord cells = records.next();
                double[] row = new double[cells.getFieldCount()];
                checkCount(path, cells, rows.isEmpty() ? row.length : rows.get(0).length, "the first line");
                for (int j = 0; j < row.length; j++) {
                    String cell = cells.getField(j).strip();
                    row[j] = Numbers.parse(cell);
                    if (!Double.isFinite(row[j])) {
                        throw new IllegalArgumentException("'" + cell + "' in line " + cells.getStartingLineNumber()
                                + ", column " + (j + 1) + " of " + path
                                + " is not a finite number (no header belongs here)");
                    }
                }
                rows.add(row);
            }
        });
        return rows.toArray(double[][]::new);
    }

    /** A header that is one name full of another separator was split at the wrong character. */
    private static void checkSeparated(Path path, List<String> names) {
        String only = names.size() == 1 ? names.get(0) : "";
        for (String other : List.of(";", "\t", "|", ",")) {
            Arguments.require(
                    !only.contains(other),
                    "the header of %s is one column, '%s': if its cells are separated by %s, say --sep %s",
                    path,
                    only.replace('\t', ' '),
                    other.equals("\t") ? "tabs" : "'" + other + "'",
                    other.equals("\t") ? "tab" : "'" + other + "'");
        }
    }

    private static void checkCount(Path path, CsvRecord cells, int expected, String where) {
        int count = cells.getFieldCount();
        if (count != expected) {
            throw new IllegalArgumentException("line " + cells.getStartingLineNumber() + " of " + path + " has " + count
                    + (count == 1 ? " cell" : " cells") + ", but " + where + " has " + expected);
        }
    }

    private static void records(
            Path path, InputStream bytes, char separator, Consumer<CloseableIterator<CsvRecord>> consumer)
            throws IOException {
        Reader text = new InputStreamReader(
                unmarked(unzipped(bytes)),
                StandardCharsets.UTF_8
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT));
        try (CsvReader<CsvRecord> csv = CsvReader.builder()
                        .fieldSeparator(separator)
                        .extraFieldStrategy(FieldMismatchStrategy.IGNORE) // counted above, with the line
                        .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                        .allowUnclosedQuote(false)
                        .ofCsvRecord(text);
                CloseableIterator<CsvRecord> records = csv.iterator()) {
            Arguments.require(records.hasNext(), "%s is empty", path);
            consumer.accept(records);
        } catch (CsvParseException e) {
            throw new IllegalArgumentException(path + " is not well-formed CSV: " + e.getMessage(), e);
        }
    }

    private static InputStream unzipped(InputStream bytes) throws IOException {
        PushbackInputStream peeked = new PushbackInputStream(bytes, 2);
        byte[] magic = peeked.readNBytes(2);
        peeked.unread(magic);
        boolean zipped = magic.length == 2 && (((magic[0] & 0xFF) << 8) | (magic[1] & 0xFF)) == GZIP_MAGIC;
        return zipped ? new GZIPInputStream(peeked, HashedFile.BUFFER) : peeked;
    }

    /** Leaves a byte order mark out; a quote after it would no longer open its cell. */
    private static InputStream unmarked(InputStream bytes) throws IOException {
        PushbackInputStream peeked = new PushbackInputStream(bytes, BYTE_ORDER_MARK.length);
        byte[] first = peeked.readNBytes(BYTE_ORDER_MARK.length);
        if (!Arrays.equals(first, BYTE_ORDER_MARK)) {
            peeked.unread(first);
        }
        return peeked;
    }

    private static List<String> header(Path path, CsvRecord cells) {
        List<String> names = new ArrayList<>();
        Map<String, Integer> positions = new HashMap<>();
        boolean numbersOnly = true;
        for (int j = 0; j < cells.getFieldCount(); j++) {
            String name = cells.getField(j).strip();
            Arguments.require(!name.isEmpty(), "column %d of %s has no name in the header", j + 1, path);
            Integer earlier = positions.putIfAbsent(name, j + 1);
            Arguments.require(
                    earlier == null,
                    "the header of %s has the name '%s' twice (columns %d and %d)",
                    path,
                    name,
                    earlier == null ? 0 : earlier,
                    j + 1);
            numbersOnly &= Numbers.isNumber(name) && Numbers.parse(name) != j && Numbers.parse(name) != j + 1;
            names.add(name);
        }
        Arguments.require(!numbersOnly, "the first line of %s holds only numbers; a header with names is needed", path);
        return names;
    }
}
