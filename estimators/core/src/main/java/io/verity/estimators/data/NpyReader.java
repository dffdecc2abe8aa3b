package io.verity.estimators.data;

import io.verity.stats.Arguments;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads NumPy's {@code .npy} files, versions 1 to 3 (format: NumPy documentation, "numpy.lib.format"): vectors and matrices of
 * floating-point numbers, integers or truth values in either byte order and either memory order.
 */
final class NpyReader {
    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final int LONGEST_HEADER = 1 << 20;
    private static final Pattern DESCR = Pattern.compile("'descr'\\s*:\\s*'([<>|=]?)(f[248]|[iu][1248]|b1)'");
    private static final Pattern ORDER = Pattern.compile("'fortran_order'\\s*:\\s*(True|False)");
    private static final Pattern SHAPE = Pattern.compile("'shape'\\s*:\\s*\\(([^)]*)\\)");

    private NpyReader() {}

    static List<Column> read(Path path, InputStream bytes, Set<String> textColumns) throws IOException {
        NumericArray array = array(path.toString(), bytes);
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
        String header = header(origin, in);
        Matcher descr = match(DESCR, header, origin, "an array of real numbers, integers or truth values");
        boolean fortran =
                match(ORDER, header, origin, "a memory order").group(1).equals("True");
        String[] sides =
                match(SHAPE, header, origin, "a shape").group(1).strip().split("\\s*,\\s*");
        Arguments.require(
                sides.length <= 2 && !sides[0].isEmpty(),
                "%s holds an array with %s dimensions; a vector or a matrix is needed",
                origin,
                sides[0].isEmpty() ? "0" : sides.length);
        int n = side(origin, sides[0]);
        int d = sides.length == 2 ? side(origin, sides[1]) : 1;
        Arguments.require(n > 0, "%s has no rows", origin);
        Arguments.require(d > 0, "%s has no columns", origin);
        Arguments.require((long) n * d < Integer.MAX_VALUE - 8, "%s has %d x %d entries, too many", origin, n, d);
        char kind = descr.group(2).charAt(0);
        int size = descr.group(2).charAt(1) - '0';
        ByteOrder order = descr.group(1).equals(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        return new NumericArray(n, d, sides.length == 1, values(origin, in, n, d, fortran, kind, size, order));
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

    private static int side(String origin, String text) {
        try {
            return Integer.parseInt(text.endsWith("L") ? text.substring(0, text.length() - 1) : text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(origin + " has a side of " + text + " entries, which is too many", e);
        }
    }

    private static String header(String origin, DataInputStream in) throws IOException {
        byte[] start = in.readNBytes(MAGIC.length + 2);
        boolean magic = start.length == MAGIC.length + 2;
        for (int i = 0; magic && i < MAGIC.length; i++) {
            magic = start[i] == MAGIC[i];
        }
        Arguments.require(start.length > 0, "%s is empty", origin);
        Arguments.require(magic, "%s is not an .npy file", origin);
        byte[] length = in.readNBytes(start[MAGIC.length] == 1 ? 2 : 4);
        long size = 0;
        for (int i = length.length - 1; i >= 0; i--) {
            size = (size << 8) | (length[i] & 0xFF);
        }
        Arguments.require(size <= LONGEST_HEADER, "%s has a header of %d bytes; it is damaged", origin, size);
        return new String(in.readNBytes((int) size), StandardCharsets.UTF_8);
    }

    private static Matcher match(Pattern pattern, String header, String origin, String what) {
        Matcher matcher = pattern.matcher(header);
        Arguments.require(matcher.find(), "%s does not hold %s (its header is %s)", origin, what, header.strip());
        return matcher;
    }
}
