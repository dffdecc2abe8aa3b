package io.verity.cli;

/** The entry point: the only place where the process is ended. */
public final class Main {
    private Main() {}

    /** @param args the command line */
    public static void main(String[] args) {
        Terminal terminal = Terminal.ofProcess();
        Interrupt interrupt = Interrupt.install(terminal);
        int code = Cli.of(terminal, interrupt).run(args);
        terminal.flush();
        interrupt.workHasEnded();
        System.exit(code);
    }
}
