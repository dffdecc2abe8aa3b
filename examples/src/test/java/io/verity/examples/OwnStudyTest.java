package io.verity.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.verity.simulations.studies.StudyRunner;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import jdk.jshell.tool.JavaShellToolBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page on studies of one's own shows what is compiled, and the script does what the program does. */
class OwnStudyTest {
    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
    private static final Pattern SNIPPET = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

    /** Text without the differences that indentation and line breaks make. */
    private static String flat(String code) {
        return code.replaceAll("\\s+", "");
    }

    private static String read(String file) throws IOException {
        return Files.readString(ROOT.resolve(file), StandardCharsets.UTF_8);
    }

    @Test
    void everySnippetOnStudiesStandsInTheProgramAndInTheScript() throws IOException {
        List<String> snippets = SNIPPET.matcher(read("docs/guide/own-study.md"))
                .results()
                .map(MatchResult::group)
                .map(block -> block.substring("```java\n".length(), block.length() - "```".length()))
                .toList();
        assertThat(snippets).hasSizeGreaterThanOrEqualTo(3);
        String program = flat(read("examples/src/main/java/io/verity/examples/PowerStudy.java"));
        String script = flat(read("examples/power-study.jsh"));
        for (String snippet : snippets) {
            assertThat(script).as("script").contains(flat(snippet));
            assertThat(program).as("program").contains(flat(snippet));
        }
    }

    @Test
    void thePageShowsWhatTheProgramPrints() throws IOException {
        assertThat(read("docs/guide/own-study.md"))
                .contains(PowerStudy.study().run().toString());
    }

    @Test
    void theScriptPrintsWhatTheProgramPrints(@TempDir Path folder) throws Exception {
        String code = read("examples/power-study.jsh")
                .replace("power.db", folder.resolve("power.db").toString())
                .replace("replicates(2000)", "replicates(200)");
        Path script = Files.writeString(folder.resolve("script.jsh"), code + "/exit\n");
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
        int exit = JavaShellToolBuilder.builder()
                .out(out, out, out)
                .err(out, out)
                .in(new ByteArrayInputStream(new byte[0]), null)
                .start("--class-path", System.getProperty("java.class.path"), script.toString());
        assertThat(exit).isZero();
        String expected = StudyRunner.withDefaults()
                .withReplicates(200)
                .run(PowerStudy.study())
                .toString();
        assertThat(printed.toString(StandardCharsets.UTF_8).lines().collect(Collectors.joining("\n")))
                .contains(expected);
    }
}
