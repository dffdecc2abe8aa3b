package io.verity.cli;

import io.verity.reports.Reports;
import io.verity.simulations.claims.Budget;
import io.verity.simulations.claims.Claim;
import io.verity.simulations.claims.PaperRegistry;
import io.verity.simulations.claims.VerificationJson;
import io.verity.simulations.claims.VerificationRun;
import io.verity.simulations.claims.Verifier;
import io.verity.simulations.progress.Cancellation;
import io.verity.stats.linalg.DenseBackend;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code verity verify}: tests claims and writes the report. */
@Command(
        name = "verify",
        description = {
            "Test the claims of papers: every theorem is a program that can fail.",
            "Prints one line per claim, ends with a scoreboard and writes a report. A claim runs with its negative controls,"
                    + " false variants that must come out REFUTED. Exits 0 when every verdict is as expected, 1 when not.",
            "Decided claims are kept in the store: after an interruption the same command continues."
        },
        footer = {"", "Example: verity verify large-step/LS-05 --quick --seed 42"})
final class VerifyCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(
            paramLabel = "PAPER or PAPER/CLAIM",
            arity = "0..*",
            description = "what to verify, see: verity list claims (default: everything)")
    private List<String> names = List.of();

    @ArgGroup
    private Effort effort = new Effort();

    @Mixin
    private StoreOptions place = new StoreOptions();

    @Mixin
    private WorkOptions work = new WorkOptions();

    @Mixin
    private JsonTarget json = new JsonTarget();

    VerifyCommand(Session session) {
        this.session = session;
    }

    /** One budget or the other. */
    @SuppressWarnings("UnusedVariable") // picocli writes the fields
    static final class Effort {
        @Option(names = "--quick", description = "small instances, minutes for all papers (default)")
        private boolean quick;

        @Option(names = "--full", description = "everything that the papers' specifications ask for")
        private boolean full;
    }

    @Override
    public Integer call() {
        PaperRegistry registry = PaperRegistry.load();
        List<Claim> claims = registry.select(names);
        work.engine();
        place.check();
        json.check();
        VerificationDisplay display =
                new VerificationDisplay(session.terminal(), !json.isStandardOutput(), !work.quiet());
        VerificationRun run = run(claims, display);
        Path page = ReportFiles.write(Reports.ofVerification(run, registry.papers()), place.folder());
        json.write(VerificationJson.published(run), session.terminal());
        if (!json.isStandardOutput()) {
            Scoreboard.lines(run, session.terminal()).forEach(session.terminal()::line);
            session.terminal().line("report: " + page);
        }
        return run.surprises().isEmpty() ? ExitCode.OK : ExitCode.SURPRISE;
    }

    private VerificationRun run(List<Claim> claims, VerificationDisplay display) {
        Cancellation cancellation = Cancellation.create();
        session.interrupt().beforeWork(cancellation::cancel);
        // Claims run beside each other, so each gets a backend of one thread.
        try (DenseBackend backend = work.backend(1);
                display) {
            return Verifier.withDefaults()
                    .withSeed(work.seed())
                    .withBudget(effort.full ? Budget.FULL : Budget.QUICK)
                    .withThreads(work.threads())
                    .withBackend(backend)
                    .withStore(place.store())
                    .withListener(display)
                    .withCancellation(cancellation)
                    .verify(claims);
        }
    }
}
