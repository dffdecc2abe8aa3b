package io.verity.estimators.data;

import io.verity.stats.Arguments;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a NumPy file says of its array.
 *
 * @param origin names the file in messages
 * @param descr type of the entries in NumPy's notation, such as {@code <f8}
 * @param fortran whether the entries stand column by column
 * @param rows number of rows, at least 1
 * @param columns number of columns, at least 1; 1 for a vector
 * @param vector whether it has one dimension only
 */
record NpyHeader(String origin, String descr, boolean fortran, int rows, int columns, boolean vector) {
    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final int LONGEST = 1 << 20;
    private static final Pattern DESCR = Pattern.compile("'descr'\\s*:\\s*'([^']*)'");
    private static final Pattern ORDER = Pattern.compile("'fortran_order'\\s*:\\s*(True|False)");
    private static final Pattern SHAPE = Pattern.compile("'shape'\\s*:\\s*\\(([^)]*)\\)");

    /** Reads up to the first entry. */
    static NpyHeader read(String origin, DataInputStream in) throws IOException {
        String header = text(origin, in);
        String descr = match(DESCR, header, origin, "an array of real numbers, integers, truth values or texts");
        boolean fortran = match(ORDER, header, origin, "a memory order").equals("True");
        String[] sides = match(SHAPE, header, origin, "a shape").strip().split("\\s*,\\s*");
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
        return new NpyHeader(origin, descr, fortran, n, d, sides.length == 1);
    }

    ByteOrder byteOrder() {
        return descr.startsWith(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    }

    private static int side(String origin, String text) {
        try {
            return Integer.parseInt(text.endsWith("L") ? text.substring(0, text.length() - 1) : text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(origin + " has a side of " + text + " entries, which is too many", e);
        }
    }

    private static String text(String origin, DataInputStream in) throws IOException {
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
        Arguments.require(size <= LONGEST, "%s has a header of %d bytes; it is damaged", origin, size);
        return new String(in.readNBytes((int) size), StandardCharsets.UTF_8);
    }

    private static String match(Pattern pattern, String header, String origin, String what) {
        Matcher matcher = pattern.matcher(header);
        return Optional.of(matcher)
                .filter(Matcher::find)
                .map(m -> m.group(1))
                .orElseThrow(() -> new IllegalArgumentException(
                        origin + " does not hold " + what + " (its header is " + header.strip() + ")"));
    }
}
