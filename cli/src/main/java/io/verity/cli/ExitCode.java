package io.verity.cli;

/** What the process ends with. */
final class ExitCode {
    /** All went as expected. */
    static final int OK = 0;

    /** A verdict was not as expected. */
    static final int SURPRISE = 1;

    /** The command line or the input is wrong. */
    static final int BAD_INPUT = 2;

    /** The work itself failed. */
    static final int FAILED = 3;

    /** Stopped by Ctrl-C; what was finished is kept. */
    static final int INTERRUPTED = 130;

    private ExitCode() {}
}
