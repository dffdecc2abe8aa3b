package io.verity.cli;

import io.verity.simulations.progress.Progress;

/**
 * What every command is given.
 *
 * @param terminal where it prints
 * @param interrupt whom it tells when it can be stopped
 */
record Session(Terminal terminal, Interrupt interrupt) {
    /**
     * @param quiet whether progress is unwanted
     * @return a live bar on a terminal, plain lines elsewhere
     */
    Progress progress(boolean quiet) {
        if (quiet) {
            return Progress.none();
        }
        return terminal.errIsTerminal() ? new ProgressBars(terminal) : new ProgressLines(terminal, System::nanoTime);
    }
}
