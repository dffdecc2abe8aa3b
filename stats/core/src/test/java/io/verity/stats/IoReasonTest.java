package io.verity.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IoReasonTest {
    @TempDir
    private static Path folder;

    private static String reason(ThrowingCallable use) {
        return IoReason.of(catchThrowableOfType(IOException.class, use));
    }

    @Test
    void reasonsAreWordsAndNotPaths() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "x");
        assertThat(reason(() -> Files.writeString(folder.resolve("none/file"), "x")))
                .isEqualTo("it does not exist, nor can it be made there");
        assertThat(reason(() -> Files.createDirectory(file))).isEqualTo("it is a file");
        assertThat(reason(() -> Files.newDirectoryStream(file).close())).isEqualTo("it is a file");
        assertThat(IoReason.of(new AccessDeniedException("closed/x"))).isEqualTo("no permission");
        assertThat(IoReason.of(new FileSystemException("/x", null, "No space left on device")))
                .isEqualTo("No space left on device");
        assertThat(IoReason.of(new FileSystemException("/x"))).isEqualTo("FileSystem");
        assertThat(IoReason.of(new IOException("broken pipe"))).isEqualTo("broken pipe");
    }

    @Test
    void sentencesNameTheFile() throws IOException {
        Path none = folder.resolve("none");
        Path file = Files.writeString(folder.resolve("occupied"), "x");
        assertThat(sentence(() -> Files.readString(none))).isEqualTo("there is no file " + none);
        assertThat(sentence(() -> Files.createDirectory(file)))
                .isEqualTo(file + " is a file, but a folder is needed there");
        assertThat(IoReason.sentence(new AccessDeniedException("closed/x"))).isEqualTo("no permission to use closed/x");
        assertThat(IoReason.sentence(new FileSystemException("/x", null, "No space left on device")))
                .isEqualTo("/x: No space left on device");
        assertThat(IoReason.sentence(new FileSystemException(null, null, "No space left on device")))
                .isEqualTo("a file: No space left on device");
    }

    private static String sentence(ThrowingCallable use) {
        return IoReason.sentence(catchThrowableOfType(FileSystemException.class, use));
    }
}
