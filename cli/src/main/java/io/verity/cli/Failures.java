package io.verity.cli;

import io.verity.simulations.progress.CancelledException;
import io.verity.simulations.store.StoreException;
import io.verity.simulations.studies.ReplicateException;
import io.verity.simulations.studies.StudyFailedException;
import io.verity.stats.EstimationException;
import io.verity.stats.IoReason;
import io.verity.stats.linalg.BackendUnavailableException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;

/** Turns what a command throws into one line and an exit code. */
final class Failures {
    private Failures() {}

    /**
     * @param thrown what a command threw
     * @param terminal gets the line
     * @param debug whether to show the stack trace as well
     * @return the exit code
     */
    static int report(Throwable thrown, Terminal terminal, boolean debug) {
        int code = codeOf(thrown);
        terminal.error(sentence(thrown)
                + (code == ExitCode.FAILED && !speaks(thrown) && !debug ? " (--debug shows where)" : ""));
        if (debug) {
            thrown.printStackTrace(terminal.err());
        }
        return code;
    }

    private static int codeOf(Throwable thrown) {
        if (thrown instanceof CancelledException) {
            return ExitCode.INTERRUPTED;
        }
        if (thrown instanceof StoreException store) {
            return switch (store.reason()) {
                case IN_USE, CORRUPT, NOT_A_STORE, OTHER_WORK, READ_ONLY -> ExitCode.BAD_INPUT;
                case FULL, TAKEN_OVER, FAILED -> ExitCode.FAILED;
            };
        }
        if (thrown instanceof BackendUnavailableException) {
            return ExitCode.BAD_INPUT;
        }
        if (thrown instanceof IllegalArgumentException
                || thrown instanceof IOException
                || thrown instanceof UncheckedIOException) {
            return ExitCode.BAD_INPUT;
        }
        return ExitCode.FAILED;
    }

    /** Exceptions whose message is written for the user. */
    private static boolean speaks(Throwable thrown) {
        return thrown instanceof IllegalArgumentException
                || thrown instanceof EstimationException
                || thrown instanceof StoreException
                || thrown instanceof StudyFailedException
                || thrown instanceof ReplicateException
                || thrown instanceof CancelledException
                || thrown instanceof BackendUnavailableException;
    }

    private static String sentence(Throwable thrown) {
        if (thrown instanceof UncheckedIOException unchecked && unchecked.getCause() != null) {
            return sentence(unchecked.getCause());
        }
        if (thrown instanceof FileSystemException e) {
            return IoReason.sentence(e);
        }
        String message = thrown.getMessage();
        if (speaks(thrown)) {
            return message == null || message.isBlank() ? thrown.toString() : message;
        }
        return thrown.getClass().getSimpleName() + (message == null ? "" : ": " + message);
    }
}
