package io.verity.reports.html;

import static org.assertj.core.api.Assertions.assertThat;

import io.verity.reports.Reports;
import io.verity.reports.Samples;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class HtmlReportTest {
    private static final String PAGE = HtmlReport.render(Reports.ofVerification(Samples.verification(true)));

    /** The page without its scripts and style sheet. */
    private static final String BODY = PAGE.substring(PAGE.indexOf("<body>"), PAGE.lastIndexOf("<script>/*! KaTeX"));

    private static List<String> all(String regex, String text) {
        Matcher matcher = Pattern.compile(regex).matcher(text);
        List<String> found = new ArrayList<>();
        while (matcher.find()) {
            found.add(matcher.group(1));
        }
        return found;
    }

    @Test
    void thePageAsksForNothingOutsideItself() {
        assertThat(all("(?:src|href)=\"([^\"]*)\"", BODY))
                .isNotEmpty()
                .allMatch(link -> link.startsWith("#") || link.startsWith("data:text/csv;"));
        assertThat(PAGE).doesNotContain("@import").doesNotContain("url(http").contains("default-src 'none'");
        assertThat(PAGE.length()).isLessThan(6_000_000);
    }

    @Test
    void namesAndLabelsCannotBecomeMarkup() {
        assertThat(BODY)
                .doesNotContain("<script>alert")
                .doesNotContain("<img src=x")
                .doesNotContain("<b>not bold");
        assertThat(BODY)
                .contains("&lt;/script&gt;&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;title&quot;")
                .contains("&lt;b&gt;not bold&lt;/b&gt;");
    }

    @Test
    void idsAreUniqueAndEveryLinkHasItsTarget() {
        List<String> ids = all(" id=\"([^\"]*)\"", PAGE);
        assertThat(ids).doesNotHaveDuplicates();
        assertThat(ids).containsAll(all("href=\"#([^\"]*)\"", BODY));
        assertThat(all("<tr data-verdict=[^>]*><td[^>]*><a href=\"#([^\"]*)\"", BODY))
                .hasSize(48)
                .startsWith("claim-large-step-LS-09", "claim-large-step-LS-09N", "claim-large-step-LS-13");
    }

    @Test
    void formulasKeepTheirSource() {
        assertThat(BODY)
                .contains(
                        "<span class=\"tex display\">T \\le \\frac{n R^2}{\\mu^2} + \\frac{2 \\log n}{\\gamma \\mu^2}</span>");
        assertThat(PAGE).contains("/*! KaTeX 0.").contains("MIT License");
    }

    @Test
    void aPageWithoutFormulasCarriesNoTypesetter() {
        assertThat(HtmlReport.render(Reports.ofFit(
                        "t",
                        "s",
                        List.of(),
                        java.util.Map.of("x", 1L),
                        List.of(),
                        List.of(),
                        java.util.Map.of(),
                        Samples.fit().provenance())))
                .doesNotContain("KaTeX 0.")
                .hasSizeLessThan(40_000);
    }

    @Test
    void theDataOfATableIsInThePage() {
        String link = all("download=\"LS-01-separation-time.csv\" href=\"data:text/csv;charset=utf-8,([^\"]*)\"", BODY)
                .get(0);
        assertThat(URLDecoder.decode(link, StandardCharsets.UTF_8))
                .startsWith("step,mean,mcse,replicates,generator\n0.01,2777.3491,12.345,400,sep\n");
    }

    @Test
    void numbersAreSetAsNumbers() {
        assertThat(HtmlText.number("-1.5e-9")).isEqualTo("−1.5 × 10<sup>−9</sup>");
        assertThat(HtmlText.number("1e-5")).isEqualTo("10<sup>−5</sup>");
        assertThat(HtmlText.number("[-1, inf]")).isEqualTo("[−1, ∞]");
        assertThat(HtmlText.value("2e3")).isEqualTo("2 × 10<sup>3</sup>");
        assertThat(HtmlText.value("a-1 <b>")).isEqualTo("a-1 &lt;b&gt;");
    }

    @Test
    void verdictsAreSaidInWordsAndRedIsKeptForSurprises() {
        assertThat(BODY)
                .contains("<span class=\"badge refuted\">refuted</span>")
                .contains("<span class=\"badge refuted unexpected\">refuted</span>")
                .contains("<span class=\"badge verifier_broken unexpected\">verifier broken</span>");
    }
}
