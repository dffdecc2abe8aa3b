package io.verity.estimators.states;

import io.verity.stats.IoReason;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** One writer per folder, among processes and threads. The operating system frees the lock of a process that dies. */
final class FolderLock implements AutoCloseable {
    private static final int PAUSE_MILLIS = 50;

    private final FileChannel channel;

    private FolderLock(FileChannel channel) {
        this.channel = channel;
    }

    /** Waits for other writers. */
    static FolderLock of(Path folder) throws IOException {
        try {
            Files.createDirectories(folder);
        } catch (NoSuchFileException e) { // as on /proc; its name would read as if a file were to be read
            FileSystemException named = new FileSystemException(folder.toString(), null, IoReason.of(e));
            named.initCause(e);
            throw named;
        }
        FileChannel channel =
                FileChannel.open(folder.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            while (lock(channel) == null) {
                Thread.sleep(PAUSE_MILLIS);
            }
        } catch (InterruptedException e) {
            channel.close();
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while another writer held " + folder);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
        return new FolderLock(channel);
    }

    private static @Nullable FileLock lock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null; // another thread of this process
        }
    }

    void requireHeld() throws IOException {
        if (!channel.isOpen()) {
            throw new IOException("the folder is not locked");
        }
    }

    @Override
    public void close() throws IOException {
        channel.close(); // frees the lock
    }
}
