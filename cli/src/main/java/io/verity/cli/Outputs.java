package io.verity.cli;

import io.verity.stats.Arguments;
import io.verity.stats.IoReason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Files that a command writes. Whether they can be written is found out before the work begins. */
final class Outputs {
    private Outputs() {}

    /**
     * @param file its folder must exist and be writable
     * @throws IllegalArgumentException if it cannot be written
     */
    static void checkFile(Path file) {
        Path folder = folderOf(file);
        Arguments.require(Files.isDirectory(folder), "cannot write %s: there is no folder %s", file, folder);
        Arguments.require(!Files.isDirectory(file), "cannot write %s: it is a folder", file);
        boolean special = Files.exists(file) && !Files.isRegularFile(file);
        Arguments.require(
                special || (Files.isWritable(folder) && (!Files.exists(file) || Files.isWritable(file))),
                "cannot write %s: no permission",
                file);
    }

    /**
     * Writes beside the place and moves there, so that nobody meets half a file; a pipe or device is written to directly.
     *
     * @param file where to
     * @param text what
     */
    static void write(Path file, String text) {
        try {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            if (Files.exists(file) && !Files.isRegularFile(file)) {
                Files.write(file, bytes);
                return;
            }
            Path target = Files.exists(file) ? file.toRealPath() : file;
            Path temporary = target.resolveSibling(target.getFileName() + ".tmp");
            Files.write(temporary, bytes);
            Files.move(temporary, target, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new IllegalArgumentException("cannot write " + file + ": " + IoReason.of(e), e);
        }
    }

    /**
     * @param file any file
     * @return the folder that it is in
     */
    static Path folderOf(Path file) {
        Path absolute = file.toAbsolutePath();
        Path parent = absolute.getParent();
        return parent == null ? absolute : parent;
    }
}
