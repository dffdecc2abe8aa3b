package io.verity.reports.markdown;

import io.verity.reports.model.AssetNames;
import io.verity.reports.model.Block;
import io.verity.reports.model.KeyValues;
import io.verity.reports.model.Report;
import io.verity.reports.model.Scoreboard;
import io.verity.reports.model.Section;
import io.verity.reports.model.VerdictCard;
import io.verity.reports.text.CardText;
import io.verity.reports.text.Numbers;
import io.verity.reports.text.TableText;
import io.verity.simulations.claims.ClaimRecord;
import io.verity.simulations.claims.Verdict;
import io.verity.stats.result.Figure;
import io.verity.stats.result.ResultTable;
import java.util.ArrayList;
import java.util.List;

/** A report as Markdown. */
public final class MarkdownReport {
    private final AssetNames names;
    private final StringBuilder out = new StringBuilder();

    private MarkdownReport(AssetNames names) {
        this.names = names;
    }

    /**
     * @param report any report
     * @return its text; figures are taken from {@code figures/NAME.svg}, their data from {@code figures/NAME.csv}
     */
    public static String render(Report report) {
        return new MarkdownReport(AssetNames.of(report)).text(report);
    }

    private String text(Report report) {
        heading(1, report.title());
        paragraph(report.subtitle());
        for (Section section : report.sections()) {
            heading(2, section.title());
            section.blocks().forEach(this::block);
        }
        heading(2, "Provenance");
        CardText.provenance(report.provenance()).forEach(e -> item(e.key(), e.value()));
        return out.toString().stripTrailing() + "\n";
    }

    private void block(Block block) {
        if (block instanceof Block.Paragraph paragraph) {
            paragraph(paragraph.text());
        } else if (block instanceof Block.Listing listing) {
            listing.text()
                    .lines()
                    .forEach(line -> out.append("    ").append(line).append('\n'));
            out.append('\n');
        } else if (block instanceof Block.Notice notice) {
            out.append("> ").append(MarkdownText.line(notice.text())).append("\n\n");
        } else if (block instanceof Block.TableBlock table) {
            table(table.table());
        } else if (block instanceof Block.FigureBlock figure) {
            figure(figure.figure());
        } else if (block instanceof KeyValues facts) {
            facts.entries().forEach(e -> item(e.key(), e.value()));
            out.append('\n');
        } else if (block instanceof Scoreboard board) {
            scoreboard(board);
        } else if (block instanceof VerdictCard card) {
            card(card);
        }
    }

    private void heading(int level, String text) {
        out.append("#".repeat(level))
                .append(' ')
                .append(MarkdownText.line(text))
                .append("\n\n");
    }

    private void paragraph(String text) {
        if (!text.isBlank()) {
            out.append(MarkdownText.paragraph(text)).append("\n\n");
        }
    }

    private void item(String key, String value) {
        out.append("- ")
                .append(MarkdownText.line(key))
                .append(": ")
                .append(MarkdownText.line(value))
                .append('\n');
    }

    private void scoreboard(Scoreboard board) {
        paragraph(board.summary());
        List<List<String>> rows = new ArrayList<>();
        for (Scoreboard.Row r : board.rows()) {
            Verdict.Statistic s = r.statistic();
            rows.add(List.of(
                    MarkdownText.code(r.id()),
                    MarkdownText.cell(r.title()),
                    CardText.outcome(r.verdict(), r.expected(), r.asExpected(), r.finding()),
                    MarkdownText.cell(s.name()),
                    MarkdownText.cell(CardText.estimate(s)),
                    Numbers.plain(r.errorProbability()),
                    Numbers.count(r.replicates()),
                    Numbers.duration(r.seconds())));
        }
        MarkdownText.table(
                out,
                List.of("Claim", "Title", "Verdict", "Statistic", "Value", "Error probability", "Replicates", "Time"),
                List.of(false, false, false, false, true, true, true, true),
                rows);
    }

    private void card(VerdictCard card) {
        ClaimRecord claim = card.claim();
        heading(3, claim.id() + ": " + claim.title());
        record(claim);
        CardText.facts(claim).forEach(e -> item(e.key(), e.value()));
        claim.verdict().assumptions().forEach((key, value) -> item("Assumption: " + key, value));
        claim.verdict()
                .notes()
                .forEach(n -> out.append("- ").append(MarkdownText.line(n)).append('\n'));
        out.append("- Reproduce: ").append(MarkdownText.code(card.command())).append("\n\n");
        counterexample(claim);
        evidence(claim);
        for (ClaimRecord control : card.controls()) {
            heading(4, "Negative control " + control.id());
            record(control);
            counterexample(control);
            evidence(control);
        }
    }

    private void evidence(ClaimRecord record) {
        record.verdict().figures().forEach(this::figure);
        record.verdict().tables().forEach(this::table);
    }

    private void record(ClaimRecord record) {
        Verdict v = record.verdict();
        out.append("**")
                .append(CardText.outcome(v.kind(), record.expected(), record.asExpected(), record.finding()))
                .append("**: ")
                .append(MarkdownText.line(v.reason()))
                .append("\n\n");
        paragraph(record.statement());
        paragraph(record.source().authors() + ", " + record.source().citation());
        item(v.statistic().name(), CardText.estimate(v.statistic()));
    }

    private void counterexample(ClaimRecord record) {
        Verdict.Counterexample found = record.verdict().counterexample();
        if (found == null) {
            out.append('\n');
            return;
        }
        out.append("\nCounterexample: ")
                .append(MarkdownText.line(found.description()))
                .append("\n\n");
        found.values().forEach((key, value) -> item(key, Numbers.plain(value)));
        item("To see it again", found.reproduce());
        out.append('\n');
    }

    private void figure(Figure figure) {
        String name = names.next(figure);
        out.append("![").append(MarkdownText.line(figure.title())).append("](figures/");
        out.append(name).append(".svg)\n\n");
        out.append("**").append(MarkdownText.line(figure.title())).append(".** ");
        out.append(MarkdownText.line(figure.caption()));
        out.append(" ([data](figures/").append(name).append(".csv))\n\n");
    }

    private void table(ResultTable table) {
        out.append("**").append(MarkdownText.line(table.title())).append("** ([data](tables/");
        out.append(names.next(table)).append(".csv))\n\n");
        MarkdownText.table(
                out,
                table.columns().stream()
                        .map(c -> MarkdownText.cell(TableText.heading(c)))
                        .toList(),
                table.columns().stream().map(TableText::numeric).toList(),
                TableText.cells(table).stream()
                        .map(row -> row.stream().map(MarkdownText::cell).toList())
                        .toList());
        table.notes().forEach(n -> out.append("- ").append(MarkdownText.line(n)).append('\n'));
        out.append(table.notes().isEmpty() ? "" : "\n");
    }
}
