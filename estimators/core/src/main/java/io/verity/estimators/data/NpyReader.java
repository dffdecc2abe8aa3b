package io.verity.estimators.data;

import io.verity.stats.Arguments;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads NumPy's {@code .npy} files, versions 1 to 3 (format: NumPy documentation, "numpy.lib.format"): vectors and matrices of
 * floating-point numbers, integers or truth values in either byte order and either memory order, and vectors of texts.
 */
final class NpyReader {
    private static final Pattern NUMBERS = Pattern.compile("[<>|=]?(f[248]|[iu][1248]|b1)");
    private static final Pattern TEXTS = Pattern.compile("[<>|=]?([US])(\\d{1,9})");
    private static final Pattern OBJECTS = Pattern.compile("[<>|=]?O\\d*");

    /** Bytes of one text; a header that says more is damaged. */
    private static final int LONGEST_TEXT = 1 << 24;

    private NpyReader() {}

    static List<Column> read(Path path, InputStream bytes, Set<String> textColumns) throws IOException {
        DataInputStream in = new DataInputStream(bytes);
        NpyHeader header = NpyHeader.read(path.toString(), in);
        if (isTextVector(header)) {
            Column.Builder column = new Column.Builder("x1", textColumns.contains("x1") || textColumns.contains("1"));
            List<String> texts = texts(header, in);
            for (int i = 0; i < texts.size(); i++) {
                column.add(texts.get(i), i + 1, 0);
            }
            return List.of(column.build());
        }
        NumericArray array = array(header, in);
        List<Column> named = new ArrayList<>();
        for (int j = 0; j < array.columns(); j++) {
            double[] column = new double[array.rows()];
            for (int i = 0; i < column.length; i++) {
                column[i] = array.values()[i * array.columns() + j];
            }
            named.add(named("x" + (j + 1), column, textColumns, j + 1));
        }
        return named;
    }

    /**
     * @param origin names the file in messages
     * @param bytes its content
     * @return the array, values as they are
     * @throws IllegalArgumentException if it is no vector or matrix of real numbers, is empty, or ends early
     */
    static NumericArray array(String origin, InputStream bytes) throws IOException {
        DataInputStream in = new DataInputStream(bytes);
        return array(NpyHeader.read(origin, in), in);
    }

    private static NumericArray array(NpyHeader header, DataInputStream in) throws IOException {
        Matcher type = NUMBERS.matcher(header.descr());
        if (!type.matches()) {
            throw new IllegalArgumentException(refusal(header));
        }
        int n = header.rows();
        int d = header.columns();
        char kind = type.group(1).charAt(0);
        int size = type.group(1).charAt(1) - '0';
        return new NumericArray(
                n,
                d,
                header.vector(),
                values(header.origin(), in, n, d, header.fortran(), kind, size, header.byteOrder()));
    }

    /** Why an array that does not hold numbers is not read, and what would be. */
    private static String refusal(NpyHeader header) {
        if (OBJECTS.matcher(header.descr()).matches()) {
            return header.origin()
                    + " holds Python objects, which are not read: save it with .astype(str) where they are"
                    + " texts, with .astype(float) where they are numbers";
        }
        return header.origin() + " does not hold an array of real numbers, integers or truth values"
                + (TEXTS.matcher(header.descr()).matches() ? ", but texts" : "") + " (its type is " + header.descr()
                + ")";
    }

    /**
     * @param origin names the file in messages
     * @param bytes its content
     * @return the texts, where it is a vector of texts
     * @throws IllegalArgumentException if it is no vector or matrix, is empty, or ends early
     */
    static Optional<List<String>> texts(String origin, InputStream bytes) throws IOException {
        DataInputStream in = new DataInputStream(bytes);
        NpyHeader header = NpyHeader.read(origin, in);
        return isTextVector(header) ? Optional.of(texts(header, in)) : Optional.empty();
    }

    private static boolean isTextVector(NpyHeader header) {
        return header.vector() && TEXTS.matcher(header.descr()).matches();
    }

    /** Texts of one width, filled up with zeros: {@code U} has four bytes per code point, {@code S} is UTF-8 or ASCII. */
    private static List<String> texts(NpyHeader header, DataInputStream in) throws IOException {
        Matcher type = TEXTS.matcher(header.descr());
        Arguments.require(type.matches(), "%s holds no texts", header.origin());
        boolean unicode = type.group(1).equals("U");
        long width = Long.parseLong(type.group(2)) * (unicode ? 4 : 1);
        Arguments.require(
                width <= LONGEST_TEXT, "%s has texts of up to %d bytes, which is too many", header.origin(), width);
        Charset charset = !unicode
                ? StandardCharsets.UTF_8
                : Charset.forName(header.byteOrder() == ByteOrder.BIG_ENDIAN ? "UTF-32BE" : "UTF-32LE");
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < header.rows(); i++) {
            byte[] cell = in.readNBytes((int) width);
            Arguments.require(cell.length == width, "%s ends before its %d texts", header.origin(), header.rows());
            String filled = new String(cell, charset);
            int end = filled.length();
            while (end > 0 && filled.charAt(end - 1) == 0) {
                end--;
            }
            texts.add(filled.substring(0, end));
        }
        return texts;
    }

    private static double[] values(
            String origin, DataInputStream in, int n, int d, boolean fortran, char kind, int size, ByteOrder order)
            throws IOException {
        int lines = fortran ? d : n;
        int width = fortran ? n : d;
        int part = Math.min(width, 1 << 16); // a vector is one line; the buffer stays small
        byte[] line = new byte[part * size];
        ByteBuffer buffer = ByteBuffer.wrap(line).order(order);
        double[] values = null;
        for (int r = 0; r < lines; r++) {
            for (int from = 0; from < width; from += part) {
                int count = Math.min(part, width - from);
                try {
                    in.readFully(line, 0, count * size);
                } catch (EOFException e) {
                    throw new IllegalArgumentException(origin + " ends before its " + n + " x " + d + " entries", e);
                }
                if (values == null) {
                    values = new double
                            [n * d]; // not before the first bytes are there: a broken header asks for too much
                }
                for (int k = 0; k < count; k++) {
                    int other = from + k;
                    values[fortran ? other * d + r : r * d + other] = value(buffer, k * size, kind, size);
                }
            }
        }
        return values == null ? new double[0] : values;
    }

    private static Column named(String name, double[] values, Set<String> textColumns, int position) {
        if (textColumns.contains(name) || textColumns.contains(String.valueOf(position))) {
            Column.Builder text = new Column.Builder(name, true);
            for (int i = 0; i < values.length; i++) {
                text.add(text(values[i]), i + 1, 0);
            }
            return text.build();
        }
        Column.@Nullable Cell bad = null;
        for (int i = 0; i < values.length && bad == null; i++) {
            if (!Double.isFinite(values[i])) {
                bad = new Column.Cell(i + 1, 0, String.valueOf(values[i]));
            }
        }
        return Column.ofNumbers(name, values, bad);
    }

    /** A number as a label: whole numbers without a point. */
    static String text(double value) {
        boolean whole = value == Math.rint(value) && Math.abs(value) < 1e15;
        return whole ? String.format(Locale.ROOT, "%.0f", value) : String.valueOf(value);
    }

    private static double value(ByteBuffer buffer, int at, char kind, int size) {
        if (kind == 'f') {
            return switch (size) {
                case 2 -> half(buffer.getShort(at));
                case 4 -> buffer.getFloat(at);
                default -> buffer.getDouble(at);
            };
        }
        long raw = switch (size) {
            case 1 -> buffer.get(at);
            case 2 -> buffer.getShort(at);
            case 4 -> buffer.getInt(at);
            default -> buffer.getLong(at);
        };
        if (kind == 'i') {
            return raw;
        }
        if (size == 8) {
            return raw >= 0 ? raw : (double) (raw >>> 1) * 2; // unsigned; the last bit is beyond a double there
        }
        return raw & ((1L << (8 * size)) - 1);
    }

    /** IEEE 754 half precision: 1 sign bit, 5 bits of exponent with bias 15, 10 bits of fraction. */
    private static double half(short bits) {
        int exponent = (bits >> 10) & 0x1F;
        int fraction = bits & 0x3FF;
        double magnitude;
        if (exponent == 0x1F) {
            magnitude = fraction == 0 ? Double.POSITIVE_INFINITY : Double.NaN;
        } else if (exponent == 0) {
            magnitude = fraction * 0x1p-24;
        } else {
            magnitude = Math.scalb(1 + fraction * 0x1p-10, exponent - 15);
        }
        return bits < 0 ? -magnitude : magnitude;
    }
}
