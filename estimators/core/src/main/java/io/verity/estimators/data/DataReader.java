package io.verity.estimators.data;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import io.verity.stats.Arguments;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PushbackInputStream;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Reads a data file into a {@link DataTable}, in one pass that keeps no text beyond the columns asked for as text. Immutable.
 *
 * <p>CSV: UTF-8, a header row, RFC 4180 quoting, optionally gzipped (recognised by its first bytes); an empty cell or
 * {@code NA} is missing; numbers in the C locale. {@code .npy}: a matrix of numbers whose columns are named {@code x1},
 * {@code x2}, ...
 */
public final class DataReader {
    private static final int GZIP_MAGIC = 0x1f8b;
    private static final int BUFFER = 1 << 16;
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private final char separator;
    private final Set<String> textColumns;

    private DataReader(char separator, Set<String> textColumns) {
        this.separator = separator;
        this.textColumns = textColumns;
    }

    /** @return a reader of comma-separated files that keeps no column as text */
    public static DataReader withDefaults() {
        return new DataReader(',', Set.of());
    }

    /**
     * @param text one character, or {@code tab}
     * @return a copy that splits cells there
     * @throws IllegalArgumentException if it is neither, or a quote or a line end
     */
    public DataReader withSeparator(String text) {
        String character = text.equals("tab") || text.equals("\\t") ? "\t" : text;
        Arguments.require(
                character.length() == 1 && "\"\r\n".indexOf(character.charAt(0)) < 0,
                "the separator must be one character or 'tab', but is '%s'",
                text);
        return new DataReader(character.charAt(0), textColumns);
    }

    /**
     * @param references names or 1-based positions of columns whose cells are wanted as text (labels, groups)
     * @return a copy that keeps them
     */
    public DataReader withText(Collection<String> references) {
        return new DataReader(separator, Set.copyOf(references));
    }

    /**
     * @param path a CSV file, perhaps gzipped, or an {@code .npy} file
     * @return its content
     * @throws IllegalArgumentException if the file is missing, unreadable, empty, has no rows, a header with empty or repeated
     *     names, or rows with too few or too many cells (the line is named)
     */
    public DataTable read(Path path) {
        Arguments.require(Files.exists(path), "no such file: %s", path);
        Arguments.require(!Files.isDirectory(path), "%s is a folder, not a file", path);
        MessageDigest digest = sha256();
        try (InputStream file = Files.newInputStream(path);
                InputStream hashed = new DigestInputStream(new BufferedInputStream(file, BUFFER), digest)) {
            boolean npy = path.getFileName().toString().endsWith(".npy");
            List<Column> columns = npy ? NpyReader.read(path, hashed, textColumns) : csv(path, new KeptOpen(hashed));
            hashed.transferTo(OutputStream.nullOutputStream()); // the hash covers bytes that the parser had no need of
            int rows = rows(columns);
            return new DataTable(
                    path.toString(),
                    HexFormat.of().formatHex(digest.digest()),
                    columns,
                    IntStream.rangeClosed(1, rows).toArray(),
                    0);
        } catch (IOException | UncheckedIOException e) {
            throw new IllegalArgumentException(reason(path, e), e);
        }
    }

    /** The parser wraps what the decoder says. */
    private static String reason(Path path, Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof CharacterCodingException) {
                return path + " is not UTF-8 text";
            }
            if (cause instanceof ZipException) {
                return path + " is not a whole gzip file: " + cause.getMessage();
            }
        }
        return "cannot read " + path + ": " + thrown.getMessage();
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

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private List<Column> csv(Path path, InputStream bytes) throws IOException {
        Reader text = new InputStreamReader(
                unzipped(bytes),
                StandardCharsets.UTF_8
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT));
        try (CsvReader<CsvRecord> csv = CsvReader.builder()
                        .fieldSeparator(separator)
                        .extraFieldStrategy(FieldMismatchStrategy.IGNORE) // counted below, with the line
                        .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                        .allowUnclosedQuote(false)
                        .ofCsvRecord(text);
                CloseableIterator<CsvRecord> records = csv.iterator()) {
            Arguments.require(records.hasNext(), "%s is empty", path);
            List<String> names = header(path, records.next());
            Set<String> wanted = textNames(names);
            List<Column.Builder> builders = new ArrayList<>();
            names.forEach(name -> builders.add(new Column.Builder(name, wanted.contains(name))));
            int row = 0;
            while (records.hasNext()) {
                CsvRecord cells = records.next();
                row++;
                Arguments.require(
                        cells.getFieldCount() == names.size(),
                        "line %d of %s has %d cell%s, but the header has %d",
                        cells.getStartingLineNumber(),
                        path,
                        cells.getFieldCount(),
                        cells.getFieldCount() == 1 ? "" : "s",
                        names.size());
                for (int j = 0; j < builders.size(); j++) {
                    builders.get(j).add(cells.getField(j), row, cells.getStartingLineNumber());
                }
            }
            Arguments.require(row > 0, "%s has a header but no rows", path);
            return builders.stream().map(Column.Builder::build).toList();
        } catch (CsvParseException e) {
            throw new IllegalArgumentException(path + " is not well-formed CSV: " + e.getMessage(), e);
        }
    }

    private static InputStream unzipped(InputStream bytes) throws IOException {
        PushbackInputStream peeked = new PushbackInputStream(bytes, 2);
        byte[] magic = peeked.readNBytes(2);
        peeked.unread(magic);
        boolean zipped = magic.length == 2 && (((magic[0] & 0xFF) << 8) | (magic[1] & 0xFF)) == GZIP_MAGIC;
        return zipped ? new GZIPInputStream(peeked, BUFFER) : peeked;
    }

    private static List<String> header(Path path, CsvRecord cells) {
        List<String> names = new ArrayList<>();
        Map<String, Integer> positions = new HashMap<>();
        boolean numbersOnly = true;
        for (int j = 0; j < cells.getFieldCount(); j++) {
            String name = cells.getField(j).strip();
            if (j == 0 && !name.isEmpty() && name.charAt(0) == BYTE_ORDER_MARK) {
                name = name.substring(1).strip();
            }
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

    /** The columns to keep as text; a reference that fits nothing is left for the table to complain about. */
    private Set<String> textNames(List<String> names) {
        return textColumns.stream()
                .map(reference -> {
                    boolean position = !names.contains(reference) && reference.matches("[1-9][0-9]{0,8}");
                    int index = position ? Integer.parseInt(reference) - 1 : -1;
                    return index >= 0 && index < names.size() ? names.get(index) : reference;
                })
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The parser closes what it reads, but the rest of the file must still be hashed. */
    private static final class KeptOpen extends FilterInputStream {
        KeptOpen(InputStream in) {
            super(in);
        }

        @Override
        public void close() {}
    }
}
