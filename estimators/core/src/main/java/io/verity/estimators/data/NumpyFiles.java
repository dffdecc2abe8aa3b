package io.verity.estimators.data;

import io.verity.stats.Arguments;
import io.verity.stats.IoReason;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.ejml.data.DMatrixRMaj;

/**
 * NumPy's files (format: NumPy documentation, "numpy.lib.format"): {@code .npy} with one array, and {@code .npz}, a zip file of
 * them. Read: vectors and matrices of floats (2, 4 or 8 bytes), integers or truth values, either byte order, either memory order,
 * and vectors of texts (types {@code U} and {@code S}; not of Python objects, which are pickled).
 * Written: little-endian, row by row, version 1, as {@code numpy.load} reads it without {@code allow_pickle}.
 */
public final class NumpyFiles {
    private static final String SUFFIX = ".npy";
    private static final int ALIGNMENT = 64;
    private static final int CHUNK = 8192;

    private NumpyFiles() {}

    /**
     * @param npy an {@code .npy} file
     * @return its array
     * @throws IllegalArgumentException if it is missing, cut off, or not a vector or matrix of real numbers
     */
    public static NumericArray read(Path npy) {
        return HashedFile.read(npy, bytes -> NpyReader.array(npy.toString(), bytes))
                .content();
    }

    /**
     * @param npz an {@code .npz} file
     * @return the names of its arrays, in file order
     * @throws IllegalArgumentException if it is missing or not a zip file
     */
    public static List<String> names(Path npz) {
        try (ZipFile zip = open(npz)) {
            return zip.stream()
                    .map(ZipEntry::getName)
                    .filter(name -> name.endsWith(SUFFIX))
                    .map(name -> name.substring(0, name.length() - SUFFIX.length()))
                    .toList();
        } catch (IOException e) {
            throw new IllegalArgumentException("cannot read " + npz + ": " + IoReason.of(e), e);
        }
    }

    /**
     * @param npz an {@code .npz} file
     * @param name of one of its arrays
     * @return that array
     * @throws IllegalArgumentException if there is none of that name, or it is damaged or not a vector or matrix of real numbers
     */
    public static NumericArray read(Path npz, String name) {
        return entry(npz, name, NpyReader::array);
    }

    /**
     * @param npz an {@code .npz} file
     * @param name of one of its arrays
     * @return its texts, one per row; empty if it is not a vector of texts
     * @throws IllegalArgumentException if there is none of that name, or it is damaged or not a vector or matrix
     */
    public static Optional<List<String>> texts(Path npz, String name) {
        return entry(npz, name, NpyReader::texts);
    }

    @FunctionalInterface
    private interface Parser<T> {
        T parse(String origin, InputStream bytes) throws IOException;
    }

    private static <T> T entry(Path npz, String name, Parser<T> parser) {
        String origin = "array '" + name + "' of " + npz;
        try (ZipFile zip = open(npz)) {
            ZipEntry entry = zip.getEntry(name + SUFFIX);
            if (entry == null) {
                throw new IllegalArgumentException("there is no array '" + name + "' in " + npz);
            }
            // ZipFile itself compares no checksums
            CRC32 checksum = new CRC32();
            try (InputStream bytes = new CheckedInputStream(
                    new BufferedInputStream(zip.getInputStream(entry), HashedFile.BUFFER), checksum)) {
                T parsed = parser.parse(origin, bytes);
                bytes.transferTo(OutputStream.nullOutputStream());
                Arguments.require(
                        checksum.getValue() == entry.getCrc(), "%s is damaged: its checksum does not fit", origin);
                return parsed;
            }
        } catch (IOException e) {
            throw new IllegalArgumentException("cannot read " + origin + ": " + IoReason.of(e), e);
        }
    }

    /**
     * @param value a number
     * @return it as a label: a whole number without a point
     */
    public static String text(double value) {
        return NpyReader.text(value);
    }

    private static ZipFile open(Path npz) throws IOException {
        Arguments.require(Files.exists(npz), "no such file: %s", npz);
        Arguments.require(!Files.isDirectory(npz), "%s is a folder, not a file", npz);
        return new ZipFile(npz.toFile());
    }

    /**
     * @param npy the file to write, with 8-byte floats
     * @param vector its content
     * @throws IOException if it cannot be written
     */
    public static void write(Path npy, double[] vector) throws IOException {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(npy))) {
            out.write(header("<f8", "(" + vector.length + ",)"));
            doubles(out, vector, vector.length);
        }
    }

    /**
     * @param npy the file to write, with 8-byte floats
     * @param matrix its content
     * @throws IOException if it cannot be written
     */
    public static void write(Path npy, DMatrixRMaj matrix) throws IOException {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(npy))) {
            out.write(header("<f8", "(" + matrix.getNumRows() + ", " + matrix.getNumCols() + ")"));
            doubles(out, matrix.data, matrix.getNumElements());
        }
    }

    private static void doubles(OutputStream out, double[] values, int count) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(8 * CHUNK).order(ByteOrder.LITTLE_ENDIAN);
        for (int from = 0; from < count; from += CHUNK) {
            int to = Math.min(count, from + CHUNK);
            buffer.clear();
            for (int k = from; k < to; k++) {
                buffer.putDouble(values[k]);
            }
            out.write(buffer.array(), 0, buffer.position());
        }
    }

    /**
     * The beginning of a file with a matrix of 4-byte floats; what follows is one {@link #floats} per row.
     *
     * @param rows of the matrix
     * @param columns of the matrix
     * @return the bytes before the first number
     */
    public static byte[] floatHeader(int rows, int columns) {
        return header("<f4", "(" + rows + ", " + columns + ")");
    }

    /**
     * @param row some numbers
     * @return their bytes as {@link #floatHeader} announces them
     */
    public static byte[] floats(float[] row) {
        ByteBuffer buffer = ByteBuffer.allocate(4 * row.length).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : row) {
            buffer.putFloat(value);
        }
        return buffer.array();
    }

    /** Magic, version 1.0, length, and a dictionary padded so that the numbers start at a multiple of 64 bytes. */
    private static byte[] header(String descr, String shape) {
        String text = "{'descr': '" + descr + "', 'fortran_order': False, 'shape': " + shape + ", }";
        int fixed = 10;
        int padding = ALIGNMENT - (fixed + text.length() + 1) % ALIGNMENT;
        byte[] dictionary = (text + " ".repeat(padding % ALIGNMENT) + "\n").getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(fixed + dictionary.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0})
                .putShort((short) dictionary.length)
                .put(dictionary)
                .array();
    }
}
