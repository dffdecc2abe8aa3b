package io.verity.stats;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** Says in words why a file could not be used: the messages of file systems are often nothing but the path. */
public final class IoReason {
    private IoReason() {}

    /**
     * @param e what happened
     * @return the reason in a few words, without the path
     */
    public static String of(IOException e) {
        if (e instanceof AccessDeniedException) {
            return "no permission";
        }
        if (e instanceof NoSuchFileException) {
            return "it does not exist, nor can it be made there";
        }
        if (e instanceof FileAlreadyExistsException || e instanceof NotDirectoryException) {
            return "it is a file";
        }
        String reason = e instanceof FileSystemException f ? f.getReason() : e.getMessage();
        return reason == null ? e.getClass().getSimpleName().replace("Exception", "") : reason;
    }

    /**
     * @param e what happened to a file that was to be read or to a folder that was to be used
     * @return what is wrong and with which file, for those who cannot say more
     */
    public static String sentence(FileSystemException e) {
        String file = e.getFile() == null ? "a file" : e.getFile();
        if (e instanceof NoSuchFileException) {
            return "there is no file " + file;
        }
        if (e instanceof AccessDeniedException) {
            return "no permission to use " + file;
        }
        if (e instanceof NotDirectoryException || e instanceof FileAlreadyExistsException) {
            return file + " is a file, but a folder is needed there";
        }
        return file + ": " + of(e);
    }
}
