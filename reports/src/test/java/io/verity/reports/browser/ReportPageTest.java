package io.verity.reports.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.verity.reports.Format;
import io.verity.reports.ReportWriter;
import io.verity.reports.Reports;
import io.verity.reports.Samples;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The page in a real browser. Skipped where there is no Chromium, unless the environment variable VERITY_REQUIRE_BROWSER is 1 (as
 * in continuous integration), which makes that a failure.
 */
class ReportPageTest {
    private static final String ROWS = "[...document.querySelectorAll('#board tbody tr')].filter(r => !r.hidden)";

    @TempDir
    static Path folder;

    private static DevTools browser;
    private static String page;

    @BeforeAll
    static void start() throws Exception {
        Optional<Path> program = DevTools.program();
        if (!"1".equals(System.getenv("VERITY_REQUIRE_BROWSER"))) {
            assumeTrue(program.isPresent(), "no Chromium on this machine: the report was not looked at in a browser");
        }
        ReportWriter.write(Reports.ofVerification(Samples.verification(true)), folder, Format.parse("html"));
        page = folder.resolve("report.html").toUri().toString();
        browser = new DevTools(program.orElseThrow(
                () -> new IllegalStateException("VERITY_REQUIRE_BROWSER is 1, but there is no Chromium")));
    }

    @AfterAll
    static void stop() throws Exception {
        if (browser != null) {
            browser.close();
        }
    }

    @BeforeEach
    void desktop() throws Exception {
        browser.screen(1200, 900, false);
        browser.colours("light");
    }

    private static String text(String expression) throws Exception {
        return browser.evaluate(expression).asText();
    }

    private static List<String> texts(String expression) throws Exception {
        List<String> found = new ArrayList<>();
        browser.evaluate(expression).forEach(node -> found.add(node.asText()));
        return found;
    }

    private static List<String> claims() throws Exception {
        return texts(ROWS + ".map(r => r.querySelector('a').textContent.replace('large-step/', ''))");
    }

    private static void click(String selector) throws Exception {
        browser.evaluate("document.querySelector(\"" + selector + "\").click()");
    }

    private static void type(String selector, String value) throws Exception {
        browser.evaluate("{ const i = document.querySelector(\"" + selector + "\"); i.value = '" + value
                + "'; i.dispatchEvent(new Event('input')); }");
    }

    @ParameterizedTest
    @CsvSource({"1200, 900, false, light", "1200, 900, false, dark", "390, 844, true, light", "360, 640, true, dark"})
    void thePageOpensCleanlyAndFitsTheScreen(int width, int height, boolean phone, String colours) throws Exception {
        browser.screen(width, height, phone);
        browser.colours(colours);
        browser.open(page);
        assertThat(browser.complaints()).isEmpty();
        assertThat(browser.requests(page)).isEmpty();
        assertThat(browser.evaluate("document.documentElement.scrollWidth").asInt())
                .isLessThanOrEqualTo(width);
        String background = text("getComputedStyle(document.body).backgroundColor");
        assertThat(background).isEqualTo(colours.equals("dark") ? "rgb(20, 23, 27)" : "rgb(255, 255, 255)");
        assertThat(text("getComputedStyle(document.querySelector('.fig text')).fill"))
                .isEqualTo(colours.equals("dark") ? "rgb(195, 200, 207)" : "rgb(74, 79, 87)");
    }

    /** Letters of 8 pixels and more, in figures as in text, also on the narrowest phones. */
    @Test
    void labelsOfFiguresAreLegibleOnAPhone() throws Exception {
        browser.screen(360, 640, true);
        browser.open(page + "#claim-large-step-LS-05");
        double scale = browser.evaluate("{ const f = document.querySelector('#claim-large-step-LS-05 .fig');"
                        + " f.getBoundingClientRect().width / f.viewBox.baseVal.width }")
                .asDouble();
        assertThat(13 * scale).isGreaterThan(8);
    }

    @Test
    void formulasAreSetAsMathMl() throws Exception {
        browser.open(page);
        assertThat(browser.evaluate("document.querySelectorAll('.tex').length").asInt())
                .isGreaterThan(50);
        assertThat(browser.evaluate("document.querySelectorAll('.tex:not(:has(math))').length")
                        .asInt())
                .isZero();
        assertThat(text("document.querySelector('.tex.display math mfrac') ? 'yes' : 'no'"))
                .isEqualTo("yes");
        assertThat(text("document.querySelector('.tex.display annotation').textContent"))
                .contains("\\frac{n R^2}{\\mu^2}");
    }

    @Test
    void columnsAreSortedByTheirFullValuesAndBack() throws Exception {
        browser.open(page);
        List<String> registry = claims();
        assertThat(registry).startsWith("LS-09", "LS-09N", "LS-13", "LS-01");
        click("#board th:last-child button");
        assertThat(text("document.querySelector('#board th:last-child').getAttribute('aria-sort')"))
                .isEqualTo("ascending");
        assertThat(texts(ROWS + ".map(r => Number(r.cells[5].dataset.v))").stream()
                        .map(Double::valueOf))
                .isSorted();
        click("#board th:last-child button");
        assertThat(claims()).startsWith("LS-24", "LS-23", "LS-22");
        click("#board th:last-child button");
        assertThat(claims()).isEqualTo(registry);
        assertThat(text("String(document.querySelector('#board [aria-sort]'))")).isEqualTo("null");
    }

    @Test
    void theKeyboardSortsToo() throws Exception {
        browser.open(page);
        browser.evaluate("document.querySelector('#board th button').focus()");
        browser.press("Enter", 13);
        assertThat(claims()).startsWith("LS-01", "LS-01N", "LS-02");
    }

    @Test
    void rowsAreFilteredByTextAndByVerdict() throws Exception {
        browser.open(page);
        type("input[data-table='board']", "linear PERCEPTRON");
        assertThat(claims()).containsExactly("LS-05");
        assertThat(text("document.getElementById('board-count').textContent")).isEqualTo("1 of 48 shown");
        type("input[data-table='board']", "");
        click(".chip[data-value='VERIFIER_BROKEN']");
        assertThat(claims()).containsExactly("LS-09");
        click(".chip[data-value='REFUTED']");
        click(".chip[data-key='surprise']");
        assertThat(claims()).containsExactly("LS-09", "LS-13");
        assertThat(text("document.querySelector(\".chip[data-value='REFUTED']\").getAttribute('aria-pressed')"))
                .isEqualTo("true");
        click(".chip[data-value='VERIFIER_BROKEN']");
        click(".chip[data-value='REFUTED']");
        click(".chip[data-key='surprise']");
        assertThat(claims()).hasSize(48);
        click(".chip[data-key='control']");
        assertThat(claims()).hasSize(24).noneMatch(id -> id.endsWith("N"));
    }

    @Test
    void aRowLeadsToItsCardAndAControlToItsPlaceOnIt() throws Exception {
        browser.open(page);
        click("#board a[href='#claim-large-step-LS-20']");
        assertThat(text("location.hash")).isEqualTo("#claim-large-step-LS-20");
        assertThat(onScreen("claim-large-step-LS-20")).isTrue();
        click("#board a[href='#claim-large-step-LS-07N']");
        assertThat(onScreen("claim-large-step-LS-07N")).isTrue();
    }

    private static boolean onScreen(String id) throws Exception {
        return browser.evaluate("new Promise(r => requestAnimationFrame(() => requestAnimationFrame(() => {"
                        + " const top = document.getElementById('" + id + "').getBoundingClientRect().top;"
                        + " r(top >= 0 && top < innerHeight); })))")
                .asBoolean();
    }

    @Test
    void foldedTablesAreFilteredAndUnfoldOnPaper() throws Exception {
        browser.open(page);
        assertThat(text("document.querySelector('#asset-LS-04-all-runs').closest('details').open"))
                .isEqualTo("false");
        type("input[data-table='asset-LS-04-all-runs']", "false");
        assertThat(browser.evaluate("document.querySelectorAll('#asset-LS-04-all-runs tbody tr:not([hidden])').length")
                        .asInt())
                .isEqualTo(6);
        browser.evaluate("window.dispatchEvent(new Event('beforeprint'))");
        assertThat(browser.evaluate("document.querySelectorAll('details:not([open])').length")
                        .asInt())
                .isZero();
        browser.evaluate("window.dispatchEvent(new Event('afterprint'))");
        assertThat(text("document.querySelector('#asset-LS-04-all-runs').closest('details').open"))
                .isEqualTo("false");
    }

    @Test
    void theThemeIsSwitchedByHand() throws Exception {
        browser.open(page);
        click("#theme");
        assertThat(text("getComputedStyle(document.body).backgroundColor")).isEqualTo("rgb(20, 23, 27)");
        click("#theme");
        assertThat(text("getComputedStyle(document.body).backgroundColor")).isEqualTo("rgb(255, 255, 255)");
        browser.evaluate("localStorage.removeItem('verity-theme')");
    }

    @Test
    void theCommandIsCopied() throws Exception {
        browser.open(page);
        // The clipboard answers when it likes, and the button says so for a moment only.
        String said = text("new Promise(r => { const b = document.querySelector('#claim-large-step-LS-05 .copy');"
                + " new MutationObserver(() => r(b.textContent)).observe(b, {childList: true, characterData: true,"
                + " subtree: true}); b.click(); })");
        assertThat(said).isEqualTo("Copied");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void thePagePrints() throws Exception {
        browser.colours("dark");
        browser.open(page);
        byte[] pdf = browser.pdf();
        assertThat(new String(pdf, 0, 5, StandardCharsets.ISO_8859_1)).isEqualTo("%PDF-");
        assertThat(pdf.length).isGreaterThan(100_000);
        assertThat(browser.complaints()).isEmpty();
    }
}
