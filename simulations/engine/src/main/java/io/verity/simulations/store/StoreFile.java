package io.verity.simulations.store;

import io.verity.simulations.store.StoreException.Reason;
import io.verity.stats.IoReason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;
import org.sqlite.SQLiteOpenMode;

/** The file behind an {@link SqliteStore}: how it is made, recognised and opened, and what its troubles are called. */
final class StoreFile {
    /** Format of the tables; a store of another format is refused. */
    static final int FORMAT = 1;

    /** "Vrty": says in the file's header that it is a store of ours. */
    static final int APPLICATION = 0x56727479;

    private static final byte[] MAGIC = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);
    private static final int HEADER_LENGTH = 100;
    private static final int PRIMARY_CODE = 0xFF; // the rest of an error code says where it happened
    private static final int BUSY_MILLIS = 10_000;

    private static final String[] TABLES = {
        "CREATE TABLE run(run_id INTEGER PRIMARY KEY, fingerprint TEXT NOT NULL UNIQUE, subject TEXT NOT NULL,"
                + " version INTEGER NOT NULL, parameters TEXT NOT NULL, seed INTEGER NOT NULL, backend TEXT NOT NULL,"
                + " description TEXT NOT NULL, code_version TEXT NOT NULL, started TEXT NOT NULL,"
                + " finished INTEGER NOT NULL)",
        "CREATE TABLE unit(run_id INTEGER NOT NULL, cell INTEGER NOT NULL, rep_from INTEGER NOT NULL,"
                + " rep_to INTEGER NOT NULL, failures INTEGER NOT NULL, checksum INTEGER NOT NULL, seconds REAL NOT NULL,"
                + " PRIMARY KEY(run_id, cell, rep_from)) WITHOUT ROWID",
        "CREATE TABLE metric(run_id INTEGER NOT NULL, cell INTEGER NOT NULL, rep INTEGER NOT NULL, name TEXT NOT NULL,"
                + " value REAL NOT NULL, PRIMARY KEY(run_id, cell, rep, name)) WITHOUT ROWID",
        "CREATE TABLE failure(run_id INTEGER NOT NULL, cell INTEGER NOT NULL, rep INTEGER NOT NULL,"
                + " error TEXT NOT NULL, PRIMARY KEY(run_id, cell, rep)) WITHOUT ROWID",
        "CREATE TABLE verdict(verdict_id INTEGER PRIMARY KEY, run_id INTEGER NOT NULL, claim TEXT NOT NULL,"
                + " json TEXT NOT NULL, UNIQUE(run_id, claim))",
        "CREATE TABLE writer(id INTEGER PRIMARY KEY CHECK(id = 1), token TEXT NOT NULL, pid INTEGER NOT NULL,"
                + " started INTEGER)",
    };

    private final Path path;

    StoreFile(Path path) {
        this.path = path;
    }

    @Override
    public String toString() {
        return path.toString();
    }

    /** Makes the file if it is missing, and refuses what is not a store. */
    Connection openForWriting() {
        if (Files.notExists(path)) {
            create();
        }
        recognise();
        if (!Files.isWritable(path)) {
            throw new StoreException(Reason.READ_ONLY, path + " is read-only; name another file", null);
        }
        return connect("open", path.toAbsolutePath().toString(), SQLiteOpenMode.READWRITE);
    }

    Connection openForReading() {
        if (Files.notExists(path)) {
            throw new StoreException(Reason.FAILED, "there is no results store " + path, null);
        }
        recognise();
        Path folder = path.toAbsolutePath().getParent();
        boolean untouchable = folder != null && !Files.isWritable(folder);
        String name = untouchable
                ? immutable() // SQLite cannot make its shared-memory file there
                : path.toAbsolutePath().toString();
        return connect("read", name, SQLiteOpenMode.READONLY);
    }

    private Connection connect(String doing, String name, SQLiteOpenMode mode) {
        Connection connection = null;
        try {
            connection = config(mode).createConnection("jdbc:sqlite:" + name);
            check(connection);
            return connection;
        } catch (SQLException e) {
            close(connection);
            throw explain(doing, e);
        } catch (StoreException e) {
            close(connection);
            throw e;
        }
    }

    private static void close(@Nullable Connection connection) {
        try {
            if (connection != null) {
                connection.close();
            }
        } catch (SQLException e) {
            // the error that made us close is the one to report
        }
    }

    private static SQLiteConfig config(SQLiteOpenMode mode) {
        SQLiteConfig config = new SQLiteConfig();
        config.resetOpenMode(SQLiteOpenMode.CREATE);
        if (mode == SQLiteOpenMode.READONLY) {
            config.setReadOnly(true);
        } else {
            config.setJournalMode(SQLiteConfig.JournalMode.WAL);
            config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        }
        config.setOpenMode(SQLiteOpenMode.OPEN_URI);
        config.setBusyTimeout(BUSY_MILLIS);
        return config;
    }

    /**
     * Makes a new store under another name and then gives it its own, so that a file of that name is a whole store at every
     * moment: an empty or short one is damage, not a beginning.
     */
    private void create() {
        Path draft = path.resolveSibling("." + path.getFileName() + "." + UUID.randomUUID() + ".new");
        try {
            Path folder = path.toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            SQLiteConfig config = new SQLiteConfig();
            config.setJournalMode(SQLiteConfig.JournalMode.WAL);
            config.setApplicationId(APPLICATION);
            config.setUserVersion(FORMAT);
            try (Connection connection = config.createConnection("jdbc:sqlite:" + draft.toAbsolutePath());
                    Statement statement = connection.createStatement()) {
                for (String table : TABLES) {
                    statement.execute(table);
                }
            }
            publish(draft);
        } catch (SQLException e) {
            throw explain("make", e);
        } catch (IOException e) {
            throw explain("make", e);
        } finally {
            remove(draft);
        }
    }

    private void publish(Path draft) throws IOException {
        try {
            rename(draft);
        } catch (FileAlreadyExistsException e) {
            // another was faster, and its store is as good
        }
    }

    /** Never replaces what is there, where the file system knows links. */
    private void rename(Path draft) throws IOException {
        try {
            Files.createLink(path, draft);
        } catch (FileAlreadyExistsException e) {
            throw e;
        } catch (UnsupportedOperationException | FileSystemException e) {
            Files.move(draft, path);
        }
    }

    private static void remove(Path draft) {
        try {
            Files.deleteIfExists(draft);
        } catch (IOException e) {
            // a stray draft does no harm
        }
    }

    /**
     * Tells stores from other files, which stay untouched. The file is read through SQLite: a process that opens and closes it
     * otherwise frees the locks that SQLite holds on it in that process, and with them the log of a writer.
     */
    private void recognise() {
        if (Files.isDirectory(path)) {
            throw new StoreException(Reason.NOT_A_STORE, path + " is a folder, not a results store", null);
        }
        try {
            long size = Files.size(path);
            if (!Files.isReadable(path)) {
                throw new AccessDeniedException(path.toString());
            }
            if (size < HEADER_LENGTH) {
                throw tooShort(Files.readAllBytes(path));
            }
        } catch (IOException e) {
            throw explain("read", e);
        }
        try (Connection connection = config(SQLiteOpenMode.READONLY).createConnection("jdbc:sqlite:" + immutable())) {
            if (number(connection, "application_id") != APPLICATION) {
                throw new StoreException(
                        Reason.NOT_A_STORE, path + " is an SQLite database, but no results store of Verity", null);
            }
            long format = number(connection, "user_version");
            if (format != FORMAT) {
                throw new StoreException(
                        Reason.NOT_A_STORE,
                        path + " is a results store of another version of Verity (format " + format
                                + ", this version reads format " + FORMAT + ")",
                        null);
            }
        } catch (SQLException e) {
            throw e instanceof SQLiteException s && s.getResultCode() == SQLiteErrorCode.SQLITE_NOTADB
                    ? noStore()
                    : explain("read", e);
        }
    }

    /** What a file is that has not even the header of a database. */
    private StoreException tooShort(byte[] all) {
        if (all.length == 0) {
            return new StoreException(
                    Reason.CORRUPT, path + " is empty, which no results store ever is; restore or remove it", null);
        }
        boolean begun = Arrays.equals(MAGIC, Arrays.copyOf(all, MAGIC.length));
        return begun ? damaged("it ends within its header", null) : noStore();
    }

    private StoreException noStore() {
        return new StoreException(
                Reason.NOT_A_STORE, path + " is no results store of Verity, or its beginning is damaged", null);
    }

    private static long number(Connection connection, String pragma) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("PRAGMA " + pragma)) {
            return result.getLong(1);
        }
    }

    /** A name under which SQLite reads the file alone, and neither reads nor makes a log. */
    private String immutable() {
        return (path.toUri() + "?immutable=1").replaceFirst("^file:///", "file:/");
    }

    private void check(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("PRAGMA quick_check(1)")) {
            String finding = result.next() ? result.getString(1) : "nothing could be checked";
            if (!"ok".equals(finding)) {
                throw damaged(finding.lines().findFirst().orElse(finding), null);
            }
        }
    }

    StoreException damaged(String finding, @Nullable Throwable cause) {
        return new StoreException(
                Reason.CORRUPT,
                "the results store " + path + " is damaged (" + finding + "); restore a copy, or name another file",
                cause);
    }

    /** One clear line for an error of the database. */
    StoreException explain(String doing, SQLException e) {
        SQLiteErrorCode code =
                e instanceof SQLiteException s ? s.getResultCode() : SQLiteErrorCode.getErrorCode(e.getErrorCode());
        String what = "cannot " + doing + " the results store " + path + ": ";
        return switch (code) {
            case SQLITE_FULL, SQLITE_IOERR_SHMSIZE ->
                new StoreException(
                        Reason.FULL,
                        what + "the disk is full; what was finished before is kept, free space and go on",
                        e);
            case SQLITE_NOTADB -> damaged(String.valueOf(e.getMessage()), e);
            default ->
                switch (SQLiteErrorCode.getErrorCode(code.code & PRIMARY_CODE)) {
                    case SQLITE_READONLY ->
                        new StoreException(
                                Reason.READ_ONLY, what + "it is read-only; what was finished before is kept", e);
                    case SQLITE_CANTOPEN ->
                        new StoreException(Reason.READ_ONLY, what + "nothing can be opened or made there", e);
                    case SQLITE_CORRUPT -> damaged(String.valueOf(e.getMessage()), e);
                    case SQLITE_BUSY, SQLITE_LOCKED ->
                        new StoreException(Reason.IN_USE, what + "another program holds a lock on it", e);
                    default -> new StoreException(Reason.FAILED, what + e.getMessage(), e);
                };
        };
    }

    private StoreException explain(String doing, IOException e) {
        return new StoreException(
                Reason.READ_ONLY, "cannot " + doing + " the results store " + path + ": " + IoReason.of(e), e);
    }
}
