package io.verity.reports.html;

import io.verity.reports.csv.CsvText;
import io.verity.reports.model.AssetNames;
import io.verity.reports.model.KeyValues;
import io.verity.reports.text.Fact;
import io.verity.reports.text.TableText;
import io.verity.stats.result.ResultTable;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Tables and named facts as HTML. Tables can be sorted by each column; long ones can be filtered and are folded away. */
final class HtmlTables {
    /** Rows above which a table is folded away. */
    private static final int LONG = 25;

    /** Characters up to which a text stays on one line. */
    private static final int SHORT = 32;

    /** Characters up to which a heading stays on one line. */
    private static final int WIDE_HEADING = 18;

    /** Characters above which a fact takes a line of its own. */
    private static final int LONG_FACT = 40;

    private HtmlTables() {}

    static void table(StringBuilder out, ResultTable table, AssetNames names) {
        boolean isLong = table.rows().size() > LONG;
        String name = names.next(table);
        String title = HtmlText.math(table.title());
        out.append(isLong ? "<details class=\"table\"><summary>" : "<figure class=\"table\"><figcaption>");
        out.append("<span class=\"caption\">").append(title).append("</span>");
        if (isLong) {
            out.append(" <span class=\"quiet\">").append(table.rows().size()).append(" rows</span>");
        }
        out.append(isLong ? "</summary>" : "</figcaption>");
        if (isLong) {
            out.append("<label class=\"filter\">Filter <input type=\"search\" data-table=\"asset-")
                    .append(name)
                    .append("\" autocomplete=\"off\"></label>");
        }
        out.append("<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"")
                .append(HtmlText.escape(table.title()))
                .append("\"><table class=\"data\" id=\"asset-")
                .append(name)
                .append("\"><thead><tr>");
        for (ResultTable.Column column : table.columns()) {
            heading(out, HtmlText.math(column.label()), column.unit(), TableText.numeric(column), "");
        }
        out.append("</tr></thead><tbody>\n");
        List<List<String>> cells = TableText.cells(table);
        for (int r = 0; r < cells.size(); r++) {
            out.append("<tr>");
            for (int c = 0; c < table.columns().size(); c++) {
                cell(
                        out,
                        table.rows().get(r).get(c),
                        cells.get(r).get(c),
                        TableText.numeric(table.columns().get(c)));
            }
            out.append("</tr>\n");
        }
        out.append("</tbody></table></div>");
        if (!table.notes().isEmpty()) {
            out.append("<ul class=\"notes\">");
            table.notes()
                    .forEach(n -> out.append("<li>").append(HtmlText.math(n)).append("</li>"));
            out.append("</ul>");
        }
        download(out, name, CsvText.of(table), "Data as CSV");
        out.append(isLong ? "</details>" : "</figure>").append('\n');
    }

    private static void cell(
            StringBuilder out, @org.jspecify.annotations.Nullable Object raw, String shown, boolean numeric) {
        if (numeric) {
            // Sorting needs every digit, reading does not.
            out.append("<td class=\"num\" data-v=\"")
                    .append(raw == null ? "" : HtmlText.escape(raw.toString()))
                    .append("\">")
                    .append(HtmlText.number(shown))
                    .append("</td>");
        } else {
            out.append(shown.length() <= SHORT ? "<td class=\"short\">" : "<td>");
            out.append(HtmlText.math(shown)).append("</td>");
        }
    }

    static void heading(StringBuilder out, String label, String unit, boolean numeric, String more) {
        int length = label.replaceAll("<[^>]*>", "").length() + unit.length();
        out.append("<th scope=\"col\" class=\"")
                .append(numeric ? "num " : "")
                .append(length > WIDE_HEADING ? "long " : "");
        out.append(length > 3 * WIDE_HEADING ? "longer " : "");
        out.append(more);
        out.append("\"><button type=\"button\">").append(label);
        if (!unit.isEmpty()) {
            out.append(" <span class=\"unit\">").append(HtmlText.math(unit)).append("</span>");
        }
        out.append("</button></th>");
    }

    /** A link that carries the data itself, so that it works without a script and without the folder. */
    static void download(StringBuilder out, String name, String csv, String label) {
        String encoded = URLEncoder.encode(csv, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("%2C", ",")
                .replace("%3D", "=");
        out.append("<a class=\"download\" download=\"")
                .append(name)
                .append(".csv\" href=\"data:text/csv;charset=utf-8,")
                .append(encoded)
                .append("\">")
                .append(label)
                .append("</a>");
    }

    static void keyValues(StringBuilder out, KeyValues block) {
        if (!block.title().isEmpty()) {
            out.append("<h3>").append(HtmlText.math(block.title())).append("</h3>");
        }
        out.append("<dl class=\"facts\">");
        for (Fact entry : block.entries()) {
            fact(out, HtmlText.math(entry.key()), HtmlText.value(entry.value()));
        }
        out.append("</dl>\n");
    }

    /** One fact of a list of facts; both arguments are HTML. A long one takes a line of its own. */
    static void fact(StringBuilder out, String key, String value) {
        boolean isLong = value.replaceAll("<[^>]*>", "").length() > LONG_FACT;
        out.append(isLong ? "<div class=\"long\"><dt>" : "<div><dt>")
                .append(key)
                .append("</dt><dd>")
                .append(value)
                .append("</dd></div>");
    }
}
