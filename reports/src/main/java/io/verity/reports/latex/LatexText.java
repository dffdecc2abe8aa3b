package io.verity.reports.latex;

import io.verity.reports.text.MathText;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Texts and numbers as LaTeX. */
final class LatexText {
    /** Sign, digits (or infinity), and what follows an e. */
    private static final Pattern NUMBER = Pattern.compile("(-?)(\\d+(?:\\.\\d+)?|inf)(e(-?\\d+))?");

    /** Characters that LaTeX reads as commands, and those that its text fonts lack. */
    private static final Map<Character, String> SPECIAL = Map.ofEntries(
            Map.entry('\\', "\\textbackslash{}"),
            Map.entry('{', "\\{"),
            Map.entry('}', "\\}"),
            Map.entry('$', "\\$"),
            Map.entry('&', "\\&"),
            Map.entry('#', "\\#"),
            Map.entry('%', "\\%"),
            Map.entry('_', "\\_"),
            Map.entry('^', "\\textasciicircum{}"),
            Map.entry('~', "\\textasciitilde{}"),
            Map.entry('<', "\\textless{}"),
            Map.entry('>', "\\textgreater{}"),
            Map.entry('|', "\\textbar{}"),
            Map.entry('"', "\\textquotedbl{}"),
            Map.entry('–', "--"),
            Map.entry('—', "---"),
            Map.entry('…', "\\dots{}"),
            Map.entry('·', "\\textperiodcentered{}"),
            Map.entry('×', "\\ensuremath{\\times}"),
            Map.entry('±', "\\ensuremath{\\pm}"),
            Map.entry('≤', "\\ensuremath{\\le}"),
            Map.entry('≥', "\\ensuremath{\\ge}"),
            Map.entry('≠', "\\ensuremath{\\ne}"),
            Map.entry('≈', "\\ensuremath{\\approx}"),
            Map.entry('∞', "\\ensuremath{\\infty}"),
            Map.entry('→', "\\ensuremath{\\to}"),
            Map.entry('−', "\\ensuremath{-}"),
            Map.entry('√', "\\ensuremath{\\surd}"),
            Map.entry('²', "\\ensuremath{^2}"),
            Map.entry('³', "\\ensuremath{^3}"),
            Map.entry('°', "\\ensuremath{^\\circ}"),
            Map.entry('α', "\\ensuremath{\\alpha}"),
            Map.entry('β', "\\ensuremath{\\beta}"),
            Map.entry('γ', "\\ensuremath{\\gamma}"),
            Map.entry('δ', "\\ensuremath{\\delta}"),
            Map.entry('ε', "\\ensuremath{\\varepsilon}"),
            Map.entry('η', "\\ensuremath{\\eta}"),
            Map.entry('θ', "\\ensuremath{\\theta}"),
            Map.entry('ϑ', "\\ensuremath{\\vartheta}"),
            Map.entry('λ', "\\ensuremath{\\lambda}"),
            Map.entry('μ', "\\ensuremath{\\mu}"),
            Map.entry('π', "\\ensuremath{\\pi}"),
            Map.entry('ρ', "\\ensuremath{\\rho}"),
            Map.entry('σ', "\\ensuremath{\\sigma}"),
            Map.entry('τ', "\\ensuremath{\\tau}"),
            Map.entry('φ', "\\ensuremath{\\varphi}"),
            Map.entry('ω', "\\ensuremath{\\omega}"),
            Map.entry('Δ', "\\ensuremath{\\Delta}"),
            Map.entry('Σ', "\\ensuremath{\\Sigma}"),
            Map.entry('Ω', "\\ensuremath{\\Omega}"));

    private LatexText() {}

    /** Text whose characters mean themselves; letters that LaTeX's standard fonts lack become question marks. */
    static String escape(String text) {
        StringBuilder out = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            String special = SPECIAL.get(c);
            if (special != null) {
                out.append(special);
            } else if (c == '-' && i + 1 < text.length() && text.charAt(i + 1) == '-') {
                out.append("-{}"); // two hyphens are an option's, not a dash
            } else if (isText(c)) {
                out.append(c);
            } else {
                out.append('?');
            }
        }
        return out.toString();
    }

    private static boolean isText(char c) {
        boolean ascii = (c >= ' ' && c < 0x7f) || c == '\n' || c == '\t';
        boolean latin = c >= 0xa0 && c < 0x180;
        return ascii || latin || "‘’“”".indexOf(c) >= 0;
    }

    /** Text with its formulas as they are. */
    static String math(String text) {
        StringBuilder out = new StringBuilder();
        for (MathText.Piece piece : MathText.pieces(text)) {
            switch (piece.kind()) {
                case TEXT -> out.append(escape(piece.content()));
                case INLINE -> out.append("\\(").append(piece.content()).append("\\)");
                case DISPLAY -> out.append("\n\\[ ").append(piece.content()).append(" \\]\n");
            }
        }
        return out.toString();
    }

    /** The same without line breaks and displays, for cells and headings. */
    static String line(String text) {
        StringBuilder out = new StringBuilder();
        for (MathText.Piece piece : MathText.pieces(text)) {
            boolean plain = piece.kind() == MathText.Kind.TEXT;
            out.append(plain ? escape(piece.content()) : "\\(" + piece.content() + "\\)");
        }
        return out.toString().replaceAll("\\s+", " ").strip();
    }

    /** A formatted number or interval. */
    static String number(String formatted) {
        return NUMBER.matcher(formatted)
                .replaceAll(m -> Matcher.quoteReplacement(
                        m.group(4) == null
                                        && m.group(1).isEmpty()
                                        && !m.group(2).equals("inf")
                                ? m.group()
                                : "\\(" + m.group(1) + mantissa(m.group(2), m.group(4)) + "\\)"))
                .replace("–", "--");
    }

    private static String mantissa(String digits, @Nullable String exponent) {
        if (exponent == null) {
            return digits.equals("inf") ? "\\infty" : digits;
        }
        return (digits.equals("1") ? "" : digits + " \\times ") + "10^{" + exponent + "}";
    }

    /** A value of unknown kind. */
    static String value(String text) {
        return text.matches("-?(\\d+(\\.\\d+)?(e-?\\d+)?|inf)") ? number(text) : line(text);
    }

    /** Code that may break anywhere. */
    static String code(String text) {
        StringBuilder out = new StringBuilder("\\texttt{");
        for (String word : text.split("(?<=[/\\s=,.-])")) {
            out.append(escape(word)).append("\\allowbreak{}");
        }
        return out.append('}').toString();
    }
}
