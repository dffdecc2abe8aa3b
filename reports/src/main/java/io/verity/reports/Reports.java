package io.verity.reports;

import io.verity.reports.json.ReportJson;
import io.verity.reports.model.Block;
import io.verity.reports.model.KeyValues;
import io.verity.reports.model.Report;
import io.verity.reports.model.Scoreboard;
import io.verity.reports.model.Section;
import io.verity.reports.model.VerdictCard;
import io.verity.reports.text.Numbers;
import io.verity.simulations.claims.ClaimId;
import io.verity.simulations.claims.ClaimRecord;
import io.verity.simulations.claims.Paper;
import io.verity.simulations.claims.Source;
import io.verity.simulations.claims.VerificationRun;
import io.verity.simulations.studies.ConditionSummary;
import io.verity.simulations.studies.SimulationResult;
import io.verity.stats.Arguments;
import io.verity.stats.IoReason;
import io.verity.stats.result.Figure;
import io.verity.stats.result.Provenance;
import io.verity.stats.result.ResultTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Makes reports out of results. */
public final class Reports {
    private Reports() {}

    /**
     * The report of a verification: scoreboard, the claims that came out unexpectedly, then each paper's claims in registry
     * order, negative controls on their claim's card; last how the run was made.
     *
     * @param run a finished verification
     * @return its report, each paper under the title of its first claim's source
     */
    public static Report ofVerification(VerificationRun run) {
        return ofVerification(run, List.of());
    }

    /**
     * As {@link #ofVerification(VerificationRun)}, each paper under its own title.
     *
     * @param run a finished verification
     * @param registered papers that are known; their claims may come from other papers, too
     * @return its report
     */
    public static Report ofVerification(VerificationRun run, List<Paper> registered) {
        List<VerdictCard> cards = cards(run);
        List<Section> sections = new ArrayList<>();
        sections.add(new Section("scoreboard", "Scoreboard", List.of(Scoreboard.of(run.records()))));
        List<Block> surprises =
                new ArrayList<>(cards.stream().filter(c -> !c.asExpected()).toList());
        if (!surprises.isEmpty()) {
            sections.add(new Section("surprises", "Surprises", surprises));
        }
        Map<String, List<VerdictCard>> papers = cards.stream()
                .filter(VerdictCard::asExpected)
                .collect(Collectors.groupingBy(c -> c.claim().id().paper(), LinkedHashMap::new, Collectors.toList()));
        papers.forEach((paper, its) -> {
            Source source = its.get(0).claim().source();
            Optional<Paper> known =
                    registered.stream().filter(p -> p.name().equals(paper)).findFirst();
            List<Block> blocks = new ArrayList<>();
            blocks.add(new Block.Paragraph(
                    known.map(Paper::citation).orElseGet(() -> source.authors() + ", " + source.identifier())));
            blocks.addAll(its);
            sections.add(new Section(
                    "paper-" + anchor(paper), known.map(Paper::title).orElseGet(source::title), blocks));
        });
        Map<String, @Nullable Object> facts = new LinkedHashMap<>();
        facts.put("Budget", run.budget().name().toLowerCase(Locale.ROOT));
        facts.put("Threads", run.threads());
        facts.put("Engine", run.engine());
        facts.put("Started", run.started());
        facts.put("Wall time", Numbers.duration(run.seconds()));
        sections.add(new Section("run", "This run", List.of(KeyValues.of("", facts))));
        int good = run.records().size() - run.surprises().size();
        String subtitle = good == run.records().size()
                ? "All " + good + " verdicts are as expected."
                : good + " of " + run.records().size() + " verdicts are as expected.";
        return new Report(
                "Verification report",
                subtitle,
                sections,
                new Provenance(run.version(), run.java(), run.os(), run.backend(), run.seed()));
    }

    /** One card per claim; a control whose claim is not in the run gets a card of its own. */
    private static List<VerdictCard> cards(VerificationRun run) {
        Map<ClaimId, List<ClaimRecord>> controls = new LinkedHashMap<>();
        List<ClaimId> claims = run.records().stream().map(ClaimRecord::id).toList();
        List<ClaimRecord> heads = new ArrayList<>();
        for (ClaimRecord r : run.records()) {
            ClaimId parent = r.controlOf();
            if (parent != null && claims.contains(parent)) {
                controls.computeIfAbsent(parent, k -> new ArrayList<>()).add(r);
            } else {
                heads.add(r);
            }
        }
        return heads.stream()
                .map(r -> new VerdictCard(r, controls.getOrDefault(r.id(), List.of()), command(run, r)))
                .toList();
    }

    private static String command(VerificationRun run, ClaimRecord record) {
        // The two Java backends give the same bits; any other must be named to get the same again.
        String backend = run.backend().startsWith("java") ? "" : " --backend " + run.backend();
        return "./verity verify " + record.id() + " --" + run.budget().name().toLowerCase(Locale.ROOT) + " --seed "
                + run.seed() + backend;
    }

    /**
     * The report of a simulation: its tables, its figures, and what was run.
     *
     * @param result what a study found
     * @param command how to run it again
     * @return its report
     */
    public static Report of(SimulationResult result, String command) {
        Map<String, @Nullable Object> facts = new LinkedHashMap<>(result.study().factors());
        facts.put(
                "replicates",
                result.conditions().stream()
                        .mapToLong(ConditionSummary::replicates)
                        .sum());
        facts.put(
                "failures",
                result.conditions().stream()
                        .mapToLong(ConditionSummary::failures)
                        .sum());
        facts.put("engine", result.execution().engine());
        facts.put("threads", result.execution().threads());
        facts.put("wall time", Numbers.duration(result.execution().seconds()));
        return ofSimulation(
                result.study().name(),
                result.study().title(),
                facts,
                result.tables(),
                result.figures(),
                command,
                result.provenance());
    }

    /**
     * The report of a simulation study.
     *
     * @param study name of the study
     * @param description what it simulates, in a sentence or two; formulas between {@code \(} and {@code \)}
     * @param facts what was run (factors, replicates, failures, wall time): name to number or text, in the map's order
     * @param tables summaries of the conditions, with their Monte Carlo errors
     * @param figures pictures of them
     * @param command the command that reproduces the study
     * @param provenance version, platform, backend, seed
     * @return its report
     */
    public static Report ofSimulation(
            String study,
            String description,
            Map<String, ? extends @Nullable Object> facts,
            List<ResultTable> tables,
            List<Figure> figures,
            String command,
            Provenance provenance) {
        List<Section> sections = new ArrayList<>();
        List<Block> setup = new ArrayList<>();
        setup.add(KeyValues.of("", facts));
        setup.add(KeyValues.of("", Map.of("Command", command)));
        add(sections, "figures", "Figures", drawn(figures));
        add(sections, "results", "Results", printed(tables));
        sections.add(new Section("study", "Study", setup));
        return new Report("Study " + study, description, sections, provenance);
    }

    /**
     * The report of a fit or of another action on a user's data.
     *
     * @param title heading
     * @param summary what came out, in one line or a few; formulas between {@code \(} and {@code \)}
     * @param warnings what the reader must not miss, one sentence each
     * @param result key numbers: name to number or text, in the map's order
     * @param tables results as tables
     * @param figures results as figures
     * @param details data, options and diagnostics: name to number or text, in the map's order
     * @param provenance version, platform, backend, seed
     * @return its report
     */
    public static Report ofFit(
            String title,
            String summary,
            List<String> warnings,
            Map<String, ? extends @Nullable Object> result,
            List<ResultTable> tables,
            List<Figure> figures,
            Map<String, ? extends @Nullable Object> details,
            Provenance provenance) {
        List<Section> sections = new ArrayList<>();
        boolean oneLine = summary.strip().lines().count() <= 1;
        List<Block> found = new ArrayList<>();
        if (!oneLine) {
            found.add(new Block.Listing(summary.strip()));
        }
        warnings.forEach(w -> found.add(new Block.Notice(w)));
        if (!result.isEmpty()) {
            found.add(KeyValues.of("", result));
        }
        add(sections, "result", "Result", found);
        add(sections, "figures", "Figures", drawn(figures));
        add(sections, "tables", "Tables", printed(tables));
        if (!details.isEmpty()) {
            sections.add(new Section("details", "Data, options and diagnostics", List.of(KeyValues.of("", details))));
        }
        return new Report(title, oneLine ? summary.strip() : "", sections, provenance);
    }

    private static List<Block> drawn(List<Figure> figures) {
        return figures.stream().<Block>map(Block.FigureBlock::new).toList();
    }

    private static List<Block> printed(List<ResultTable> tables) {
        return tables.stream().<Block>map(Block.TableBlock::new).toList();
    }

    private static void add(List<Section> sections, String id, String title, List<? extends Block> blocks) {
        if (!blocks.isEmpty()) {
            sections.add(new Section(id, title, List.copyOf(blocks)));
        }
    }

    /**
     * @param path an output folder with a {@code report.json} in it, or such a file itself
     * @return the report stored there
     * @throws IllegalArgumentException if there is none, it cannot be read, or it is something else; the message names the file
     */
    public static Report read(Path path) {
        Path file = Files.isDirectory(path) ? path.resolve(ReportWriter.JSON_FILE) : path;
        Arguments.require(Files.isRegularFile(file), "no report at %s", file);
        try {
            return ReportJson.read(Files.readString(file));
        } catch (IOException e) {
            throw new IllegalArgumentException(file + " cannot be read: " + IoReason.of(e), e);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
        }
    }

    private static String anchor(String text) {
        return text.replaceAll("[^A-Za-z0-9_-]+", "-");
    }
}
