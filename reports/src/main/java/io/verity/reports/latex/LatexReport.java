package io.verity.reports.latex;

import io.verity.reports.model.Block;
import io.verity.reports.model.KeyValues;
import io.verity.reports.model.Report;
import io.verity.reports.model.Scoreboard;
import io.verity.reports.model.Section;
import io.verity.reports.model.VerdictCard;
import io.verity.reports.text.CardText;
import io.verity.reports.text.Fact;
import io.verity.reports.text.Numbers;
import io.verity.simulations.claims.ClaimRecord;
import io.verity.simulations.claims.Verdict;
import io.verity.stats.result.Figure;
import java.util.List;

/** A report as a LaTeX document that compiles with pdflatex, xelatex or lualatex. */
public final class LatexReport {
    private static final String PREAMBLE = """
            \\documentclass[11pt,a4paper]{article}
            \\usepackage[utf8]{inputenc}
            \\usepackage[T1]{fontenc}
            \\IfFileExists{lmodern.sty}{\\usepackage{lmodern}}{}
            \\usepackage{amsmath,amssymb}
            \\usepackage[margin=25mm]{geometry}
            \\usepackage{booktabs,longtable,array}
            \\usepackage{pgfplots}
            \\pgfplotsset{compat=1.16}
            \\usepgfplotslibrary{groupplots}
            \\usepackage[hidelinks]{hyperref}
            \\definecolor{verity0}{HTML}{0069A8}
            \\definecolor{verity1}{HTML}{C85200}
            \\definecolor{verity2}{HTML}{007F5C}
            \\definecolor{verity3}{HTML}{A8457F}
            \\definecolor{verity4}{HTML}{8F6400}
            \\definecolor{verity5}{HTML}{4B3FA0}
            \\definecolor{verity6}{HTML}{7A4A2B}
            \\definecolor{verity7}{HTML}{5A6470}
            \\setlength{\\parindent}{0pt}
            \\setlength{\\parskip}{0.6em}
            \\emergencystretch=3em
            \\extrafloats{200}
            """;

    /** Figures that may float before LaTeX is told to place them. */
    private static final int FLOATS = 4;

    private final StringBuilder out = new StringBuilder(PREAMBLE);
    private int floats;

    private LatexReport() {}

    /**
     * @param report any report
     * @return the text of the document
     */
    public static String render(Report report) {
        return new LatexReport().text(report);
    }

    private String text(Report report) {
        out.append("\\title{").append(LatexText.line(report.title())).append("}\n\\author{}\\date{}\n");
        out.append("\\begin{document}\n\\maketitle\n");
        out.append(LatexText.math(report.subtitle())).append("\n\n");
        for (Section section : report.sections()) {
            out.append("\\section{").append(LatexText.line(section.title())).append("}\n");
            section.blocks().forEach(this::block);
        }
        out.append("\\section{Provenance}\n");
        facts(CardText.provenance(report.provenance()));
        return out.append("\\end{document}\n").toString();
    }

    private void block(Block block) {
        if (block instanceof Block.Paragraph paragraph) {
            out.append(LatexText.math(paragraph.text())).append("\n\n");
        } else if (block instanceof Block.Listing listing) {
            out.append("\\begin{quote}\\ttfamily\\small\\raggedright\n");
            listing.text()
                    .lines()
                    .forEach(line -> out.append(LatexText.line(line)).append("\\\\\n"));
            out.append("\\end{quote}\n\n");
        } else if (block instanceof Block.Notice notice) {
            out.append("\\begin{quote}\\textbf{Note.} ")
                    .append(LatexText.line(notice.text()))
                    .append("\\end{quote}\n\n");
        } else if (block instanceof Block.TableBlock table) {
            LatexTable.write(table.table(), out);
        } else if (block instanceof Block.FigureBlock figure) {
            figure(figure.figure());
        } else if (block instanceof KeyValues values) {
            facts(values.entries());
        } else if (block instanceof Scoreboard board) {
            scoreboard(board);
        } else if (block instanceof VerdictCard card) {
            card(card);
        }
    }

    private void facts(List<Fact> facts) {
        if (facts.isEmpty()) {
            return;
        }
        out.append("\\begin{description}\\setlength{\\itemsep}{0pt}\n");
        facts.forEach(f -> out.append("\\item[")
                .append(LatexText.line(f.key()).replace("[", "{[}").replace("]", "{]}"))
                .append("] ")
                .append(LatexText.value(f.value()))
                .append('\n'));
        out.append("\\end{description}\n\n");
    }

    private void scoreboard(Scoreboard board) {
        out.append(LatexText.math(board.summary())).append("\n\n");
        out.append("{\\footnotesize\n\\begin{longtable}{@{}>{\\raggedright\\arraybackslash}p{32mm}")
                .append(">{\\raggedright\\arraybackslash}p{30mm}>{\\raggedright\\arraybackslash}p{44mm}rr@{}}\n");
        out.append("\\toprule\nClaim & Verdict & Statistic & Error prob. & Time \\\\\n\\midrule\n\\endhead\n");
        for (Scoreboard.Row r : board.rows()) {
            out.append(LatexText.code(r.id())).append(" & ");
            out.append(LatexText.line(CardText.outcome(r.verdict(), r.expected(), r.asExpected(), r.finding())));
            out.append(" & ").append(LatexText.line(r.statistic().name())).append(": ");
            out.append(LatexText.number(CardText.estimate(r.statistic()))).append(" & ");
            out.append(LatexText.number(Numbers.plain(r.errorProbability()))).append(" & ");
            out.append(LatexText.line(Numbers.duration(r.seconds()))).append(" \\\\\n");
        }
        out.append("\\bottomrule\n\\end{longtable}}\n\n");
    }

    private void card(VerdictCard card) {
        ClaimRecord claim = card.claim();
        out.append("\\subsection{")
                .append(LatexText.line(claim.id() + ": " + claim.title()))
                .append("}\n");
        record(claim);
        facts(CardText.facts(claim));
        facts(claim.verdict().assumptions().entrySet().stream()
                .map(e -> new Fact(e.getKey(), e.getValue()))
                .toList());
        claim.verdict().notes().forEach(n -> out.append(LatexText.math(n)).append("\n\n"));
        counterexample(claim);
        evidence(claim);
        for (ClaimRecord control : card.controls()) {
            out.append("\\paragraph{Negative control ")
                    .append(LatexText.line(control.id().toString()))
                    .append(".} ");
            record(control);
            counterexample(control);
            evidence(control);
        }
        out.append("Reproduce: ").append(LatexText.code(card.command())).append("\n\n");
    }

    private void evidence(ClaimRecord record) {
        record.verdict().figures().forEach(this::figure);
        record.verdict().tables().forEach(t -> LatexTable.write(t, out));
    }

    private void record(ClaimRecord record) {
        Verdict v = record.verdict();
        out.append("\\textbf{")
                .append(LatexText.line(
                        CardText.outcome(v.kind(), record.expected(), record.asExpected(), record.finding())))
                .append("}: ")
                .append(LatexText.math(v.reason()))
                .append("\n\n");
        out.append(LatexText.math(record.statement())).append("\n\n");
        out.append("\\emph{")
                .append(LatexText.line(
                        record.source().authors() + ", " + record.source().citation()))
                .append("}\n\n");
        out.append(LatexText.line(v.statistic().name())).append(": ");
        out.append(LatexText.number(CardText.estimate(v.statistic()))).append("\n\n");
    }

    private void counterexample(ClaimRecord record) {
        Verdict.Counterexample found = record.verdict().counterexample();
        if (found == null) {
            return;
        }
        out.append("Counterexample: ")
                .append(LatexText.math(found.description()))
                .append("\n");
        facts(found.values().entrySet().stream()
                .map(e -> new Fact(e.getKey(), Numbers.plain(e.getValue())))
                .toList());
        out.append("To see it again: ")
                .append(LatexText.math(found.reproduce()))
                .append("\n\n");
    }

    private void figure(Figure figure) {
        LatexFigure.write(figure, out);
        if (++floats % FLOATS == 0) {
            out.append("\\clearpage\n");
        }
    }
}
