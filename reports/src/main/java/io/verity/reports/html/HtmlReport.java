package io.verity.reports.html;

import io.verity.reports.figures.FigureSvg;
import io.verity.reports.model.AssetNames;
import io.verity.reports.model.Block;
import io.verity.reports.model.KeyValues;
import io.verity.reports.model.Report;
import io.verity.reports.model.Scoreboard;
import io.verity.reports.model.Section;
import io.verity.reports.model.VerdictCard;
import io.verity.reports.text.CardText;
import io.verity.reports.text.PlainMath;
import io.verity.stats.result.Figure;
import io.verity.stats.result.Provenance;
import java.util.ArrayList;
import java.util.List;

/** A report as one HTML file. */
public final class HtmlReport {
    private final AssetNames names;
    private final StringBuilder out = new StringBuilder();

    private HtmlReport(AssetNames names) {
        this.names = names;
    }

    /**
     * @param report any report
     * @return the text of the file; the same bytes each time
     */
    public static String render(Report report) {
        return new HtmlReport(AssetNames.of(report)).page(report);
    }

    private String page(Report report) {
        String title = HtmlText.escape(PlainMath.of(report.title()));
        out.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
        out.append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
        out.append(
                "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline';"
                        + " script-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'\">\n");
        out.append("<meta name=\"generator\" content=\"Verity ")
                .append(Provenance.VERSION)
                .append("\">\n");
        out.append("<link rel=\"icon\" href=\"data:,\">\n<title>").append(title).append("</title>\n");
        out.append("<style>\n").append(styleSheet()).append("</style>\n");
        // Before the first paint, so that a page in the other colours never flashes up.
        out.append("<script>").append(PageFiles.text("theme.js")).append("</script>\n</head>\n<body>\n");
        out.append("<a class=\"skip\" href=\"#content\">Skip to content</a>\n<header class=\"top\"><div>");
        out.append("<h1>").append(HtmlText.math(report.title())).append("</h1>");
        if (!report.subtitle().isEmpty()) {
            out.append("<p class=\"subtitle\">")
                    .append(HtmlText.math(report.subtitle()))
                    .append("</p>");
        }
        out.append("</div>");
        out.append(
                "<button type=\"button\" id=\"theme\" aria-label=\"Switch between light and dark\">◐</button></header>\n");
        contents(report);
        out.append("<main id=\"content\">\n");
        report.sections().forEach(this::section);
        provenance(report.provenance());
        out.append("</main>\n");
        if (out.indexOf("class=\"tex") >= 0) {
            out.append("<script>").append(PageFiles.katex()).append("</script>\n");
        }
        out.append("<script>").append(PageFiles.text("report.js")).append("</script>\n</body>\n</html>\n");
        return out.toString();
    }

    private static String styleSheet() {
        return PageFiles.text("report.css")
                        .replace("/*light*/", FigureSvg.variables(false) + ";")
                        .replace("/*dark*/", FigureSvg.variables(true) + ";")
                + FigureSvg.styleSheet();
    }

    private void contents(Report report) {
        if (report.sections().size() < 3) {
            return;
        }
        out.append("<nav class=\"contents\" aria-label=\"Contents\"><ul>");
        for (Section section : report.sections()) {
            out.append("<li><a href=\"#").append(HtmlText.anchor(section.id())).append("\">");
            out.append(HtmlText.math(section.title())).append("</a></li>");
        }
        out.append("<li><a href=\"#provenance\">Provenance</a></li></ul></nav>\n");
    }

    private void section(Section section) {
        out.append("<section id=\"").append(HtmlText.anchor(section.id())).append("\"><h2>");
        out.append(HtmlText.math(section.title())).append("</h2>\n");
        List<Figure> figures = new ArrayList<>();
        for (Block block : section.blocks()) {
            if (block instanceof Block.FigureBlock figure) {
                figures.add(figure.figure());
                continue;
            }
            HtmlFigures.figures(out, figures, names);
            figures.clear();
            block(block);
        }
        HtmlFigures.figures(out, figures, names);
        out.append("</section>\n");
    }

    private void block(Block block) {
        if (block instanceof Block.Paragraph paragraph) {
            out.append("<p class=\"text\">")
                    .append(HtmlText.math(paragraph.text()))
                    .append("</p>\n");
        } else if (block instanceof Block.Listing listing) {
            out.append("<pre class=\"listing\">")
                    .append(HtmlText.escape(listing.text()))
                    .append("</pre>\n");
        } else if (block instanceof Block.Notice notice) {
            out.append("<p class=\"notice\">")
                    .append(HtmlText.escape(notice.text()))
                    .append("</p>\n");
        } else if (block instanceof Block.TableBlock table) {
            HtmlTables.table(out, table.table(), names);
        } else if (block instanceof KeyValues facts) {
            HtmlTables.keyValues(out, facts);
        } else if (block instanceof Scoreboard board) {
            HtmlScoreboard.write(out, board);
        } else if (block instanceof VerdictCard card) {
            new HtmlCard(out, names).write(card);
        }
    }

    private void provenance(Provenance p) {
        out.append("<section id=\"provenance\"><h2>Provenance</h2><dl class=\"facts\">");
        CardText.provenance(p).forEach(f -> HtmlTables.fact(out, f.key(), HtmlText.value(f.value())));
        out.append("</dl></section>\n");
    }
}
