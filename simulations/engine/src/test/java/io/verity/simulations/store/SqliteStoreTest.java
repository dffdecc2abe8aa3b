package io.verity.simulations.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.verity.simulations.store.StoreException.Reason;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SqliteStoreTest extends ResultStoreContract {
    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void nameTheFile() {
        file = folder.resolve("store.db");
    }

    @Override
    ResultStore open() {
        return SqliteStore.open(file);
    }

    private static AbstractThrowableAssert<?, ? extends Throwable> assertRefused(Path path, Reason reason) {
        return assertThatThrownBy(() -> SqliteStore.open(path).close())
                .isInstanceOfSatisfying(
                        StoreException.class, e -> assertThat(e.reason()).isEqualTo(reason))
                .hasMessageContaining(path.toString())
                .hasMessageNotContaining("\n");
    }

    private void fill(int units) {
        try (ResultStore store = open()) {
            Run run = store.open(KEY, "{}");
            for (int u = 0; u < units; u++) {
                store.commit(run, unit(7, 50L * u, 50L * (u + 1)));
            }
        }
    }

    @Test
    void rowsSurviveClosing() {
        fill(3);
        try (ResultStore store = open()) {
            assertThat(rows(store, store.open(KEY, "{}"), 7, 0, 150)).hasSize(150);
        }
        assertThat(folder).isDirectoryContaining("glob:**/store.db");
        assertThat(folder.toFile().list()).containsExactly("store.db");
    }

    @Test
    void aMissingFolderIsMade() {
        file = folder.resolve("a/b/store.db");
        fill(1);
        assertThat(file).exists();
    }

    @Test
    void aSecondOpeningNamesThisProcess() {
        try (ResultStore store = open()) {
            assertRefused(file, Reason.IN_USE).hasMessageContaining("in use by this process");
            store.commit(store.open(KEY, "{}"), unit(7, 0, 1));
        }
        open().close();
    }

    @Test
    void ofThreadsThatMakeTheSameStoreOneHasIt() throws Exception {
        int threads = 4;
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            for (int round = 0; round < 10; round++) {
                Path made = folder.resolve("store-" + round + ".db");
                CyclicBarrier together = new CyclicBarrier(threads);
                Callable<ResultStore> opening = () -> {
                    together.await();
                    return SqliteStore.open(made);
                };
                int opened = 0;
                for (Future<ResultStore> future : executor.invokeAll(Collections.nCopies(threads, opening))) {
                    try {
                        future.get().close();
                        opened++;
                    } catch (ExecutionException e) {
                        assertThat(e.getCause()).hasMessageContaining("in use by this process");
                    }
                }
                assertThat(opened).isOne();
            }
        } finally {
            executor.shutdownNow();
        }
        assertThat(folder.toFile().list()).hasSize(10).allMatch(name -> name.endsWith(".db"));
    }

    /**
     * A process that opens and closes a file beside SQLite frees all locks it has on it; older SQLite tools then take the log of
     * a living writer for that of a dead one, and delete it.
     */
    @Test
    void readingInTheWritersProcessKeepsItsLocks() throws Exception {
        Path locks = Path.of("/proc/locks");
        assumeTrue(Files.isReadable(locks), "no list of locks here");
        try (ResultStore store = open()) {
            store.commit(store.open(KEY, "{}"), unit(7, 0, 50));
            Pattern lock = Pattern.compile(
                    ProcessHandle.current().pid() + " .*:" + Files.getAttribute(file, "unix:ino") + " .*");
            assumeTrue(
                    lock.matcher(Files.readString(locks)).find(), "files have other numbers in the list of locks here");
            SqliteStore.openForReading(file).close();
            assertRefused(file, Reason.IN_USE);
            assertThat(Files.readString(locks)).containsPattern(lock);
        }
    }

    @Test
    void theLockOfADeadProcessIsTakenOver() throws Exception {
        fill(1);
        Process process = new ProcessBuilder("cat").start(); // runs until this process closes its input or ends
        long millis = process.info().startInstant().orElseThrow().toEpochMilli();
        plantLock(process.pid(), millis);
        assertRefused(file, Reason.IN_USE).hasMessageContaining("process " + process.pid());
        process.destroyForcibly().waitFor();
        open().close();
    }

    @Test
    void aKilledProcessThatNobodyWaitedForIsDead() throws Exception {
        assumeTrue(Files.exists(Path.of("/proc/self/stat")), "no such processes here");
        Process parent = new ProcessBuilder("sh", "-c", "exec 3<&0; cat <&3 & echo $!; exec cat").start();
        try {
            long pid = Long.parseLong(parent.inputReader().readLine());
            ProcessHandle child = ProcessHandle.of(pid).orElseThrow();
            Instant started = child.info().startInstant().orElseThrow();
            assertThat(WriterLock.isAlive(pid, started)).isTrue();
            // The shell would wait for its child; what takes its place does not.
            Path command = Path.of("/proc/" + parent.pid() + "/comm");
            while (!Files.readString(command).strip().equals("cat")) {
                Thread.onSpinWait();
            }
            child.destroyForcibly();
            String state = "";
            while (!state.startsWith("Z")) {
                String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
                state = stat.substring(stat.lastIndexOf(')') + 2);
            }
            assertThat(WriterLock.isAlive(pid, started)).isFalse();
        } finally {
            parent.destroyForcibly().waitFor();
        }
    }

    @Test
    void theLockOfAProcessWhoseIdWasGivenAwayIsTakenOver() throws Exception {
        fill(1);
        ProcessHandle parent = ProcessHandle.current();
        plantLock(parent.pid(), Instant.parse("2020-01-01T00:00:00Z").toEpochMilli());
        open().close();
    }

    /** Another clock, or the same one before it was set, reckons other start times. */
    @Test
    void aLivingProcessKeepsItsStoreWhenTheClockIsSet() throws Exception {
        fill(1);
        Process process = new ProcessBuilder("cat").start();
        try {
            Instant started = process.info().startInstant().orElseThrow();
            Optional<String> birth = WriterLock.birth(process.pid());
            assumeTrue(birth.isPresent(), "no ticks of processes here");
            String token = "theirs" + WriterLock.BORN + birth.get();
            long before = started.minusSeconds(3600).toEpochMilli();
            plantLock(token, process.pid(), before);
            assertRefused(file, Reason.IN_USE).hasMessageContaining("process " + process.pid());
            execute("DELETE FROM writer");
            plantLock(token + "0", process.pid(), started.toEpochMilli());
            open().close(); // the id was given away
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    private void plantLock(long pid, long startMillis) throws Exception {
        plantLock("theirs", pid, startMillis);
    }

    private void plantLock(String token, long pid, long startMillis) throws Exception {
        execute("INSERT INTO writer(id, token, pid, started) VALUES (1, '" + token + "', " + pid + ", " + startMillis
                + ")");
    }

    private void execute(String sql) throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Test
    void aWriterThatLostTheStoreNoticesAtItsNextCommit() throws Exception {
        try (ResultStore store = open()) {
            Run run = store.open(KEY, "{}");
            store.commit(run, unit(7, 0, 1));
            execute("UPDATE writer SET token = 'theirs'");
            assertThatThrownBy(() -> store.commit(run, unit(7, 1, 2)))
                    .isInstanceOfSatisfying(
                            StoreException.class, e -> assertThat(e.reason()).isEqualTo(Reason.TAKEN_OVER));
            assertThat(store.finished(run)).containsExactly(new StoredRange(7, 0, 1));
        }
    }

    @Test
    void aReaderSeesWhatAWriterCommitted() {
        try (ResultStore store = open()) {
            Run run = store.open(KEY, "{}");
            store.commit(run, unit(7, 0, 2));
            try (ResultStore reader = SqliteStore.openForReading(file)) {
                Run seen = reader.runs().get(0);
                assertThat(rows(reader, seen, 7, 0, 9)).hasSize(2);
                store.commit(run, unit(7, 2, 3));
                assertThat(rows(reader, seen, 7, 0, 9)).hasSize(3);
                assertThatThrownBy(() -> reader.finish(seen)).hasMessageContaining("opened for reading");
            }
        }
    }

    @Test
    void readingAMissingStoreDoesNotMakeOne() {
        assertThatThrownBy(() -> SqliteStore.openForReading(file)).hasMessageContaining("there is no results store");
        assertThat(file).doesNotExist();
    }

    @Test
    void aFullDiskIsNamedAndKeepsWhatWasCommitted() {
        try (SqliteStore store = SqliteStore.open(file)) {
            Run run = store.open(KEY, "{}");
            store.commit(run, unit(7, 0, 50));
            store.limitPages(1);
            assertThatThrownBy(() -> store.commit(run, unit(7, 50, 5000)))
                    .isInstanceOfSatisfying(
                            StoreException.class, e -> assertThat(e.reason()).isEqualTo(Reason.FULL))
                    .hasMessageContaining("disk is full")
                    .hasMessageContaining(file.toString());
            assertThat(store.finished(run)).containsExactly(new StoredRange(7, 0, 50));
            assertThat(rows(store, run, 7, 0, 9999)).hasSize(50);
        }
        try (ResultStore store = open()) {
            Run run = store.open(KEY, "{}");
            assertThat(rows(store, run, 7, 0, 9999)).hasSize(50);
            store.commit(run, unit(7, 50, 100));
        }
    }

    @Test
    void aFileSystemThatTurnsReadOnlyIsNamedAndKeepsWhatWasCommitted() {
        try (SqliteStore store = SqliteStore.open(file)) {
            Run run = store.open(KEY, "{}");
            store.commit(run, unit(7, 0, 50));
            store.refuseWrites();
            assertThatThrownBy(() -> store.commit(run, unit(7, 50, 100)))
                    .isInstanceOfSatisfying(
                            StoreException.class, e -> assertThat(e.reason()).isEqualTo(Reason.READ_ONLY))
                    .hasMessageContaining("read-only");
            assertThat(rows(store, run, 7, 0, 9999)).hasSize(50);
        }
        try (ResultStore reader = SqliteStore.openForReading(file)) {
            assertThat(rows(reader, reader.runs().get(0), 7, 0, 9999)).hasSize(50);
        }
    }

    @Test
    void aReadOnlyFileIsRefused() {
        fill(1);
        assumeTrue(file.toFile().setWritable(false) && !Files.isWritable(file), "permissions do not bind this user");
        assertRefused(file, Reason.READ_ONLY);
    }

    @Test
    void aFolderWhereNothingCanBeMadeIsNamed() {
        Path proc = Path.of("/proc");
        assumeTrue(Files.isDirectory(proc), "no file system here that refuses every user");
        assertRefused(proc.resolve("store.db"), Reason.READ_ONLY);
    }

    @Test
    void aFolderUnderAFileIsNamed() throws IOException {
        Files.writeString(folder.resolve("plain"), "text");
        assertRefused(folder.resolve("plain/store.db"), Reason.READ_ONLY);
    }

    @Test
    void aFolderIsNoStore() {
        assertRefused(folder, Reason.NOT_A_STORE).hasMessageContaining("is a folder");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "id,x,y\n1,2,3\n"})
    void anotherFileIsNoStoreAndStaysAsItWas(String content) throws IOException {
        Files.writeString(file, content);
        assertRefused(file, Reason.NOT_A_STORE);
        assertThat(file).hasContent(content);
    }

    @Test
    void anotherDatabaseIsNoStore() throws Exception {
        execute("CREATE TABLE t(x)");
        assertRefused(file, Reason.NOT_A_STORE).hasMessageContaining("but no results store");
    }

    @Test
    void anotherFormatIsNamed() throws Exception {
        fill(1);
        execute("PRAGMA user_version = 99");
        assertRefused(file, Reason.NOT_A_STORE).hasMessageContaining("format 99");
    }

    @Test
    void anEmptiedStoreIsNotTakenForANewOne() throws IOException {
        Files.write(file, new byte[0]);
        assertRefused(file, Reason.CORRUPT).hasMessageContaining("is empty");
        assertThat(file).isEmptyFile();
    }

    @Test
    void aTruncatedStoreIsRecognised() throws IOException {
        fill(20);
        byte[] bytes = Files.readAllBytes(file);
        for (int length : new int[] {60, 4096, bytes.length / 2, bytes.length - 1000}) {
            byte[] shorter = Arrays.copyOf(bytes, length);
            Files.write(file, shorter);
            assertRefused(file, Reason.CORRUPT).hasMessageContaining("damaged");
            assertThat(Files.readAllBytes(file)).as("left as it was").startsWith(Arrays.copyOf(shorter, 24));
        }
    }

    @Test
    void anOverwrittenPageIsRecognised() throws IOException {
        fill(20);
        long pages = Files.size(file) / 4096;
        for (long page = 1; page < pages; page++) {
            byte[] intact = Files.readAllBytes(file);
            try (RandomAccessFile access = new RandomAccessFile(file.toFile(), "rw")) {
                access.seek(page * 4096);
                access.write("garbage ".repeat(512).getBytes(StandardCharsets.US_ASCII));
            }
            assertRefused(file, Reason.CORRUPT);
            Files.write(file, intact);
        }
    }

    @Test
    void asMuchAsOneChangedValueIsRecognised() throws IOException {
        try (ResultStore store = open()) {
            store.commit(store.open(KEY, "{}"), unit(7, 0, 50));
        }
        byte[] bytes = Files.readAllBytes(file);
        byte[] value = ByteBuffer.allocate(8).putDouble(11 * 0.1).array();
        int at = 0;
        while (!Arrays.equals(Arrays.copyOfRange(bytes, at, at + 8), value)) {
            at++;
        }
        bytes[at + 7] ^= 1;
        Files.write(file, bytes);
        try (ResultStore store = open()) {
            Run run = store.open(KEY, "{}");
            assertThatThrownBy(() -> rows(store, run, 7, 0, 50))
                    .isInstanceOfSatisfying(
                            StoreException.class, e -> assertThat(e.reason()).isEqualTo(Reason.CORRUPT))
                    .hasMessageContaining("replicates 0 to 49 do not match their checksum");
        }
    }

    @Test
    void readingHoldsOneRowAtATime() {
        // 40,000 rows, of which every visited one is let go: the reader's own memory is a row and a checksum.
        try (ResultStore store = open()) {
            Run run = store.open(KEY, "{}");
            List<StoredRow> rows = LongStream.range(0, 20_000)
                    .mapToObj(r -> new StoredRow(r, Map.of("x", (double) -r)))
                    .toList();
            store.commit(run, new UnitRecord(1, 0, 20_000, 0, rows, List.of()));
            List<Long> first = new ArrayList<>();
            class Enough extends RuntimeException {
                private static final long serialVersionUID = 1L;
            }
            assertThatThrownBy(() -> store.forEachRow(run, 1, 0, 20_000, row -> {
                        first.add(row.replicate());
                        throw new Enough();
                    }))
                    .isInstanceOf(Enough.class);
            assertThat(first).containsExactly(0L);
            assertThat(rows(store, run, 1, 19_999, 20_000)).hasSize(1);
        }
    }
}
