package io.verity.simulations.store;

import io.verity.simulations.store.StoreException.Reason;
import io.verity.stats.result.Provenance;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A store in one SQLite file with a write-ahead log, synced at every commit: killing the process or the machine at any moment
 * loses at most the units that were not yet committed. One process writes; any number may read meanwhile. Every unit carries a
 * checksum of its rows, which is verified when they are read.
 */
public final class SqliteStore implements ResultStore {
    private static final Logger LOG = LoggerFactory.getLogger(SqliteStore.class);

    private final StoreFile file;
    private final Connection connection;
    private final @Nullable WriterLock lock;

    private SqliteStore(StoreFile file, Connection connection, @Nullable WriterLock lock) {
        this.file = file;
        this.connection = connection;
        this.lock = lock;
    }

    /**
     * Opens a store for writing, and makes it (and its folder) when it is missing.
     *
     * @param path the store's file
     * @return the store; close it
     * @throws StoreException if another living process writes to it, if the file is damaged or no store, or if it cannot be
     *     written
     */
    public static SqliteStore open(Path path) {
        StoreFile file = new StoreFile(path);
        WriterLock lock = new WriterLock(file);
        SqliteStore store = new SqliteStore(file, file.openForWriting(), lock);
        try {
            // Before any waiting: a writer that commits without pause would let nobody else begin.
            store.query(WriterLock.HOLDER, lock::requireDead);
            store.transaction("open", () -> lock.acquire(store.connection));
            return store;
        } catch (RuntimeException e) {
            store.disconnect();
            throw e;
        }
    }

    /**
     * Opens a store for reading, also while another process writes to it.
     *
     * @param path the store's file
     * @return the store, whose methods that change it throw; close it
     * @throws StoreException if the file is missing, damaged or no store
     */
    public static SqliteStore openForReading(Path path) {
        StoreFile file = new StoreFile(path);
        return new SqliteStore(file, file.openForReading(), null);
    }

    @Override
    public String location() {
        return file.toString();
    }

    @Override
    public synchronized Run open(RunKey key, String description) {
        Optional<Run> existing = find(key);
        if (existing.isPresent()) {
            return existing.get();
        }
        write("write", () -> {
            try (PreparedStatement insert = connection.prepareStatement(
                    "INSERT INTO run(fingerprint, subject, version, parameters, seed, backend, description, code_version,"
                            + " started, finished) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 0)")) {
                insert.setString(1, key.fingerprint());
                insert.setString(2, key.subject());
                insert.setInt(3, key.version());
                insert.setString(4, key.parameters());
                insert.setLong(5, key.seed());
                insert.setString(6, key.backend());
                insert.setString(7, description);
                insert.setString(8, Provenance.VERSION);
                insert.setString(9, Instant.now().toString());
                insert.executeUpdate();
            }
        });
        return find(key).orElseThrow();
    }

    private Optional<Run> find(RunKey key) {
        return runs("WHERE fingerprint = ?", key.fingerprint()).stream().findFirst();
    }

    @Override
    public synchronized List<Run> runs() {
        return runs("");
    }

    private List<Run> runs(String where, Object... arguments) {
        List<Run> runs = new ArrayList<>();
        query(
                "SELECT run_id, subject, version, parameters, seed, backend, description, started, finished FROM run "
                        + where + " ORDER BY run_id",
                rows -> runs.add(new Run(
                        rows.getLong(1),
                        new RunKey(
                                rows.getString(2),
                                rows.getInt(3),
                                rows.getString(4),
                                rows.getLong(5),
                                rows.getString(6)),
                        rows.getString(7),
                        Instant.parse(rows.getString(8)),
                        rows.getBoolean(9))),
                arguments);
        return runs;
    }

    @Override
    public synchronized void finish(Run run) {
        write("write", () -> execute("UPDATE run SET finished = 1 WHERE run_id = ?", run.id()));
    }

    @Override
    public synchronized void discard(Run run) {
        write("write", () -> {
            for (String table : List.of("metric", "failure", "unit", "verdict", "run")) {
                execute("DELETE FROM " + table + " WHERE run_id = ?", run.id());
            }
        });
    }

    @Override
    public synchronized void commit(Run run, UnitRecord unit) {
        write("write", () -> {
            Checksum checksum = new Checksum();
            try (PreparedStatement insert = connection.prepareStatement("INSERT INTO metric VALUES (?, ?, ?, ?, ?)")) {
                insert.setLong(1, run.id());
                insert.setLong(2, unit.cell());
                for (StoredRow row : unit.rows()) {
                    for (Map.Entry<String, Double> entry : new TreeMap<>(row.values()).entrySet()) {
                        checksum.add(row.replicate(), entry.getKey(), entry.getValue());
                        insert.setLong(3, row.replicate());
                        insert.setString(4, entry.getKey());
                        insert.setDouble(5, entry.getValue());
                        insert.executeUpdate();
                    }
                }
            }
            for (StoredFailure failure : unit.failures()) {
                execute(
                        "INSERT INTO failure VALUES (?, ?, ?, ?)",
                        run.id(),
                        unit.cell(),
                        failure.replicate(),
                        failure.error());
            }
            execute(
                    "INSERT INTO unit VALUES (?, ?, ?, ?, ?, ?, ?)",
                    run.id(),
                    unit.cell(),
                    unit.from(),
                    unit.to(),
                    unit.failures().size(),
                    checksum.value(),
                    unit.seconds());
            execute("UPDATE run SET finished = 0 WHERE run_id = ? AND finished = 1", run.id());
        });
    }

    @Override
    public synchronized List<StoredRange> finished(Run run) {
        List<StoredRange> ranges = new ArrayList<>();
        query(
                "SELECT cell, rep_from, rep_to FROM unit WHERE run_id = ? ORDER BY cell, rep_from",
                rows -> {
                    StoredRange range = new StoredRange(rows.getLong(1), rows.getLong(2), rows.getLong(3));
                    StoredRange last = ranges.isEmpty() ? null : ranges.get(ranges.size() - 1);
                    if (last != null && last.cell() == range.cell() && last.to() == range.from()) {
                        ranges.set(ranges.size() - 1, new StoredRange(last.cell(), last.from(), range.to()));
                    } else {
                        ranges.add(range);
                    }
                },
                run.id());
        return ranges;
    }

    @Override
    public synchronized double seconds(Run run) {
        double[] seconds = new double[1];
        query(
                "SELECT seconds FROM unit WHERE run_id = ? ORDER BY cell, rep_from",
                rows -> seconds[0] += rows.getDouble(1),
                run.id());
        return seconds[0];
    }

    @Override
    public synchronized void forEachRow(Run run, long cell, long from, long to, Consumer<StoredRow> visitor) {
        try (RowReader reader = new RowReader(file, connection, run, cell, from, to)) {
            reader.forEach(visitor);
        } catch (SQLException e) {
            throw file.explain("read", e);
        }
    }

    @Override
    public synchronized void forEachSorted(Run run, long cell, long to, ValueVisitor visitor) {
        query(
                "SELECT name, value FROM metric WHERE run_id = ? AND cell = ? AND rep < ? ORDER BY name, value",
                rows -> visitor.visit(rows.getString(1), rows.getDouble(2)),
                run.id(),
                cell,
                to);
    }

    @Override
    public synchronized long failureCount(Run run, long cell, long to) {
        long[] count = new long[1];
        query(
                "SELECT count(*) FROM failure WHERE run_id = ? AND cell = ? AND rep < ?",
                rows -> count[0] = rows.getLong(1),
                run.id(),
                cell,
                to);
        return count[0];
    }

    @Override
    public synchronized List<StoredFailure> failures(Run run, long cell, long to, int limit) {
        List<StoredFailure> failures = new ArrayList<>();
        query(
                "SELECT rep, error FROM failure WHERE run_id = ? AND cell = ? AND rep < ? ORDER BY rep LIMIT ?",
                rows -> failures.add(new StoredFailure(cell, rows.getLong(1), rows.getString(2))),
                run.id(),
                cell,
                to,
                limit);
        return failures;
    }

    @Override
    public synchronized void putVerdict(Run run, String claim, String json) {
        write(
                "write",
                () -> execute(
                        "INSERT INTO verdict(run_id, claim, json) VALUES (?, ?, ?)"
                                + " ON CONFLICT(run_id, claim) DO UPDATE SET json = excluded.json",
                        run.id(),
                        claim,
                        json));
    }

    @Override
    public synchronized Optional<String> verdict(Run run, String claim) {
        return Optional.ofNullable(verdicts(run).get(claim));
    }

    @Override
    public synchronized Map<String, String> verdicts(Run run) {
        Map<String, String> verdicts = new LinkedHashMap<>();
        query(
                "SELECT claim, json FROM verdict WHERE run_id = ? ORDER BY verdict_id",
                rows -> verdicts.put(rows.getString(1), rows.getString(2)),
                run.id());
        return verdicts;
    }

    @Override
    public synchronized void close() {
        WriterLock held = lock;
        try {
            if (held != null && !connection.isClosed()) {
                transaction("close", () -> held.release(connection));
            }
        } catch (SQLException | StoreException e) {
            // The next writer finds the row of a process that has ended, and takes over.
            LOG.warn("could not release the results store {}: {}", file, e.getMessage());
        } finally {
            disconnect();
        }
    }

    private void disconnect() {
        try {
            connection.close();
        } catch (SQLException e) {
            LOG.warn("could not close the results store {}: {}", file, e.getMessage());
        }
    }

    /** Lets the file grow no further than it has, as a full disk does. For tests. */
    void limitPages(int pages) {
        query("PRAGMA max_page_count = " + pages, rows -> {});
    }

    /** Refuses writes as a read-only file system does. For tests, which may run as a user whom no permission binds. */
    void refuseWrites() {
        write("write", () -> {});
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA query_only = ON");
        } catch (SQLException e) {
            throw file.explain("read", e);
        }
    }

    private interface Work {
        void run() throws SQLException;
    }

    private interface RowVisitor {
        void visit(ResultSet rows) throws SQLException;
    }

    private void write(String doing, Work work) {
        WriterLock held = lock;
        if (held == null) {
            throw new StoreException(Reason.READ_ONLY, "the results store " + file + " was opened for reading", null);
        }
        transaction(doing, () -> {
            held.verify(connection);
            work.run();
        });
    }

    /** All or nothing: whatever goes wrong, nothing of this transaction stays and everything before it does. */
    private void transaction(String doing, Work work) {
        try (Statement statement = connection.createStatement()) {
            statement.execute("BEGIN IMMEDIATE");
            try {
                work.run();
                statement.execute("COMMIT");
            } catch (SQLException | RuntimeException | Error e) {
                rollBack(statement);
                throw e;
            }
        } catch (SQLException e) {
            throw file.explain(doing, e);
        }
    }

    private static void rollBack(Statement statement) {
        try {
            statement.execute("ROLLBACK");
        } catch (SQLException e) {
            LOG.debug("nothing to roll back: {}", e.getMessage()); // SQLite has done it already after some errors
        }
    }

    private void execute(String sql, Object... arguments) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, arguments);
            statement.executeUpdate();
        }
    }

    private void query(String sql, RowVisitor visitor, Object... arguments) {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, arguments);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    visitor.visit(rows);
                }
            }
        } catch (SQLException e) {
            throw file.explain("read", e);
        }
    }

    private static void bind(PreparedStatement statement, Object... arguments) throws SQLException {
        for (int i = 0; i < arguments.length; i++) {
            statement.setObject(i + 1, arguments[i]);
        }
    }
}
