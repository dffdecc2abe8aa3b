package io.verity.simulations.studies;

/** A replayed replicate failed; the cause is what it threw. */
public final class ReplicateException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * @param message coordinates and reason
     * @param cause what the replicate threw
     */
    public ReplicateException(String message, Throwable cause) {
        super(message, cause);
    }
}
