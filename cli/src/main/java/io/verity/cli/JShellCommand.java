package io.verity.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import jdk.jshell.tool.JavaShellToolBuilder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code verity jshell}: JShell with the library on the class path and the imports done. */
@Command(
        name = "jshell",
        description = "Start JShell with the library on the class path and its packages imported.",
        footer = {"", "Example: verity jshell examples/power-study.jsh"})
final class JShellCommand implements Callable<Integer> {
    /** As the shell does by itself, but its second virtual machine has two minutes to start instead of five seconds. */
    private static final String EXECUTION =
            "failover:0(jdi:hostname(127.0.0.1),timeout(120000))," + "1(jdi:launch(true),timeout(120000))";

    private final Session session;

    @Parameters(paramLabel = "FILE", arity = "0..*", description = "scripts to run first")
    private List<String> scripts = List.of();

    JShellCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws Exception {
        for (String script : scripts) {
            if (!Files.isReadable(Path.of(script))) {
                throw new IllegalArgumentException("there is no script " + script);
            }
        }
        String classPath = System.getProperty("java.class.path", "");
        Path imports = Files.createTempFile("verity-imports", ".jsh");
        try {
            Files.write(imports, Imports.lines());
            List<String> arguments = new ArrayList<>(List.of("--class-path", classPath, "--startup", "DEFAULT"));
            arguments.addAll(List.of("--startup", imports.toString()));
            arguments.addAll(List.of("--execution", EXECUTION));
            arguments.addAll(List.of("-R--add-modules=jdk.incubator.vector", "-R-Djava.awt.headless=true"));
            arguments.addAll(scripts);
            session.terminal().flush();
            return JavaShellToolBuilder.builder().start(arguments.toArray(String[]::new));
        } finally {
            Files.deleteIfExists(imports);
        }
    }
}
