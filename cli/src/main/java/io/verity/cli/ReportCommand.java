package io.verity.cli;

import io.verity.reports.Format;
import io.verity.reports.ReportWriter;
import io.verity.reports.Reports;
import io.verity.reports.model.Report;
import io.verity.simulations.claims.Paper;
import io.verity.simulations.claims.PaperRegistry;
import io.verity.simulations.claims.StoredVerifications;
import io.verity.simulations.store.ResultStore;
import io.verity.simulations.store.SqliteStore;
import io.verity.simulations.studies.StoredStudies;
import io.verity.simulations.studies.Studies;
import io.verity.stats.Arguments;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
        Set<Format> wanted = Format.parse(formats);
        Arguments.require(Files.exists(source), "there is no folder or store %s", source);
        boolean isFolder = Files.isDirectory(source);
        Path folder = isFolder ? source : Outputs.folderOf(source);
        Path target = out == null ? folder : out;
        Path store = isFolder ? StoreOptions.storeIn(source) : source;
        // A run that was interrupted has left no report yet, but its store.
        boolean unreported = isFolder && !Files.exists(source.resolve(ReportWriter.JSON_FILE)) && Files.exists(store);
        boolean stored = unreported || (!isFolder && !source.toString().endsWith(".json"));
        Map<Path, Report> reports = stored ? fromStore(store, target) : Map.of(target, Reports.read(source));
        ReportWriter.checkFolder(target);
        reports.forEach((place, report) -> ReportWriter.write(report, place, wanted)
                .forEach(file -> session.terminal().line(file.toString())));
        return ExitCode.OK;
    }

    /** The newest verification, and every study in a folder of its own. */
    private static Map<Path, Report> fromStore(Path file, Path target) {
        Map<Path, Report> reports = new LinkedHashMap<>();
        try (ResultStore store = SqliteStore.openForReading(file)) {
            // Oldest first: the newest takes the place of the others.
            List<Paper> papers = PaperRegistry.load().papers();
            StoredVerifications.read(store).forEach(v -> reports.put(target, Reports.ofVerification(v.run(), papers)));
            StoredStudies.read(store, Studies.all()).forEach(result -> {
                String name = result.study().name();
                reports.put(
                        target.resolve(StoreOptions.folderName(name)),
                        Reports.of(result, "./verity simulate " + name + " --store " + file));
            });
        }
        Arguments.require(!reports.isEmpty(), "there is nothing to report in %s", file);
        return reports;
    }
}
