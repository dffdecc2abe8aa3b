package io.verity.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;
import jdk.jshell.SourceCodeAnalysis;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every Java block of the README and the guide runs as it stands, pasted line by line into one JShell session per page. */
class GuideTest {
    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();

    static Stream<Path> pages() throws IOException {
        try (Stream<Path> guide = Files.walk(ROOT.resolve("docs"))) {
            List<Path> pages = new ArrayList<>(
                    guide.filter(p -> p.toString().endsWith(".md")).sorted().toList());
            pages.add(ROOT.resolve("README.md"));
            return pages.stream().filter(p -> !javaBlocks(p).isEmpty()).toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void javaBlocksOfThePageRun(Path page, @TempDir Path stores) throws IOException {
        try (JShell shell = JShell.builder().executionEngine("local").build()) {
            for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
                shell.addToClasspath(entry);
            }
            run(shell, imports(), page);
            for (String block : javaBlocks(page)) {
                String here = block.replace("\"examples/data/", "\"" + ROOT + "/examples/data/")
                        .replaceAll("\"(\\w+\\.db)\"", "\"" + stores + "/$1\"");
                run(shell, here, page);
            }
        }
    }

    /** What `verity jshell` imports: every package of the library. */
    private static String imports() {
        return "import java.util.*; import java.nio.file.*;"
                + new ClassFileImporter()
                                .importPackages(
                                        "io.verity.stats",
                                        "io.verity.estimators",
                                        "io.verity.simulations",
                                        "io.verity.papers",
                                        "io.verity.reports")
                                .stream()
                                .filter(c -> c.getModifiers().contains(JavaModifier.PUBLIC))
                                .map(JavaClass::getPackageName)
                                .distinct()
                                .sorted()
                                .map(p -> "import " + p + ".*;")
                                .collect(Collectors.joining("\n"));
    }

    private static void run(JShell shell, String code, Path page) {
        SourceCodeAnalysis analysis = shell.sourceCodeAnalysis();
        String pending = "";
        for (String line :
                code.lines().toList()) { // the shell ends a statement at the first line that could be its end
            pending += line + "\n";
            SourceCodeAnalysis.CompletionInfo info = analysis.analyzeCompletion(pending);
            while (info.completeness().isComplete()) {
                assertRuns(shell, info.source(), page);
                pending = info.remaining();
                info = analysis.analyzeCompletion(pending);
            }
        }
        assertThat(analysis.analyzeCompletion(pending).completeness())
                .as("%s: incomplete snippet %s", page, pending)
                .isEqualTo(SourceCodeAnalysis.Completeness.EMPTY);
    }

    private static void assertRuns(JShell shell, String source, Path page) {
        for (SnippetEvent event : shell.eval(source)) {
            assertThat(event.exception()).as("%s: %s", page, source).isNull();
            assertThat(event.status())
                    .as(
                            "%s: %s %s",
                            page,
                            source,
                            shell.diagnostics(event.snippet())
                                    .map(d -> d.getMessage(null))
                                    .toList())
                    .isNotEqualTo(Snippet.Status.REJECTED);
        }
    }

    private static List<String> javaBlocks(Path page) {
        try {
            List<String> blocks = new ArrayList<>();
            StringBuilder block = null;
            for (String line : Files.readAllLines(page)) {
                if (block == null && line.strip().equals("```java")) {
                    block = new StringBuilder();
                } else if (block != null && line.strip().equals("```")) {
                    blocks.add(block.toString());
                    block = null;
                } else if (block != null) {
                    block.append(line).append('\n');
                }
            }
            return blocks;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
