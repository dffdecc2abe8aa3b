package io.verity.cli;

import io.verity.reports.Reports;
import io.verity.reports.csv.CsvText;
import io.verity.simulations.progress.Cancellation;
import io.verity.simulations.studies.SimulationResult;
import io.verity.simulations.studies.Studies;
import io.verity.simulations.studies.Study;
import io.verity.simulations.studies.StudyRunner;
import io.verity.stats.linalg.DenseBackend;
import io.verity.stats.result.ResultTable;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code verity simulate}: runs a study, or what is missing of it. */
@Command(
        name = "simulate",
        description = {
            "Run a Monte Carlo study and summarise it.",
            "Finished replicates are kept in the store: after an interruption the same command continues, and a larger"
                    + " --replicates computes only what is new. Studies are listed by: verity list studies"
        },
        footer = {
            "",
            "Example: verity simulate large-step/separation --replicates 50 --set stepSize=0.1,10,1000 --seed 7"
        })
final class SimulateCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "STUDY", description = "name of a study")
    private String name = "";

    @Option(
            names = "--replicates",
            paramLabel = "N",
            description = "replicates of every condition (default: the study's own)")
    private @Nullable Long replicates;

    @Option(
            names = "--set",
            paramLabel = "FACTOR=VALUE[,VALUE...]",
            description = "values of a factor, instead of the study's own; may be repeated")
    private List<String> settings = List.of();

    @Option(names = "--csv", paramLabel = "FILE", description = "write the summary of every metric as CSV")
    private @Nullable Path csv;

    @Mixin
    private StoreOptions place = new StoreOptions();

    @Mixin
    private WorkOptions work = new WorkOptions();

    @Mixin
    private JsonTarget json = new JsonTarget();

    SimulateCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        Study<?> study = Factors.applied(settings, Studies.find(name));
        work.engine();
        place.check();
        json.check();
        if (csv != null) {
            Outputs.checkFile(csv);
        }
        SimulationResult result = run(study);
        json.write(result.toJson(), session.terminal());
        if (csv != null) {
            Outputs.write(csv, CsvText.of(result.tables().get(1)));
        }
        Path folder = place.reportFolder(study.name());
        Path page = ReportFiles.write(Reports.of(result, command()), folder);
        if (!json.isStandardOutput()) {
            Consumer<String> lines = session.terminal()::line;
            TextTable.print(result.toTable(), lines);
            lines.accept("");
            for (ResultTable table : result.derived()) {
                lines.accept(table.title());
                TextTable.print(table, lines);
                lines.accept("");
            }
            lines.accept("every metric: in the report, or with --csv FILE or --json FILE");
            lines.accept("report: " + page);
        }
        return ExitCode.OK;
    }

    private SimulationResult run(Study<?> study) {
        Cancellation cancellation = Cancellation.create();
        session.interrupt().beforeWork(cancellation::cancel);
        try (DenseBackend backend = work.backend(1)) {
            StudyRunner runner = StudyRunner.withDefaults()
                    .withSeed(work.seed())
                    .withThreads(work.threads())
                    .withBackend(backend.info().id())
                    .withProgress(session.progress(work.quiet()))
                    .withCancellation(cancellation);
            return place.keep(replicates == null ? runner : runner.withReplicates(replicates))
                    .run(study);
        }
    }

    private String command() {
        StringBuilder command = new StringBuilder("./verity simulate ").append(name);
        if (replicates != null) {
            command.append(" --replicates ").append(replicates);
        }
        settings.forEach(setting -> command.append(" --set ").append(setting));
        return command.append(" --seed ").append(work.seed()).toString();
    }
}
