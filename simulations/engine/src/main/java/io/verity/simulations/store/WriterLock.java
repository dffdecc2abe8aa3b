package io.verity.simulations.store;

import io.verity.simulations.store.StoreException.Reason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The right to write to a store: a row with the writer's process id and start time, by which a dead writer is told from a
 * living one even after its id was given to another process. The row's token also fences: a writer that lost the right (two
 * containers that cannot see each other's processes) notices at its next commit.
 */
final class WriterLock {
    /** Start times are read with the resolution of the system's boot time, which is seconds. */
    private static final Duration SAME_START = Duration.ofSeconds(2);

    /** Whose right it is at present. */
    static final String HOLDER = "SELECT pid, started FROM writer";

    private final String token = UUID.randomUUID().toString();
    private final StoreFile file;

    WriterLock(StoreFile file) {
        this.file = file;
    }

    /** Takes the right inside an open write transaction. */
    void acquire(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet holder = statement.executeQuery(HOLDER)) {
            if (holder.next()) {
                requireDead(holder);
            }
        }
        ProcessHandle self = ProcessHandle.current();
        try (PreparedStatement statement = connection.prepareStatement(
                "INSERT OR REPLACE INTO writer(id, token, pid, started) VALUES (1, ?, ?, ?)")) {
            statement.setString(1, token);
            statement.setLong(2, self.pid());
            Optional<Instant> started = self.info().startInstant();
            if (started.isPresent()) {
                statement.setLong(3, started.get().toEpochMilli());
            }
            statement.executeUpdate();
        }
    }

    /** Refuses when the writer of this row of {@link #HOLDER} lives. */
    void requireDead(ResultSet holder) throws SQLException {
        long pid = holder.getLong(1);
        long millis = holder.getLong(2);
        Instant started = holder.wasNull() ? null : Instant.ofEpochMilli(millis);
        if (isAlive(pid, started)) {
            throw new StoreException(Reason.IN_USE, inUse(pid, started), null);
        }
    }

    private String inUse(long pid, @Nullable Instant started) {
        String process = pid == ProcessHandle.current().pid() ? "this process" : "process " + pid;
        String since = started == null ? "" : ", running since " + started.truncatedTo(ChronoUnit.SECONDS);
        return "the results store " + file + " is in use by " + process + since + "; wait for it or name another file";
    }

    /** Checks inside a write transaction that the right is still ours. */
    void verify(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet holder = statement.executeQuery("SELECT token, pid FROM writer")) {
            if (!holder.next() || !token.equals(holder.getString(1))) {
                throw new StoreException(
                        Reason.TAKEN_OVER,
                        "the results store " + file + " was taken over by another process; what was finished before is"
                                + " kept",
                        null);
            }
        }
    }

    void release(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("DELETE FROM writer WHERE token = ?")) {
            statement.setString(1, token);
            statement.executeUpdate();
        }
    }

    static boolean isAlive(long pid, @Nullable Instant started) {
        Optional<ProcessHandle> process = ProcessHandle.of(pid);
        if (process.isEmpty() || !process.get().isAlive() || isZombie(pid)) {
            return false;
        }
        Optional<Instant> found = process.get().info().startInstant();
        if (started == null || found.isEmpty()) {
            return true; // no way to tell: better refuse than write beside it
        }
        return Duration.between(started, found.get()).abs().compareTo(SAME_START) <= 0;
    }

    /** A killed process whose parent has not asked for its exit status still has an id, but writes no more. */
    private static boolean isZombie(long pid) {
        Path stat = Path.of("/proc", Long.toString(pid), "stat");
        try {
            String text = Files.readString(stat, StandardCharsets.ISO_8859_1);
            int state = text.lastIndexOf(')') + 2;
            return state < text.length() && (text.charAt(state) == 'Z' || text.charAt(state) == 'X');
        } catch (IOException | SecurityException e) {
            return false; // not Linux
        }
    }
}
