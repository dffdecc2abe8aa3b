package io.verity.cli;

import io.verity.reports.Format;
import io.verity.reports.ReportWriter;
import io.verity.reports.Reports;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code verity report}: the report of an earlier run in other formats. */
@Command(
        name = "report",
        description = "Write the report of an earlier run in other formats.",
        footer = {"", "Example: verity report verity-out --format md,tex,csv"})
final class ReportCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(
            paramLabel = "DIR-or-STORE",
            defaultValue = "verity-out",
            description = "output folder of an earlier run, or the store in it (default: verity-out)")
    private Path source = Path.of("verity-out");

    @Option(
            names = "--format",
            paramLabel = "LIST",
            description = "some of html, md, tex, csv, json, separated by commas (default: all)")
    private String formats = "html,md,tex,csv,json";

    @Option(names = "--out", paramLabel = "DIR", description = "where to write (default: the folder of the report)")
    private @Nullable Path out;

    ReportCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        var wanted = Format.parse(formats);
        Path folder = Files.isDirectory(source) ? source : Outputs.folderOf(source);
        Path target = out == null ? folder : out;
        Outputs.checkFolder(target);
        ReportWriter.write(Reports.read(folder), target, wanted)
                .forEach(file -> session.terminal().line(file.toString()));
        return ExitCode.OK;
    }
}
