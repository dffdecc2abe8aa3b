package io.verity.simulations.progress;

/**
 * A stop flag shared by whoever asks for the stop (a Ctrl-C handler) and the work that heeds it. Once set it stays set.
 */
public final class Cancellation {
    private volatile boolean cancelled;

    /** @return a flag that is not set */
    public static Cancellation create() {
        return new Cancellation();
    }

    private Cancellation() {}

    /** Asks the work to stop at its next safe point. */
    public void cancel() {
        cancelled = true;
    }

    /** @return whether the work should stop */
    public boolean isCancelled() {
        return cancelled;
    }
}
