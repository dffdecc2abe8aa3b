package io.verity.reports.markdown;

import io.verity.reports.text.MathText;
import java.util.List;

/** Texts as Markdown. */
final class MarkdownText {
    private static final String SPECIAL = "\\`*_{}[]<>#|$~&";

    private MarkdownText() {}

    /** Text whose characters mean themselves. */
    static String escape(String text) {
        StringBuilder out = new StringBuilder(text.length() + 8);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (SPECIAL.indexOf(c) >= 0) {
                out.append('\\');
            }
            out.append(c);
        }
        return out.toString();
    }

    /** A paragraph: its formulas in dollar signs, displayed ones on lines of their own. */
    static String paragraph(String text) {
        return write(text, true).strip();
    }

    /** The same on one line, as headings, list items and cells need it. */
    static String line(String text) {
        return write(text, false).replaceAll("\\s+", " ").strip();
    }

    private static String write(String text, boolean display) {
        StringBuilder out = new StringBuilder();
        for (MathText.Piece piece : MathText.pieces(text)) {
            switch (piece.kind()) {
                case TEXT -> out.append(escape(piece.content()));
                case INLINE -> out.append('$').append(piece.content()).append('$');
                case DISPLAY -> {
                    String fence = display ? "\n\n$$\n" : "$";
                    out.append(fence).append(piece.content()).append(display ? "\n$$\n\n" : "$");
                }
            }
        }
        return out.toString();
    }

    /** A cell: a bar inside a formula would end it. */
    static String cell(String text) {
        StringBuilder out = new StringBuilder();
        for (MathText.Piece piece : MathText.pieces(text)) {
            out.append(
                    piece.kind() == MathText.Kind.TEXT
                            ? escape(piece.content())
                            : "$" + piece.content().replace("|", "\\vert ") + "$");
        }
        return out.toString().replaceAll("\\s+", " ").strip();
    }

    /** Code, even with backticks in it. */
    static String code(String text) {
        String fence = text.contains("`") ? "``" : "`";
        return fence + text.replaceAll("\\s+", " ") + fence;
    }

    static void table(StringBuilder out, List<String> headings, List<Boolean> right, List<List<String>> rows) {
        row(out, headings);
        row(out, right.stream().map(r -> r ? "---:" : ":---").toList());
        rows.forEach(r -> row(out, r));
        out.append('\n');
    }

    private static void row(StringBuilder out, List<String> cells) {
        out.append("| ").append(String.join(" | ", cells)).append(" |\n");
    }
}
