package io.verity.cli;

import io.verity.estimators.procedures.Option;
import io.verity.estimators.procedures.Procedure;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Makes a command of every procedure, out of what the procedure says of itself. */
final class ProcedureCommands {
    private static final Map<String, String> FAMILIES = Map.of("fit", "Fit an estimator to data.");

    private ProcedureCommands() {}

    /**
     * @param root gets the commands
     * @param procedures what there is to run
     * @param session given to the commands
     */
    static void addTo(CommandLine root, List<Procedure> procedures, Session session) {
        for (Procedure procedure : procedures) {
            List<String> words = procedure.command();
            CommandLine parent = root;
            for (String word : words.subList(0, words.size() - 1)) {
                parent = family(parent, word);
            }
            String last = words.get(words.size() - 1);
            parent.addSubcommand(last, command(last, procedure, session));
        }
    }

    private static CommandLine family(CommandLine parent, String word) {
        CommandLine existing = parent.getSubcommands().get(word);
        if (existing != null) {
            return existing;
        }
        CommandSpec spec = CommandSpec.create().name(word);
        spec.usageMessage()
                .description(FAMILIES.getOrDefault(word, "Actions of the family " + word + " that are not fits."))
                .synopsisSubcommandLabel("NAME")
                .footer("", "Example: verity list estimators");
        CommandLine made = new CommandLine(spec);
        parent.addSubcommand(word, made);
        return made;
    }

    private static CommandLine command(String name, Procedure procedure, Session session) {
        ProcedureCommand command = new ProcedureCommand(procedure, session);
        CommandSpec spec = CommandSpec.wrapWithoutInspection(command).name(name);
        spec.usageMessage()
                .sortOptions(false)
                .description(literal(procedure.summary() + "."), literal(procedure.description()))
                .footer("", "Example: " + literal(procedure.example()));
        procedure.options().forEach(option -> spec.addOption(spec(option)));
        ProcedureCommand.COMMON.stream()
                .filter(option -> spec.findOption("--" + option.name()) == null)
                .forEach(option -> spec.addOption(spec(option)));
        command.setSpec(spec);
        return new CommandLine(spec);
    }

    /** Everything is read as text: the procedure checks its options itself, and says what is wrong in its own words. */
    private static OptionSpec spec(Option option) {
        OptionSpec.Builder spec = OptionSpec.builder("--" + option.name())
                .required(option.required())
                .description(described(option));
        return switch (option.kind()) {
            case FLAG -> spec.type(boolean.class).arity("0").build();
            case LIST ->
                spec.type(List.class)
                        .auxiliaryTypes(String.class)
                        .arity("1")
                        .paramLabel(label(option))
                        .build();
            default ->
                spec.type(String.class).arity("1").paramLabel(label(option)).build();
        };
    }

    private static String described(Option option) {
        String choices = option.choices().isEmpty() ? "" : ": " + String.join(", ", option.choices());
        String byDefault = option.defaultValue() == null ? "" : " (default " + option.defaultValue() + ")";
        return literal(option.help() + choices + byDefault);
    }

    /** picocli formats what it prints: a percent sign is doubled. */
    private static String literal(String text) {
        return text.replace("%", "%%");
    }

    private static String label(Option option) {
        return switch (option.kind()) {
            case CHOICE -> "WORD";
            case NUMBER -> "X";
            case INTEGER -> "N";
            default ->
                option.name().equals("out") ? "DIR" : option.kind().name().toUpperCase(Locale.ROOT);
        };
    }
}
