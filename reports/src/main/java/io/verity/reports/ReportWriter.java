package io.verity.reports;

import io.verity.reports.csv.CsvText;
import io.verity.reports.figures.FigureSvg;
import io.verity.reports.html.HtmlReport;
import io.verity.reports.json.ReportJson;
import io.verity.reports.latex.LatexReport;
import io.verity.reports.markdown.MarkdownReport;
import io.verity.reports.model.AssetNames;
import io.verity.reports.model.Report;
import io.verity.stats.IoReason;
import io.verity.stats.result.Figure;
import io.verity.stats.result.ResultTable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Writes a report into a folder. Each file is written beside its place and then moved there, so that a reader (or an
 * interruption) never meets half a file.
 */
public final class ReportWriter {
    /** Name of the file that holds the report itself. */
    public static final String JSON_FILE = "report.json";

    /** Name of the HTML file. */
    public static final String HTML_FILE = "report.html";

    private ReportWriter() {}

    /**
     * @param report any report
     * @param folder made when it does not exist; files of an earlier report are replaced
     * @param formats what to write
     * @return the files written, main files first
     * @throws IllegalArgumentException if the folder cannot be made or written to; the message names it and says why
     * @throws UncheckedIOException if writing fails later (a full disk); the message names the file
     */
    public static List<Path> write(Report report, Path folder, Set<Format> formats) {
        Map<String, String> files = new LinkedHashMap<>();
        if (formats.contains(Format.HTML)) {
            files.put(HTML_FILE, HtmlReport.render(report));
        }
        if (formats.contains(Format.MD)) {
            files.put("report.md", MarkdownReport.render(report));
        }
        if (formats.contains(Format.TEX)) {
            files.put("report.tex", LatexReport.render(report));
        }
        if (formats.contains(Format.JSON)) {
            files.put(JSON_FILE, ReportJson.write(report));
        }
        data(report, formats, files);
        checkFolder(folder);
        return files.entrySet().stream()
                .map(f -> replace(folder.resolve(f.getKey()), f.getValue()))
                .toList();
    }

    /** Markdown links to the data and shows the drawings, so it brings both. */
    private static void data(Report report, Set<Format> formats, Map<String, String> files) {
        AssetNames names = AssetNames.of(report);
        boolean markdown = formats.contains(Format.MD);
        for (Figure figure : report.figures()) {
            String name = names.next(figure);
            if (markdown) {
                files.put("figures/" + name + ".svg", FigureSvg.standalone(figure, name));
            }
            if (markdown || formats.contains(Format.CSV)) {
                files.put("figures/" + name + ".csv", CsvText.of(figure));
            }
        }
        for (ResultTable table : report.tables()) {
            if (markdown || formats.contains(Format.CSV)) {
                files.put("tables/" + names.next(table) + ".csv", CsvText.of(table));
            }
        }
    }

    /**
     * @param folder made when it does not exist
     * @throws IllegalArgumentException if it cannot be made or written to; the message names it and says why
     */
    public static void checkFolder(Path folder) {
        try {
            Files.createDirectories(folder);
            // The only sure test of a folder's permissions and of a read-only disk is to write.
            Files.delete(Files.createTempFile(folder, ".verity", ".tmp"));
        } catch (FileAlreadyExistsException e) {
            throw new IllegalArgumentException(
                    "cannot write to the folder " + folder + ": " + e.getFile() + " is a file", e);
        } catch (IOException e) {
            throw new IllegalArgumentException("cannot write to the folder " + folder + ": " + IoReason.of(e), e);
        }
    }

    private static Path replace(Path file, String text) {
        Path temporary = file.resolveSibling(file.getFileName() + ".tmp");
        try {
            Path parent = file.getParent();
            if (parent != null) {
                Files.createDirectories(parent);
            }
            Files.write(temporary, text.getBytes(StandardCharsets.UTF_8));
            move(temporary, file);
            return file;
        } catch (IOException e) {
            try {
                Files.deleteIfExists(temporary);
            } catch (IOException second) {
                e.addSuppressed(second);
            }
            throw new UncheckedIOException("cannot write " + file + ": " + IoReason.of(e), e);
        }
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
