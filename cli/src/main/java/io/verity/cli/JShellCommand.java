package io.verity.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import jdk.jshell.tool.JavaShellToolBuilder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code verity jshell}: JShell with the library on the class path and the imports done. */
@Command(
        name = "jshell",
        description = "Start JShell with the library on the class path and its packages imported.",
        footer = {"", "Example: verity jshell examples/first-fit.jsh"})
final class JShellCommand implements Callable<Integer> {
    private static final Pattern CLASS = Pattern.compile("(io/verity/(?!cli/)[a-z0-9/]+)/[A-Z]\\w*\\.class");

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
            Files.write(imports, imports(classPath));
            List<String> arguments = new ArrayList<>(List.of("--class-path", classPath, "--startup", "DEFAULT"));
            arguments.addAll(List.of("--startup", imports.toString()));
            arguments.addAll(List.of("-R--add-modules=jdk.incubator.vector", "-R-Djava.awt.headless=true"));
            arguments.addAll(scripts);
            session.terminal().flush();
            return JavaShellToolBuilder.builder().start(arguments.toArray(String[]::new));
        } finally {
            Files.deleteIfExists(imports);
        }
    }

    /** An import of every package of the library. */
    private static List<String> imports(String classPath) throws IOException {
        Path folder = Path.of(classPath.split(java.io.File.pathSeparator)[0])
                .toAbsolutePath()
                .getParent();
        List<String> packages = new ArrayList<>();
        try (Stream<Path> jars = Files.list(folder)) {
            for (Path jar : jars.filter(p -> p.getFileName().toString().matches("verity-.*\\.jar"))
                    .sorted()
                    .toList()) {
                try (JarFile file = new JarFile(jar.toFile())) {
                    file.stream()
                            .map(entry -> CLASS.matcher(entry.getName()))
                            .filter(Matcher::matches)
                            .map(match -> match.group(1).replace('/', '.'))
                            .forEach(packages::add);
                }
            }
        }
        return packages.stream()
                .distinct()
                .sorted()
                .map(p -> "import " + p + ".*;")
                .toList();
    }
}
