package io.verity.reports.html;

import io.verity.reports.text.MathText;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Texts and numbers as HTML. Everything that is not markup of ours goes through here. */
final class HtmlText {
    private static final Pattern SCIENTIFIC = Pattern.compile("(-?)(\\d+(?:\\.\\d+)?)e(-?)(\\d+)");
    private static final Pattern NEGATIVE = Pattern.compile("-(?=\\d|inf)");

    private HtmlText() {}

    static String escape(String text) {
        StringBuilder out = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '&' -> out.append("&amp;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                default -> out.append(Character.isISOControl(c) && c != '\n' && c != '\t' ? ' ' : c);
            }
        }
        return out.toString();
    }

    /** Text whose formulas the page's script sets; without the script their LaTeX source is what one reads. */
    static String math(String text) {
        StringBuilder out = new StringBuilder();
        for (MathText.Piece piece : MathText.pieces(text)) {
            String content = escape(piece.content());
            switch (piece.kind()) {
                case TEXT -> out.append(content);
                case INLINE ->
                    out.append("<span class=\"tex\">").append(content).append("</span>");
                case DISPLAY ->
                    out.append("<span class=\"tex display\">").append(content).append("</span>");
            }
        }
        return out.toString();
    }

    /** A formatted number, interval or count: real minus signs and powers of ten. */
    static String number(String formatted) {
        Matcher scientific = SCIENTIFIC.matcher(escape(formatted));
        String out = scientific.replaceAll(m -> (m.group(1).isEmpty() ? "" : "−")
                + (m.group(2).equals("1") ? "" : m.group(2) + " × ")
                + "10<sup>" + (m.group(3).isEmpty() ? "" : "−") + m.group(4) + "</sup>");
        return NEGATIVE.matcher(out).replaceAll("−").replace("inf", "∞");
    }

    /** A value of unknown kind: set as a number if it is one, else as text. */
    static String value(String text) {
        return text.matches("-?(\\d+(\\.\\d+)?(e-?\\d+)?|inf)") ? number(text) : math(text);
    }

    /** Text as it stands in an id or a link to one. */
    static String anchor(String text) {
        return text.replaceAll("[^A-Za-z0-9_-]+", "-");
    }
}
