package io.verity.estimators.data;

import io.verity.stats.Arguments;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.ZipException;

/**
 * A file read once from beginning to end, and hashed on the way.
 *
 * @param <T> what was made of it
 * @param content what was made of it
 * @param sha256 SHA-256 of its bytes, lower-case hexadecimal
 */
record HashedFile<T>(T content, String sha256) {
    static final int BUFFER = 1 << 16;

    /** Makes something of the bytes of a file; need not read them all. */
    @FunctionalInterface
    interface Parser<T> {
        T parse(InputStream bytes) throws IOException;
    }

    /** Every failure to read becomes an {@link IllegalArgumentException} that names the file. */
    static <T> HashedFile<T> read(Path path, Parser<T> parser) {
        Arguments.require(Files.exists(path), "no such file: %s", path);
        Arguments.require(!Files.isDirectory(path), "%s is a folder, not a file", path);
        MessageDigest digest = digest();
        try (InputStream file = Files.newInputStream(path);
                InputStream hashed = new DigestInputStream(new BufferedInputStream(file, BUFFER), digest)) {
            T content = parser.parse(new KeptOpen(hashed));
            hashed.transferTo(OutputStream.nullOutputStream()); // the hash covers bytes that the parser had no need of
            return new HashedFile<>(content, HexFormat.of().formatHex(digest.digest()));
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
            if (cause instanceof EOFException) {
                return path + " ends early: the " + (path.toString().endsWith(".npy") ? "file" : "gzip file")
                        + " was cut off";
            }
            if (cause instanceof ZipException) {
                return path + " is not a whole gzip file: " + cause.getMessage();
            }
        }
        return "cannot read " + path + ": " + thrown.getMessage();
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
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
