package io.verity.reports.html;

import io.verity.reports.model.Scoreboard;
import io.verity.reports.text.CardText;
import io.verity.reports.text.Numbers;
import io.verity.simulations.claims.Verdict;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The scoreboard as HTML: a table to sort and to filter, each row linked to its claim's card. */
final class HtmlScoreboard {
    private HtmlScoreboard() {}

    static void write(StringBuilder out, Scoreboard board) {
        long surprises = board.surprises();
        long findings = board.rows().stream().filter(Scoreboard.Row::finding).count();
        out.append("<dl class=\"tiles\">");
        HtmlTables.fact(out, "records", Integer.toString(board.rows().size()));
        HtmlTables.fact(out, "as expected", Long.toString(board.asExpected()));
        HtmlTables.fact(
                out,
                surprises == 1 ? "surprise" : "surprises",
                surprises == 0 ? "0" : "<strong class=\"alarm\">" + surprises + "</strong>");
        if (board.skipped() > 0) {
            HtmlTables.fact(out, "skipped", Long.toString(board.skipped()));
        }
        if (findings > 0) {
            HtmlTables.fact(out, findings == 1 ? "finding" : "findings", Long.toString(findings));
        }
        HtmlTables.fact(
                out,
                "chance that any verdict is wrong, at most",
                HtmlText.number(Numbers.plain(board.totalErrorProbability())));
        out.append("</dl>\n");
        filters(out, board);
        out.append("<div class=\"scroll\"><table class=\"data\" id=\"board\"><thead><tr>");
        HtmlTables.heading(out, "Claim", "", false, "");
        HtmlTables.heading(out, "Verdict", "", false, "");
        HtmlTables.heading(out, "Statistic", "", true, "mid");
        HtmlTables.heading(out, "Error prob.", "", true, "wide");
        HtmlTables.heading(out, "Replicates", "", true, "wide");
        HtmlTables.heading(out, "Time", "", true, "wide");
        out.append("</tr></thead><tbody>\n");
        board.rows().forEach(r -> row(out, r));
        out.append("</tbody></table></div>\n");
        out.append("<p class=\"quiet\" id=\"board-count\" role=\"status\" aria-live=\"polite\"></p>\n");
    }

    private static void filters(StringBuilder out, Scoreboard board) {
        Map<Verdict.Kind, Long> counts = new EnumMap<>(Verdict.Kind.class);
        board.rows().forEach(r -> counts.merge(r.verdict(), 1L, Long::sum));
        out.append("<div class=\"filters\" role=\"group\" aria-label=\"Filter the scoreboard\">");
        out.append("<label class=\"filter\"><span class=\"hidden\">Filter by text</span>");
        out.append(
                "<input type=\"search\" data-table=\"board\" placeholder=\"Filter claims\" autocomplete=\"off\"></label>");
        counts.forEach((kind, count) -> chip(out, "verdict", kind.name(), CardText.words(kind), count));
        long surprises = board.surprises();
        if (surprises > 0) {
            chip(out, "surprise", "yes", "surprises", surprises);
        }
        long controls = board.rows().stream().filter(r -> r.controlOf() != null).count();
        if (controls > 0) {
            chip(out, "control", "no", "without controls", board.rows().size() - controls);
        }
        out.append("</div>\n");
    }

    private static void chip(StringBuilder out, String key, String value, String label, long count) {
        out.append("<button type=\"button\" class=\"chip\" aria-pressed=\"false\" data-key=\"")
                .append(key)
                .append("\" data-value=\"")
                .append(value)
                .append("\">")
                .append(label)
                .append(" <span class=\"quiet\">")
                .append(count)
                .append("</span></button>");
    }

    private static void row(StringBuilder out, Scoreboard.Row r) {
        String parent = r.controlOf();
        out.append("<tr data-verdict=\"").append(r.verdict()).append("\" data-surprise=\"");
        out.append(r.asExpected() ? "no" : "yes").append("\" data-control=\"");
        out.append(parent == null ? "no" : "yes").append("\"><td class=\"claim\" data-v=\"");
        out.append(HtmlText.escape(r.id()))
                .append("\"><a href=\"#")
                .append(card(r.id()))
                .append("\">");
        out.append(HtmlText.escape(r.id())).append("</a>");
        if (parent != null) {
            out.append(" <span class=\"tag\">control</span>");
        }
        if (r.finding()) {
            out.append(" <span class=\"tag\">finding</span>");
        }
        if (parent == null && !r.finding() && r.expected() == Verdict.Kind.REFUTED) {
            out.append(" <span class=\"tag\">false statement</span>");
        }
        out.append("<span class=\"title\">").append(HtmlText.math(r.title())).append("</span></td>");
        out.append("<td>").append(badge(r.verdict(), r.asExpected()));
        if (!r.asExpected()) {
            out.append("<span class=\"title\">expected ")
                    .append(CardText.words(r.expected()))
                    .append("</span>");
        }
        out.append("</td>");
        Verdict.Statistic s = r.statistic();
        out.append("<td class=\"num mid\" data-v=\"")
                .append(s.value())
                .append("\">")
                .append(estimate(s));
        out.append("<span class=\"title\">").append(HtmlText.math(s.name())).append("</span></td>");
        number(out, r.errorProbability(), Numbers.plain(r.errorProbability()));
        number(out, (double) r.replicates(), Numbers.count(r.replicates()));
        number(out, r.seconds(), Numbers.duration(r.seconds()));
        out.append("</tr>\n");
    }

    private static void number(StringBuilder out, double raw, String shown) {
        out.append("<td class=\"num wide\" data-v=\"").append(raw).append("\">");
        out.append(HtmlText.number(shown)).append("</td>");
    }

    static String estimate(Verdict.Statistic s) {
        String interval = Numbers.interval(s.lower(), s.upper());
        String value = HtmlText.number(Numbers.inInterval(s.value(), s.lower(), s.upper()));
        return interval.isEmpty()
                ? value
                : value + " <span class=\"interval\">" + HtmlText.number(interval) + "</span>";
    }

    /** A verdict in words; red is kept for what was not expected, so that a refuted control alarms nobody. */
    static String badge(Verdict.Kind kind, boolean asExpected) {
        return "<span class=\"badge " + kind.name().toLowerCase(Locale.ROOT) + (asExpected ? "" : " unexpected") + "\">"
                + CardText.words(kind) + "</span>";
    }

    /** The anchor of a record's place on a card. */
    static String card(@Nullable String id) {
        return "claim-" + HtmlText.anchor(String.valueOf(id));
    }
}
