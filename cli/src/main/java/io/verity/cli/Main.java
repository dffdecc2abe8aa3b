package io.verity.cli;

import java.util.Locale;

/** The entry point: the only place where the process is ended. */
public final class Main {
    private Main() {}

    /** @param args the command line */
    public static void main(String[] args) {
        Locale.setDefault(Locale.ROOT); // libraries that format numbers do it in one way everywhere
        Terminal terminal = Terminal.ofProcess();
        Interrupt interrupt = Interrupt.install(terminal);
        int code = new Cli(new Session(terminal, interrupt)).run(args);
        terminal.flush();
        interrupt.workHasEnded();
        System.exit(code);
    }
}
