package io.verity.reports.markdown;

import static org.assertj.core.api.Assertions.assertThat;

import io.verity.reports.Reports;
import io.verity.reports.Samples;
import org.junit.jupiter.api.Test;

class MarkdownReportTest {
    private static final String TEXT = MarkdownReport.render(Reports.ofVerification(Samples.verification(true)));

    @Test
    void theSameContentIsThere() {
        assertThat(TEXT)
                .startsWith("# Verification report\n\n45 of 48 verdicts are as expected.\n")
                .contains(
                        "48 records, 45 as expected, 3 surprises; the chance that any verdict is wrong is at most 8e-5.")
                .contains(
                        "| `large-step/LS-09` | Separation within the bound 9 | verifier broken (SURPRISE: expected supported) |")
                .contains("### large-step/LS-05: The batch perceptron needs a number of iterations linear in n")
                .contains("#### Negative control large-step/LS-05N")
                .contains("- Reproduce: `./verity verify large-step/LS-05 --quick --seed 42`")
                .contains("![Separation time against step size](figures/LS-05-separation.svg)")
                .contains("([data](tables/LS-05-separation-time.csv))");
    }

    @Test
    void formulasStandBetweenDollarSigns() {
        assertThat(TEXT)
                .contains("\n\n$$\nT \\le \\frac{n R^2}{\\mu^2} + \\frac{2 \\log n}{\\gamma \\mu^2}\n$$\n\n")
                .contains("margin $\\mu$ and radius $R$");
    }

    @Test
    void charactersMeanThemselves() {
        assertThat(MarkdownText.line("*a* _b_ `c` <d> | $5 [e] # \\ ~ \n f"))
                .isEqualTo("\\*a\\* \\_b\\_ \\`c\\` \\<d\\> \\| \\$5 \\[e\\] \\# \\\\ \\~ f");
        assertThat(MarkdownText.cell("\\(|x|\\) | y")).isEqualTo("$\\vert x\\vert $ \\| y");
        assertThat(MarkdownText.code("a `b`")).isEqualTo("``a `b```");
        assertThat(TEXT).doesNotContain("<script>");
    }
}
