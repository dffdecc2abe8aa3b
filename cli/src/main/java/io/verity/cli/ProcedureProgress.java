package io.verity.cli;

import io.verity.estimators.procedures.Progress;
import org.jspecify.annotations.Nullable;

/** Shows the progress of a procedure, which may go through several pieces of work one after the other. */
final class ProcedureProgress implements Progress, AutoCloseable {
    private static final long PATIENCE_NANOS = 1_000_000_000L;

    private final io.verity.simulations.progress.Progress display;
    private final long start = System.nanoTime();
    private String current = "";
    private long done;
    private io.verity.simulations.progress.Progress.@Nullable Task task;

    /** @param display where it is shown */
    ProcedureProgress(io.verity.simulations.progress.Progress display) {
        this.display = display;
    }

    @Override
    public synchronized void update(String what, long finished, long total) {
        if (!what.equals(current)) {
            close();
            current = what;
        }
        if (task == null && total > 0 && System.nanoTime() - start > PATIENCE_NANOS) {
            task = display.start(what, total, finished);
            done = finished;
        }
        if (task != null && finished > done) {
            task.advance(finished - done);
            done = finished;
        }
    }

    @Override
    public synchronized void close() {
        if (task != null) {
            task.close();
            task = null;
        }
    }
}
