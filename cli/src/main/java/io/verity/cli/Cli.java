package io.verity.cli;

import io.verity.estimators.procedures.Procedure;
import io.verity.stats.Names;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.UnmatchedArgumentException;

/** The whole command line: the commands, and how their failures become one line and an exit code. */
final class Cli {
    private static final Set<String> VERSION = Set.of("--version", "-V");

    private final Session session;

    /** @param session given to the commands */
    Cli(Session session) {
        this.session = session;
    }

    private CommandLine root() {
        CommandLine root = new CommandLine(new Root());
        root.addSubcommand(new ListCommand(session));
        root.addSubcommand(new VerifyCommand(session));
        root.addSubcommand(new SimulateCommand(session));
        root.addSubcommand(new ReplayCommand(session));
        ProcedureCommands.addTo(root, Procedure.all(), session);
        root.addSubcommand(new ReportCommand(session));
        root.addSubcommand(new BackendsCommand(session));
        root.addSubcommand(new JShellCommand(session));
        return configured(root, session.terminal());
    }

    private static CommandLine configured(CommandLine root, Terminal terminal) {
        return root.setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF))
                .setOut(writer(terminal.out()))
                .setErr(writer(terminal.err()))
                .setUsageHelpWidth(Math.min(120, Math.max(80, terminal.columns())))
                .setUsageHelpAutoWidth(false)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler((e, args) -> badUsage(terminal, e, args))
                .setExecutionExceptionHandler((e, command, parsed) -> Failures.report(e, terminal, debugs(command)));
    }

    private static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), true);
    }

    /**
     * @param args the command line
     * @return the exit code
     */
    int run(String... args) {
        Terminal terminal = session.terminal();
        try {
            if (args.length == 1 && VERSION.contains(args[0])) {
                // Answered without making the commands, which takes several times as long.
                terminal.line(new VersionLine().getVersion()[0]);
                return ExitCode.OK;
            }
            CommandLine root = root();
            return root.execute(knowsEveryWord(root, args) ? args : withoutHelp(args));
        } catch (OutOfMemoryError e) {
            terminal.error("out of memory; give Java more, for example VERITY_JAVA_OPTS=-Xmx8g");
            return ExitCode.FAILED;
        } finally {
            terminal.flush();
        }
    }

    /** Whether the words before the first option name a command; if not, a wish for help must not hide that. */
    private static boolean knowsEveryWord(CommandLine root, String... args) {
        CommandLine command = root;
        for (String word : args) {
            if (word.startsWith("-") || command.getSubcommands().isEmpty()) {
                return true;
            }
            command = command.getSubcommands().get(word);
            if (command == null) {
                return false;
            }
        }
        return true;
    }

    private static String[] withoutHelp(String... args) {
        return Arrays.stream(args)
                .filter(a -> !a.equals("-h") && !a.equals("--help"))
                .toArray(String[]::new);
    }

    private static boolean debugs(CommandLine command) {
        return command.getCommandSpec().root().userObject() instanceof Root root && root.debug;
    }

    private static int badUsage(Terminal terminal, ParameterException e, String[] args) {
        CommandLine command = e.getCommandLine();
        terminal.error(
                message(e, command) + " (see: " + command.getCommandSpec().qualifiedName() + " --help)");
        if (List.of(args).contains("--debug")) {
            e.printStackTrace(terminal.err());
        }
        return ExitCode.BAD_INPUT;
    }

    private static String message(ParameterException e, CommandLine command) {
        if (e instanceof UnmatchedArgumentException unmatched
                && !unmatched.getUnmatched().isEmpty()) {
            String word = unmatched.getUnmatched().get(0);
            if (word.startsWith("-")) {
                String name = word.replaceFirst("=.*", "");
                List<String> known = new ArrayList<>();
                command.getCommandSpec().options().forEach(o -> known.add(o.longestName()));
                return "unknown option " + name + Names.suggestion(name, known, "");
            }
            if (!command.getSubcommands().isEmpty()) {
                return "unknown command '" + word + "'"
                        + Names.suggestion(word, command.getSubcommands().keySet(), "");
            }
            return "unexpected argument '" + word + "'";
        }
        if (!command.getSubcommands().isEmpty() && command.getParent() != null) {
            return "which one? " + String.join(", ", command.getSubcommands().keySet());
        }
        String text = e.getMessage() == null ? e.toString() : e.getMessage();
        return text.substring(0, 1).toLowerCase(Locale.ROOT) + text.substring(1);
    }

    /** {@code verity} itself. */
    @Command(
            name = "verity",
            description = {
                "Statistical estimators, and the theorems behind them as programs that test themselves.",
                "",
                "Start with: verity verify"
            },
            versionProvider = VersionLine.class,
            synopsisSubcommandLabel = "COMMAND",
            footer = {"", "Example: verity verify large-step --quick", "Every command has --help."})
    @SuppressWarnings("UnusedVariable") // picocli writes and reads the fields
    static final class Root implements Runnable {
        @Option(
                names = {"-h", "--help"},
                usageHelp = true,
                scope = ScopeType.INHERIT,
                description = "show this help and exit")
        private boolean help;

        @Option(
                names = {"-V", "--version"},
                versionHelp = true,
                description = "version, Java and the active backend in one line")
        private boolean version;

        @Option(
                names = "--debug",
                scope = ScopeType.INHERIT,
                description = "after an error, show where in the program it came from")
        private boolean debug;

        @CommandLine.Spec
        private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

        @Override
        public void run() {
            spec.commandLine().usage(spec.commandLine().getOut());
        }
    }
}
