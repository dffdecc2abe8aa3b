package io.verity.reports.html;

import io.verity.reports.model.AssetNames;
import io.verity.reports.model.VerdictCard;
import io.verity.reports.text.CardText;
import io.verity.reports.text.Numbers;
import io.verity.simulations.claims.ClaimRecord;
import io.verity.simulations.claims.Verdict;

/** The card of one claim as HTML: what is claimed, what was found, its negative controls beside it, the evidence below. */
final class HtmlCard {
    private final StringBuilder out;
    private final AssetNames names;

    HtmlCard(StringBuilder out, AssetNames names) {
        this.out = out;
        this.names = names;
    }

    void write(VerdictCard card) {
        ClaimRecord claim = card.claim();
        String id = claim.id().toString();
        out.append("<article class=\"card").append(card.asExpected() ? "" : " surprising");
        out.append("\" id=\"").append(HtmlScoreboard.card(id)).append("\" tabindex=\"-1\" aria-labelledby=\"t-");
        out.append(HtmlText.anchor(id)).append("\"><header><p class=\"eyebrow\"><a href=\"#");
        out.append(HtmlScoreboard.card(id))
                .append("\">")
                .append(HtmlText.escape(id))
                .append("</a>");
        tags(claim);
        out.append("</p><h3 id=\"t-").append(HtmlText.anchor(id)).append("\">");
        out.append(HtmlText.math(claim.title())).append("</h3>");
        verdictLine(claim);
        out.append("</header>\n<div class=\"columns\"><div class=\"main\">");
        out.append("<p class=\"statement\">")
                .append(HtmlText.math(claim.statement()))
                .append("</p>");
        out.append("<p class=\"source\">").append(HtmlText.math(claim.source().citation()));
        out.append(" · ").append(HtmlText.math(claim.source().authors())).append("</p>");
        finding(claim);
        out.append("</div>");
        if (!card.controls().isEmpty()) {
            out.append("<aside class=\"controls\"><h4>")
                    .append(card.controls().size() == 1 ? "Negative control" : "Negative controls")
                    .append("</h4><p class=\"quiet\">Deliberately false; must come out refuted.</p>");
            card.controls().forEach(this::control);
            out.append("</aside>");
        }
        out.append("</div>\n");
        evidence(card);
        command(card.command());
        out.append("</article>\n");
    }

    private void tags(ClaimRecord claim) {
        if (claim.source().derived()) {
            out.append(
                    "<span class=\"tag\" title=\"Derived for this project; not the paper's own statement\">derived</span>");
        }
        if (claim.control()) {
            out.append("<span class=\"tag\">control</span>");
        }
        if (claim.finding()) {
            out.append(
                    "<span class=\"tag\" title=\"Its outcome is left open: reported, never counted\">finding</span>");
        }
    }

    private void verdictLine(ClaimRecord claim) {
        out.append("<p class=\"verdict\">")
                .append(HtmlScoreboard.badge(claim.verdict().kind(), claim.asExpected()));
        if (!claim.asExpected()) {
            out.append("<span class=\"tag alarm\">surprise</span><span class=\"quiet\">expected ")
                    .append(CardText.words(claim.expected()))
                    .append("</span>");
        } else if (claim.finding()) {
            out.append("<span class=\"quiet\">outcome left open</span>");
        } else {
            out.append("<span class=\"quiet\">as expected</span>");
        }
        out.append("<span class=\"reason\">")
                .append(HtmlText.math(claim.verdict().reason()))
                .append("</span></p>");
    }

    private void finding(ClaimRecord claim) {
        Verdict v = claim.verdict();
        out.append("<p class=\"statistic\"><span class=\"quiet\">")
                .append(HtmlText.math(v.statistic().name()))
                .append("</span><strong>")
                .append(HtmlScoreboard.estimate(v.statistic()))
                .append("</strong></p><dl class=\"facts\">");
        CardText.facts(claim).forEach(f -> HtmlTables.fact(out, f.key(), HtmlText.value(f.value())));
        out.append("</dl>");
        if (!v.assumptions().isEmpty()) {
            out.append("<h4>Assumptions, measured</h4><dl class=\"facts\">");
            v.assumptions().forEach((key, value) -> HtmlTables.fact(out, HtmlText.math(key), HtmlText.value(value)));
            out.append("</dl>");
        }
        if (!v.notes().isEmpty()) {
            out.append("<ul class=\"notes\">");
            v.notes().forEach(n -> out.append("<li>").append(HtmlText.math(n)).append("</li>"));
            out.append("</ul>");
        }
        counterexample(v);
    }

    private void counterexample(Verdict v) {
        Verdict.Counterexample found = v.counterexample();
        if (found == null) {
            return;
        }
        out.append("<div class=\"counterexample\"><h4>Counterexample</h4><p>")
                .append(HtmlText.math(found.description()))
                .append("</p><dl class=\"facts\">");
        found.values()
                .forEach((key, value) ->
                        HtmlTables.fact(out, HtmlText.math(key), HtmlText.number(Numbers.plain(value))));
        out.append("</dl><p class=\"quiet\">To see it again: ")
                .append(HtmlText.math(found.reproduce()))
                .append("</p></div>");
    }

    private void control(ClaimRecord control) {
        String id = control.id().toString();
        Verdict v = control.verdict();
        out.append("<section class=\"control\" id=\"").append(HtmlScoreboard.card(id));
        out.append("\" tabindex=\"-1\"><p class=\"eyebrow\">")
                .append(HtmlText.escape(id))
                .append("</p>");
        out.append("<p class=\"verdict\">").append(HtmlScoreboard.badge(v.kind(), control.asExpected()));
        out.append(
                control.asExpected()
                        ? "<span class=\"quiet\">as expected</span>"
                        : "<span class=\"tag alarm\">surprise</span>");
        out.append("</p><p class=\"statement\">")
                .append(HtmlText.math(control.statement()))
                .append("</p>");
        out.append("<p class=\"statistic\"><span class=\"quiet\">")
                .append(HtmlText.math(v.statistic().name()));
        out.append("</span><strong>")
                .append(HtmlScoreboard.estimate(v.statistic()))
                .append("</strong></p>");
        out.append("<p class=\"reason\">").append(HtmlText.math(v.reason())).append("</p>");
        counterexample(v);
        out.append("</section>");
    }

    /** The claim's own evidence in the open, that of its controls folded away below it. */
    private void evidence(VerdictCard card) {
        evidence(card.claim());
        for (ClaimRecord control : card.controls()) {
            Verdict v = control.verdict();
            if (!v.figures().isEmpty() || !v.tables().isEmpty()) {
                out.append("<details class=\"evidence\"><summary>Evidence of the negative control ")
                        .append(HtmlText.escape(control.id().name()))
                        .append("</summary>");
                evidence(control);
                out.append("</details>\n");
            }
        }
    }

    private void evidence(ClaimRecord record) {
        HtmlFigures.figures(out, record.verdict().figures(), names);
        record.verdict().tables().forEach(t -> HtmlTables.table(out, t, names));
    }

    private void command(String command) {
        out.append("<footer><p class=\"command\"><span class=\"quiet\">Reproduce</span><code>")
                .append(HtmlText.escape(command))
                .append("</code><button type=\"button\" class=\"copy\">Copy</button></p>")
                .append("<a class=\"back\" href=\"#scoreboard\">Back to the scoreboard</a></footer>");
    }
}
