package io.verity.reports.latex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.verity.reports.Reports;
import io.verity.reports.Samples;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LatexReportTest {
    private static final String TEXT = LatexReport.render(Reports.ofVerification(Samples.verification(true)));

    @Test
    void theSameContentIsThere() {
        assertThat(TEXT)
                .contains("\\section{Scoreboard}")
                .contains(
                        "\\subsection{large-step/LS-05: The batch perceptron needs a number of iterations linear in n}")
                .contains("\\paragraph{Negative control large-step/LS-05N.}")
                .contains("\\[ T \\le \\frac{n R^2}{\\mu^2} + \\frac{2 \\log n}{\\gamma \\mu^2} \\]")
                .contains("\\toprule", "\\midrule", "\\bottomrule", "\\begin{longtable}{@{}rrrrl@{}}")
                .contains("\\begin{groupplot}", "xmode=log, ymode=log")
                .endsWith("\\end{document}\n");
    }

    @Test
    void charactersMeanThemselves() {
        assertThat(LatexText.line("50 % of $5 & a_b {c} #1 \\x ^ ~ <d> --seed γ≤μ 漢"))
                .isEqualTo(
                        "50 \\% of \\$5 \\& a\\_b \\{c\\} \\#1 \\textbackslash{}x \\textasciicircum{} \\textasciitilde{}"
                                + " \\textless{}d\\textgreater{} -{}-seed \\ensuremath{\\gamma}\\ensuremath{\\le}\\ensuremath{\\mu} ?");
        assertThat(LatexText.line("a\\(b_1\\)c")).isEqualTo("a\\(b_1\\)c");
        assertThat(LatexText.number("-1.5e-9")).isEqualTo("\\(-1.5 \\times 10^{-9}\\)");
        assertThat(LatexText.number("[-1.5, inf]")).isEqualTo("[\\(-1.5\\), \\(\\infty\\)]");
    }

    @Test
    void latexCompilesIt(@TempDir Path folder) throws Exception {
        boolean present = Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .anyMatch(p -> Files.isExecutable(Path.of(p, "pdflatex")));
        assumeTrue(present, "no pdflatex on this machine");
        String text = LatexReport.render(Reports.ofFit(
                "Fit & co. 100 %",
                "\\(\\gamma\\) = 1_000 <x>",
                List.of("100 % <sure> & true_"),
                Map.of("a_b", 1e-9),
                List.of(Samples.stepTable()),
                List.of(Samples.hostileFigure(), Samples.trajectory(4000), Samples.separation()),
                Map.of("[x]", "{y}"),
                Samples.fit().provenance()));
        Files.writeString(folder.resolve("report.tex"), text);
        File log = folder.resolve("log").toFile();
        Process latex = new ProcessBuilder("pdflatex", "-interaction=nonstopmode", "-halt-on-error", "report.tex")
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log)
                .start();
        assertThat(latex.waitFor(10, TimeUnit.MINUTES)).as("LaTeX ends").isTrue();
        String said = Files.readString(log.toPath(), StandardCharsets.ISO_8859_1);
        assumeTrue(!said.contains("not found"), "a LaTeX package is missing on this machine");
        assertThat(latex.exitValue()).as(said).isZero();
    }
}
