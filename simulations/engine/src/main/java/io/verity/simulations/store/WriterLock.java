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
 * living one even after its id was given to another process. Where the system tells, the row's token also says at which tick
 * of which boot the process began, and this decides: start times are reckoned back from the clock, and shift when it is set.
 * The token also fences: a writer that lost the right (two containers that cannot see each other's processes) notices at its
 * next commit.
 */
final class WriterLock {
    /** Start times are read with the resolution of the system's boot time, which is seconds. */
    private static final Duration SAME_START = Duration.ofSeconds(2);

    /** Whose right it is at present. */
    static final String HOLDER = "SELECT pid, started, token FROM writer";

    /** Stands before the birth in a token. */
    static final String BORN = " born ";

    /** Position of the start among the fields of a process's status that follow its name. */
    private static final int START_FIELD = 19;

    private final String token = UUID.randomUUID()
            + birth(ProcessHandle.current().pid()).map(birth -> BORN + birth).orElse("");
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
        String theirs = holder.getString(3);
        int born = theirs.indexOf(BORN);
        Optional<String> now = born < 0 ? Optional.empty() : birth(pid);
        boolean alive = now.isEmpty() ? isAlive(pid, started) : isAlive(pid, null) && theirs.endsWith(BORN + now.get());
        if (alive) {
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

    /** The boot of the system and the clock tick since then at which a process began. */
    static Optional<String> birth(long pid) {
        try {
            String boot =
                    Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
            String[] fields = status(pid).split(" ", -1);
            return fields.length > START_FIELD ? Optional.of(boot + "/" + fields[START_FIELD]) : Optional.empty();
        } catch (IOException | SecurityException e) {
            return Optional.empty(); // not Linux, or the process has ended
        }
    }

    /** A killed process whose parent has not asked for its exit status still has an id, but writes no more. */
    private static boolean isZombie(long pid) {
        try {
            String text = status(pid);
            return text.startsWith("Z") || text.startsWith("X");
        } catch (IOException | SecurityException e) {
            return false; // not Linux
        }
    }

    /** What Linux says of a process, from its state on: the name before that may hold any character. */
    private static String status(long pid) throws IOException {
        String text = Files.readString(Path.of("/proc", Long.toString(pid), "stat"), StandardCharsets.ISO_8859_1);
        return text.substring(Math.min(text.length(), text.lastIndexOf(')') + 2));
    }
}
