package io.verity.simulations.progress;

/** The work was asked to stop and did; what it had finished is kept. */
public final class CancelledException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * @param message what is kept and how to continue
     */
    public CancelledException(String message) {
        super(message);
    }
}
