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
    private static final Pattern DESCR = Pattern.compile("'descr'\\s*:\\s*'([<>|=]?)([fiub])([1248])'");
    private static final Pattern ORDER = Pattern.compile("'fortran_order'\\s*:\\s*(True|False)");
    private static final Pattern SHAPE = Pattern.compile("'shape'\\s*:\\s*\\(([^)]*)\\)");

    private NpyReader() {}

    static List<Column> read(Path path, InputStream bytes, Set<String> textColumns) throws IOException {
        DataInputStream in = new DataInputStream(bytes);
        String header = header(path, in);
        Matcher descr = match(DESCR, header, path, "an array of real numbers, integers or truth values");
        boolean fortran = match(ORDER, header, path, "a memory order").group(1).equals("True");
        String[] sides = match(SHAPE, header, path, "a shape").group(1).strip().split("\\s*,\\s*");
        Arguments.require(
                sides.length <= 2 && !sides[0].isEmpty(),
                "%s holds an array with %s dimensions; a vector or a matrix is needed",
                path,
                sides[0].isEmpty() ? "0" : sides.length);
        int n = Integer.parseInt(sides[0]);
        int d = sides.length == 2 ? Integer.parseInt(sides[1]) : 1;
        Arguments.require(n > 0, "%s has no rows", path);
        Arguments.require(d > 0, "%s has no columns", path);
        double[][] columns = new double[d][n];
        char kind = descr.group(2).charAt(0);
        int size = Integer.parseInt(descr.group(3));
        ByteOrder order = descr.group(1).equals(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        int rows = fortran ? d : n;
        int width = fortran ? n : d;
        byte[] row = new byte[Math.multiplyExact(width, size)];
        ByteBuffer buffer = ByteBuffer.wrap(row).order(order);
        for (int r = 0; r < rows; r++) {
            try {
                in.readFully(row);
            } catch (EOFException e) {
                throw new IllegalArgumentException(path + " ends before its " + n + " x " + d + " entries", e);
            }
            for (int k = 0; k < width; k++) {
                columns[fortran ? r : k][fortran ? k : r] = value(buffer, k * size, kind, size);
            }
        }
        List<Column> named = new ArrayList<>();
        for (int j = 0; j < d; j++) {
            named.add(named("x" + (j + 1), columns[j], textColumns, j + 1));
        }
        return named;
    }

    private static Column named(String name, double[] values, Set<String> textColumns, int position) {
        if (textColumns.contains(name) || textColumns.contains(String.valueOf(position))) {
            Column.Builder text = new Column.Builder(name, true);
            for (int i = 0; i < values.length; i++) {
                double v = values[i];
                boolean whole = v == Math.rint(v) && Math.abs(v) < 1e15;
                text.add(whole ? String.format(Locale.ROOT, "%.0f", v) : String.valueOf(v), i + 1, 0);
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

    private static double value(ByteBuffer buffer, int at, char kind, int size) {
        if (kind == 'f') {
            return size == 8 ? buffer.getDouble(at) : buffer.getFloat(at);
        }
        long raw = switch (size) {
            case 1 -> buffer.get(at);
            case 2 -> buffer.getShort(at);
            case 4 -> buffer.getInt(at);
            default -> buffer.getLong(at);
        };
        if (kind == 'i' || size == 8) {
            return raw;
        }
        return raw & ((1L << (8 * size)) - 1);
    }

    private static String header(Path path, DataInputStream in) throws IOException {
        byte[] start = in.readNBytes(MAGIC.length + 2);
        boolean magic = start.length == MAGIC.length + 2;
        for (int i = 0; magic && i < MAGIC.length; i++) {
            magic = start[i] == MAGIC[i];
        }
        Arguments.require(start.length > 0, "%s is empty", path);
        Arguments.require(magic, "%s is not an .npy file", path);
        byte[] length = in.readNBytes(start[MAGIC.length] == 1 ? 2 : 4);
        int size = 0;
        for (int i = length.length - 1; i >= 0; i--) {
            size = (size << 8) | (length[i] & 0xFF);
        }
        return new String(in.readNBytes(size), StandardCharsets.UTF_8);
    }

    private static Matcher match(Pattern pattern, String header, Path path, String what) {
        Matcher matcher = pattern.matcher(header);
        Arguments.require(matcher.find(), "%s does not hold %s (its header is %s)", path, what, header.strip());
        return matcher;
    }
}
