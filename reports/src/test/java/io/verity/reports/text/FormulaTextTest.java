package io.verity.reports.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.verity.reports.text.MathText.Kind;
import io.verity.reports.text.MathText.Piece;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FormulaTextTest {
    @Test
    void formulasAreToldFromText() {
        assertThat(MathText.pieces("if \\(x < 1\\) then \\[ y^2 \\] holds"))
                .containsExactly(
                        new Piece(Kind.TEXT, "if "),
                        new Piece(Kind.INLINE, "x < 1"),
                        new Piece(Kind.TEXT, " then "),
                        new Piece(Kind.DISPLAY, "y^2"),
                        new Piece(Kind.TEXT, " holds"));
    }

    @Test
    void aDelimiterThatIsNeverClosedIsText() {
        assertThat(MathText.pieces("a \\( b")).containsExactly(new Piece(Kind.TEXT, "a \\( b"));
        assertThat(MathText.pieces("\\")).containsExactly(new Piece(Kind.TEXT, "\\"));
        assertThat(MathText.pieces("")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "step size \\(\\gamma\\), step size γ",
        "\\(\\lVert\\theta_t\\rVert \\le R^2/\\mu^{-2}\\), ‖θₜ‖ ≤ R²/μ⁻²",
        "\\(\\mathrm{loss}_{max}\\), loss_max",
        "no formula $5 \\beta, no formula $5 \\beta",
        "\\(\\unknown{x}\\), \\unknownx"
    })
    void smallFormulasHaveAPlainForm(String text, String plain) {
        assertThat(PlainMath.of(text)).isEqualTo(plain);
    }
}
