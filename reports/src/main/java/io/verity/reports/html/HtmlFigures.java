package io.verity.reports.html;

import io.verity.reports.csv.CsvText;
import io.verity.reports.figures.DrawnPoints;
import io.verity.reports.figures.FigureSvg;
import io.verity.reports.model.AssetNames;
import io.verity.stats.result.Figure;
import java.util.List;

/** Figures as HTML: drawing, caption, data. */
final class HtmlFigures {
    /** Points whose data a page carries in full; of larger figures it carries the points drawn. */
    private static final int MOST_POINTS = 2500;

    private HtmlFigures() {}

    /** Figures that follow each other; they share rows where the page is wide enough. */
    static void figures(StringBuilder out, List<Figure> figures, AssetNames names) {
        if (!figures.isEmpty()) {
            out.append("<div class=\"drawings\">");
            figures.forEach(f -> figure(out, f, names));
            out.append("</div>\n");
        }
    }

    private static void figure(StringBuilder out, Figure figure, AssetNames names) {
        String name = names.next(figure);
        out.append("<figure class=\"drawing\" id=\"asset-").append(name).append("\">");
        out.append("<h4>").append(HtmlText.math(figure.title())).append("</h4>");
        out.append(FigureSvg.inline(figure, "asset-" + name));
        out.append("<figcaption>").append(HtmlText.math(figure.caption())).append(' ');
        int points = figure.layers().stream().mapToInt(l -> l.x().length).sum();
        if (points <= MOST_POINTS) {
            HtmlTables.download(out, name, CsvText.of(figure), "Data as CSV");
        } else {
            HtmlTables.download(out, name, CsvText.of(DrawnPoints.of(figure)), "Data as drawn (CSV)");
            out.append(" <span class=\"quiet\">all ")
                    .append(points)
                    .append(" points: figures/")
                    .append(name)
                    .append(".csv, written by <code>verity report --format csv</code></span>");
        }
        out.append("</figcaption></figure>\n");
    }
}
