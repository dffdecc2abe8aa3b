package io.verity.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher and the distribution that it starts. */
class LauncherIT {
    private static final Path HOME = Path.of("").toAbsolutePath().getParent();
    private static final Path LAUNCHER = HOME.resolve("verity");
    private static final Path LIBRARIES = HOME.resolve("cli/target/dist/lib");

    @TempDir
    private Path folder;

    @BeforeAll
    static void shellIsPosix() {
        assumeThat(File.separatorChar).as("a POSIX shell").isEqualTo('/');
    }

    private Spoken shell(String script, Map<String, String> environment) throws Exception {
        Path out = folder.resolve("shell.out");
        Path err = folder.resolve("shell.err");
        ProcessBuilder builder = new ProcessBuilder("sh", "-c", script)
                .directory(folder.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().keySet().removeAll(List.of("VERITY_JAVA_OPTS", "JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS"));
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("verity", LAUNCHER.toString());
        builder.environment().putAll(environment);
        Process process = builder.start();
        assertThat(process.waitFor(10, TimeUnit.MINUTES))
                .as(() -> "ends, having said " + said(out) + said(err))
                .isTrue();
        return new Spoken(process.exitValue(), Files.readString(out), Files.readString(err));
    }

    private static String said(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Spoken shell(String script) throws Exception {
        return shell(script, Map.of());
    }

    @Test
    void versionSaysOneLineAndTheVirtualMachineNothing() throws Exception {
        Spoken answer = shell("\"$verity\" --version");
        assertThat(answer.code()).isZero();
        assertThat(answer.out()).startsWith("verity ").containsOnlyOnce("\n");
        assertThat(answer.err()).isEmpty();
    }

    @Test
    void exitCodesAndErrorsComeThrough() throws Exception {
        Spoken answer = shell("\"$verity\" verfy");
        assertThat(answer.code()).isEqualTo(2);
        assertThat(answer.out()).isEmpty();
        assertThat(answer.err()).startsWith("verity: unknown command 'verfy'").containsOnlyOnce("\n");
    }

    @Test
    void redirectedStreamsKeepEveryLineInOrder() throws Exception {
        Path data = Files.writeString(folder.resolve("d.csv"), "x,c,y\n1,5,a\n2,5,b\n");
        String fit = "\"$verity\" fit large-step --data " + data + " --label y";
        assertThat(shell(fit + " >both 2>&1").code()).isZero();
        List<String> both = Files.readAllLines(folder.resolve("both"));
        assertThat(both).hasSizeGreaterThan(1);
        assertThat(both).anyMatch(line -> line.startsWith("warning: constant column c"));
        assertThat(both).anyMatch(line -> line.contains("2 rows, 2 features"));
        assertThat(shell(fit + " 2>&1 | cat").out().lines().toList()).containsExactlyInAnyOrderElementsOf(both);
        shell("echo before >errors; " + fit + " 2>>errors >/dev/null; echo after >>errors");
        assertThat(Files.readAllLines(folder.resolve("errors")))
                .startsWith("before")
                .endsWith("after")
                .anyMatch(line -> line.startsWith("warning: "));
        assertThat(shell(fit + " 2>&-").code()).as("with stderr closed").isZero();
    }

    @Test
    void symbolicLinksAndOtherFoldersDoNotMatter() throws Exception {
        Spoken answer =
                shell("mkdir bin && ln -s \"$verity\" bin/first && ln -s first bin/second && bin/second --version");
        assertThat(answer.code()).as(answer.err()).isZero();
        assertThat(answer.out()).startsWith("verity ");
    }

    @Test
    void javaOptionsAreHonouredAndTheirErrorsShown() throws Exception {
        assertThat(shell("\"$verity\" --version", Map.of("VERITY_JAVA_OPTS", "-Xmx200m -Dx=y"))
                        .out())
                .startsWith("verity ");
        Spoken wrong = shell("\"$verity\" --version", Map.of("VERITY_JAVA_OPTS", "-XX:NoSuchOption"));
        assertThat(wrong.code()).isNotZero();
        assertThat(wrong.err()).contains("NoSuchOption");
    }

    @Test
    void unusableJavaIsNamed() throws Exception {
        Spoken missing = shell("\"$verity\" --version", Map.of("JAVA_HOME", "/no/such/java"));
        assertThat(missing.code()).isEqualTo(3);
        assertThat(missing.err()).contains("JAVA_HOME", "/no/such/java").containsOnlyOnce("\n");
        Path old = Files.createDirectories(folder.resolve("jdk-11/bin")).getParent();
        Files.writeString(old.resolve("release"), "JAVA_VERSION=\"11.0.2\"\n");
        Files.writeString(old.resolve("bin/java"), "#!/bin/sh\nexit 1\n")
                .toFile()
                .setExecutable(true);
        Spoken outdated = shell("\"$verity\" --version", Map.of("JAVA_HOME", old.toString()));
        assertThat(outdated.code()).isEqualTo(3);
        assertThat(outdated.err()).contains("Java 17 or newer", "11.0.2").containsOnlyOnce("\n");
    }

    @Test
    void cacheThatCannotBeWrittenDoesNotMatter() throws Exception {
        Map<String, String> nowhere = new HashMap<>(Map.of("XDG_CACHE_HOME", "/proc/nowhere", "HOME", "/proc/nowhere"));
        Spoken answer = shell("\"$verity\" --version", nowhere);
        assertThat(answer.code()).isZero();
        assertThat(answer.err()).isEmpty();
    }

    @Test
    void shellRunsAScriptWithTheImportsDone() throws Exception {
        Path script = Files.writeString(
                folder.resolve("script.jsh"),
                "System.out.println(\"median \" + RandomStream.of(1, \"a\", 0, 0).nextDouble())\n/exit\n");
        Spoken answer = shell("\"$verity\" jshell " + script);
        assertThat(answer.code()).as(answer.err()).isZero();
        assertThat(answer.out()).contains("median 0.");
    }

    @Test
    void everyDistributedLibraryIsNamedInTheNotice() throws IOException {
        String notice = Files.readString(HOME.resolve("NOTICE")).replaceAll(" +", " ");
        Pattern name = Pattern.compile("(.+?)-(\\d.*)\\.jar");
        try (Stream<Path> jars = Files.list(LIBRARIES)) {
            List<String> missing = jars.map(
                            jar -> name.matcher(jar.getFileName().toString()))
                    .filter(Matcher::matches)
                    .map(match -> match.group(1) + " " + match.group(2))
                    .filter(library -> !library.startsWith("verity-"))
                    .filter(library -> !notice.contains("\n " + library + " "))
                    .toList();
            assertThat(missing).as("libraries without a line in NOTICE").isEmpty();
        }
        assertThat(new String(Files.readAllBytes(HOME.resolve("LICENSE")), StandardCharsets.UTF_8))
                .contains("Apache License");
    }

    @Test
    void unpackedArchiveStartsWithoutSources() throws Exception {
        Path unpacked = Files.createDirectories(folder.resolve("verity-0"));
        Files.copy(LAUNCHER, unpacked.resolve("verity"));
        unpacked.resolve("verity").toFile().setExecutable(true);
        Files.createSymbolicLink(unpacked.resolve("lib"), LIBRARIES);
        Spoken answer = shell(unpacked.resolve("verity") + " --version");
        assertThat(answer.code()).as(answer.err()).isZero();
        assertThat(answer.out()).startsWith("verity ");
    }
}
