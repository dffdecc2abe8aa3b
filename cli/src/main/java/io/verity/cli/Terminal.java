package io.verity.cli;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;

/** Where a command prints, always as UTF-8, and what is known about the reader. */
final class Terminal {
    private static final int DEFAULT_COLUMNS = 100;

    /** A terminal that says it is narrower does not know. */
    private static final int NARROWEST = 20;

    private final PrintStream out;
    private final PrintStream err;
    private final boolean outIsTerminal;
    private final boolean errIsTerminal;
    private final boolean colours;
    private final int columns;

    /**
     * @param out results
     * @param err everything else
     * @param outIsTerminal whether a person reads the results
     * @param errIsTerminal whether a person reads the rest
     * @param colours whether results may be coloured
     * @param columns width of the terminal in characters
     */
    Terminal(
            OutputStream out,
            OutputStream err,
            boolean outIsTerminal,
            boolean errIsTerminal,
            boolean colours,
            int columns) {
        this.out = new PrintStream(out, false, StandardCharsets.UTF_8);
        this.err = new PrintStream(err, true, StandardCharsets.UTF_8);
        this.outIsTerminal = outIsTerminal;
        this.errIsTerminal = errIsTerminal;
        this.colours = colours;
        this.columns = columns;
    }

    /**
     * The terminal of this process. Which descriptors are terminals, and how wide, the launcher says: Java cannot tell.
     *
     * @return standard output and error; {@code System.err} follows, for whatever libraries log
     */
    static Terminal ofProcess() {
        Set<String> terminals =
                Set.of(System.getProperty("verity.terminals", "").split(","));
        boolean outIsTerminal = terminals.contains("1");
        String noColour = System.getenv("NO_COLOR");
        boolean colours =
                outIsTerminal && (noColour == null || noColour.isEmpty()) && !"dumb".equals(System.getenv("TERM"));
        int told = Integer.getInteger("verity.columns", 0);
        int width = told >= NARROWEST ? told : DEFAULT_COLUMNS;
        Terminal terminal = new Terminal(
                new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), 8192),
                StandardError.open(),
                outIsTerminal,
                terminals.contains("2"),
                colours,
                width);
        System.setErr(terminal.err);
        return terminal;
    }

    /** @return results */
    PrintStream out() {
        return out;
    }

    /** @return everything that is not a result */
    PrintStream err() {
        return err;
    }

    /** @return whether a person watches the errors' stream, so that a progress bar makes sense */
    boolean errIsTerminal() {
        return errIsTerminal;
    }

    /** @return whether a person watches the results' stream */
    boolean outIsTerminal() {
        return outIsTerminal;
    }

    /** @return width in characters */
    int columns() {
        return columns;
    }

    /** @param line a result, shown at once */
    void line(String line) {
        out.println(line);
        out.flush();
    }

    /**
     * @param text any text
     * @param colour its colour
     * @return the text, in that colour where a terminal shows it
     */
    String paint(String text, Colour colour) {
        return colours ? "\u001b[" + colour.code + "m" + text + "\u001b[0m" : text;
    }

    /** @param sentence what went wrong; line breaks in it become spaces */
    void error(String sentence) {
        flush();
        err.println("verity: " + oneLine(sentence));
    }

    /** @param sentence what the user should know */
    void warning(String sentence) {
        flush();
        err.println("warning: " + oneLine(sentence));
    }

    /** @param line worth knowing, but no result */
    void note(String line) {
        flush();
        err.println(line);
    }

    /** Writes what is still in memory. */
    void flush() {
        out.flush();
        err.flush();
    }

    private static String oneLine(String text) {
        return text.strip().replaceAll("\\s*\\R\\s*", " ");
    }

    /** The few colours in use. */
    enum Colour {
        GREEN(32),
        RED(31),
        YELLOW(33),
        DIM(2);

        private final String code;

        Colour(int code) {
            this.code = String.format(Locale.ROOT, "%d", code);
        }
    }
}
