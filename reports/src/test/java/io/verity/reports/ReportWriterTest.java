package io.verity.reports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportWriterTest {
    private static Map<String, String> contents(Path folder) throws IOException {
        Map<String, String> contents = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                contents.put(folder.relativize(file).toString().replace('\\', '/'), Files.readString(file));
            }
        }
        return contents;
    }

    @Test
    void eachFormatHasItsFiles(@TempDir Path folder) throws Exception {
        assertThat(ReportWriter.write(Samples.simulation(), folder.resolve("a/b"), EnumSet.allOf(Format.class)))
                .first()
                .isEqualTo(folder.resolve("a/b/report.html"));
        assertThat(contents(folder.resolve("a/b")))
                .containsOnlyKeys(
                        "report.html",
                        "report.md",
                        "report.tex",
                        "report.json",
                        "figures/separation.svg",
                        "figures/separation.csv",
                        "tables/separation-time.csv",
                        "tables/all-runs.csv");
        ReportWriter.write(Samples.simulation(), folder.resolve("c"), Format.parse("JSON, csv"));
        assertThat(contents(folder.resolve("c")))
                .containsOnlyKeys(
                        "report.json", "figures/separation.csv", "tables/separation-time.csv", "tables/all-runs.csv");
    }

    @Test
    void twoRenderingsHaveTheSameBytesAndSoHasOneFromTheStoredReport(@TempDir Path folder) throws Exception {
        EnumSet<Format> all = EnumSet.allOf(Format.class);
        ReportWriter.write(Reports.ofVerification(Samples.verification(true, 6)), folder.resolve("a"), all);
        ReportWriter.write(Reports.ofVerification(Samples.verification(true, 6)), folder.resolve("b"), all);
        ReportWriter.write(Reports.read(folder.resolve("a")), folder.resolve("c"), all);
        Map<String, String> first = contents(folder.resolve("a"));
        assertThat(contents(folder.resolve("b"))).isEqualTo(first);
        assertThat(contents(folder.resolve("c"))).isEqualTo(first);
    }

    @Test
    void anEarlierReportIsReplaced(@TempDir Path folder) throws Exception {
        ReportWriter.write(Samples.simulation(), folder, Format.parse("json"));
        ReportWriter.write(Samples.fit(), folder, Format.parse("json"));
        assertThat(contents(folder)).containsOnlyKeys("report.json");
        assertThat(Reports.read(folder).title()).isEqualTo("fit large-step");
    }

    @Test
    void aFolderThatIsAFileIsNamedInOneLine(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("taken"), "");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ReportWriter.write(Samples.fit(), file, Format.parse("html")))
                .withMessage("cannot write to the folder %s: %s is a file", file, file);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ReportWriter.write(Samples.fit(), file.resolve("below"), Format.parse("html")))
                .withMessageStartingWith("cannot write to the folder " + file.resolve("below") + ": ")
                .withMessageNotContaining("\n");
    }

    @Test
    void aFolderWithoutPermissionIsNamedInOneLine(@TempDir Path folder) throws Exception {
        Path closed = Files.createDirectory(folder.resolve("closed"));
        boolean changed = closed.toFile().setWritable(false);
        assumeFalse(!changed || Files.isWritable(closed), "this user may write everywhere");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ReportWriter.write(Samples.fit(), closed, Format.parse("json")))
                .withMessage("cannot write to the folder %s: no permission", closed);
        assertThat(closed.toFile().setWritable(true)).isTrue();
    }

    @Test
    void whenOneFileCannotBeReplacedNothingHalfWrittenStays(@TempDir Path folder) throws Exception {
        Files.createDirectories(folder.resolve("report.json/occupied"));
        assertThatThrownBy(() -> ReportWriter.write(Samples.fit(), folder, Format.parse("json")))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageStartingWith("cannot write " + folder.resolve("report.json"));
        assertThat(contents(folder)).isEmpty();
    }

    @Test
    void anUnknownFormatIsAnsweredWithTheKnownOnes() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Format.parse("html,pdf"))
                .withMessage("unknown format \"pdf\", expected some of html,md,tex,csv,json");
    }
}
