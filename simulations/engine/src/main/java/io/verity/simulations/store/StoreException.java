package io.verity.simulations.store;

import org.jspecify.annotations.Nullable;

/** A results store that cannot be used, or can no longer be; whatever was committed before is kept. */
public final class StoreException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What is wrong. */
    public enum Reason {
        /** Another living process writes to the store. */
        IN_USE,
        /** The file is damaged. */
        CORRUPT,
        /** The file is something else than a results store, or one of another format version. */
        NOT_A_STORE,
        /** The store holds the results of other work than was asked for. */
        OTHER_WORK,
        /** The file or its folder cannot be written. */
        READ_ONLY,
        /** The disk is full. */
        FULL,
        /** Another process took the store over. */
        TAKEN_OVER,
        /** Any other failure of the file system or the database. */
        FAILED
    }

    private final Reason reason;

    /**
     * @param reason what is wrong
     * @param message one line that names the store and says what to do
     * @param cause the database's or file system's own complaint, or null
     */
    public StoreException(Reason reason, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    /** @return what is wrong */
    public Reason reason() {
        return reason;
    }
}
