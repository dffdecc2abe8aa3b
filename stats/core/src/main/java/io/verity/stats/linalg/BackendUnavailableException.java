package io.verity.stats.linalg;

/** A backend that was named explicitly cannot be used here; the message says why and what was tried. */
public final class BackendUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param message which backend, the reason, and what was tried */
    public BackendUnavailableException(String message) {
        super(message);
    }

    /**
     * @param message which backend, the reason, and what was tried
     * @param cause what went wrong underneath
     */
    public BackendUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
